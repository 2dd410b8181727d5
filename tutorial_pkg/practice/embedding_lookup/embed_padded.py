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
    # `+` makes a new list, so the sentences of the caller stay as they are
    padded = [sentence + [pad_id] * (longest - len(sentence)) for sentence in sentences]
    return table[torch.tensor(padded)]


def cases():
    return [
        ([[4, 0, 3, 2, 5, 1], [0, 3]], numbered_table(7, 3, gradient=True), 6),
        ([[1, 2], [4], [3, 3, 1]], numbered_table(5, 4, gradient=True), 0),
        ([[2]], numbered_table(4, 2, gradient=True), 3),
        ([[1], [7, 6, 5, 1]], numbered_table(8, 6, torch.float64, gradient=True), 2),
    ]


def padded(sentences, pad_id, longest=None):
    """The ids, padded to one length; longer sentences are cut."""
    longest = longest or max(map(len, sentences))
    return torch.tensor([(sentence + [pad_id] * longest)[:longest] for sentence in sentences])


def view(result: Any, sentences: list, table: torch.Tensor, pad_id: int) -> Any:
    """The rows, or whose rows they are."""
    wanted = padded(sentences, pad_id)
    if not isinstance(result, torch.Tensor):
        return result
    if result.shape == (len(sentences), wanted.shape[1] * table.shape[1]) and table.shape[1] > 1:
        return Finding("all rows of a sentence in one line. Each id keeps its own row, in the last dimension")
    got = ids_of(result, table)
    if got is None or result.ndim != 3 or got == wanted.tolist():
        return result
    return Finding(f"the rows of the ids {got}. Return the rows of {wanted.tolist()}")


def parts(sentences, table, pad_id):
    def rows(fill=pad_id, longest=None):
        return table[padded(sentences, fill, longest)]

    ids = padded(sentences, pad_id)
    mask = torch.arange(ids.shape[1]) < torch.tensor([len(s) for s in sentences])[:, None]
    return {"longest": ids.shape[1], "ids": ids, "mask": mask, "rows": rows}


def in_front(sentences, table, pad_id):
    longest = max(len(s) for s in sentences)
    return table[torch.tensor([[pad_id] * (longest - len(s)) + s for s in sentences])]


def one_padding_each(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([s + [pad_id] * (len(s) < longest) for s in sentences])]


def first_sentence_only(sentences, table, pad_id):
    longest = max(map(len, sentences))
    for s in sentences:
        return table[torch.tensor(s + [pad_id] * (longest - len(s)))]


def number_added_to_a_list(sentences, table, pad_id):
    longest = max(map(len, sentences))
    return table[torch.tensor([s + pad_id * (longest - len(s)) for s in sentences])]


def pad_sequence(sentences, rows, **how):
    return nn.utils.rnn.pad_sequence([rows[s] if rows is not None else torch.tensor(s) for s in sentences], **how)


exercise = Exercise(
    task="""### Exercise 3 (a new situation): sentences of different lengths

`embed_padded(sentences, table, pad_id)` takes a list of sentences, a table of shape `(V, d)` and the id of the padding
token. Each sentence is a list of at least one id. The function fills up the shorter sentences at their end with
`pad_id`. It returns all rows as one tensor of shape `(number of sentences, longest length, d)`. The padded positions
contain row `pad_id`, *whatever numbers it has*.

With 7 tokens, `embed_padded([[4, 0, 3, 2, 5, 1], [0, 3]], table, 6)` has the shape `(2, 6, d)`. Its second sentence
consists of the rows 0, 3, 6, 6, 6, 6. The lists of the caller stay as they are. Gradients flow back to every row that
was looked up, also to row `pad_id`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="A batch is a rectangle of ids, and the lookup adds the embedding dimension at the end. The padding id is an id like any other.",
    hints=[
        "First make a rectangle of ids: every list is as long as the longest. Then look up all ids at once.",
        "`sentence + [pad_id] * (longest - len(sentence))` is one padded line. torch.tensor makes a batch from a list of lines.",
    ],
    parts=parts,
    slips=[
        Slip(
            "The padded positions contain zeros. They should contain row `pad_id` of this table, which is not zeros.",
            lambda p: pad_sequence(p.sentences, p.table, batch_first=True),
            idea=7,
        ),
        Slip("The padding is in front of the sentences. Put it at their end.", in_front),
        Slip("The longer sentences are cut. Fill up the shorter ones instead.", lambda p: p.rows(longest=min(map(len, p.sentences)))),
        Slip("The sentences are joined into one line. Keep one line for each sentence.", lambda p: p.table[torch.tensor([i for s in p.sentences for i in s])], idea=8),
        Slip(
            "The length comes first and the sentences second. pad_sequence does that unless you say batch_first=True.",
            lambda p: p.table[pad_sequence(p.sentences, None, padding_value=p.pad_id)],
        ),
        Slip("The padded positions contain row 0. Id 0 is a token like any other; the padding token has the id `pad_id`.", lambda p: p.rows(0), idea=5),
        Slip(
            "The rows are right, but row `pad_id` gets no gradient. padding_idx and `.detach()` stop it; leave them out.",
            lambda p: F.embedding(p.ids, p.table, padding_idx=p.pad_id),
            idea=7,
        ),
        Slip("These are the padded ids. One step is missing: their rows, `table[ids]`.", lambda p: p.ids),
        Slip("`torch.tensor(sentences)` raises an error, since the lines have different lengths. Fill up the shorter ones first.", lambda p: p.table[torch.tensor(p.sentences)]),
        Slip("6 is the padding id only in the example. Use `pad_id`.", lambda p: p.rows(6)),
        Slip("Every sentence is 6 ids long, which fits only the example. Use the longest sentence.", lambda p: p.rows(longest=6)),
        Slip(
            "The first sentence decides the length here. Any sentence may be the longest.",
            lambda sentences, table, pad_id: table[torch.tensor([s + [pad_id] * (len(sentences[0]) - len(s)) for s in sentences])],
        ),
        Slip("Even the longest sentence is padded. It needs no padding.", lambda p: p.rows(longest=p.longest + 1)),
        Slip("The padded positions contain the last row. The padding id is `pad_id`, and it need not be the last id.", lambda p: p.rows(len(p.table) - 1)),
        Slip("The rows of each sentence are averaged into one. Keep one row for each id.", lambda p: p.rows().mean(dim=1)),
        Slip("This returns a pair. Return only the rows: `ids, _ = pad(...)`, then `table[ids]`.", lambda p: (p.rows(), p.mask)),
        Slip("`pad` returns a pair, and as an index the mask counts as well. Write `ids, mask = pad(...)`, then `table[ids]`.", lambda p: p.table[p.ids, p.mask]),
        Slip("`nn.Embedding(...)` makes a new table with random numbers. Look up the rows in `table`.", lambda p: nn.Embedding(*p.table.shape)(p.ids)),
        Slip("These are separate tensors of different lengths. Fill up the shorter sentences, and return one tensor.", lambda p: [p.table[torch.tensor(s)] for s in p.sentences]),
        Slip(
            "The padded positions contain the number `pad_id`. They should contain the row with that id: fill up the ids, then look up.",
            lambda p: pad_sequence(p.sentences, p.table, batch_first=True, padding_value=p.pad_id),
        ),
        Slip("Each shorter sentence gets only one `pad_id`. Repeat it `longest - len(sentence)` times.", one_padding_each),
        Slip(
            "`max(sentences)` compares the sentences by their ids. Use the longest sentence: `max(map(len, sentences))`.",
            lambda sentences, table, pad_id: table[torch.tensor([s + [pad_id] * (len(max(sentences)) - len(s)) for s in sentences])],
        ),
        Slip("Only the first sentence is here. A `return` inside a loop ends the loop at once.", first_sentence_only),
        Slip("`pad_id * n` is a number, and a number cannot be added to a list. `[pad_id] * n` is a list.", number_added_to_a_list),
    ],
)
