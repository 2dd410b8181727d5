"""Other answers to `frozen`: right ones in other styles, and wrong ones that a general rule catches."""

from torch import nn

from answers import caught, right


@caught("Got a tensor. Return the layer that contains it")
def the_tensor(vectors):
    return vectors.detach()


@right
def requires_grad(vectors):
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    layer.requires_grad_(False)
    return layer


@right
def from_pretrained(vectors):
    return nn.Embedding.from_pretrained(vectors)


@right
def a_parameter_that_is_frozen(vectors):
    layer = nn.Embedding(vectors.shape[0], vectors.shape[1])
    layer.weight = nn.Parameter(vectors.clone(), requires_grad=False)
    return layer


@right
def a_buffer(vectors):
    layer = nn.Embedding(*vectors.shape)
    del layer.weight
    layer.register_buffer("weight", vectors.clone())
    return layer


@right
def other_switches_do_no_harm(vectors):
    return nn.Embedding.from_pretrained(vectors, padding_idx=0, sparse=True, scale_grad_by_freq=True)


@caught("Got a value of type dict. Return an `nn.Embedding`")
def a_dict(vectors):
    return {"weight": vectors}


@caught("Got text. Return an `nn.Embedding`")
def text(vectors):
    return "frozen"


@caught("Got the class Embedding itself")
def the_class(vectors):
    return nn.Embedding


@caught("Got 2 things. Return only the layer")
def a_layer_and_more(vectors):
    return nn.Embedding.from_pretrained(vectors), True


@caught("Got a layer of type Linear. Return an `nn.Embedding`")
def a_linear_layer(vectors):
    layer = nn.Linear(*vectors.T.shape, bias=False)
    layer.weight.data.copy_(vectors)
    return layer.requires_grad_(False)


@caught("Got a layer with `max_norm`")
def shortened_by_each_lookup(vectors):
    return nn.Embedding.from_pretrained(vectors, max_norm=1.0)


@caught("weight has the shape (3, 6), but the vectors have (6, 3)")
def sizes_swapped(vectors):
    return nn.Embedding(*reversed(vectors.shape)).requires_grad_(False)


@caught("row 0 is [0.0, 0.0, 0.0], but the vectors have")
def zeros(vectors):
    layer = nn.Embedding.from_pretrained(vectors.clone())
    nn.init.zeros_(layer.weight)
    return layer


@caught("A new attribute was set, and PyTorch ignores it")
def another_misspelling(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.freeze = True
    return layer


@caught("`layer.weight.requires_grad` is still True")
def a_hook_that_stops_sgd_only(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.weight.register_hook(lambda gradient: gradient * 0)
    return layer
