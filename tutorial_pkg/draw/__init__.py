"""Pictures of tensors: one module for each notebook, with the notebook's name.

Every drawing function takes the learner's own values and returns a figure with a description. `show` displays both.
In all modules, `table` has shape (V, d), an id is from 0 to V - 1, and `vocabulary` is token → id, or the V tokens in
the order of their ids, or (for some functions) None for ids without words. Other input raises the errors of `checks`.
The modules share `core` (style, saving), `checks` (of the input), `matrices` and `charts`. Descriptions use `words`.
"""

from .core import show as show
