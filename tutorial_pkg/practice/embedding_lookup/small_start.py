from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch


def stub(num_tokens, dimension, pad_id):
    # your lines here
    ...


def solution(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)  # fills every row, the padding row too
    with torch.no_grad():
        layer.weight[pad_id] = 0.0  # so it has to be set back to zeros
    return layer


def cases():
    return [(100, 8, 99), (40, 64, 0), (300, 5, 7)]


def padded(num_tokens, dimension, pad_id, fill):
    """A layer with `fill` called on its weight, and its padding row set back to zeros."""
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    fill(layer.weight)
    with torch.no_grad():
        layer.weight[pad_id] = 0.0
    return layer


def view(layer: Any, num_tokens: int, dimension: int, pad_id: int) -> dict | str:
    """What `small_start` is asked for, seen on the layer; random numbers by their spread only."""
    if isinstance(layer, torch.Tensor):
        return Finding("a tensor; the nn.Embedding that holds it is asked for")
    if not isinstance(layer, nn.Embedding):
        return Finding(f"something of type {type(layer).__name__}; an nn.Embedding is asked for")
    weight = layer.weight.detach()
    if weight.shape == (dimension, num_tokens) != (num_tokens, dimension):
        return Finding(f"{dimension} rows of {num_tokens} numbers; the two sizes are swapped, the tokens come first")
    if layer.max_norm is not None:
        return Finding("a layer with max_norm, which shortens rows at each lookup; small start values are asked for")
    seen = {"rows": weight.shape[0], "numbers in a row": weight.shape[1]}
    if pad_id >= len(weight):
        return seen | {"padding row": "not there"}
    others = weight[torch.arange(len(weight)) != pad_id]
    if len(others) > 1 and torch.equal(others, others[:1].expand_as(others)) and len(others.unique()) > 1:
        return Finding("the same row for every token; each is to have random numbers of its own")
    spread = float(others.std())
    middle = float(others.mean())
    seen["mean"] = "about 0" if abs(middle) < max(spread, 0.001) / 4 else Finding(f"{middle:.1g}; about 0 is meant")
    near = (known for known in (0.02, 0.02**0.5, 0.02 / 3**0.5, 0.02**2, 1.0, 50.0) if abs(spread / known - 1) < 0.1)
    seen["standard deviation"] = float(f"{next(near, spread):.2g}")
    if not spread:
        seen["every number"] = float(weight.max())
    seen["padding row"] = "not zeros" if weight[pad_id].any() else "zeros"
    seen["trained"] = "yes" if layer.weight.requires_grad else "no"
    if layer.weight.requires_grad:
        layer(torch.tensor([pad_id])).sum().backward()
        gradient = layer.weight.grad.to_dense() if layer.weight.grad.is_sparse else layer.weight.grad
        seen["padding row's gradient"] = "not zeros" if gradient[pad_id].any() else "zeros"
    return seen


def padding_overwritten(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    return layer


def swapped(num_tokens, dimension, pad_id):
    layer = nn.Embedding(dimension, num_tokens, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad_id] = 0.0
    return layer


def variance(num_tokens, dimension, pad_id):
    return padded(num_tokens, dimension, pad_id, lambda weight: nn.init.normal_(weight, std=0.02**0.5))


def no_padding_at_all(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension)
    nn.init.normal_(layer.weight, std=0.02)
    return layer


def set_with_gradient(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    layer.weight[pad_id] = 0.0
    return layer


def padding_trained(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad_id] = 0.0
    return layer


def frozen(num_tokens, dimension, pad_id):
    start = 0.02 * torch.randn(num_tokens, dimension)
    start[pad_id] = 0
    return nn.Embedding.from_pretrained(start, padding_idx=pad_id)


def last_row_emptied(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[-1] = 0.0
    return layer


def column_emptied(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[:, pad_id] = 0.0
    return layer


def plain_tensor(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight = 0.02 * layer.weight
    return layer


def divided(num_tokens, dimension, pad_id):
    return padded(num_tokens, dimension, pad_id, lambda weight: weight.data.div_(0.02))


def squared(num_tokens, dimension, pad_id):
    return padded(num_tokens, dimension, pad_id, lambda weight: nn.init.normal_(weight, std=0.02**2))


def between_nought_and_that(num_tokens, dimension, pad_id):
    layer = padded(num_tokens, dimension, pad_id, lambda weight: nn.init.uniform_(weight, 0, 0.02))
    return layer


def one_row_switched_off(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension)
    layer.weight[pad_id].requires_grad_(False)
    return layer


def default_but_padding_forgotten(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension)
    with torch.no_grad():
        layer.weight[pad_id] = 0.0
    return layer


exercise = Exercise(
    task="""### Exercise 5 (write the body): a table that starts small, with a padding row of zeros

`small_start(num_tokens, dimension, pad_id)` returns an `nn.Embedding` for `num_tokens` tokens with `dimension` numbers
each. Its numbers are random with standard deviation 0.02, as in GPT-2; row `pad_id` holds zeros and gets no gradient;
all other rows can be trained. Example: `small_start(100, 8, 99)` has 100 rows, and row 99 is zeros.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="padding_idx keeps the gradient off the row; whether it holds zeros is up to whoever fills the table last.",
    hints=[
        "Three steps: make the layer with padding_idx, fill its weight again, and look at what became of row `pad_id`.",
        "`nn.init.normal_(layer.weight, std=0.02)`; then, under `with torch.no_grad():`, set `layer.weight[pad_id]` to 0.",
    ],
    slips=[
        Slip(
            "Row `pad_id` gets no gradient, but it holds no zeros: start values fill every row, so set it to zeros last.",
            padding_overwritten,
            idea=7,
        ),
        Slip("The two sizes are swapped: nn.Embedding takes the number of tokens first.", swapped, idea=3),
        Slip(
            "The padding row is right, but the other rows have a standard deviation of 1 and not of 0.02. (`normal_` takes the mean first: give 0.02 by name, std=0.02.)",
            lambda num_tokens, dimension, pad_id: nn.Embedding(num_tokens, dimension, padding_idx=pad_id),
        ),
        Slip(
            "That is the layer as PyTorch makes it: standard deviation 1, and row `pad_id` is a row like any other.",
            lambda num_tokens, dimension, pad_id: nn.Embedding(num_tokens, dimension),
        ),
        Slip(
            "The standard deviation is about 0.14, which is the square root of 0.02: 0.02 is to be the standard deviation itself and not the variance.",
            variance,
        ),
        Slip(
            "Every number is the same, so every token has the same vector: they are to be random, with standard deviation 0.02.",
            lambda num_tokens, dimension, pad_id: padded(
                num_tokens, dimension, pad_id, lambda weight: nn.init.constant_(weight, 0.02)
            ),
        ),
        Slip(
            "The numbers lie evenly between -0.02 and 0.02, which gives a standard deviation of 0.012; `normal_` with std=0.02 is meant.",
            lambda num_tokens, dimension, pad_id: padded(
                num_tokens, dimension, pad_id, lambda weight: nn.init.uniform_(weight, -0.02, 0.02)
            ),
        ),
        Slip(
            "The spread is right, but row `pad_id` is a row like any other: it should hold zeros and get no gradient.",
            no_padding_at_all,
            idea=7,
        ),
        Slip(
            "PyTorch refuses to change a weight in place while it records gradients: set the row under `with torch.no_grad():`.",
            set_with_gradient,
        ),
        Slip(
            "The last row is the padding row here, which is right for the example only: it is row `pad_id`.",
            lambda num_tokens, dimension, pad_id: padded(
                num_tokens, dimension, num_tokens - 1, lambda weight: nn.init.normal_(weight, std=0.02)
            ),
        ),
        Slip(
            "Row 99 is the padding row in the example only: it is row `pad_id`.",
            lambda num_tokens, dimension, pad_id: padded(
                num_tokens, dimension, 99, lambda weight: nn.init.normal_(weight, std=0.02)
            ),
        ),
        Slip(
            "There is one row too many: the padding token is one of the `num_tokens` tokens, and `pad_id` its id.",
            lambda num_tokens, dimension, pad_id: padded(
                num_tokens + 1, dimension, pad_id, lambda weight: nn.init.normal_(weight, std=0.02)
            ),
            idea=2,
        ),
        Slip(
            "Every row holds zeros; only row `pad_id` should.",
            lambda num_tokens, dimension, pad_id: padded(num_tokens, dimension, pad_id, nn.init.zeros_),
        ),
        Slip(
            "The row starts at zero, but gets a gradient and leaves zero at the first step: padding_idx is not set.",
            padding_trained,
            idea=7,
        ),
        Slip(
            "The numbers are right, but nothing can be trained: requires_grad is False. (from_pretrained sets that unless you say freeze=False.)",
            frozen,
        ),
        Slip(
            "The zeros were put in the last row, which is the padding row in the example only: they belong in row `pad_id`.",
            last_row_emptied,
        ),
        Slip(
            "`[:, pad_id]` is a column, one number of every token; the padding token's row is `[pad_id]`.",
            column_emptied,
        ),
        Slip(
            "`layer.weight` takes only a Parameter, and a plain tensor was put there: change the numbers in place, as `nn.init.normal_(layer.weight, std=0.02)` does.",
            plain_tensor,
        ),
        Slip(
            "The standard deviation is 50: the numbers were divided by 0.02; multiplied by it, they are small.", divided
        ),
        Slip(
            "The standard deviation is 0.0004, which is 0.02 squared, the variance: `std` takes 0.02 itself.", squared
        ),
        Slip(
            "The standard deviation is right, but the numbers lie around 0.02 and not around 0: the mean of `normal_` comes first, and 0 is meant.",
            lambda num_tokens, dimension, pad_id: padded(
                num_tokens, dimension, pad_id, lambda weight: nn.init.normal_(weight, 0.02, 0.02)
            ),
        ),
        Slip(
            "The numbers lie evenly between 0 and 0.02, all of them positive; a normal distribution around 0 with std=0.02 is meant.",
            between_nought_and_that,
        ),
        Slip(
            "A single row has no requires_grad of its own, the whole weight has: padding_idx=pad_id keeps the gradient off one row.",
            one_row_switched_off,
        ),
        Slip(
            "The padding row starts at zero but gets a gradient, and the other rows have a standard deviation of 1: set padding_idx, and fill the weight with std=0.02.",
            default_but_padding_forgotten,
        ),
        Slip(
            "Two things are missing: from_pretrained freezes the table unless you say freeze=False, and it takes row `pad_id` as it is, random numbers and not zeros.",
            lambda num_tokens, dimension, pad_id: nn.Embedding.from_pretrained(
                0.02 * torch.randn(num_tokens, dimension), padding_idx=pad_id
            ),
        ),
        Slip(
            "Row 0 is the padding row here; which one it is, `pad_id` says.",
            lambda num_tokens, dimension, pad_id: padded(
                num_tokens, dimension, 0, lambda weight: nn.init.normal_(weight, std=0.02)
            ),
        ),
    ],
)
