"""Practice for 06_a_real_table: the questions in one file, and a file for each exercise."""
