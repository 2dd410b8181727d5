"""Practice for 05_learning_vectors: the questions in one file, and a file for each exercise."""
