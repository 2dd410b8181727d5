"""Other answers to `with_specials`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@caught("rows: got 1000, more than the 4 tokens of the vocabulary need")
def rows_to_spare(tokens):
    order = sorted(set(tokens)) + ["<unk>", "<pad>"]
    return {token: i for i, token in enumerate(order)}, 1000


@caught("rows: got '4'; one whole number")
def rows_as_text(tokens):
    return {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>", "<pad>"])}, str(len(set(tokens)) + 2)


@caught("rows: got 0, fewer than the 4 tokens")
def no_rows(tokens):
    return {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>", "<pad>"])}, 0


@caught("is asked for beside it")
def rows_in_the_dictionary(tokens):
    return {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>", "<pad>"])} | {"rows": 4}


@caught("which leads from id to token")
def turned_round(tokens):
    return {
        i: token for token, i in {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>", "<pad>"])}.items()
    }, len(set(tokens)) + 2


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
