"""Other answers to `sgd_step`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@caught("changes its input `table` in place")
def in_place(table, ids, grad, lr):
    return table.index_add_(0, ids, grad, alpha=-lr)


@right
def out_of_place(table, ids, grad, lr):
    return table.index_add(0, ids, grad, alpha=-lr)


@right
def a_loop(table, ids, grad, lr):
    moved = table.clone()
    for id, row in zip(ids.tolist(), grad):
        moved[id] = moved[id] - lr * row
    return moved


@right
def one_hot(table, ids, grad, lr):
    return table - lr * (F.one_hot(ids, len(table)).to(grad.dtype).T @ grad)


@right
def numpy(table, ids, grad, lr):
    import numpy as np

    rows = table.numpy().copy()
    np.subtract.at(rows, ids.numpy(), lr * grad.numpy())
    return rows


@right
def index_put(table, ids, grad, lr):
    return table.index_put((ids,), -lr * grad, accumulate=True)


@right
def the_optimiser_itself(table, ids, grad, lr):
    layer = torch.nn.Embedding.from_pretrained(table.clone(), freeze=False, sparse=True)
    layer(ids).backward(grad)
    torch.optim.SGD(layer.parameters(), lr=lr).step()
    return layer.weight.detach()


@caught("The old row is added twice here. Add only −lr · gradient.")
def adds_the_new_row(table, ids, grad, lr):
    return table.index_add(0, ids, table[ids] - lr * grad)


@caught("got [[0.0, 0.0], [0.0, 0.0], [-0.15, -0.05]]")
def divided_by_the_number_of_ids(table, ids, grad, lr):
    return table.index_add(0, ids, grad / max(len(ids), 1), alpha=-lr)
