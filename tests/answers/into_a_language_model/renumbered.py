"""Other answers to `renumbered`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def sorted_back(table, new_id):
    return table[new_id.argsort()]


@right
def loop(table, new_id):
    moved = table.clone()
    for old, new in enumerate(new_id.tolist()):
        moved[new] = table[old]
    return moved


@right
def index_copy(table, new_id):
    return torch.zeros_like(table).index_copy(0, new_id, table)


@right
def one_hot(table, new_id):
    return torch.nn.functional.one_hot(new_id, len(table)).to(table.dtype).T @ table


@caught("changes its input")
def in_place(table, new_id):
    table[new_id] = table.clone()
    return table


@caught("The rows are in reverse order, whatever `new_id` is.")
def reversed_rows(table, new_id):
    return table.flip(0)
