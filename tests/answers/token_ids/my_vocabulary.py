"""Other answers to `my_vocabulary`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


def numbered(tokens):
    return {token: i for i, token in enumerate(sorted(set(tokens)))}


@caught("prints its result but does not return it")
def printed(tokens):
    print(numbered(tokens))


@caught("Got a list of pairs.")
def ids_first_in_a_list(tokens):
    return list(enumerate(sorted(set(tokens))))


@caught("Got a set of pairs.")
def set_of_pairs(tokens):
    return set(numbered(tokens).items())


@caught("Got a set, which has no ids.")
def set_of_tokens(tokens):
    return set(tokens)


@caught("This maps ids to tokens.")
def ids_to_tokens(tokens):
    return {i: token for token, i in numbered(tokens).items()}


@caught("Here '<bos>' has an id, but it is not one of the tokens.")
def extra(tokens):
    return numbered(tokens) | {"<bos>": 99}


@caught("Here the token 'fox' has no id.")
def one_lost(tokens):
    return {token: i for token, i in numbered(tokens).items() if token != "fox"}


@caught("Here the ids are not all integers.")
def floats(tokens):
    return {token: float(i) + 0.5 for token, i in numbered(tokens).items()}


@caught("Each value is the length of its token.")
def lengths(tokens):
    return {token: len(token) for token in tokens}


@caught("Here all tokens have the same id.")
def all_the_same(tokens):
    return dict.fromkeys(tokens, 0)


@caught("Here some tokens share an id.")
def halved(tokens):
    return {token: min(i, 1) for token, i in numbered(tokens).items()}


@caught("Here the ids start at 5.")
def begins_late(tokens):
    return {token: i + 5 for token, i in numbered(tokens).items()}


@caught("Here the ids are not in the expected order.")
def shortest_first(tokens):
    return {token: i for i, token in enumerate(sorted(set(tokens), key=lambda token: (-len(token), token)))}


@caught("The ids should be 0, 1, 2 and so on, without a gap.")
def below_zero(tokens):
    return {token: -i for token, i in numbered(tokens).items()}


@caught("The ids should be 0, 1, 2 and so on, without a gap.")
def steps_of_ten(tokens):
    return {token: 10 * i for token, i in numbered(tokens).items()}


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
