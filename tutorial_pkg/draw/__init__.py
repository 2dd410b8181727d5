"""Pictures of tensors: one module for each notebook, with the notebook's name.

Every drawing function takes the learner's own values and returns a figure with a description. `show` displays both.
The modules share `core` (style, saving, words), `checks` (of the input), `matrices` and `charts`.
"""

from .core import show

__all__ = ["show"]
