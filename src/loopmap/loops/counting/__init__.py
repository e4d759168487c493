"""Ways of counting loops without listing them; behind ``count_loops`` and ``sample_loops``."""
