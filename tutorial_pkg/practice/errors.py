"""What an error of Python or torch usually means, for a learner who sees it for the first time."""

import re

# The first pattern found in "TypeError: its text" decides. Its sentence must be true of all errors with this pattern.
ERROR_MEANINGS = {
    r"index .*out of (range|bounds)": "No element has this index: n elements have the indices 0 to n - 1.",
    r"Class values must be smaller than num_classes": "An id is `num_classes` or larger.",
    r"one_hot is only applicable to index tensor": "F.one_hot needs int64 ids: use .long().",
    r"tensors used as indices must be|argument #1 'indices' to have|only integer tensors of a single|indices must be "
    r"integers or slices, not float": "An index must be an integer (int64): use .long().",
    r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got|inconsistent tensor size, expected": (
        "In a product A @ B, the last size of A must equal the last size but one of B (the only size of a vector B)."
    ),
    r"must have the same dtype|to have (the )?same dtype|expected scalar type": (
        "Both factors of a product need the same dtype: convert one with .float() or .to(...)."
    ),
    r"not implemented for 'Long'": "This function needs floats, not integers: use .float().",
    r"infer output dtype|must be either a floating point": "A mean needs floats, not integers: use .float() first.",
    r"existing size \(0\)": "One side is empty. (With n = 0, a slice [-n:] is the whole row, because -0 is 0.)",
    r"The size of tensor a \(.*must match the size of tensor b|shape mismatch|must match the existing size": (
        "The two shapes do not match: sizes are compared from the last dimension on, and must be equal or 1. "
        "(`x[:, None]` adds a dimension of size 1 to `x`.)"
    ),
    r"indexing axis dim should be positive": "An empty table does not have a row to look up.",
    r"must be a matrix": "torch.mm takes two matrices only; @ also takes batches of matrices.",
    r"non-empty (TensorList|list of Tensors)": "torch.stack and torch.cat need at least one tensor: the list is empty.",
    r"zero-dimensional tensor": "torch.cat cannot join a single number. Did a mean or sum go over all dimensions?",
    r"requires_grad flags of leaf": "requires_grad belongs to a whole weight: a part of the weight does not have it.",
    r"cannot reshape tensor of 0 elements": "Without any numbers, -1 cannot be calculated: write that size out.",
    r"shape '.*' is invalid for input of size": "The tensor has more or fewer numbers than the new shape needs.",
    r"Dimension out of range": "The tensor has fewer dimensions than that.",
    r"leaf Variable that requires": "A trainable weight may be changed in place only inside `with torch.no_grad():`.",
    r"Can't call numpy\(\) on Tensor that requires grad": "numpy does not track gradients: use torch's own functions.",
    r"does not require grad and does not have a grad_fn": (
        "No gradient can flow back: no input of this number has requires_grad, or the result was detached."
    ),
    r"grad can be implicitly created only for scalar": "backward() starts from one number: take a sum or mean first.",
    r"Boolean value of Tensor with more than one value|truth value of an array": (
        "A tensor of several numbers is neither true nor false. Combine masks with & (and parentheses around each); "
        "use .any() or .all() to test all numbers at once."
    ),
    r"only one element tensors can be converted|only integer tensors of a single element|a Tensor with \d+ elements "
    r"cannot be converted": "Python needs one number here, but there are several.",
    r"'Tensor' object has no attribute '(copy|astype)'": "Use `.clone()` for a copy, and `.to(dtype)` for astype.",
    r"step must be greater than zero": "A slice of a tensor cannot have a negative step: use `.flip(dim)`.",
    r"(zeros|reshape)\(\) takes 1 positional|of type torch.Size": "Write a star before the shape: `*ids.shape`.",
    r"unsupported operand type\(s\) for -: '(list|int)' and '(list|int)'": (
        "A list is not a number. `len(row)` is its length, and `max(map(len, rows))` is the largest length."
    ),
    r"assign '.*' as parameter": "A layer's weight must be an nn.Parameter.",
    r"'(builtin_function_or_method|method|method-wrapper|function)'": "The () after a function or method is missing.",
    r"NoneType": "Something is None here: methods that change their object in place, such as append, return None.",
    r"has no attribute 'join'": 'The text between the parts comes first: " ".join(parts).',
    r"'(list|tuple|int|float|str)' object has no attribute": "This is not a tensor: torch.tensor(...) makes one.",
    r"unhashable type: 'list'": "A list cannot be a dictionary key or an element of a set; a tuple can.",
    r"object is not subscriptable": "[ ] is used on something that does not have parts.",
    r"is not iterable|must be an iterable|iteration over a 0-d tensor": "A loop, or unpacking, gets a single value.",
    r"not supported between instances of 'list' and '(int|float)'|between instances of '(int|float)' and 'list'": (
        "A list cannot be compared with a number. (`.tolist()` gives lists in a list if there are two dimensions.)"
    ),
    r"object is not callable": "( ) is used after something that is not a function.",
    r"can only concatenate (list|tuple)": "A list or shape can be added only to another one: shape + (n,).",
    r"can only concatenate str|must be str, not|sequence item \d+: expected str": (
        "Text cannot be joined with something else: str(...) turns a number into text."
    ),
    r"values to unpack": "The number of names differs from the number of parts that are unpacked.",
    r"NameError": "This name has no value. If a cell above defines it, run that cell. If not, check the spelling.",
    r"UnboundLocalError": "A name is used before it has a value.",
    r"division by zero": "Something is divided by zero. Is an input empty?",
}


def meaning(kind: str, text: str) -> str:
    """What an error probably means, in a sentence. An empty text for an unknown error.

    >>> meaning("IndexError", "index out of range in self")
    'No element has this index: n elements have the indices 0 to n - 1.'
    """
    return next((why for pattern, why in ERROR_MEANINGS.items() if re.search(pattern, f"{kind}: {text}")), "")
