"""### Exercise 3 (a new situation): sentences of different lengths

`embed_padded(sentences, table, pad_id)` takes a list of sentences, each a list of ids (at least one), a table of shape
`(V, d)` and the padding token's id. It fills the shorter sentences up at their end with `pad_id` and returns all rows
as one tensor of shape `(number of sentences, longest length, d)`. At the padded places stands row `pad_id`, *whatever
it holds*.

With 7 tokens, `embed_padded([[4, 0, 3, 2, 5, 1], [0, 3]], table, 6)` has shape `(2, 6, d)`, and the second sentence
is rows 0, 3, 6, 6, 6, 6. The lists passed in stay as they are, and a gradient reaches every row that was looked up,
row `pad_id` as well.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.samples import ids_of, numbered_table

MEANS = (
    "A batch is a rectangle of ids, and looking it up adds the embedding dimension at the end; padding is an id "
    "like any other."
)
HINTS = [
    "Make a rectangle of ids first: every list as long as the longest. Then look all of it up at once.",
    "`sentence + [pad_id] * (longest - len(sentence))` is one padded line; torch.tensor makes a list of them (B, L).",
]


def stub(sentences, table, pad_id):
    # your lines here
    ...


def solution(sentences, table, pad_id):
    longest = max(len(sentence) for sentence in sentences)
    # `+` makes a new list, so the caller's sentences stay as they are
    padded = [sentence + [pad_id] * (longest - len(sentence)) for sentence in sentences]
    return table[torch.tensor(padded)]


def cases():
    return [
        ([[4, 0, 3, 2, 5, 1], [0, 3]], numbered_table(7, 3, gradient=True), 6),
        ([[1, 2], [4], [3, 3, 1]], numbered_table(5, 4, gradient=True), 0),
        ([[2]], numbered_table(4, 2, gradient=True), 3),
        ([[1], [7, 6, 5, 1]], numbered_table(8, 6, torch.float64, gradient=True), 2),
    ]


def view(result: Any, sentences: list, table: torch.Tensor, pad_id: int) -> Any:
    """The rows, or whose rows they are."""
    wanted = rectangle(sentences, pad_id)
    if isinstance(result, torch.Tensor) and result.shape == (len(sentences), wanted.shape[1] * table.shape[1]):
        if result.shape[1] != wanted.shape[1]:
            return Finding("each sentence's rows in one line of numbers; every id keeps its row, as the last dimension")
    got = ids_of(result, table)
    if got is None or result.ndim != 3 or got == wanted.tolist():
        return result
    return Finding(f"the rows of the ids {got}; those of {wanted.tolist()} are asked for")


@wrong(idea=7)
def zeros_for_padding(sentences, table, pad_id):
    """There are zeros at the padded places; what belongs there is row `pad_id` of this table, which is not zeros."""
    return nn.utils.rnn.pad_sequence([table[s] for s in sentences], batch_first=True)


@wrong()
def padded_in_front(sentences, table, pad_id):
    """The padding stands in front of the sentences; it was asked for at their end."""
    longest = max(len(s) for s in sentences)
    return table[torch.tensor([[pad_id] * (longest - len(s)) + s for s in sentences])]


@wrong()
def cut_to_shortest(sentences, table, pad_id):
    """The longer sentences were cut; the shorter ones are to be filled up."""
    shortest = min(len(s) for s in sentences)
    return table[torch.tensor([s[:shortest] for s in sentences])]


@wrong(idea=8)
def one_long_line(sentences, table, pad_id):
    """The sentences were joined into one; each is to keep its own place, as a line of a rectangle."""
    return table[torch.tensor([i for s in sentences for i in s])]


@wrong()
def length_first(sentences, table, pad_id):
    """The length came first and the sentences second; pad_sequence does that unless you say batch_first=True."""
    return table[nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], padding_value=pad_id)]


@wrong(idea=5)
def padding_is_zero(sentences, table, pad_id):
    """The padded places got row 0. Id 0 is a token like any other; the padding token's id is `pad_id`."""
    return table[nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], batch_first=True)]


@wrong(idea=7)
def padding_shut_out(sentences, table, pad_id):
    """The rows are right, but row `pad_id` gets no gradient, and here it is to get one: padding_idx keeps it away, and
    so does `.detach()`."""
    longest = max(len(s) for s in sentences)
    padded = torch.tensor([s + [pad_id] * (longest - len(s)) for s in sentences])
    return F.embedding(padded, table, padding_idx=pad_id)


def rectangle(sentences, pad_id, longest=None):
    longest = longest or max(map(len, sentences))
    return torch.tensor([sentence + [pad_id] * (longest - len(sentence)) for sentence in sentences])


@wrong()
def ids_only(sentences, table, pad_id):
    """That is the rectangle of ids; one step is left: their rows, `table[ids]`."""
    return rectangle(sentences, pad_id)


@wrong()
def not_padded(sentences, table, pad_id):
    """`torch.tensor(sentences)` raises, since lines of different lengths are no rectangle: fill the shorter ones up
    first."""
    return table[torch.tensor(sentences)]


@wrong()
def six(sentences, table, pad_id):
    """6 is the padding token's id in the example only; `pad_id` says which it is."""
    return table[rectangle(sentences, 6)]


@wrong()
def always_six_long(sentences, table, pad_id):
    """Every sentence was filled up to 6 ids, which is the longest in the example only."""
    return table[rectangle(sentences, pad_id, 6)]


@wrong()
def as_long_as_the_first(sentences, table, pad_id):
    """The first sentence was taken for the longest, and any of them may be."""
    return table[rectangle(sentences, pad_id, len(sentences[0]))]


@wrong()
def one_more(sentences, table, pad_id):
    """Even the longest sentence was padded with one; it needs none."""
    return table[rectangle(sentences, pad_id, max(map(len, sentences)) + 1)]


@wrong()
def last_row(sentences, table, pad_id):
    """The last row stands at the padded places; the padding token's id is `pad_id`, and it need not be the last."""
    return table[rectangle(sentences, len(table) - 1)]


@wrong()
def last_word_repeated(sentences, table, pad_id):
    """Each sentence's last id fills it up; the padding token's id is `pad_id`."""
    longest = max(map(len, sentences))
    return table[torch.tensor([s + [s[-1]] * (longest - len(s)) for s in sentences])]


@wrong()
def turned(sentences, table, pad_id):
    """The last two sizes are swapped: length second, and the embedding dimension last."""
    return table[rectangle(sentences, pad_id)].transpose(1, 2)


@wrong()
def averaged(sentences, table, pad_id):
    """The rows of each sentence were averaged into one; every id keeps a row of its own."""
    return table[rectangle(sentences, pad_id)].mean(dim=1)


@wrong()
def rows_and_mask(sentences, table, pad_id):
    """`pad` returns a pair, and so does this; only the rows are asked for: `ids, _ = pad(...)`, then `table[ids]`."""
    ids = rectangle(sentences, pad_id)
    mask = torch.arange(ids.shape[1]) < torch.tensor([len(s) for s in sentences])[:, None]
    return table[ids], mask


@wrong()
def pair_as_index(sentences, table, pad_id):
    """`pad` returns a pair, and as an index the mask counts as well: `ids, mask = pad(...)`, then `table[ids]`."""
    ids = rectangle(sentences, pad_id)
    mask = torch.arange(ids.shape[1]) < torch.tensor([len(s) for s in sentences])[:, None]
    return table[ids, mask]


@wrong()
def another_table(sentences, table, pad_id):
    """`nn.Embedding(...)` makes a new table with random numbers of its own; look the rows up in `table`."""
    return nn.Embedding(*table.shape)(rectangle(sentences, pad_id))


@wrong()
def another_padded_table(sentences, table, pad_id):
    """`nn.Embedding(...)` makes a new table with random numbers of its own, and zeros for the padding; look the rows up
    in `table`."""
    return nn.Embedding(*table.shape, padding_idx=pad_id)(rectangle(sentences, pad_id))


@wrong()
def never_joined(sentences, table, pad_id):
    """Each sentence's rows are a tensor of their own, of its own length; fill the shorter ones up, and one tensor holds
    all."""
    return [table[torch.tensor(s)] for s in sentences]


@wrong()
def filled_with_the_number(sentences, table, pad_id):
    """The number `pad_id` itself stands at the padded places, in every column; what belongs there is the row of that
    id: fill up the ids, then look up."""
    return nn.utils.rnn.pad_sequence([table[s] for s in sentences], batch_first=True, padding_value=pad_id)


@wrong()
def as_long_as_the_last(sentences, table, pad_id):
    """The last sentence was taken for the longest, and any of them may be."""
    return table[rectangle(sentences, pad_id, len(sentences[-1]))]


@wrong()
def as_long_as_there_are_sentences(sentences, table, pad_id):
    """`len(sentences)` is the number of sentences; the length to fill up to is that of the longest of them."""
    return table[rectangle(sentences, pad_id, len(sentences))]


@wrong()
def longest_by_its_ids(sentences, table, pad_id):
    """`max(sentences)` compares the sentences by their ids, and the greatest need not be the longest:
    `max(map(len, sentences))`."""
    return table[rectangle(sentences, pad_id, len(max(sentences)))]


@wrong()
def one_padding_each(sentences, table, pad_id):
    """Each shorter sentence got one `pad_id`, however many it lacks, so the lengths still differ: repeat it
    `longest - len(sentence)` times."""
    longest = max(map(len, sentences))
    return table[torch.tensor([s + [pad_id] * (len(s) < longest) for s in sentences])]


@wrong(idea=11)
def no_such_row(sentences, table, pad_id):
    """It fills up with `len(table)`, and the last row is one before that; the padding token's id is `pad_id`."""
    return table[rectangle(sentences, len(table))]


@wrong()
def no_row_to_pad_with(sentences, table, pad_id):
    """It fills up with an id that is no row of the table, such as -1; the padding token's id is `pad_id`."""
    return F.embedding(rectangle(sentences, -1), table)


@wrong()
def longest_first(sentences, table, pad_id):
    """The sentences were sorted, the longest first; their order is to stay."""
    return table[rectangle(sorted(sentences, key=len, reverse=True), pad_id)]


@wrong()
def shortest_first(sentences, table, pad_id):
    """The sentences were sorted, the shortest first; their order is to stay."""
    return table[rectangle(sorted(sentences, key=len), pad_id)]


@wrong()
def added_up(sentences, table, pad_id):
    """The rows of each sentence were added into one; every id keeps a row of its own."""
    return table[rectangle(sentences, pad_id)].sum(dim=1)


@wrong()
def first_sentence_only(sentences, table, pad_id):
    """Only the first sentence is there: a `return` inside a loop ends it at once."""
    longest = max(map(len, sentences))
    for s in sentences:
        return table[torch.tensor(s + [pad_id] * (longest - len(s)))]


@wrong()
def each_once(sentences, table, pad_id):
    """An id that comes twice in a sentence needs its row twice; here the second was dropped."""
    return table[rectangle([list(dict.fromkeys(s)) for s in sentences], pad_id)]


@wrong()
def flat_with_padding(sentences, table, pad_id):
    """The padding is right, but the sentences stand one after the other in one line: the shape begins with the number
    of sentences, then the length."""
    return table[rectangle(sentences, pad_id).flatten()]


@wrong()
def as_long_as_the_table(sentences, table, pad_id):
    """Every sentence was filled up to the number of rows of the table; the longest sentence says how far."""
    return table[rectangle(sentences, pad_id, len(table))]


@wrong()
def as_long_as_a_row(sentences, table, pad_id):
    """The sentences were filled up to d, the length of a row; the longest sentence says how far."""
    return table[rectangle(sentences, pad_id, table.shape[1])]


@wrong()
def one_too_short(sentences, table, pad_id):
    """The longest sentence lost its last id: fill up to its whole length."""
    longest = max(map(len, sentences)) - 1
    return table[torch.tensor([(s + [pad_id] * longest)[:longest] for s in sentences])]


@wrong()
def longest_only(sentences, table, pad_id):
    """Only the longest sentence is there; the shorter ones are to be filled up and looked up as well."""
    return table[torch.tensor([max(sentences, key=len)])]


@wrong()
def number_added_to_a_list(sentences, table, pad_id):
    """A number was added to a list (`pad_id * n` is a number as well); `[pad_id] * n` is a list of n of them."""
    longest = max(map(len, sentences))
    return table[torch.tensor([s + pad_id * (longest - len(s)) for s in sentences])]


@wrong()
def words_backwards(sentences, table, pad_id):
    """Each sentence stands backwards; the ids keep their order."""
    return table[rectangle([s[::-1] for s in sentences], pad_id)]


@wrong()
def sentences_backwards(sentences, table, pad_id):
    """The last sentence comes first; their order is to stay."""
    return table[rectangle(sentences[::-1], pad_id)]


@wrong(idea=5)
def floats(sentences, table, pad_id):
    """The ids were made floats, and there is no row 2.5: ids are whole numbers, which `torch.tensor` makes of a list of
    them."""
    return table[rectangle(sentences, pad_id).float()]


@wrong()
def last_sentence_only(sentences, table, pad_id):
    """Only the last sentence is there: each turn of the loop writes over the one before. Collect all of them."""
    return table[rectangle(sentences, pad_id)[-1]]
