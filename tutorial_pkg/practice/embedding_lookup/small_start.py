from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch


def stub(num_tokens, dimension, pad_id):
    # your lines here
    ...


def solution(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)  # fills every row, including the padding row
    with torch.no_grad():
        layer.weight[pad_id] = 0.0  # so this row must be set to zeros again
    return layer


def cases():
    return [(100, 8, 99), (40, 64, 0), (300, 5, 7)]


def view(layer: Any, num_tokens: int, dimension: int, pad_id: int) -> dict | str:
    """The properties of the layer that the task names. Of random numbers, only the mean and the standard deviation."""
    if isinstance(layer, torch.Tensor):
        return Finding("a tensor. Return the nn.Embedding that contains it")
    if not isinstance(layer, nn.Embedding):
        return Finding(f"a value of type {type(layer).__name__}. Return an nn.Embedding")
    weight = layer.weight.detach()
    if weight.shape == (dimension, num_tokens) != (num_tokens, dimension):
        return Finding(f"{dimension} rows of {num_tokens} numbers. The two sizes are swapped: the tokens come first")
    if layer.max_norm is not None:
        return Finding("a layer with max_norm, which shortens rows in each lookup. Leave max_norm out")
    seen = {"rows": weight.shape[0], "numbers in a row": weight.shape[1]}
    if pad_id >= len(weight):
        return seen | {"padding row": "not there"}
    others = weight[torch.arange(len(weight)) != pad_id]
    if len(others) > 1 and torch.equal(others, others[:1].expand_as(others)) and len(others.unique()) > 1:
        return Finding("the same row for every token. Each token should have its own random numbers")
    spread, middle = float(others.std()), float(others.mean())
    seen["mean"] = "about 0" if abs(middle) < max(spread, 0.001) / 4 else Finding(f"{middle:.1g}. It should be about 0")
    near = (known for known in (0.02, 0.02**0.5, 0.02 / 3**0.5, 0.02**2, 1.0, 50.0) if abs(spread / known - 1) < 0.1)
    seen["standard deviation"] = float(f"{next(near, spread):.2g}")
    if not spread:
        seen["every number"] = float(weight.max())
    seen["padding row"] = "not zeros" if weight[pad_id].any() else "zeros"
    seen["trained"] = "yes" if layer.weight.requires_grad else "no"
    if layer.weight.requires_grad:
        layer(torch.tensor([pad_id])).sum().backward()
        gradient = layer.weight.grad.to_dense() if layer.weight.grad.is_sparse else layer.weight.grad
        seen["gradient of the padding row"] = "not zeros" if gradient[pad_id].any() else "zeros"
    return seen


def parts(num_tokens, dimension, pad_id):
    def layer(fill=None, zeros=pad_id, padding_idx=pad_id, tokens=num_tokens):
        """A layer whose weight is filled by `fill` (or normal, 0.02). Then row `zeros` is set to zeros."""
        made = nn.Embedding(tokens, dimension, padding_idx=padding_idx)
        (fill or (lambda weight: nn.init.normal_(weight, std=0.02)))(made.weight)
        if zeros is not None:
            with torch.no_grad():
                made.weight[zeros] = 0.0
        return made

    return {"layer": layer}


exercise = Exercise(
    task="""### Exercise 5 (write the body): a table with small start values and a padding row of zeros

`small_start(num_tokens, dimension, pad_id)` returns an `nn.Embedding` for `num_tokens` tokens with `dimension` numbers
each. The numbers are random with standard deviation 0.02, as in GPT-2. Row `pad_id` contains zeros and gets no gradient
from lookups. All other rows can be trained. For example, `small_start(100, 8, 99)` has 100 rows, and row 99 is zeros.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="padding_idx stops the gradient of lookups. To have zeros in the row, fill the table first, then set the row to zeros.",
    hints=[
        "There are three steps. Make the layer with padding_idx, fill its weight again, and look at row `pad_id`.",
        "Use `nn.init.normal_(layer.weight, std=0.02)`. Then set `layer.weight[pad_id]` to 0, inside `with torch.no_grad():`.",
    ],
    parts=parts,
    slips=[
        Slip("Row `pad_id` gets no gradient, but it does not contain zeros. Set this row to zeros last.", lambda p: p.layer(zeros=None), idea=7),
        Slip("The row starts with zeros, but it gets a gradient and changes in the first step. Set padding_idx.", lambda p: p.layer(padding_idx=None), idea=7),
        Slip("Row `pad_id` is like any other row. Set it to zeros, and set padding_idx.", lambda p: p.layer(zeros=None, padding_idx=None), idea=7),
        Slip("The other rows have the standard deviation 1. Write std=0.02, because `normal_` takes the mean first.", lambda p: p.layer(nn.init.normal_)),
        Slip("This layer still has PyTorch's start values. Set padding_idx, and fill the weight with std=0.02.", lambda p: nn.Embedding(p.num_tokens, p.dimension)),
        Slip("The variance is 0.02 here. The standard deviation should be 0.02.", lambda p: p.layer(lambda weight: nn.init.normal_(weight, std=0.02**0.5))),
        Slip("The standard deviation is 0.0004 here: that is the variance. Use std=0.02.", lambda p: p.layer(lambda weight: nn.init.normal_(weight, std=0.02**2))),
        Slip("All numbers are equal, so every token has the same vector. Make them random, with std=0.02.", lambda p: p.layer(lambda weight: nn.init.constant_(weight, 0.02))),
        Slip("The standard deviation is about 0.012 here. Use `normal_` with std=0.02.", lambda p: p.layer(lambda weight: nn.init.uniform_(weight, -0.02, 0.02))),
        Slip("Every row contains zeros. Only row `pad_id` should contain zeros.", lambda p: p.layer(nn.init.zeros_)),
        Slip("The table is frozen, and row `pad_id` does not contain zeros. Use freeze=False, then set the row to zeros.", lambda p: p.layer(zeros=None).requires_grad_(False)),
        Slip("The last row is the padding row here, which fits only the example. Use row `pad_id`.", lambda p: p.layer(zeros=-1, padding_idx=-1)),
        Slip("The zeros are in the last row, which is right for the example only. Put them into row `pad_id`.", lambda p: p.layer(zeros=-1)),
        Slip("The two sizes are swapped. nn.Embedding takes the number of tokens first.", lambda p: nn.Embedding(p.dimension, p.num_tokens, padding_idx=p.pad_id), idea=3),
        Slip("The numbers are right, but they cannot be trained: requires_grad is False. (from_pretrained needs freeze=False.)", lambda p: p.layer().requires_grad_(False)),
        Slip("`[:, pad_id]` is a column: one number of every token. The row of the padding token is `[pad_id]`.", lambda p: p.layer(zeros=(slice(None), p.pad_id))),
    ],
)
