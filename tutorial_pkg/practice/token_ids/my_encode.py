from __future__ import annotations

import re
import string
from typing import Any

from tutorial_pkg.practice.compare import alike, as_tensor
from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.samples import EIGHT


def stub(text, vocabulary):
    return ...


def solution(text, vocabulary):
    unknown = vocabulary["<unk>"]  # asked for by name: its id differs from vocabulary to vocabulary
    return [vocabulary.get(token, unknown) for token in text.lower().split()]


def cases():
    return [
        ("The quick dog", EIGHT),
        ("Quick fox is in the house", EIGHT),
        ("a lazy dog is a dog", EIGHT),
        ("The  cat\n sat", {"<pad>": 0, "<unk>": 1, "cat": 2, "the": 3}),
        ("ZORRO fox", {"<unk>": 0, "fox": 2, "zorro": 1}),
        ("Straße 🦊", {"straße": 0, "<unk>": 1}),
        ("the house the fox", EIGHT),
        ("foxes in the houses", EIGHT),
        ("The dog the cat", {"the": 2, "<unk>": 0, "cat": 1}),
        ("Straße", {"straße": 0, "<unk>": 1}),
        ("Fox, the house.", EIGHT),
        ("", EIGHT),
    ]


def view(result: Any, text: str, vocabulary: dict) -> Any:
    """The ids, or which of them is amiss."""
    vocabulary = next(given for asked, given in cases() if asked == text)  # as it was before the call
    tokens, expected = text.lower().split(), solution(text, vocabulary)
    numbers = as_tensor(result)
    if isinstance(result, list) and result and all(isinstance(part, tuple) for part in result):
        return Finding(f"{result}, pairs; the ids alone are asked for")
    ids = numbers.tolist() if numbers is not None else [] if isinstance(result, (list, tuple)) and not result else None
    if ids is None or alike(result, expected):
        return result
    if not isinstance(ids, list):
        return Finding(f"one number, {ids}; a list of ids is asked for, one for each token")
    if ids and isinstance(ids[0], list):
        return Finding(f"{ids}, lists within a list; one list of ids is asked for")
    wanted = f"{expected} is asked for"
    if len(ids) == 1 < len(tokens):
        return Finding(f"{ids}, one id for the whole text, which has {len(tokens)} tokens; {wanted}")
    if ids == [i for i in expected if i] != expected:
        return Finding(f"{ids}, without the token whose id is 0; {wanted}")
    if len(ids) < len(tokens) and ids == expected[: len(ids)]:
        return Finding(f"{ids}, which ends before {tokens[len(ids)]!r}; {wanted}")
    if expected and ids == expected[1:]:
        return Finding(f"{ids}, without the first token; {wanted}")
    if len(ids) > len(tokens) and ids[: len(expected)] == expected:
        return Finding(f"{ids}, with {ids[len(expected) :]} too many at the end; {wanted}")
    if ids == list(map(len, tokens)):
        return Finding(f"{ids}, the lengths of the tokens; {wanted}, their ids")
    if len(ids) != len(tokens):
        return Finding(f"{ids}, {len(ids)} ids for {len(tokens)} tokens; {wanted}")
    if len(ids) > 1 and sorted(ids) == sorted(expected):
        return Finding(f"{ids}, the right ids in another order than that of the words; {wanted}")
    if len(shifts := {i - j for i, j in zip(ids, expected, strict=True)}) == 1 and len(ids) > 1:
        return Finding(f"{ids}, in which each id is {shifts.pop():+} off; {wanted}")
    token, i = next((token, i) for token, i, right in zip(tokens, ids, expected, strict=True) if i != right)
    if token not in vocabulary:
        return Finding(f"{ids}, with {i} for {token!r}, which is unknown: the id of '<unk>' is {vocabulary['<unk>']}")
    if i == vocabulary["<unk>"]:
        return Finding(f"{ids}, with the id of '<unk>' for {token!r}, which has an id of its own, {vocabulary[token]}")
    return Finding(f"{ids}, with {i} for {token!r}, whose id in the vocabulary is {vocabulary[token]}")


def raises(text, vocabulary):
    return [vocabulary[token] for token in text.lower().split()]


def dropped(text, vocabulary):
    return [vocabulary[token] for token in text.lower().split() if token in vocabulary]


def letters(text, vocabulary):
    return [vocabulary.get(letter, vocabulary["<unk>"]) for letter in text.lower()]


def first_only(text, vocabulary):
    for token in text.lower().split():
        return [vocabulary.get(token, vocabulary["<unk>"])]


def places(text, vocabulary):
    words = list(vocabulary)
    return [words.index(token) if token in words else vocabulary["<unk>"] for token in text.lower().split()]


def punctuation_cut_off(text, vocabulary):
    words = [token.strip(string.punctuation) for token in text.lower().split()]
    return [vocabulary.get(word, vocabulary["<unk>"]) for word in words]


def new_ids(text, vocabulary):
    words = sorted(set(text.lower().split()))
    return [words.index(token) for token in text.lower().split()]


def first_id_alone(text, vocabulary):
    for token in text.lower().split():
        return vocabulary.get(token, vocabulary["<unk>"])


def all_by_their_place(text, vocabulary):
    words = list(vocabulary)
    return [words.index(token if token in words else "<unk>") for token in text.lower().split()]


def half_lowered(text, vocabulary):
    words = [token[:1].lower() + token[1:] for token in text.split()]
    return [vocabulary.get(word, vocabulary["<unk>"]) for word in words]


def unknown_once_at_the_end(text, vocabulary):
    tokens = text.lower().split()
    known = [vocabulary[token] for token in tokens if token in vocabulary]
    return known + [vocabulary["<unk>"]] * (len(known) < len(tokens))


def all_unknown_if_one_is(text, vocabulary):
    tokens = text.lower().split()
    known = all(token in vocabulary for token in tokens)
    return [vocabulary[token if known else "<unk>"] for token in tokens]


def ends_at_the_first_unknown(text, vocabulary):
    ids = []
    for token in text.lower().split():
        if token not in vocabulary:
            break
        ids.append(vocabulary[token])
    return ids


exercise = Exercise(
    task="""### Exercise 3 (write the body): encode, whatever the words

`my_encode(text, vocabulary)` lower-cases the text, cuts it at white space, and returns the list of ids. A word outside
the vocabulary gets the id of the token `"<unk>"`, whatever that id is. The vocabulary stays as it is. With the
eight-token vocabulary, `my_encode("The quick dog", vocabulary)` is `[5, 4, 6]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Every text has ids now, one for each of its tokens; which unknown word it was is lost.",
    hints=[
        "`text.lower().split()` gives the tokens. The second argument of a dictionary's `get` is for missing keys.",
        'The second argument should be `vocabulary["<unk>"]`, not a number that you write in.',
    ],
    slips=[
        Slip(
            "`vocabulary[token]` raises at the first word that is not in it: `get`, with a second argument, does not.",
            raises,
        ),
        Slip(
            "Unknown words became None: give `get` a second argument, the id of `<unk>`.",
            lambda text, vocabulary: ([vocabulary.get(token) for token in text.lower().split()]),
        ),
        Slip(
            'The text "<unk>" stands among the ids; what is asked for is its id, `vocabulary["<unk>"]`.',
            lambda text, vocabulary: ([vocabulary.get(token, "<unk>") for token in text.lower().split()]),
        ),
        Slip(
            "Unknown words are left out, and nothing shows that they stood there; `<unk>` should hold their place.",
            dropped,
        ),
        Slip(
            "An unknown word gets an id above all others, and the table has no row for it: use the id of `<unk>`.",
            lambda text, vocabulary: ([vocabulary.get(token, len(vocabulary)) for token in text.lower().split()]),
            idea=2,
        ),
        Slip(
            "Each new word is added to the vocabulary, with an id that has no row in the table: use the id of `<unk>`.",
            lambda text, vocabulary: (
                [vocabulary.setdefault(token, len(vocabulary)) for token in text.lower().split()]
            ),
            idea=2,
        ),
        Slip(
            "Unknown words get id 0, which is some other token's name: every dog becomes a fox.",
            lambda text, vocabulary: ([vocabulary.get(token, 0) for token in text.lower().split()]),
            idea=5,
        ),
        Slip(
            "Unknown words get -1, and no row has that number; they share the row of `<unk>`.",
            lambda text, vocabulary: ([vocabulary.get(token, -1) for token in text.lower().split()]),
        ),
        Slip(
            'The 6 is right for one vocabulary only: ask the vocabulary for the id of "<unk>".',
            lambda text, vocabulary: ([vocabulary.get(token, 6) for token in text.lower().split()]),
        ),
        Slip(
            'Unknown words get the last id of the vocabulary, which is another token\'s: ask it for the id of "<unk>".',
            lambda text, vocabulary: ([vocabulary.get(token, len(vocabulary) - 1) for token in text.lower().split()]),
        ),
        Slip(
            "`<unk>` is the last token but one in this notebook's vocabulary and not in every one: ask it for the id.",
            lambda text, vocabulary: ([vocabulary.get(token, len(vocabulary) - 2) for token in text.lower().split()]),
        ),
        Slip(
            'A known word with id 0 came out as unknown: `or` takes 0 for "nothing there".',
            lambda text, vocabulary: ([vocabulary.get(token) or vocabulary["<unk>"] for token in text.lower().split()]),
            idea=11,
        ),
        Slip(
            "Words with a capital become unknown: the vocabulary is lower-case, so lower-case the text first.",
            lambda text, vocabulary: ([vocabulary.get(token, vocabulary["<unk>"]) for token in text.split()]),
        ),
        Slip(
            '`split(" ")` cuts at single spaces only, which leaves empty pieces and line breaks: `split()` cuts at white space of any kind and length.',
            lambda text, vocabulary: (
                [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split(" ")]
            ),
        ),
        Slip(
            "Only the letters a to z count here, and `straße` is not found: cut at white space, whatever the letters are.",
            lambda text, vocabulary: (
                [vocabulary.get(token, vocabulary["<unk>"]) for token in re.findall(r"[a-z]+", text.lower())]
            ),
        ),
        Slip(
            "`casefold` goes further than lower-case and makes `strasse` of `straße`: the vocabulary has `lower`'s words.",
            lambda text, vocabulary: (
                [vocabulary.get(token, vocabulary["<unk>"]) for token in text.casefold().split()]
            ),
        ),
        Slip("It goes through the text letter by letter; `split()` gives its words.", letters),
        Slip("These are the tokens; one step is left: the id of each.", lambda text, vocabulary: text.lower().split()),
        Slip(
            'These are tokens, with "<unk>" in the right places; one step is left: the id of each.',
            lambda text, vocabulary: ([token if token in vocabulary else "<unk>" for token in text.lower().split()]),
        ),
        Slip(
            "Only the first id is there: a `return` inside a loop ends it at once. Collect all of them first.",
            first_only,
        ),
        Slip(
            "A word that comes twice is encoded twice, and here the second was dropped.",
            lambda text, vocabulary: (
                [vocabulary.get(token, vocabulary["<unk>"]) for token in dict.fromkeys(text.lower().split())]
            ),
        ),
        Slip(
            "The ids are in the order of the vocabulary: go through the words of the text, and look up each.",
            lambda text, vocabulary: ([i for token, i in vocabulary.items() if token in text.lower().split()]),
        ),
        Slip(
            'The place of `<unk>` in the dictionary was taken for its id; the two need not agree: `vocabulary["<unk>"]`.',
            lambda text, vocabulary: (
                [vocabulary.get(token, list(vocabulary).index("<unk>")) for token in text.lower().split()]
            ),
        ),
        Slip(
            "A word's place in the dictionary was taken for its id; the two need not agree: `vocabulary[token]`.",
            places,
        ),
        Slip(
            "Unknown words get the id of `<pad>`, as if nothing stood there; their token is `<unk>`.",
            lambda text, vocabulary: ([vocabulary.get(token, vocabulary["<pad>"]) for token in text.lower().split()]),
        ),
        Slip(
            "The whole text was looked up as if it were one token: cut it with `split()`, and look up each word.",
            lambda text, vocabulary: vocabulary.get(text.lower(), vocabulary["<unk>"]),
        ),
        Slip(
            "Every word came out as unknown: look up the word itself, not the whole text, and in lower case.",
            lambda text, vocabulary: ([vocabulary.get(text, vocabulary["<unk>"]) for _ in text.lower().split()]),
        ),
        Slip(
            "The ids were joined into a text; a list of numbers is asked for.",
            lambda text, vocabulary: " ".join(
                str(vocabulary.get(token, vocabulary["<unk>"])) for token in text.lower().split()
            ),
        ),
        Slip(
            "It asks the notebook's own `vocabulary` or `encode`, whatever is passed in: use the parameter.",
            lambda text, vocabulary: ([EIGHT.get(token, EIGHT["<unk>"]) for token in text.lower().split()]),
        ),
        Slip(
            "The comma and the full stop were cut off the words. The text is cut at white space only, and `fox,` is a token that the vocabulary does not know.",
            punctuation_cut_off,
        ),
        Slip(
            "`\\w+` finds letters and digits only: punctuation falls away and the fox 🦊 is lost. The text is cut at white space only, whatever stands between.",
            lambda text, vocabulary: (
                [vocabulary.get(token, vocabulary["<unk>"]) for token in re.findall(r"\w+", text.lower())]
            ),
        ),
        Slip("The words of this text were numbered afresh; the ids are those of the `vocabulary` passed in.", new_ids),
        Slip(
            "That is the first word's id alone: a `return` inside a loop ends it at once. Collect all ids in a list.",
            first_id_alone,
        ),
        Slip(
            "A word's place in the dictionary was taken for its id, that of `<unk>` as well; the two need not agree: ask `vocabulary[token]`.",
            all_by_their_place,
        ),
        Slip(
            "Only the first letter is made small: `ZORRO` becomes `zORRO` and stays unknown. `lower()` takes all letters.",
            half_lowered,
        ),
        Slip(
            "Two steps are missing: lower-case the text, and give unknown words the id of `<unk>`, as `get` can.",
            lambda text, vocabulary: ([vocabulary[token] for token in text.split()]),
        ),
        Slip(
            "Two steps are missing: lower-case the text, and give `get` a second argument, the id of `<unk>`.",
            lambda text, vocabulary: ([vocabulary.get(token) for token in text.split()]),
        ),
        Slip(
            "This is a dictionary from token to id; a list is asked for, with an id for each token of the text.",
            lambda text, vocabulary: (
                {token: vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()}
            ),
        ),
        Slip(
            "Unknown words get one id between them, at the end; each is to get the id of `<unk>` in its own place.",
            unknown_once_at_the_end,
        ),
        Slip(
            "One unknown word makes all of them unknown: an error caught around the whole list gives up the known ones as well. Decide for each word.",
            all_unknown_if_one_is,
        ),
        Slip(
            "It ends at the first unknown word: that word is to get the id of `<unk>`, and the others come after it.",
            ends_at_the_first_unknown,
        ),
        Slip(
            'Unknown words are left out, and so is the token with id 0: `if` takes 0 for "nothing there".',
            lambda text, vocabulary: ([vocabulary[token] for token in text.lower().split() if vocabulary.get(token)]),
            idea=11,
        ),
    ],
)
