"""What looks wrong in a map: one generator function a question."""
