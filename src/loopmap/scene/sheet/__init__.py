"""What is round the map: title, key and source on a page, panels, and the paper itself."""
