"""What is on the map: names, links, badges, regions, people, and seats for small labels."""
