"""Other answers to `my_decode`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


def tokens_of(ids, vocabulary):
    return [token for i in ids for token, known in vocabulary.items() if known == i]


@caught("'<unk> the house'")
def one_too_far(ids, vocabulary):
    names = {i: token for token, i in vocabulary.items()}
    return " ".join(names.get(i + 1, "<unk>") for i in ids)


@caught("The pieces are right, but in a list.")
def in_a_list(ids, vocabulary):
    return tokens_of(ids, vocabulary)


@caught("upper and lower case differ")
def capital(ids, vocabulary):
    return " ".join(tokens_of(ids, vocabulary)).capitalize()


@caught("Only the spaces differ.")
def space_at_the_end(ids, vocabulary):
    return "".join(token + " " for token in tokens_of(ids, vocabulary))


@caught("in another order. Keep the order of the ids.")
def backwards(ids, vocabulary):
    return " ".join(tokens_of(ids, vocabulary)[::-1])


@caught("Only the spaces differ.")
def spaced_out(ids, vocabulary):
    return " ".join("".join(tokens_of(ids, vocabulary)))


@caught("The number of tokens is 2, but the number of ids is 3.")
def last_lost(ids, vocabulary):
    return " ".join(tokens_of(ids, vocabulary)[:-1])


@caught("The number of tokens is 2, but the number of ids is 3.")
def first_lost(ids, vocabulary):
    return " ".join(tokens_of(ids, vocabulary)[1:])


@caught("The number of tokens is 2, but the number of ids is 3.")
def every_other(ids, vocabulary):
    return " ".join(tokens_of(ids, vocabulary)[::2])


@caught("The number of tokens is 4, but the number of ids is 3.")
def first_twice(ids, vocabulary):
    return " ".join(tokens_of(ids[:1] + ids, vocabulary))


@caught("This contains ','.")
def commas(ids, vocabulary):
    return ", ".join(tokens_of(ids, vocabulary))


@caught("This contains ids.")
def ids_too(ids, vocabulary):
    return " ".join(f"{token}{i}" for token, i in vocabulary.items())


@caught("Here every id is unknown.")
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


@caught("`i` is already an id. Use `token_of[i]`.")
def id_as_a_position(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[ids[i]] for i in ids)


@caught("raises KeyError")
def next_token(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i + 1] for i in ids)
