"""Ways of listing loops: all, up to a length, in order; behind ``find_loops``."""
