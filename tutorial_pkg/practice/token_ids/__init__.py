"""Practice for 01_token_ids: the questions in one file, and a file for each exercise."""
