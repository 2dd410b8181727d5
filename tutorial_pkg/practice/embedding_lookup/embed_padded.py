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
    wanted = padded(sentences, pad_id)
    if not isinstance(result, torch.Tensor):
        return result
    if result.shape == (len(sentences), wanted.shape[1] * table.shape[1]) and table.shape[1] > 1:
        return Finding("all rows of a sentence in one line. Keep one row for each id, in the last dimension")
    if result.ndim == 3 and result.shape[:2] == wanted.shape and ids_of(result[:1, :1], table) is None:
        return Finding("rows that are not in `table`. Look up the ids in the parameter `table`")
    got = ids_of(result, table)
    if got is None or result.ndim != 3 or got == wanted.tolist():
        return result
    return Finding(f"the rows of the ids {got}. Return the rows of {wanted.tolist()}")


def parts(sentences, table, pad_id):
    def rows(fill=pad_id, longest=None):
        return table[padded(sentences, fill, longest)]

    def filled_to(length):
        """The rows after padding to this length. Longer sentences are not cut."""
        return table[torch.tensor([s + [pad_id] * (length - len(s)) for s in sentences])]

    def joined(**how):
        return nn.utils.rnn.pad_sequence([table[s] for s in sentences], batch_first=True, **how)

    ids = padded(sentences, pad_id)
    mask = torch.arange(ids.shape[1]) < torch.tensor([len(s) for s in sentences])[:, None]
    return {"longest": ids.shape[1], "ids": ids, "mask": mask, "rows": rows, "filled_to": filled_to, "joined": joined}


exercise = Exercise(
    task="""### Exercise 3 (a new situation): sentences of different lengths

`embed_padded(sentences, table, pad_id)` takes a list of sentences, a table of shape `(V, d)` and the id of the padding
token. Each sentence is a list of at least one id. The function fills up the shorter sentences at their end with
`pad_id`. It returns all rows as one tensor of shape `(number of sentences, longest length, d)`. The padded positions
contain row `pad_id`, *whatever numbers this row has*.

With 7 tokens, `embed_padded([[4, 0, 3, 2, 5, 1], [0, 3]], table, 6)` has the shape `(2, 6, d)`. Its second sentence
consists of the rows 0, 3, 6, 6, 6, 6. Do not change the lists of the caller. Gradients flow back to every row that
was looked up, including row `pad_id`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="A batch is a rectangle of ids, and the lookup adds the embedding dimension at the end. The padding id is an id like any other.",
    hints=[
        "First make a rectangle of ids: every list is as long as the longest list. Then look up all ids at once.",
        "`sentence + [pad_id] * (longest - len(sentence))` is one padded line. torch.tensor makes a batch from a list of lines.",
    ],
    parts=parts,
    slips=[
        Slip("The padded positions contain zeros. Put row `pad_id` of this table there.", lambda p: p.joined()),
        Slip("The ids are filled up with 0. Use `pad_id`. (`pad_sequence` fills with 0, unless it gets padding_value=pad_id.)", lambda p: p.rows(0)),
        Slip("The sentences are joined into one line. Keep one line for each sentence.", lambda p: p.table[torch.tensor([i for s in p.sentences for i in s])], idea=8),
        Slip("The length comes first here. Put the sentences first: use batch_first=True.", lambda p: p.rows().transpose(0, 1)),
        Slip("The rows are right, but row `pad_id` gets no gradient. Leave out padding_idx and `.detach()`.", lambda p: F.embedding(p.ids, p.table, padding_idx=p.pad_id), idea=7),
        Slip("These are the padded ids. Look up their rows: `table[ids]`.", lambda p: p.ids),
        Slip("This looks up the ids in the notebook's `embedding`. Use the parameter `table`: `table[ids]`.", lambda p: nn.Embedding(6, 3)(p.ids)),
        Slip("`torch.tensor(sentences)` needs lines of one length. Fill up the shorter lines first.", lambda p: p.table[torch.tensor(p.sentences)]),
        Slip("A list of lists is read as one index per dimension. Write `table[torch.tensor(padded)]`.", lambda p: p.table[p.ids.tolist()]),
        Slip("The first sentence decides the length here. Use the longest sentence.", lambda p: p.filled_to(len(p.sentences[0]))),
        Slip("`pad` returns a pair. Here the mask of this pair is also an index. Write `ids, mask = pad(...)`, then `table[ids]`.", lambda p: p.table[p.ids, p.mask]),
        Slip("These are separate tensors of different lengths. Fill up the shorter sentences, and return one tensor.", lambda p: [p.table[torch.tensor(s)] for s in p.sentences]),
        Slip("The padded positions contain the number `pad_id`. Fill up the ids, then look up all rows.", lambda p: p.joined(padding_value=p.pad_id)),
        Slip(
            "Shorter sentences get only one `pad_id`. Repeat it `longest - len(sentence)` times.",
            lambda p: p.table[torch.tensor([s + [p.pad_id] * (len(s) < p.longest) for s in p.sentences])],
        ),
        Slip("`max(sentences)` compares ids, not lengths. Use `max(map(len, sentences))`.", lambda p: p.filled_to(len(max(p.sentences)))),
        Slip("Only the first sentence is here. A `return` inside a loop ends the loop at once.", lambda p: p.rows()[0]),
        Slip("`pad_id * n` is a number, and a number cannot be added to a list. `[pad_id] * n` is a list.", lambda p: [s + p.pad_id for s in p.sentences]),
    ],
)
