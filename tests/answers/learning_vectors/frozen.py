"""Other answers to `frozen`: right ones in other styles, and wrong ones that a general rule catches."""

from torch import nn

from answers import caught, right


@caught("raises AttributeError: 'Tensor' object has no attribute 'weight'")
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
