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
    unknown = vocabulary["<unk>"]  # looked up by name: each vocabulary has its own id for it
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
    tokens, expected = text.lower().split(), solution(text, vocabulary)
    if isinstance(result, list) and result and all(isinstance(part, tuple) for part in result):
        return Finding(f"{result}. These are pairs. Return only the ids")
    if isinstance(result, (dict, set, str)):
        kind = {"dict": "a dictionary", "set": "a set", "str": "text"}[type(result).__name__]
        return Finding(f"{kind}, {result!r}. Return a list with one id for each token")
    if isinstance(result, list) and any(part is None for part in result):
        return Finding(f"{result}. Some words have no id. Look up words in lower case, and use the id of '<unk>'")
    if isinstance(result, list) and any(isinstance(part, str) and part == "<unk>" for part in result):
        return Finding(f"{result}. The text '<unk>' is among the ids. Put its id there, `vocabulary[\"<unk>\"]`")
    numbers = as_tensor(result)
    ids = numbers.tolist() if numbers is not None else [] if isinstance(result, (list, tuple)) and not result else None
    if ids is None or alike(result, expected):
        return result
    if not isinstance(ids, list):
        return Finding(f"one number, {ids}. Return a list with one id for each token")
    if ids and isinstance(ids[0], list):
        return Finding(f"{ids}. This is a list in a list. Return one list of ids")
    if ids == [i for i in expected if i] != expected:
        return Finding(f"{ids}. The token with the id 0 is missing. Expected {expected}")
    if len(ids) != len(tokens):
        return Finding(f"{ids}. The number of ids is {len(ids)}, but the text has {len(tokens)} tokens. Expected {expected}")
    if sorted(ids) == sorted(expected):
        return Finding(f"{ids}. The ids are right, but in a different order. Keep the order of the words")
    if ids == list(map(len, tokens)):
        return Finding(f"{ids}. These are the lengths of the tokens. Expected their ids, {expected}")
    if len(shifts := {i - j for i, j in zip(ids, expected, strict=True)}) == 1 and len(ids) > 1:
        return Finding(f"{ids}. Each id is off by {shifts.pop():+}. Expected {expected}")
    token, i = next((token, i) for token, i, right in zip(tokens, ids, expected, strict=True) if i != right)
    if token not in vocabulary:
        return Finding(f"{ids}. Here {token!r} has the id {i}. It is unknown, so give it the id of '<unk>', {vocabulary['<unk>']}")
    if i == vocabulary["<unk>"]:
        return Finding(f"{ids}. Here {token!r} has the id of '<unk>', but the vocabulary has an id for it, {vocabulary[token]}")
    return Finding(f"{ids}. Here {token!r} has the id {i}, but in the vocabulary its id is {vocabulary[token]}")


def encoded(tokens, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in tokens]


exercise = Exercise(
    task="""### Exercise 3 (write the body): encode any text

`my_encode(text, vocabulary)` makes the text lower case, splits it at white space, and returns the list of ids. A word that the
vocabulary does not contain gets the id of the token `"<unk>"`. That id is different in other vocabularies. Do not change the
vocabulary. With the eight-token vocabulary, `my_encode("The quick dog", vocabulary)` is `[5, 4, 6]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Every text has ids now, one for each token. But the id of `<unk>` does not say which word it was.",
    hints=[
        "`text.lower().split()` gives the tokens. The second argument of a dictionary's `get` is for missing keys.",
        'The second argument is `vocabulary["<unk>"]`, not a number that you write yourself.',
    ],
    parts=lambda text, vocabulary: {"tokens": text.lower().split(), "ids": vocabulary},
    slips=[
        Slip("`vocabulary[token]` raises an error for the first unknown word. `get` with a second argument does not.", lambda p: [p.ids[token] for token in p.tokens]),
        Slip("Two steps are missing. Make the text lower case, and give unknown words the id of `<unk>` with `get`.", lambda p: [p.ids[token] for token in p.text.split()]),
        Slip("Unknown words are left out. Put the id of `<unk>` in their place.", lambda p: [p.ids[token] for token in p.tokens if token in p.ids]),
        Slip("Unknown words get a new id, but the table has no row for it. Use the id of `<unk>`.", lambda p: [p.ids.get(token, len(p.ids)) for token in p.tokens], idea=2),
        Slip('The number 6 is right for one vocabulary only. Use `vocabulary["<unk>"]`.', lambda p: [p.ids.get(token, 6) for token in p.tokens]),
        Slip("The id 0 becomes unknown: `or` treats 0 as False. Give `get` a second argument.", lambda p: [p.ids.get(token) or p.ids["<unk>"] for token in p.tokens], idea=11),
        Slip("Words with a capital letter are unknown here. The vocabulary is in lower case, so make the text lower case first.", lambda p: encoded(p.text.split(), p.ids)),
        Slip('`split(" ")` leaves empty pieces and line breaks. Use `split()`, without an argument.', lambda p: encoded(p.text.lower().split(" "), p.ids)),
        Slip("Only the letters a to z count here, so `straße` is not found. Split at white space only.", lambda p: encoded(re.findall(r"[a-z]+", p.text.lower()), p.ids)),
        Slip("Punctuation is removed here. Split at white space only: `fox,` is one token.", lambda p: encoded([token.strip(string.punctuation) for token in p.tokens], p.ids)),
        Slip("`\\w+` finds only letters and digits, so `🦊` is lost. Split at white space only.", lambda p: encoded(re.findall(r"\w+", p.text.lower()), p.ids)),
        Slip("This goes through the text letter by letter. `split()` gives its words.", lambda p: encoded(p.text.lower(), p.ids)),
        Slip("These are the tokens. One step is missing: the id of each token.", lambda p: p.tokens),
        Slip('These are tokens, with "<unk>" in the right positions. One step is missing: the ids.', lambda p: [token if token in p.ids else "<unk>" for token in p.tokens]),
        Slip("This is only the first id. A `return` inside a loop ends the loop at once. Collect all ids first.", lambda p: encoded(p.tokens, p.ids)[:1] or None),
        Slip("A word that occurs twice has only one id here. Return an id for each word of the text.", lambda p: encoded(dict.fromkeys(p.tokens), p.ids)),
        Slip(
            "The position of a word in the dictionary is used as its id. The two can differ. Use `vocabulary[token]`.",
            lambda p: [list(p.ids).index(token) if token in p.ids else p.ids["<unk>"] for token in p.tokens],
        ),
        Slip("This uses the notebook's `vocabulary` or `encode`. Use the parameter `vocabulary`.", lambda p: encoded(p.tokens, EIGHT)),
    ],
)
