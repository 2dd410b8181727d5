"""Practice for 04_why_lookup_wins: the questions in one file, and a file for each exercise."""
