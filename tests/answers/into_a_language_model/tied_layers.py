"""Other answers to `tied_layers`: right ones in other styles, and wrong ones that a general rule catches."""

from torch import nn

from answers import caught, right


@right
def other_way(V, d):
    out = nn.Linear(d, V, bias=False)
    token = nn.Embedding(V, d)
    token.weight = out.weight
    return token, out


@right
def registered(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    token.register_parameter("weight", out.weight)
    return token, out


@right
def one_parameter(rows, width):
    token, out = nn.Embedding(rows, width), nn.Linear(width, rows, bias=False)
    token.weight = out.weight = nn.Parameter(token.weight.detach())
    return [token, out]


@caught("the two layers")
def one_layer(V, d):
    return nn.Embedding(V, d)


@caught("Linear and Embedding")
def wrong_order(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weight = token.weight
    return out, token


@caught("there are two Parameters")
def given(V, d):
    out = nn.Linear(d, V, bias=False)
    return nn.Embedding(V, d, _weight=out.weight), out  # wraps the same numbers in its own Parameter


@caught("and one of them is frozen")
def frozen_copy(V, d):
    out = nn.Linear(d, V, bias=False)
    return nn.Embedding.from_pretrained(out.weight), out


@caught("a copy: the numbers are equal now")
def copied_in_place(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.load_state_dict({"weight": token.weight})
    return token, out


@caught("Nothing is shared")
def misspelt(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weigth = token.weight
    return token, out


@caught("a row for each of the V tokens")
def too_few_rows(V, d):
    token, out = nn.Embedding(V - 1, d), nn.Linear(d, V - 1, bias=False)
    out.weight = token.weight
    return token, out
