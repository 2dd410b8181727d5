"""### Exercise 4 (a new situation): sentences of different lengths

`embed_padded(sentences, table, pad)` takes a list of sentences, each a list of ids (at least one), a table of shape
`(V, d)` and the padding token's id. It fills the shorter sentences up at their end with `pad` and returns all rows as
one tensor of shape `(number of sentences, longest length, d)`. At the padded places stands row `pad`, *whatever it
holds*.

With 7 tokens, `embed_padded([[4, 0, 3, 2, 5, 1], [0, 3]], table, 6)` has shape `(2, 6, d)`, and the second sentence
is rows 0, 3, 6, 6, 6, 6. The lists passed in stay as they are, and a gradient reaches every row that was looked up,
row `pad` as well.
"""

import torch
import torch.nn.functional as F
from torch import nn

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import numbered_table

MEANS = (
    "A batch is a rectangle of ids, and looking it up adds the embedding dimension at the end; padding is an id "
    "like any other."
)
HINTS = [
    "Make a rectangle of ids first: every list as long as the longest. Then look all of it up at once.",
    "`sentence + [pad] * (longest - len(sentence))` is one padded line; torch.tensor makes a list of them (B, L).",
]


def stub(sentences, table, pad):
    # your lines here
    ...


def solution(sentences, table, pad):
    longest = max(len(sentence) for sentence in sentences)
    # `+` makes a new list, so the caller's sentences stay as they are
    padded = [sentence + [pad] * (longest - len(sentence)) for sentence in sentences]
    return table[torch.tensor(padded)]


def cases():
    return [
        ([[4, 0, 3, 2, 5, 1], [0, 3]], numbered_table(7, 3, gradient=True), 6),
        ([[1, 2], [4], [3, 3, 1]], numbered_table(5, 4, gradient=True), 0),
        ([[2]], numbered_table(4, 2, gradient=True), 3),
        ([[1], [7, 6, 5, 1]], numbered_table(8, 6, torch.float64, gradient=True), 2),
    ]


@wrong(idea=7)
def zeros_for_padding(sentences, table, pad):
    """There are zeros at the padded places; what belongs there is row `pad` of this table, which is not zeros."""
    return nn.utils.rnn.pad_sequence([table[s] for s in sentences], batch_first=True)


@wrong()
def padded_in_front(sentences, table, pad):
    """The padding stands in front of the sentences; it was asked for at their end."""
    longest = max(len(s) for s in sentences)
    return table[torch.tensor([[pad] * (longest - len(s)) + s for s in sentences])]


@wrong()
def cut_to_shortest(sentences, table, pad):
    """The longer sentences were cut; the shorter ones are to be filled up."""
    shortest = min(len(s) for s in sentences)
    return table[torch.tensor([s[:shortest] for s in sentences])]


@wrong(idea=8)
def one_long_line(sentences, table, pad):
    """The sentences were joined into one; each is to keep its own place, as a line of a rectangle."""
    return table[torch.tensor([i for s in sentences for i in s])]


@wrong()
def length_first(sentences, table, pad):
    """The length came first and the sentences second; pad_sequence does that unless you say batch_first=True."""
    return table[nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], padding_value=pad)]


@wrong(idea=11)
def padding_is_zero(sentences, table, pad):
    """The padded places got row 0. Id 0 is a token like any other; the padding token's id is `pad`."""
    return table[nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], batch_first=True)]


@wrong(idea=7)
def padding_shut_out(sentences, table, pad):
    """The rows are right, but padding_idx keeps the gradient away from row `pad`, and here it is to get one."""
    longest = max(len(s) for s in sentences)
    padded = torch.tensor([s + [pad] * (longest - len(s)) for s in sentences])
    return F.embedding(padded, table, padding_idx=pad)
