"""Other answers to `frozen_table`: right ones in other styles, and wrong ones that a general rule catches."""
