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
    return " ".join(token_of[i] for i in ids)  # each id is looked up by itself, in the order it came


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
    """The text, or what is amiss with a text that is nearly right."""
    if not isinstance(result, str) or result == (expected := solution(ids, vocabulary)):
        return result
    if result.lower() == expected.lower():
        return Finding(f"{result!r}, the right tokens with other capitals; they are to stay as the vocabulary has them")
    if result.split() == expected.split():
        return Finding(f"{result!r}, the right tokens with other white space; single spaces between them are asked for")
    if sorted(result.split()) == sorted(expected.split()):
        return Finding(f"{result!r}, the right tokens in another order; the order of the ids is asked for")
    if result.replace(" ", "") == expected.replace(" ", ""):
        return Finding(f"{result!r}, with spaces in other places; one is asked for between two tokens, and no others")
    got, wanted = result.split(), expected.split()
    if got and got == wanted[: len(got)]:
        return Finding(f"{result!r}, the first {len(got)} of {len(ids)} tokens; every id of the list has one")
    if got and got == wanted[-len(got) :]:
        return Finding(f"{result!r}, the last {len(got)} of {len(ids)} tokens; every id of the list has one")
    if got[1:] == wanted:
        return Finding(f"{result!r}, with {got[0]!r} once too often at the start")
    if got[:-1] == wanted:
        return Finding(f"{result!r}, with {got[-1]!r} once too often at the end")
    if got and all(token in wanted for token in got) and len(got) < len(wanted):
        return Finding(f"{result!r}, {len(got)} of {len(ids)} tokens; every id of the list has one")
    for mark in ".,;:_-/|\"'":
        if result.replace(mark, " ").split() == wanted:
            return Finding(f"{result!r}, with {mark!r} in it; only single spaces between the tokens are asked for")
    if any(character.isdigit() for character in result):
        return Finding(f"{result!r}, with ids in it; their tokens alone are asked for")
    if len({*got}) == 1 < len(got) and got[0] not in vocabulary:
        return Finding(f"{result!r}, as if no id were known; `token_of` leads from id to token, `vocabulary` does not")
    return result


def by_list(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return [token_of[i] for i in ids]


def no_spaces(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return "".join(token_of[i] for i in ids)


def space_at_the_end(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return "".join(token_of[i] + " " for i in ids)


def space_at_the_start(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return "".join(" " + token_of[i] for i in ids)


def commas(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return ", ".join(token_of[i] for i in ids)


def by_sorted(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i] for i in sorted(ids))


def each_once(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i] for i in dict.fromkeys(ids))


def backwards(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i] for i in reversed(ids))


def whole_vocabulary(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of.values())


def all_ids_at_once(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return token_of[ids]


def first_only(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return token_of[ids[0]]


def last_only(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    for i in ids:
        found = token_of[i]
    return found


def capital_put_back(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i] for i in ids).capitalize()


def specials_left_out(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i] for i in ids if not token_of[i].startswith("<"))


def from_one(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of.get(i - 1, "") for i in ids)


def the_notebooks_own(ids, vocabulary):
    token_of = {i: token for token, i in EIGHT.items()}
    return " ".join(token_of[i] for i in ids)


def list_as_text(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return str([token_of[i] for i in ids])


def one_too_low(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i - 1] for i in ids)


def one_too_high(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i + 1] for i in ids)


def a_line_each(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return "\n".join(token_of[i] for i in ids)


def place_in_the_text(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[place] for place in range(len(ids)))


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): ids back to text

`my_decode(ids, vocabulary)` takes a list of ids and the dictionary from token to id. It returns the tokens as one text
with single spaces between them. With the six-word vocabulary, `my_decode([5, 4, 0], vocabulary)` is `"the quick fox"`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Ids are names that can be looked up either way, and their order in the list is the order of the words.",
    hints=[
        "`token_of[i]` is the token of one id. You need it for each id, in order.",
        '`" ".join(...)` makes one text out of several tokens.',
    ],
    slips=[
        Slip('Expected one text, got a list of tokens: join them with " ".', by_list),
        Slip(
            "The tokens run into one another: encoding cut them apart at spaces, so decoding has to put those back.",
            no_spaces,
        ),
        Slip(
            'There is a space too many at the end: one belongs between two tokens, and `" ".join(...)` puts it only there.',
            space_at_the_end,
        ),
        Slip(
            'There is a space too many at the start: one belongs between two tokens, and `" ".join(...)` puts it only there.',
            space_at_the_start,
        ),
        Slip("The tokens are joined with commas; the sentence had single spaces between its words.", commas),
        Slip("The ids were put in order of size, and the word order is lost.", by_sorted, idea=5),
        Slip(
            "The words are in the order of the vocabulary, each at most once: go through `ids`, not through the vocabulary.",
            lambda ids, vocabulary: " ".join(token for token, i in vocabulary.items() if i in ids),
        ),
        Slip("An id that comes twice stands for its word twice, and here the second was dropped.", each_once),
        Slip("The words stand last first; the order of the ids is the order of the words.", backwards),
        Slip("That is the whole vocabulary, whatever the ids are: look up each of `ids`.", whole_vocabulary),
        Slip(
            "That is the dictionary from id to token. One step is left: look up each of `ids` in it, and join the tokens.",
            lambda ids, vocabulary: ({i: token for token, i in vocabulary.items()}),
        ),
        Slip(
            "`token_of[ids]` asks for one token under the whole list; look up one id after the other.", all_ids_at_once
        ),
        Slip(
            "`vocabulary` leads from token to id, so an id is none of its keys; `token_of` leads the other way.",
            lambda ids, vocabulary: " ".join(vocabulary[i] for i in ids),
        ),
        Slip(
            "Every id counts as unknown, because `vocabulary` leads from token to id; `token_of` leads the other way.",
            lambda ids, vocabulary: " ".join(vocabulary.get(i, "<unk>") for i in ids),
        ),
        Slip(
            "These are the ids themselves, written as text: look each of them up in `token_of`.",
            lambda ids, vocabulary: " ".join(str(i) for i in ids),
        ),
        Slip(
            "`join` got numbers (the ids, or the keys of `token_of`) where it needs text: the token of each id.",
            lambda ids, vocabulary: " ".join(ids),
        ),
        Slip(
            "Only the first token is there: a `return` inside a loop ends it at once. Collect all of them first.",
            first_only,
        ),
        Slip(
            "Only the last token is left: each turn of the loop writes over the one before. Collect all of them.",
            last_only,
        ),
        Slip(
            "A capital was put in front, but nothing in the ids says that there was one: return the tokens as they are.",
            capital_put_back,
        ),
        Slip(
            "`<unk>` and `<pad>` were left out; they have ids like every other token, and here they are asked for.",
            specials_left_out,
        ),
        Slip(
            "Every token is the neighbour of the one meant: `i - 1` treats ids as if they began at 1.",
            from_one,
            idea=11,
        ),
        Slip(
            "The id was used as a place in the dictionary's own order, which need not be the order of the ids.",
            lambda ids, vocabulary: " ".join(list(vocabulary)[i] for i in ids),
            idea=5,
        ),
        Slip(
            "It asks the notebook's own `token_of` or `decode`, which know one vocabulary; use the one that is passed in.",
            the_notebooks_own,
        ),
        Slip(
            "The id was used as a place among the sorted tokens; which token an id belongs to, only the vocabulary says.",
            lambda ids, vocabulary: " ".join(sorted(vocabulary)[i] for i in ids),
            idea=5,
        ),
        Slip(
            '`str` writes the whole list as text, with its brackets and quotation marks; `" ".join(...)` joins the tokens.',
            list_as_text,
        ),
        Slip(
            "`i - 1` treats ids as if they began at 1: id 0 then has no token. Take `token_of[i]`.",
            one_too_low,
            idea=11,
        ),
        Slip(
            "`i + 1` is the next token's id, and after the last one there is none. Take `token_of[i]`.",
            one_too_high,
            idea=11,
        ),
        Slip("Each token stands on a line of its own; single spaces between them are asked for.", a_line_each),
        Slip(
            "These are the tokens with the ids 0, 1, 2 and so on: places in the list were looked up, not the ids there.",
            place_in_the_text,
        ),
        Slip(
            "Indexing a list of the vocabulary's items gives a pair of token and id; only the token is text to join.",
            lambda ids, vocabulary: " ".join(list(vocabulary.items())[i] for i in ids),
        ),
    ],
)
