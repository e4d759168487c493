"""A few loops that stand for many: the story, and independent sets."""
