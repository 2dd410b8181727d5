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


@caught("one number, 15;")
def one_number(text, vocabulary):
    return sum([vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()])


@caught("lists within a list")
def nested(text, vocabulary):
    return [[vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()]]


@caught("one id for the whole text")
def uncut(text, vocabulary):
    return [vocabulary.get(text.lower(), vocabulary["<unk>"])]


@caught("without the token whose id is 0")
def zero_dropped(text, vocabulary):
    return [i for i in [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()] if i]


@caught("which ends before 'dog'")
def last_lost(text, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()][:-1]


@caught("without the first token")
def first_lost(text, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()][1:]


@caught("with [9] too many at the end")
def one_more(text, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()] + [9]


@caught("6 ids for 3 tokens")
def twice(text, vocabulary):
    return [i for i in [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()] for _ in "ab"]


@caught("the right ids in another order")
def backwards(text, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()][::-1]


@caught("each id is +1 off")
def shifted(text, vocabulary):
    return [i + 1 for i in [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()]]


@caught("the lengths of the tokens")
def lengths(text, vocabulary):
    return [len(token) for token in text.split()]


@caught("pairs; the ids alone")
def pairs(text, vocabulary):
    return list(zip(text.split(), [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()]))


@caught("with 12 for 'dog', which is unknown")
def unknown_doubled(text, vocabulary):
    return [vocabulary.get(token, 2 * vocabulary["<unk>"]) for token in text.lower().split()]


@caught("with the id of '<unk>' for 'quick'")
def quick_unknown(text, vocabulary):
    return [
        vocabulary["<unk>"] if i == 4 else i
        for i in [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()]
    ]


@caught("with 5 for 'quick', whose id")
def five_for_four(text, vocabulary):
    return [5 if i == 4 else i for i in [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()]]


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
