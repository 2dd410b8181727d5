"""Other answers to `my_encode`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@caught("changes its input `vocabulary`")
def changes_the_vocabulary(text, vocabulary):
    unknown = vocabulary["<unk>"]
    return [vocabulary.setdefault(token, unknown) for token in text.lower().split()]


@caught("'unk'")
def name_without_brackets(text, vocabulary):
    return [vocabulary.get(token, vocabulary["unk"]) for token in text.lower().split()]


@right
def words_found(text, vocabulary):
    import re

    return [vocabulary.get(word, vocabulary["<unk>"]) for word in re.findall(r"\S+", text.lower())]


@right
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


@right
def replaced_first(text, vocabulary):
    words = [w if w in vocabulary else "<unk>" for w in text.lower().split()]
    return torch.tensor([vocabulary[w] for w in words])


@right
def defaultdict(text, vocabulary):
    from collections import defaultdict

    copy = defaultdict(lambda: vocabulary["<unk>"], vocabulary)
    return tuple(copy[token] for token in text.lower().split())
