"""What `make bench` measures; run.py is the entry."""
