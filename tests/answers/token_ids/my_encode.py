"""Other answers to `my_encode`: right ones in other styles, and wrong ones that a general rule catches."""

import numpy as np
import torch

from answers import caught, right


def ids_of(text, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()]


@caught("changes its input `vocabulary`")
def changes_the_vocabulary(text, vocabulary):
    unknown = vocabulary["<unk>"]
    return [vocabulary.setdefault(token, unknown) for token in text.lower().split()]


@caught("Got [('The', 5), ('quick', 4), ('dog', 6)]. These are pairs.")
def pairs(text, vocabulary):
    return list(zip(text.split(), ids_of(text, vocabulary)))


@caught("Got text, '5 4 6'. Return a list with one id for each token.")
def as_text(text, vocabulary):
    return " ".join(map(str, ids_of(text, vocabulary)))


@caught("Got a dictionary, {'the': 5, 'quick': 4, 'dog': 6}.")
def as_a_dictionary(text, vocabulary):
    return dict(zip(text.lower().split(), ids_of(text, vocabulary)))


@caught("Got [None, 4, None]. Some words have no id.")
def two_steps_missing(text, vocabulary):
    return [vocabulary.get(token) for token in text.split()]


@caught("Got ['<unk>', 4, '<unk>']. The text '<unk>' is among the ids.")
def text_for_id(text, vocabulary):
    return [vocabulary.get(token, "<unk>") for token in text.split()]


@caught("Got one number, 15. Return a list")
def one_number(text, vocabulary):
    return sum(ids_of(text, vocabulary))


@caught("This is a list in a list.")
def nested(text, vocabulary):
    return [ids_of(text, vocabulary)]


@caught("These are the lengths of the tokens.")
def lengths(text, vocabulary):
    return [len(token) for token in text.split()]


@caught("Each id is off by +1.")
def shifted(text, vocabulary):
    return [i + 1 for i in ids_of(text, vocabulary)]


@caught("Here 'dog' has the id 12. It is unknown, so give it the id of '<unk>', 6.")
def unknown_doubled(text, vocabulary):
    return [vocabulary.get(token, 2 * vocabulary["<unk>"]) for token in text.lower().split()]


@caught("Here 'quick' has the id of '<unk>', but the vocabulary has an id for it, 4.")
def quick_unknown(text, vocabulary):
    return [vocabulary["<unk>"] if i == 4 else i for i in ids_of(text, vocabulary)]


@caught("Here 'quick' has the id 5, but in the vocabulary its id is 4.")
def five_for_four(text, vocabulary):
    return [5 if i == 4 else i for i in ids_of(text, vocabulary)]


@right
def words_found(text, vocabulary):
    import re

    return [vocabulary.get(word, vocabulary["<unk>"]) for word in re.findall(r"\S+", text.lower())]


@caught("This is a value of type map. The task asks for a list: `list(...)` makes one.")
def lazy(text, vocabulary):
    return map(lambda word: vocabulary.get(word, vocabulary["<unk>"]), text.lower().split())


@right
def loop_with_if(text, vocabulary):
    result = []
    for word in text.lower().split():
        if word in vocabulary:
            result.append(vocabulary[word])
        else:
            result.append(vocabulary["<unk>"])
    return result


@right
def try_except(text, vocabulary):
    def one(word):
        try:
            return vocabulary[word]
        except KeyError:
            return vocabulary["<unk>"]

    return [one(word.lower()) for word in text.split()]


@caught("This is a tensor. The task asks for a list: `.tolist()` makes one.")
def replaced_first(text, vocabulary):
    words = [w if w in vocabulary else "<unk>" for w in text.lower().split()]
    return torch.tensor([vocabulary[w] for w in words])


@right
def defaultdict(text, vocabulary):
    from collections import defaultdict

    copy = defaultdict(lambda: vocabulary["<unk>"], vocabulary)
    return tuple(copy[token] for token in text.lower().split())


@caught("The token with the id 0 is missing.")
def zero_dropped(text, vocabulary):
    return [i for i in ids_of(text, vocabulary) if i]


@caught("The number of ids is 2, but the text has 3 tokens.")
def last_lost(text, vocabulary):
    return ids_of(text, vocabulary)[:-1]


@caught("The number of ids is 6, but the text has 3 tokens.")
def twice(text, vocabulary):
    return [i for i in ids_of(text, vocabulary) for _ in "ab"]


@caught("The ids are right, but in a different order.")
def backwards(text, vocabulary):
    return ids_of(text, vocabulary)[::-1]


@caught("This changes its input `vocabulary` in place. Only look up values in it.")
def vocabulary_grows(text, vocabulary):
    return [vocabulary.setdefault(token, len(vocabulary)) for token in text.lower().split()]


@caught("Here 'dog' has the id 8. It is unknown, so give it the id of '<unk>', 6.")
def copy_grows(text, vocabulary):
    known = dict(vocabulary)
    return [known.setdefault(token, len(known)) for token in text.lower().split()]


@caught("This is a numpy array. The task asks for a list: `.tolist()` makes one.")
def as_an_array(text, vocabulary):
    return np.array(ids_of(text, vocabulary))


@caught("This is a tensor. The task asks for a list")
def as_floats(text, vocabulary):
    return torch.tensor(ids_of(text, vocabulary), dtype=torch.float32)


@caught("This is a value of type generator. The task asks for a list")
def as_a_generator(text, vocabulary):
    return (i for i in ids_of(text, vocabulary))
