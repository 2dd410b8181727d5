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


@caught('For "index" and for "embedding", this is N·d (the numbers that a lookup copies; copying does not multiply).')
def copies_counted(route, V, d, N):
    return N * d if route in ("index", "embedding") else N * d * V


@caught('For "linear", V and d are added. They must be multiplied.')
def added(route, V, d, N):
    return {"one_hot": N * V * d, "linear": N * (V + d)}.get(route, 0)
