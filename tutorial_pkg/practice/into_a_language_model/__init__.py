"""Practice for 07_into_a_language_model: the questions in one file, and a file for each exercise."""
