"""Other answers to `my_vocabulary`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@caught("prints its result but returns nothing")
def printed(tokens):
    print({token: i for i, token in enumerate(sorted(set(tokens)))})


@caught("pairs in a list and the id first")
def ids_first_in_a_list(tokens):
    return list(enumerate(sorted(set(tokens))))


@caught("the right pairs in a set")
def set_of_pairs(tokens):
    return set({token: i for i, token in enumerate(sorted(set(tokens)))}.items())


@caught("whose ids begin at 5")
def begins_late(tokens):
    return {token: i for i, token in enumerate(sorted(set(tokens)), start=5)}


@caught("whose ids leave numbers out")
def steps_of_ten(tokens):
    return {token: 10 * i for token, i in {token: i for i, token in enumerate(sorted(set(tokens)))}.items()}


@caught("with ids below 0")
def below_zero(tokens):
    return {token: -i for token, i in {token: i for i, token in enumerate(sorted(set(tokens)))}.items()}


@caught("in which all have the same id")
def all_the_same(tokens):
    return dict.fromkeys(tokens, 0)


@caught("the length of each token")
def lengths(tokens):
    return {token: len(token) for token in tokens}


@caught("in which tokens share an id")
def halved(tokens):
    return {token: min(i, 1) for token, i in {token: i for i, token in enumerate(sorted(set(tokens)))}.items()}


@caught("the ids are to be whole numbers")
def floats(tokens):
    return {token: float(i) + 0.5 for token, i in {token: i for i, token in enumerate(sorted(set(tokens)))}.items()}


@caught("the right ids in another order")
def downwards(tokens):
    return {
        token: len(set(tokens)) - 1 - i
        for token, i in {token: i for i, token in enumerate(sorted(set(tokens)))}.items()
    }


@caught("'<bos>' has an id; it is not among the tokens")
def extra(tokens):
    return {token: i for i, token in enumerate(sorted(set(tokens)))} | {"<bos>": 99}


@caught("'fox' has no id")
def one_lost(tokens):
    return {
        token: i for token, i in {token: i for i, token in enumerate(sorted(set(tokens)))}.items() if token != "fox"
    }


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
