"""Helpers for the course "How a language model turns text into vectors".

The ideas of the course stand in its notebooks, in plain PyTorch. This package holds what would distract there: drawing
(`draw`, `explore`), real data (`data`) and practice with feedback (`practice`). Importing it imports nothing else; each
module loads what it needs when it is used.
"""

__version__ = "0.1.0"
