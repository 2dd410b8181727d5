"""Other answers to `my_vocabulary`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import right


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
