"""Links and names drawn otherwise than by sign and kind: by who says it, by what changed."""
