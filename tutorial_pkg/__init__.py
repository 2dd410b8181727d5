"""Helpers for the course "How a language model turns text into vectors".

The notebooks show the ideas of the course in plain PyTorch. This package contains the rest: pictures (`draw`,
`explore`), real data (`data`), and practice with feedback (`practice`). The package itself imports nothing: each module
imports what it needs.
"""

__version__ = "0.1.0"
