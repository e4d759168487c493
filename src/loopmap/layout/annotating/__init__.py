"""Steps 6 to 9: signs, delays and badges in the room that is left, and the bounds."""
