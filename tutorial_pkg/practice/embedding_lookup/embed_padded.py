from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, nn, torch
from tutorial_pkg.practice.samples import ids_of, numbered_table


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


def padded_in_front(sentences, table, pad_id):
    longest = max(len(s) for s in sentences)
    return table[torch.tensor([[pad_id] * (longest - len(s)) + s for s in sentences])]


def cut_to_shortest(sentences, table, pad_id):
    shortest = min(len(s) for s in sentences)
    return table[torch.tensor([s[:shortest] for s in sentences])]


def padding_shut_out(sentences, table, pad_id):
    longest = max(len(s) for s in sentences)
    padded = torch.tensor([s + [pad_id] * (longest - len(s)) for s in sentences])
    return F.embedding(padded, table, padding_idx=pad_id)


def rectangle(sentences, pad_id, longest=None):
    longest = longest or max(map(len, sentences))
    return torch.tensor([sentence + [pad_id] * (longest - len(sentence)) for sentence in sentences])


def last_word_repeated(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([s + [s[-1]] * (longest - len(s)) for s in sentences])]


def averaged(sentences, table, pad_id):
    return table[rectangle(sentences, pad_id)].mean(dim=1)


def rows_and_mask(sentences, table, pad_id):
    ids = rectangle(sentences, pad_id)
    mask = torch.arange(ids.shape[1]) < torch.tensor([len(s) for s in sentences])[:, None]
    return table[ids], mask


def pair_as_index(sentences, table, pad_id):
    ids = rectangle(sentences, pad_id)
    mask = torch.arange(ids.shape[1]) < torch.tensor([len(s) for s in sentences])[:, None]
    return table[ids, mask]


def one_padding_each(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([s + [pad_id] * (len(s) < longest) for s in sentences])]


def first_sentence_only(sentences, table, pad_id):
    longest = max(map(len, sentences))
    for s in sentences:
        return table[torch.tensor(s + [pad_id] * (longest - len(s)))]


def one_too_short(sentences, table, pad_id):
    longest = max(map(len, sentences)) - 1
    return table[torch.tensor([(s + [pad_id] * longest)[:longest] for s in sentences])]


def number_added_to_a_list(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([s + pad_id * (longest - len(s)) for s in sentences])]


def floats(sentences, table, pad_id):
    return table[rectangle(sentences, pad_id).float()]


exercise = Exercise(
    task="""### Exercise 3 (a new situation): sentences of different lengths

`embed_padded(sentences, table, pad_id)` takes a list of sentences, each a list of ids (at least one), a table of shape
`(V, d)` and the padding token's id. It fills the shorter sentences up at their end with `pad_id` and returns all rows
as one tensor of shape `(number of sentences, longest length, d)`. At the padded places stands row `pad_id`, *whatever
it holds*.

With 7 tokens, `embed_padded([[4, 0, 3, 2, 5, 1], [0, 3]], table, 6)` has shape `(2, 6, d)`, and the second sentence
is rows 0, 3, 6, 6, 6, 6. The lists passed in stay as they are, and a gradient reaches every row that was looked up,
row `pad_id` as well.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="A batch is a rectangle of ids, and looking it up adds the embedding dimension at the end; padding is an id "
    "like any other.",
    hints=[
        "Make a rectangle of ids first: every list as long as the longest. Then look all of it up at once.",
        "`sentence + [pad_id] * (longest - len(sentence))` is one padded line; torch.tensor makes a list of them (B, L).",
    ],
    slips=[
        Slip(
            "There are zeros at the padded places; what belongs there is row `pad_id` of this table, which is not zeros.",
            lambda sentences, table, pad_id: nn.utils.rnn.pad_sequence([table[s] for s in sentences], batch_first=True),
            idea=7,
        ),
        Slip("The padding stands in front of the sentences; it was asked for at their end.", padded_in_front),
        Slip("The longer sentences were cut; the shorter ones are to be filled up.", cut_to_shortest),
        Slip(
            "The sentences were joined into one; each is to keep its own place, as a line of a rectangle.",
            lambda sentences, table, pad_id: table[torch.tensor([i for s in sentences for i in s])],
            idea=8,
        ),
        Slip(
            "The length came first and the sentences second; pad_sequence does that unless you say batch_first=True.",
            lambda sentences, table, pad_id: table[
                nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], padding_value=pad_id)
            ],
        ),
        Slip(
            "The padded places got row 0. Id 0 is a token like any other; the padding token's id is `pad_id`.",
            lambda sentences, table, pad_id: table[
                nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], batch_first=True)
            ],
            idea=5,
        ),
        Slip(
            "The rows are right, but row `pad_id` gets no gradient, and here it is to get one: padding_idx keeps it away, and so does `.detach()`.",
            padding_shut_out,
            idea=7,
        ),
        Slip(
            "That is the rectangle of ids; one step is left: their rows, `table[ids]`.",
            lambda sentences, table, pad_id: rectangle(sentences, pad_id),
        ),
        Slip(
            "`torch.tensor(sentences)` raises, since lines of different lengths are no rectangle: fill the shorter ones up first.",
            lambda sentences, table, pad_id: table[torch.tensor(sentences)],
        ),
        Slip(
            "6 is the padding token's id in the example only; `pad_id` says which it is.",
            lambda sentences, table, pad_id: table[rectangle(sentences, 6)],
        ),
        Slip(
            "Every sentence was filled up to 6 ids, which is the longest in the example only.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, 6)],
        ),
        Slip(
            "The first sentence was taken for the longest, and any of them may be.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, len(sentences[0]))],
        ),
        Slip(
            "Even the longest sentence was padded with one; it needs none.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, max(map(len, sentences)) + 1)],
        ),
        Slip(
            "The last row stands at the padded places; the padding token's id is `pad_id`, and it need not be the last.",
            lambda sentences, table, pad_id: table[rectangle(sentences, len(table) - 1)],
        ),
        Slip("Each sentence's last id fills it up; the padding token's id is `pad_id`.", last_word_repeated),
        Slip(
            "The last two sizes are swapped: length second, and the embedding dimension last.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id)].transpose(1, 2),
        ),
        Slip("The rows of each sentence were averaged into one; every id keeps a row of its own.", averaged),
        Slip(
            "`pad` returns a pair, and so does this; only the rows are asked for: `ids, _ = pad(...)`, then `table[ids]`.",
            rows_and_mask,
        ),
        Slip(
            "`pad` returns a pair, and as an index the mask counts as well: `ids, mask = pad(...)`, then `table[ids]`.",
            pair_as_index,
        ),
        Slip(
            "`nn.Embedding(...)` makes a new table with random numbers of its own; look the rows up in `table`.",
            lambda sentences, table, pad_id: nn.Embedding(*table.shape)(rectangle(sentences, pad_id)),
        ),
        Slip(
            "`nn.Embedding(...)` makes a new table with random numbers of its own, and zeros for the padding; look the rows up in `table`.",
            lambda sentences, table, pad_id: nn.Embedding(*table.shape, padding_idx=pad_id)(
                rectangle(sentences, pad_id)
            ),
        ),
        Slip(
            "Each sentence's rows are a tensor of their own, of its own length; fill the shorter ones up, and one tensor holds all.",
            lambda sentences, table, pad_id: ([table[torch.tensor(s)] for s in sentences]),
        ),
        Slip(
            "The number `pad_id` itself stands at the padded places, in every column; what belongs there is the row of that id: fill up the ids, then look up.",
            lambda sentences, table, pad_id: nn.utils.rnn.pad_sequence(
                [table[s] for s in sentences], batch_first=True, padding_value=pad_id
            ),
        ),
        Slip(
            "The last sentence was taken for the longest, and any of them may be.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, len(sentences[-1]))],
        ),
        Slip(
            "`len(sentences)` is the number of sentences; the length to fill up to is that of the longest of them.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, len(sentences))],
        ),
        Slip(
            "`max(sentences)` compares the sentences by their ids, and the greatest need not be the longest: `max(map(len, sentences))`.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, len(max(sentences)))],
        ),
        Slip(
            "Each shorter sentence got one `pad_id`, however many it lacks, so the lengths still differ: repeat it `longest - len(sentence)` times.",
            one_padding_each,
        ),
        Slip(
            "It fills up with `len(table)`, and the last row is one before that; the padding token's id is `pad_id`.",
            lambda sentences, table, pad_id: table[rectangle(sentences, len(table))],
            idea=11,
        ),
        Slip(
            "It fills up with an id that is no row of the table, such as -1; the padding token's id is `pad_id`.",
            lambda sentences, table, pad_id: F.embedding(rectangle(sentences, -1), table),
        ),
        Slip(
            "The sentences were sorted, the longest first; their order is to stay.",
            lambda sentences, table, pad_id: table[rectangle(sorted(sentences, key=len, reverse=True), pad_id)],
        ),
        Slip(
            "The sentences were sorted, the shortest first; their order is to stay.",
            lambda sentences, table, pad_id: table[rectangle(sorted(sentences, key=len), pad_id)],
        ),
        Slip(
            "The rows of each sentence were added into one; every id keeps a row of its own.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id)].sum(dim=1),
        ),
        Slip("Only the first sentence is there: a `return` inside a loop ends it at once.", first_sentence_only),
        Slip(
            "An id that comes twice in a sentence needs its row twice; here the second was dropped.",
            lambda sentences, table, pad_id: table[rectangle([list(dict.fromkeys(s)) for s in sentences], pad_id)],
        ),
        Slip(
            "The padding is right, but the sentences stand one after the other in one line: the shape begins with the number of sentences, then the length.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id).flatten()],
        ),
        Slip(
            "Every sentence was filled up to the number of rows of the table; the longest sentence says how far.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, len(table))],
        ),
        Slip(
            "The sentences were filled up to d, the length of a row; the longest sentence says how far.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id, table.shape[1])],
        ),
        Slip("The longest sentence lost its last id: fill up to its whole length.", one_too_short),
        Slip(
            "Only the longest sentence is there; the shorter ones are to be filled up and looked up as well.",
            lambda sentences, table, pad_id: table[torch.tensor([max(sentences, key=len)])],
        ),
        Slip(
            "A number was added to a list (`pad_id * n` is a number as well); `[pad_id] * n` is a list of n of them.",
            number_added_to_a_list,
        ),
        Slip(
            "Each sentence stands backwards; the ids keep their order.",
            lambda sentences, table, pad_id: table[rectangle([s[::-1] for s in sentences], pad_id)],
        ),
        Slip(
            "The last sentence comes first; their order is to stay.",
            lambda sentences, table, pad_id: table[rectangle(sentences[::-1], pad_id)],
        ),
        Slip(
            "The ids were made floats, and there is no row 2.5: ids are whole numbers, which `torch.tensor` makes of a list of them.",
            floats,
            idea=5,
        ),
        Slip(
            "Only the last sentence is there: each turn of the loop writes over the one before. Collect all of them.",
            lambda sentences, table, pad_id: table[rectangle(sentences, pad_id)[-1]],
        ),
    ],
)
