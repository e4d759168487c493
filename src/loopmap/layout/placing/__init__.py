"""Steps 2 to 4: where the names go, while links are straight."""
