"""Other answers to `embed_padded`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F
from torch import nn

from answers import caught, right


@caught("in a list of tensors")
def not_joined(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    return [table[torch.tensor(s + [pad] * (longest - len(s)))] for s in sentences]


@caught("changes its input `sentences` in place")
def lists_changed(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    for s in sentences:
        s += [pad] * (longest - len(s))
    return table[torch.tensor(sentences)]


@caught("no gradient flows back")
def gradient_cut(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    padded = [s + [pad] * (longest - len(s)) for s in sentences]
    return nn.Embedding.from_pretrained(table.detach())(torch.tensor(padded))


@caught("Got the rows of the ids [[4, 0, 3, 2, 5, 1], [0, 3, 0, 3, 0, 3]]")
def other_padding(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([(s * longest)[:longest] for s in sentences])]


@caught("all rows of a sentence in one line")
def in_one_line(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([s + [pad_id] * (longest - len(s)) for s in sentences])].flatten(1)


@caught("Got rows that are not in `table`. Look up the ids in the parameter `table`.")
def new_layer(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return nn.Embedding(*table.shape)(torch.tensor([s + [pad_id] * (longest - len(s)) for s in sentences]))


@right
def with_pad(sentences, table, pad_id):
    from tutorial_pkg.tokens import pad

    ids, _ = pad(sentences, pad_id)
    return table[ids]


@right
def pad_sequence(sentences, table, pad):
    ids = nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], batch_first=True, padding_value=pad)
    return F.embedding(ids, table)


@right
def full(batch, W, p):
    ids = torch.full((len(batch), max(map(len, batch))), p)
    for b, line in enumerate(batch):
        ids[b, : len(line)] = torch.tensor(line)
    return W[ids]


@right
def rows_by_hand(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    blocks = []
    for s in sentences:
        rows = [table[i] for i in s] + [table[pad] for _ in range(longest - len(s))]
        blocks.append(torch.stack(rows))
    return torch.stack(blocks)


@caught("The numbers are right, but no gradient reaches `table`. Use `table` itself")
def weight_of_a_new_layer(sentences, table, pad_id):
    longest = max(len(s) for s in sentences)
    layer = nn.Embedding(*table.shape)
    layer.weight.data = table
    return layer(torch.tensor([s + [pad_id] * (longest - len(s)) for s in sentences]))


def filled(sentences, pad_id, longest):
    return [sentence + [pad_id] * (longest - len(sentence)) for sentence in sentences]


@caught("Write `table[torch.tensor(padded)]`.")
def lists_as_an_index(sentences, table, pad_id):
    return table[filled(sentences, pad_id, max(map(len, sentences)))]


@caught("`max(map(len, rows))` is the largest length")
def longest_list(sentences, table, pad_id):
    return table[torch.tensor(filled(sentences, pad_id, max(sentences)))]


@caught("methods that change their object in place, such as append, return None")
def extended_lists(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([[*s].extend([pad_id] * (longest - len(s))) for s in sentences])]


@caught("The ids are filled up with 0. Use `pad_id`.")
def pad_sequence_with_zeros(sentences, table, pad_id):
    return table[nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], batch_first=True)]
