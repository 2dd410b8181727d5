"""Other answers to `my_vocabulary`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@caught("prints its result but returns nothing")
def printed(tokens):
    print({token: i for i, token in enumerate(sorted(set(tokens)))})


@right
def from_a_counter(tokens):
    from collections import Counter

    ids = {}
    for token in sorted(Counter(tokens)):
        ids[token] = len(ids)
    return ids


@right
def by_zip(words):
    once = sorted(set(words))
    return dict(zip(once, range(len(once))))


@right
def loop(tokens):
    table = {}
    for token in sorted(tokens):
        if token not in table:
            table[token] = len(table)
    return table


@right
def fromkeys(tokens):
    order = list(dict.fromkeys(tokens))
    order.sort()
    return {order[i]: i for i in range(len(order))}
