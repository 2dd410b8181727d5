"""Other answers to `my_decode`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@caught("'<unk> the house'")
def one_too_far(ids, vocabulary):
    names = {i: token for token, i in vocabulary.items()}
    return " ".join(names.get(i + 1, "<unk>") for i in ids)


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
