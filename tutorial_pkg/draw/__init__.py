"""Pictures of tensors: one module for each notebook, by its name; `common` holds what they share.

Every drawing function takes the learner's own values and returns a figure that describes itself in words, which `show`
displays with it.
"""

from .common import show

__all__ = ["show"]
