"""Other answers to `my_decode`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@caught("'<unk> the house'")
def one_too_far(ids, vocabulary):
    names = {i: token for token, i in vocabulary.items()}
    return " ".join(names.get(i + 1, "<unk>") for i in ids)


@caught("with spaces in other places")
def spaced_out(ids, vocabulary):
    return " ".join("".join([token for i in ids for token, known in vocabulary.items() if known == i]))


@caught("the first 2 of 3 tokens")
def last_lost(ids, vocabulary):
    return " ".join([token for i in ids for token, known in vocabulary.items() if known == i][:-1])


@caught("the last 2 of 3 tokens")
def first_lost(ids, vocabulary):
    return " ".join([token for i in ids for token, known in vocabulary.items() if known == i][1:])


@caught("once too often at the start")
def first_twice(ids, vocabulary):
    return " ".join(
        [token for i in ids for token, known in vocabulary.items() if known == i][:1]
        + [token for i in ids for token, known in vocabulary.items() if known == i]
    )


@caught("once too often at the end")
def last_twice(ids, vocabulary):
    return " ".join(
        [token for i in ids for token, known in vocabulary.items() if known == i]
        + [token for i in ids for token, known in vocabulary.items() if known == i][-1:]
    )


@caught("2 of 3 tokens; every id")
def every_other(ids, vocabulary):
    return " ".join([token for i in ids for token, known in vocabulary.items() if known == i][::2])


@caught("with '.' in it")
def full_stop(ids, vocabulary):
    return " ".join([token for i in ids for token, known in vocabulary.items() if known == i]) + "."


@caught("with ids in it")
def ids_too(ids, vocabulary):
    return " ".join(f"{token}{i}" for token, i in vocabulary.items())


@caught("as if no id were known")
def none_known(ids, vocabulary):
    return " ".join("?" for i in ids)


@right
def loop(ids, vocabulary):
    names = {}
    for word in vocabulary:
        names[vocabulary[word]] = word
    out = []
    for number in ids:
        out.append(names[number])
    return " ".join(out)


@right
def by_map(ids, vocabulary):
    return " ".join(map(dict(zip(vocabulary.values(), vocabulary)).get, ids))


@right
def search(ids, vocabulary):
    text = ""
    for i in ids:
        text += next(token for token, known in vocabulary.items() if known == i) + " "
    return text.strip()


@right
def lists(ids, vocabulary):
    tokens, numbers = list(vocabulary), list(vocabulary.values())
    return " ".join([tokens[numbers.index(i)] for i in ids])
