from functools import reduce

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import numbered_table, random_table


def stub(table, piece_ids):
    return ...


def solution(table, piece_ids):
    row = table[piece_ids].mean(dim=0)
    return torch.cat([table, row[None]])


def cases():
    return [
        (torch.tensor([[0.0, 2.0], [4.0, 0.0], [6.0, 6.0]]), torch.tensor([0, 1])),
        (numbered_table(6, 3), torch.tensor([5, 5, 2])),
        (random_table(4, 4), torch.tensor([3])),
        (random_table(8, 5), torch.tensor([7, 0, 7, 1])),
    ]


def view(result, table, piece_ids):
    V, d = table.shape
    if isinstance(result, (tuple, list)) and len(result) == 2:
        return Finding("the table and the row separately. Join them with torch.cat")
    if not isinstance(result, torch.Tensor) or tuple(result.shape) == (V + 1, d) and torch.equal(result[:V], table):
        return result
    shape = tuple(result.shape)
    if shape in ((d,), (1, d)):
        return Finding("the new row only. Return the whole table, with the new row below it")
    if shape == (V, d):
        return Finding("a table without the new row. Put it below the old rows, with torch.cat")
    if shape == (V + len(piece_ids), d):
        return Finding("a table with a new row for each piece. Add only one row, the mean of the pieces")
    if shape[:1] == (V,):
        return Finding(f"a table of shape {shape}. A token is a row, not a column: join along dim=0")
    if shape != (V + 1, d):
        return Finding(f"a tensor of shape {shape}. The table needs one more row: ({V + 1}, {d})")
    if torch.equal(result[1:], table):
        return Finding("the new row first, so every old token now has a different row. Put it below the old rows")
    return Finding("changed old rows. Keep the old rows as they are, and put the new row below them")


exercise = Exercise(
    task="""### Exercise 5 (a new situation): a row for a new token

The tokeniser splits a word into pieces, and the word should become one token. `with_new_row(table, piece_ids)` returns a
table with one more row. The old rows stay as they are. Below them is a row for the new token: the **mean of the rows of
its pieces**. `table` has the shape `(V, d)`, and `piece_ids` has the shape `(n,)`. If a piece occurs twice, it counts twice.

With the rows `[0, 2]`, `[4, 0]`, `[6, 6]` and the pieces `[0, 1]`, the fourth row is `[2, 1]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The new token starts near the pieces that it replaces, and its row has a normal length, so its scores are normal.",
    hints=["table[piece_ids] has the shape (n, d), and the new row has the shape (d,).", "torch.cat joins (V, d) and (1, d). So the mean needs one more dimension: `[None]`."],
    parts=lambda table, piece_ids: dict(rows=table[piece_ids], n=len(piece_ids), below=lambda row: torch.cat([table, row.reshape(1, -1)])),
    slips=[
        Slip("The new row is the mean of the whole table. Use only the rows of the pieces.", lambda p: p.below(p.table.mean(dim=0))),
        Slip("The new row is the sum of the rows, so it is too long. Take the mean.", lambda p: p.below(p.rows.sum(dim=0))),
        Slip("The new row is zeros, which say nothing about the word. Take the mean of the pieces' rows.", lambda p: p.below(torch.zeros(p.table.shape[1]))),
        Slip("The new row is random. It says nothing about the word. Take the mean of the pieces' rows.", lambda p: p.below(torch.randn(p.table.shape[1])), idea=10),
        Slip("A piece that occurs twice counts once here. Count it twice.", lambda p: p.below(p.table[p.piece_ids.unique()].mean(dim=0))),
        Slip("A piece that occurs twice is added twice, but the divisor counts it only once.", lambda p: p.below(p.rows.sum(dim=0) / len(p.piece_ids.unique()))),
        Slip("The new row is the row of the first piece. Take the mean over all pieces.", lambda p: p.below(p.rows[0])),
        Slip("The new row is the row of the last piece. Take the mean over all pieces.", lambda p: p.below(p.rows[-1])),
        Slip("Only the first two pieces are in the mean. There may be more.", lambda p: p.below(p.rows[:2].mean(dim=0))),
        Slip("Only the first and the last piece are in the mean. There may be more.", lambda p: p.below((p.rows[0] + p.rows[-1]) / 2)),
        Slip("The new row is the mean of all numbers. Each column has its own mean: dim=0.", lambda p: p.below(p.rows.mean().expand(p.table.shape[1]))),
        Slip("The new row has the length 1 here. Use the mean as it is.", lambda p: p.below(F.normalize(p.rows.mean(dim=0), dim=0))),
        Slip("One dimension is missing: take the mean over dim=0, and join `row[None]` of shape (1, d) to the table.", lambda p: torch.cat([p.table, p.rows.mean(dim=0)])),
        Slip("torch.stack needs tensors of one shape. torch.cat puts a row of shape (1, d) below the table.", lambda p: torch.stack([p.table, p.rows.mean(dim=0)])),
        Slip("The mean is over the columns of each piece here. Take it over the pieces: dim=0.", lambda p: torch.cat([p.table, p.rows.mean(dim=1)[None]])),
        Slip("The new row is the mean of the first piece's numbers. Take the mean over the pieces: dim=0.", lambda p: p.below(p.rows[0].mean().expand(p.table.shape[1]))),
        Slip("The sum is divided by 2. Divide it by the number of pieces.", lambda p: p.below(p.rows.sum(dim=0) / 2)),
        Slip("The sum is divided by the number of rows in the table. Divide it by the number of pieces.", lambda p: p.below(p.rows.sum(dim=0) / len(p.table))),
        Slip("The *ids* are averaged here, and one row is looked up. Ids are names. Average the rows.", lambda p: p.below(p.table[p.piece_ids.float().mean().long()]), idea=5),
        Slip("The ids themselves are the new row. They only say which rows to average: table[piece_ids].", lambda p: torch.cat([p.table, p.piece_ids[None].float()]), idea=5),
        Slip("The mean is over the first rows of the table. The ids in `piece_ids` say which rows to average.", lambda p: p.below(p.table[: p.n].mean(dim=0)), idea=5),
        Slip("The largest number of each column is taken here. Take the mean of each column.", lambda p: p.below(p.rows.amax(dim=0))),
        Slip("Later pieces have more weight here. Give all pieces the same weight.", lambda p: p.below(reduce(lambda mean, row: (mean + row) / 2, p.rows))),
    ],
)
