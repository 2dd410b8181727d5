"""What an error of Python or torch usually means, for a learner who meets it for the first time."""

from __future__ import annotations

import re

# The first pattern that is found in "TypeError: what it says" decides; its sentence must be true of all that match.
MEANS = {
    r"index out of range|index \S+ is out of bounds": (
        "An index lies outside: counted from 0, the last of n is n - 1."
    ),
    r"Class values must be smaller than num_classes": "An id is as large as `num_classes`, or larger.",
    r"one_hot is only applicable to index tensor": "F.one_hot takes ids of the kind int64: .long().",
    r"tensors used as indices must be|argument #1 'indices' to have|only integer tensors of a single|indices must be "
    r"integers or slices, not float": "An index has to be a whole number (int64): .long().",
    r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got|inconsistent tensor size, expected": (
        "In a product A @ B the last size of A must be the first size of B."
    ),
    r"must have the same dtype|to have (the )?same dtype|expected scalar type": (
        "Both sides of a product need one dtype: .float(), or .to(...) with the other's dtype, turns one of them."
    ),
    r"not implemented for 'Long'": "This wants floats, not whole numbers: .float().",
    r"could not infer output dtype|[Ii]nput dtype must be either a floating point": (
        "A mean wants floats, not whole numbers: .float() first."
    ),
    r"The size of tensor a \(.*must match the size of tensor b|shape mismatch|must match the existing size": (
        "The two shapes do not fit together: sizes are compared from the last dimension on, and must be equal or 1."
    ),
    r"indexing axis dim should be positive": "An empty table has no row that could be looked up.",
    r"must be a matrix": "torch.mm takes two matrices only; @ takes batches of them, too.",
    r"non-empty (TensorList|list of Tensors)": "torch.stack and torch.cat want tensors: their list is empty here.",
    r"cannot reshape tensor of 0 elements": "With no numbers at all, -1 can't be worked out: give that size.",
    r"shape '.*' is invalid for input of size": "That shape holds another number of numbers than there are.",
    r"Dimension out of range": "There is no such dimension: the tensor has fewer.",
    r"a leaf Variable that requires grad is being used in an in-place operation|a view of a leaf Variable": (
        "A weight that learns may be changed in place only under `with torch.no_grad():`."
    ),
    r"Can't call numpy\(\) on Tensor that requires grad": "numpy knows no gradients: .detach() comes first.",
    r"does not require grad and does not have a grad_fn": (
        "No gradient can flow: nothing that led to this number has requires_grad, or something cut it off."
    ),
    r"grad can be implicitly created only for scalar": "backward() starts from one number: sum or average first.",
    r"Boolean value of Tensor with more than one value|truth value of an array": (
        "A tensor of several numbers is neither true nor false as a whole: between two masks write & (with "
        "parentheses around each), and to ask about all at once .any() or .all()."
    ),
    r"only one element tensors can be converted|only integer tensors of a single element|a Tensor with \d+ elements "
    r"cannot be converted": "Several numbers stand where Python wants one.",
    r"assign '.*' as parameter": "A layer's weight has to stay an nn.Parameter.",
    r"'(builtin_function_or_method|method|method-wrapper|function)'": "A function or method lacks its ().",
    r"'NoneType'": (
        "Something is None here: methods that change their object in place, such as append and sort, return None."
    ),
    r"'(list|tuple|int|float|str)' object has no attribute": "It is no tensor: torch.tensor(...) makes one.",
    r"unhashable type: 'list'": "A list can't be a dictionary's key or in a set; a tuple can.",
    r"object is not subscriptable": "[ ] is used on something that has no parts.",
    r"is not iterable|must be an iterable|iteration over a 0-d tensor": "A loop, or unpacking, meets a single value.",
    r"object is not callable": "( ) stands after something that is no function.",
    r"can only concatenate (list|tuple)": "A list or shape is put together with another one: shape + (n,).",
    r"can only concatenate str|must be str, not|sequence item \d+: expected str": (
        "Text and something else are put together: str(...) makes text of a number."
    ),
    r"values to unpack": "What is unpacked has another number of parts than there are names.",
    r"NameError": "A name is used that was given no value in this function or before (or it is misspelt).",
    r"UnboundLocalError": "A name is used before it is given a value.",
    r"division by zero": "Something divides by zero: is there an empty input?",
}


def meaning(kind: str, says: str) -> str:
    """What an error probably means, in a sentence; an empty text for one that is not known.

    >>> meaning("IndexError", "index out of range in self")
    'An index lies outside: counted from 0, the last of n is n - 1.'
    >>> meaning("OSError", "no such file")
    ''
    """
    return next((why for pattern, why in MEANS.items() if re.search(pattern, f"{kind}: {says}")), "")
