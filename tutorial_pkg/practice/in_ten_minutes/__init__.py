"""Practice for 00_in_ten_minutes: three predictions, and no exercises."""
