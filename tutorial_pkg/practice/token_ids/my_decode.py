from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.samples import EIGHT, SIX


def stub(ids, vocabulary):
    token_of = {}
    for token, i in vocabulary.items():
        token_of[i] = token
    return ...


def solution(ids, vocabulary):
    token_of = {}
    for token, i in vocabulary.items():
        token_of[i] = token
    return " ".join(token_of[i] for i in ids)  # look up one id at a time


def cases():
    return [
        ([5, 4, 0], SIX),
        ([4, 0, 3, 2, 5, 1], SIX),
        ([0, 0, 5], SIX),
        ([5, 3, 5, 1], SIX),
        ([7, 6, 2], EIGHT),
        ([30, 10, 20], {"a": 10, "c": 30, "b": 20}),
        ([1, 0, 2], {"zebra": 0, "ant": 2, "cow": 1}),
        ([2, 0], {"ant": 2, "cow": 1, "zebra": 0}),
        ([3], SIX),
    ]


def view(result: Any, ids: list, vocabulary: dict) -> Any:
    if not isinstance(result, str) or result == (expected := solution(ids, vocabulary)):
        return result
    got, wanted = result.split(), expected.split()
    if got != wanted and sorted(got) == sorted(wanted):
        return Finding(f"{result!r}. The tokens are right, but in another order. Keep the order of the ids")
    if marks := "".join(sorted({*result} - {*expected} - {*" \n\t"})):
        if all(not mark.isalnum() for mark in marks) and "".join(c for c in result if c not in marks).split() == wanted:
            return Finding(f"{result!r}. This contains {marks!r}. Put only single spaces between the tokens")
    if any(character.isdigit() for character in result):
        return Finding(f"{result!r}. This contains ids. Return the tokens of the ids")
    if len({*got}) == 1 < len(got) and {*got} - {*wanted}:
        return Finding(f"{result!r}. Here every id is unknown. `vocabulary` maps tokens to ids, so use `token_of`")
    if len(got) != len(wanted) and {*got} <= {*wanted}:
        return Finding(f"{result!r}. The number of tokens is {len(got)}, but the number of ids is {len(wanted)}")
    return result


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): ids back to text

`my_decode(ids, vocabulary)` takes a list of ids and the dictionary from token to id. It returns the tokens as one text, with
single spaces between them. With the six-word vocabulary, `my_decode([5, 4, 0], vocabulary)` is `"the quick fox"`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Ids are names that can be looked up in both directions. The order of the ids is the order of the words.",
    hints=["`token_of[i]` is the token of one id. Look up each id, in order.", '`" ".join(...)` makes one text from several tokens.'],
    parts=lambda ids, vocabulary: {"names": {i: token for token, i in vocabulary.items()}, "own": {i: token for token, i in EIGHT.items()}},
    slips=[
        Slip('The tokens have no spaces between them. Encoding split the text at spaces, so put them back: `" ".join(...)`.', lambda p: "".join(p.names[i] for i in p.ids)),
        Slip("This is the whole vocabulary, for any ids. Look up each id of `ids`.", lambda p: " ".join(p.vocabulary)),
        Slip("This is the dictionary from id to token. Look up each id of `ids` in it, and join the tokens.", lambda p: p.names),
        Slip("`token_of[ids]` uses the whole list as one key. Look up one id at a time.", lambda p: p.names[p.ids]),
        Slip("`vocabulary` maps tokens to ids, so an id is not one of its keys. Use `token_of`.", lambda p: " ".join(p.vocabulary[i] for i in p.ids)),
        Slip("`join` needs texts, but it gets numbers: the ids or the keys of `token_of`. Give it the token of each id.", lambda p: " ".join(p.ids)),
        Slip("This is only the first token. A `return` inside a loop ends the loop at once. Collect all tokens first.", lambda p: p.names[p.ids[0]]),
        Slip("This is only the last token. In each round, the loop replaces the token of the previous round. Collect all tokens in a list.", lambda p: p.names[p.ids[-1]]),
        Slip("`<unk>` and `<pad>` are missing. They are tokens, too, so they are part of the text.", lambda p: " ".join(p.names[i] for i in p.ids if p.names[i][0] != "<")),
        Slip("The id is used as a position in the dictionary. The dictionary can have a different order.", lambda p: " ".join(list(p.vocabulary)[i] for i in p.ids), idea=5),
        Slip("The id is used as a position in the sorted tokens. Use the ids of the vocabulary.", lambda p: " ".join(sorted(p.vocabulary)[i] for i in p.ids), idea=5),
        Slip("This uses the notebook's `token_of` or `decode`. Use the parameter `vocabulary`.", lambda p: " ".join(p.own[i] for i in p.ids)),
        Slip("`i - 1` treats the ids as if they started at 1, so id 0 has no token. Use `token_of[i]`.", lambda p: " ".join(p.names[i - 1] for i in p.ids), idea=11),
        Slip("`i` is already an id. Use `token_of[i]`.", lambda p: " ".join(p.names[p.ids[i]] for i in p.ids)),
        Slip("These are the tokens with the ids 0, 1, 2 and so on. Use the ids, not their positions in the list.", lambda p: " ".join(p.names[n] for n in range(len(p.ids)))),
    ],
)
