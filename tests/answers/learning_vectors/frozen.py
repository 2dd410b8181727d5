"""Other answers to `frozen`: right ones in other styles, and wrong ones that a general rule catches."""

from torch import nn

from answers import caught, right


@caught("Got a tensor; the layer that holds it is asked for")
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
def every_parameter(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    for parameter in layer.parameters():
        parameter.requires_grad_(False)
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


@caught("Got a value of type dict; an `nn.Embedding` is asked for")
def a_dict(vectors):
    return {"weight": vectors}


@caught("Got text; an `nn.Embedding`")
def text(vectors):
    return "frozen"


@caught("Got a list; an `nn.Embedding`")
def a_list(vectors):
    return vectors.tolist()


@caught("Got the class Embedding itself")
def the_class(vectors):
    return nn.Embedding


@caught("Got 2 things; the layer alone")
def a_layer_and_more(vectors):
    return nn.Embedding.from_pretrained(vectors), True


@caught("Got a layer of type Linear; an `nn.Embedding`")
def a_linear_layer(vectors):
    layer = nn.Linear(*vectors.T.shape, bias=False)
    layer.weight.data.copy_(vectors)
    return layer.requires_grad_(False)


@caught("Got a layer of type EmbeddingBag")
def a_bag(vectors):
    return nn.EmbeddingBag.from_pretrained(vectors)


@caught("Got a layer with `max_norm`")
def shortened_by_each_lookup(vectors):
    return nn.Embedding.from_pretrained(vectors, max_norm=1.0)


@caught("weight has the shape (3, 6), where the vectors have (6, 3)")
def sizes_swapped(vectors):
    return nn.Embedding(*reversed(vectors.shape)).requires_grad_(False)


@caught("row 0 is [0.0, 0.0, 0.0], where the vectors have")
def zeros(vectors):
    layer = nn.Embedding.from_pretrained(vectors.clone())
    nn.init.zeros_(layer.weight)
    return layer


@caught("row 0 is [0.0, 0.0, 0.0], where the vectors have")
def a_row_of_zeros(vectors):
    return nn.Embedding.from_pretrained(vectors.index_fill(0, vectors.argmin() * 0, 0.0), padding_idx=0)


@caught("an attribute was set that PyTorch does not know")
def another_misspelling(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.freeze = True
    return layer


@caught("the weight still asks for a gradient: `layer.weight.requires_grad` is True")
def a_hook_that_stops_sgd_only(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.weight.register_hook(lambda gradient: gradient * 0)
    return layer


@caught("the weight still asks for a gradient: `layer.weight.requires_grad` is True")
def evaluation_mode(vectors):
    return nn.Embedding.from_pretrained(vectors, freeze=False).eval()
