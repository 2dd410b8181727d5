"""Other answers to `my_one_hot`: right ones in other styles, and wrong ones that a general rule catches."""

import numpy as np
import torch
import torch.nn.functional as F

from answers import caught, right


@right
def rows_of_the_identity(ids, num_classes):
    return torch.eye(num_classes)[ids]


@right
def scatter(ids, num_classes):
    zeros = torch.zeros(*ids.shape, num_classes)
    return zeros.scatter_(-1, ids.unsqueeze(-1), 1.0)


@right
def loop(ids, num_classes):
    flat = torch.zeros(ids.numel(), num_classes, dtype=torch.float64)
    for place, one in enumerate(ids.flatten().tolist()):
        flat[place, one] = 1
    return flat.reshape(*ids.shape, num_classes)


@caught("This is a numpy array. The task asks for a tensor: `torch.tensor(...)` makes one.")
def numpy(ids, num_classes):
    return np.eye(num_classes, dtype=int)[ids.numpy()]


@caught("This is a list. The task asks for a tensor: `torch.tensor(...)` makes one.")
def nested_lists(ids, num_classes):
    def spell(thing):
        return (
            [spell(part) for part in thing]
            if isinstance(thing, list)
            else [int(thing == k) for k in range(num_classes)]
        )

    return spell(ids.tolist())


@caught("Got vectors with 5 numbers")
def one_too_wide(ids, num_classes):
    return torch.eye(num_classes + 1)[ids]


@caught("Got vectors that contain 2")
def twos(ids, num_classes):
    return 2 * torch.eye(num_classes)[ids]


@caught("Got a vector with 3 ones")
def up_to_the_id(ids, num_classes):
    return (torch.arange(num_classes) <= ids[..., None]).long()


@caught("Got a vector without a 1")
def zeros(ids, num_classes):
    return torch.zeros(*ids.shape, num_classes)


@caught("Got a vector with its 1 at position 1, for the id 2")
def from_the_end(ids, num_classes):
    return torch.eye(num_classes).flip(0)[ids]


@caught("This calls `one_hot`")
def asks_pytorch(ids, num_classes):
    return F.one_hot(ids, num_classes)


@caught("The dimension of the classes comes last, not first")
def columns(ids, num_classes):
    return torch.eye(num_classes)[:, ids]


@caught("Got one vector for all ids")
def one_vector(ids, num_classes):
    out = torch.zeros(num_classes)
    out[ids] = 1
    return out


@caught("Got a tensor of True and False. Convert it to zeros and ones")
def truth_values(ids, num_classes):
    return ids.unsqueeze(-1) == torch.arange(num_classes)


@caught("This works only for one line of ids. But ids may have more than one dimension")
def one_line(ids, num_classes):
    out = torch.zeros(*ids.shape, num_classes)
    out[range(len(ids)), ids] = 1
    return out


@caught("This works only for one line of ids.")
def two_loops(ids, num_classes):
    return [[int(one == k) for k in range(num_classes)] for one in ids]


@caught("`.to(dtype)` for astype")
def numpy_type(ids, num_classes):
    return (ids[..., None] == torch.arange(num_classes)).astype(int)


@caught("Write a star before the shape")
def shape_as_one_size(ids, num_classes):
    return torch.zeros(ids.shape, num_classes).scatter(-1, ids[..., None], 1)


@caught("Write a star before the shape")
def shape_inside_a_shape(ids, num_classes):
    return torch.zeros((ids.shape, num_classes)).scatter(-1, ids[..., None], 1)


@caught("This is a numpy array. The task asks for a tensor")
def numpy_rows(ids, num_classes):
    return np.eye(num_classes)[ids]


@caught("This is a list. The task asks for a tensor")
def numpy_rows_as_lists(ids, num_classes):
    return np.eye(num_classes)[ids].tolist()
