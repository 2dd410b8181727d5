"""Practice for 03_one_hot_and_linear: the questions in one file, and a file for each exercise."""
