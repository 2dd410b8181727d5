"""Practice for 08_past_one_machine: the questions in one file, and a file for each exercise."""
