"""Other answers to `multiplications`: right ones in other styles, and wrong ones that a rule catches."""

from answers import caught, right


@right
def look_up(route, V, d, N):
    return {"index": 0, "embedding": 0, "one_hot": N * V * d, "linear": N * V * d}[route]


@right
def by_bool(kind, rows, width, tokens):
    return rows * width * tokens * (kind in ("one_hot", "linear"))


@right
def product(route, V, d, N):
    import math

    return math.prod((V, d, N)) if route not in ["index", "embedding"] else 0


@caught("Is there a `return` on every path?")
def one_route_forgotten(route, V, d, N):
    if route in ("index", "embedding"):
        return 0
    if route == "one_hot":
        return N * V * d


@caught('For "index" and for "embedding", this is N·d (the size of the output; a copy does not multiply, and')
def copies_counted(route, V, d, N):
    return N * d if route in ("index", "embedding") else N * d * V


@caught('For "linear", V and d are added. They must be multiplied.')
def added(route, V, d, N):
    return {"one_hot": N * V * d, "linear": N * (V + d)}.get(route, 0)


@caught('For "one_hot" and for "linear", this is N·d (the size of the output; a copy does not multiply, and a product')
def without_the_inner_size(route, V, d, N):
    return N * d if route in ("one_hot", "linear") else 0


@caught('This code writes "one-hot", but the task writes "one_hot".')
def misspelt(route, V, d, N):
    if route == "index" or route == "embedding":
        return 0
    elif route == "one-hot" or route == "linear":
        return N * V * d


@caught('This code writes "one-hot", but the task writes "one_hot".')
def misspelt_with_a_last_return(route, V, d, N):
    if route in ("one-hot", "linear"):
        return N * V * d
    return 0


@caught('This code writes "onehot", but the task writes "one_hot".')
def misspelt_in_a_dictionary(route, V, d, N):
    return {"index": 0, "embedding": 0, "onehot": N * V * d, "linear": N * V * d}[route]
