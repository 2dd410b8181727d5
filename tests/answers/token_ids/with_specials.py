"""Other answers to `with_specials`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


def complete(tokens):
    return {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>", "<pad>"])}


@caught("rows: got 1000 rows for 4 tokens. Return as many rows as the vocabulary has tokens.")
def rows_to_spare(tokens):
    return complete(tokens), 1000


@caught("rows: got '4'. Return one integer")
def rows_as_text(tokens):
    return complete(tokens), str(len(set(tokens)) + 2)


@caught("Got one dictionary. Return the vocabulary and the number of rows")
def rows_in_the_dictionary(tokens):
    return complete(tokens) | {"rows": 4}


@caught("Got (['fox', 'the', '<unk>', '<pad>'], 4). Return a pair")
def list_of_tokens(tokens):
    return list(complete(tokens)), len(complete(tokens))


@caught("This maps ids to tokens.")
def turned_round(tokens):
    return {i: token for token, i in complete(tokens).items()}, len(set(tokens)) + 2


@caught("Here the token '<pad>' has no id.")
def no_padding(tokens):
    vocabulary = complete(tokens)
    del vocabulary["<pad>"]
    return vocabulary, len(vocabulary)


@right
def counted_in_the_loop(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = rows
        rows += 1
    return vocabulary, rows


@right
def list_first(tokens):
    order = sorted(set(tokens)) + ["<unk>", "<pad>"]
    return {token: i for i, token in enumerate(order)}, len(order)


@right
def largest_id_of_the_vocabulary(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    vocabulary["<unk>"] = len(vocabulary)
    vocabulary["<pad>"] = len(vocabulary)
    return [vocabulary, max(vocabulary.values()) + 1]


@right
def room_from_the_start(tokens):
    words = sorted(set(tokens))
    rows = len(words) + 2
    words += ["<unk>", "<pad>"]
    return dict(zip(words, range(rows))), rows
