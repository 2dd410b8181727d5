from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.messages import brief
from tutorial_pkg.practice.samples import random_table


def stub(table):
    common = table.mean(dim=0)  # the mean row: one number for each column, shape (d,)
    return ...  # put the table without the mean row where the dots are


def solution(table):
    common = table.mean(dim=0)  # the mean row: one number for each column, shape (d,)
    return table - common  # (V, d) - (d,): the mean row is subtracted from every row


def cases():
    return [
        (torch.tensor([[1.0, 4.0], [3.0, 0.0]]),),
        (random_table(6, 3) + 2,),
        (random_table(5, 5) + torch.arange(5),),
        (random_table(40, 8, torch.float64) * 3 - 1,),
        (torch.tensor([[7.0, 7.0, 8.0]]),),
    ]


def view(result, table):
    if not isinstance(result, torch.Tensor) or len(table) == 1:
        return result
    common = table.mean(dim=0)
    if result.shape == common.shape and torch.allclose(result.to(common), common):
        return Finding("the mean row itself. Subtract it from the table, and return the table")
    if result.ndim == 1 or result.shape[1] == 1 < table.shape[1]:
        return Finding(f"numbers of shape {tuple(result.shape)}. Return a table: the mean row subtracted from every row")
    if result.shape != table.shape or not result.is_floating_point():
        return result
    taken = (table - result).to(table.dtype)
    if not taken.any():
        return Finding("the table as it was. Subtract the mean row from every row")
    if torch.allclose(result, common.expand_as(table)):
        return Finding("the mean row in every row. Subtract the mean row from the table")
    same = torch.allclose(taken, taken[0].expand_as(taken), rtol=1e-4, atol=1e-5)
    if same and not any(torch.allclose(taken[0], other, rtol=1e-3, atol=1e-3) for other in (common, -common)):
        return Finding(f"a table with {brief(taken[0])} subtracted from every row. The mean row is {brief(common)}")
    return result


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): subtract the mean row

`without_common(table)` takes a table of shape `(V, d)` and returns a new table of the same shape. The mean of the
new rows is zero. For the rows `[1., 4.]` and `[3., 0.]`, it returns `[-1., 2.]` and `[1., -2.]`. Leave the table itself
unchanged.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The mean cosine of two random rows is about 0 now. Single pairs still differ from 0.",
    hints=[
        "The mean row has one number for each of the d columns. Is that a mean over dimension 0, or over dimension 1?",
        "`table.mean(dim=0)` has shape `(d,)`, and PyTorch subtracts it from every row.",
    ],
    parts=lambda table: {"mean": table.mean(dim=0), "own": table.mean(dim=1, keepdim=True), "zero": table - table.mean(dim=0)},
    slips=[
        Slip("The mean of its own numbers is subtracted from each row. Subtract the mean of the rows, which has one number for each column: dim=0.", lambda p: p.table - p.own),
        Slip("Each row is centred and scaled by its own numbers here, as layer_norm does. Subtract the mean row: dim=0.", lambda table: F.layer_norm(table, table.shape[-1:])),
        Slip("One number is subtracted everywhere. The mean row has one number for each column: dim=0.", lambda table: table - table.mean()),
        Slip("The means over dimension 1 are subtracted here. The mean row has one number for each column: dim=0.", lambda table: table - table.mean(dim=1)),
        Slip("The mean row is added here. Subtract it.", lambda p: p.table + p.mean),
        Slip("Each row is divided by the mean row here. Subtract the mean row.", lambda p: p.table / p.mean),
        Slip("Each row is multiplied by the mean row here. Subtract the mean row.", lambda p: p.table * p.mean),
        Slip("The columns are also divided by their standard deviation. Only subtract the mean.", lambda p: p.zero / p.table.std(dim=0)),
        Slip("The columns are also divided by their standard deviation. Only subtract the mean.", lambda p: p.zero / p.table.std(dim=0, correction=0).clamp_min(1e-12)),
        Slip("The columns are divided by their standard deviation but keep their mean. Only subtract the mean.", lambda table: table / table.std(dim=0, correction=0)),
        Slip("The rows are also scaled to length 1. Only subtract the mean row.", lambda p: F.normalize(p.zero, dim=1)),
        Slip("The rows are scaled to length 1 first. Subtract the mean of the rows as they are.", lambda table: solution(F.normalize(table, dim=1))),
        Slip("The rows are scaled to length 1 and keep their mean. Subtract the mean row.", lambda table: F.normalize(table, dim=1)),
        Slip(
            "The component in the direction of the mean row is removed from each row. Subtract the mean row itself.",
            lambda p: p.table - torch.outer(p.table @ p.mean, p.mean) / p.mean.square().sum(),
        ),
        Slip("The mean row is subtracted first, and then the mean of each row. Only subtract the mean row.", lambda p: p.zero - p.zero.mean(dim=1, keepdim=True)),
        Slip("The mean of its own numbers is also subtracted from each row. Only subtract the mean row.", lambda p: p.zero - p.own),
        Slip("The mean of the *other* rows is subtracted from each row. Subtract the mean of all rows.", lambda table: table - (table.sum(dim=0) - table) / max(len(table) - 1, 1)),
        Slip("The mean row is not subtracted from the last row. Subtract the mean row from every row.", lambda p: torch.cat([p.zero[:-1], p.table[-1:]])),
        Slip("This is a softmax. Subtract the mean row.", lambda table: table.softmax(dim=0)),
        Slip("The numbers are converted to integers here. Keep their fractions.", lambda table: table.long() - table.mean(dim=0).long()),
    ],
)
