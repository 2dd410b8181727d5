from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random, random_table


def solution(vector, table, k):
    similarity = F.cosine_similarity(table, vector, dim=-1)  # shape (V,)
    return similarity.topk(k).indices.tolist()


def cases():
    long_rows = random_table(30, 8) * torch.arange(1, 31)[:, None]
    return [
        (torch.tensor([1.0, 0.2]), torch.tensor([[0.0, 9.0], [2.0, 0.1], [-5.0, 0.0], [1.0, 1.0]]), 2),
        (random(8, seed=1), long_rows, 5),
        (random(8, seed=1) * 1000, long_rows, 5),
        (long_rows[3], long_rows, 1),
        (random(3, seed=2), random_table(12, 3), 12),
    ]


def view(result, vector, table, k):
    if isinstance(result, tuple) and hasattr(result, "indices"):
        return Finding("all that `topk` returns. Return only the ids: `.indices`")
    ids = result.tolist() if isinstance(result, torch.Tensor) else result
    if isinstance(ids, int):
        return Finding("only the nearest row's id. Return a list of the `k` nearest ids, which `topk` finds")
    if not isinstance(ids, (list, tuple)) or not ids:
        return result
    if isinstance(ids[0], bool):
        return Finding("True or False for each row. Return the ids, with the highest similarity first")
    if isinstance(ids[0], float) and not all(float(i).is_integer() for i in ids):
        return Finding("similarities. Return the ids: `topk` returns both, in `.values` and `.indices`")
    if isinstance(ids[0], (list, tuple)):
        if all(len(pair) == 2 and isinstance(pair[1], float) for pair in ids) and isinstance(result, list):
            return Finding("pairs of an id and a similarity. Return only the ids")
        what = "a row of the table for each id" if len(ids) == k and len(ids[0]) == table.shape[1] else "a list of lists"
        return Finding(f"{what}. Return one list of `k` ids")
    if len(ids) != k:
        aside = ", and count the first id, too: `vector` does not have to be a row of the table" if len(ids) == k + 1 else ""
        return Finding(f"{len(ids)} of {len(table)} ids. Return the {k} nearest{aside}")
    if len(set(ids)) < k:
        return Finding("the same id more than once. Return `k` different ids")
    return list(ids)


def first_k(scores, k, largest=True):
    return scores.topk(k, largest=largest).indices.tolist()


exercise = Exercise(
    task="""### Exercise 1 (worked): from a vector back to its nearest tokens

`nearest_tokens(vector, table, k)` takes a vector of shape `(d,)`, a table of shape `(V, d)` and a number `k`. It
returns a list with the ids of the `k` rows that have the highest cosine similarity with the vector, highest first.

This exercise is solved. Run it, and then try `nearest_tokens(model.table[king] * 100, model.table, 3)`. Why does the
factor change nothing?
""",
    solution=solution,
    cases=cases,
    view=view,
    success="A lookup leads from an id to a row. A search leads from a row back to an id: the id of the nearest row.",
    hints=["Compare the vector with the whole table: that calculates the cosine similarity of all rows at once."],
    parts=lambda vector, table, k: {"cosine": F.cosine_similarity(table, vector, dim=-1), "product": table @ vector},
    slips=[
        Slip("These rows have the largest products, which favour long rows. Divide by both lengths, so that only the direction counts.", lambda p: first_k(p.product, p.k)),
        Slip("These rows are nearest by distance, which depends on the lengths, too. Use the cosine.", lambda p: first_k((p.table - p.vector).norm(dim=1), p.k, largest=False)),
        Slip("These rows are nearest by absolute differences, in which lengths count. Use the cosine.", lambda p: first_k((p.table - p.vector).abs().sum(1), p.k, largest=False)),
        Slip("These rows have the largest distance. Find the highest cosine.", lambda p: first_k((p.table - p.vector).norm(dim=1), p.k)),
        Slip("These are the least similar rows. Return the most similar rows. (`sort` and `argsort` begin with the lowest.)", lambda p: first_k(p.cosine, p.k, largest=False)),
        Slip("These rows have the smallest products. Divide the products by both lengths, and find the largest results.", lambda p: first_k(p.product, p.k, largest=False)),
        Slip("The sign of the cosine is lost here, so opposite rows count as near. Keep the sign.", lambda p: first_k(p.cosine.abs(), p.k), idea=13),
        Slip("The nearest row is left out here. Keep it: the vector does not have to be a row of the table.", lambda p: p.cosine.argsort(descending=True)[1 : p.k + 1].tolist()),
        Slip("A row with exactly the same direction is left out here. Keep it: it is the nearest row.", lambda p: first_k(p.cosine.masked_fill(p.cosine > 0.9999, -2), p.k)),
        Slip("There is a similarity for each column here. Compare rows: dim=-1.", lambda p: first_k(F.cosine_similarity(p.table, p.vector, dim=0), p.k)),
        Slip("The columns are divided by their lengths here. Divide the rows: dim=1.", lambda p: first_k(F.normalize(p.table, dim=0) @ p.vector, p.k)),
        Slip("The products are divided by the squared lengths of the rows. Divide them by the lengths.", lambda p: first_k(p.product / p.table.square().sum(1), p.k)),
        Slip("The lengths have shape (V,), which does not fit (V, d). keepdim=True makes it (V, 1).", lambda p: first_k(p.table / p.table.norm(dim=1) @ p.vector, p.k)),
        Slip("This is a correlation: it subtracts means. Use the rows as they are.", lambda p: solution(p.vector - p.vector.mean(), p.table - p.table.mean(1, keepdim=True), p.k)),
        Slip("These are the longest rows. Compare directions, by the cosine.", lambda p: first_k(p.table.norm(dim=1), p.k)),
        Slip("These are the tokens nearest to row 0 of the table. Use the parameter `vector`.", lambda vector, table, k: solution(table[0], table, k)),
        Slip("These are the ids 0, 1, 2 and so on. Compare the rows with the vector.", lambda vector, table, k: list(range(k))),
    ],
)
