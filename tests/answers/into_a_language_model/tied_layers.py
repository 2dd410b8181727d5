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


@caught("two Parameters")
def given(V, d):
    out = nn.Linear(d, V, bias=False)
    return nn.Embedding(V, d, _weight=out.weight), out  # wraps the same numbers in a Parameter of its own
