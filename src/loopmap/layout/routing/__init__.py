"""Step 5: the arc each link takes, judged as drawn."""
