"""Practice for 02_embedding_lookup: the questions in one file, and a file for each exercise."""
