"""Words to ids and back: round trips for any Unicode, and a clear message for wrong inputs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.utils.rnn import pad_sequence

from tutorial_pkg.tokens import decode, encode, pad, tokenise, vocabulary

# lower() changes a few characters again in its own result, so use only words that it no longer changes
WORD = st.text(min_size=1).map(str.lower).filter(lambda word: word.split() == [word] and word.lower() == word)
SENTENCE = "Quick fox is in the house"


def test_running_example():
    words = vocabulary(tokenise(SENTENCE))
    assert words == {"fox": 0, "house": 1, "in": 2, "is": 3, "quick": 4, "the": 5}
    assert encode(SENTENCE, words) == [4, 0, 3, 2, 5, 1]


@given(st.lists(WORD, min_size=1))
def test_round_trip(tokens):
    words = vocabulary(tokens)
    text = " ".join(tokens)
    ids = encode(text, words)
    assert decode(ids, words) == text
    assert decode(torch.tensor(ids, dtype=torch.int64), words) == text
    assert sorted(words.values()) == list(range(len(words)))
    assert vocabulary(reversed(tokens)) == vocabulary(tokens + tokens) == words


@given(st.text())
def test_any_text_has_ids_with_an_unknown_token(text):
    words = vocabulary(["fox"], special=["<unk>"])
    assert len(encode(text, words, unknown="<unk>")) == len(text.split()) == len(tokenise(text))


def test_ids_do_not_hang_on_the_hash_seed():
    """Two processes are enough: by chance, 12 words have the same order only once in 12! cases."""
    code = (
        "import sys, types\n"
        "sys.modules['torch'] = types.SimpleNamespace(Tensor=list)  # torch itself takes seconds to import\n"
        "from tutorial_pkg.tokens import tokenise, vocabulary; print(vocabulary(tokenise('a b c d e f g h i j k l')))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert len(said) == 1


def test_empty():
    words = vocabulary(["fox"])
    assert tokenise("") == tokenise(" \n\u3000") == encode("", words) == []
    assert decode([], words) == ""
    with pytest.raises(ValueError, match="The text is empty"):
        vocabulary([])


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: tokenise(b"fox"), TypeError, r"got b'fox', of type bytes"),
        (lambda: tokenise(None), TypeError, "got None"),
        (lambda: vocabulary("fox"), TypeError, "got the text 'fox': tokenise it first"),
        (lambda: vocabulary(["fox"], special="<pad>"), TypeError, "got the text '<pad>': put it in brackets"),
        (lambda: vocabulary(["fox", 3]), TypeError, "got 3, of type int"),
        (lambda: vocabulary(["fox"], special=["fox"]), ValueError, "'fox' is there already"),
        (lambda: vocabulary([], special=["<p>", "<p>"]), ValueError, "'<p>' is there already"),
        (lambda: encode("fox dog", {"fox": 0}), KeyError, "'dog' is not among the vocabulary's 1 tokens"),
        (lambda: encode("dog", {"fox": 0}, unknown="<unk>"), KeyError, "the unknown token '<unk>' is not among"),
        (lambda: encode(7, {"fox": 0}), TypeError, "got 7"),
        (lambda: decode([0, 1], {"fox": 0}), IndexError, "no token has the id 1; the ids go from 0 to 0"),
        (lambda: decode([-1], {"fox": 0}), IndexError, "no token has the id -1"),
        (lambda: decode([0], {}), IndexError, "the vocabulary is empty"),
        (lambda: decode([0.0], {"fox": 0}), TypeError, "got 0.0, of type float"),
        (lambda: decode([True], {"fox": 0}), TypeError, "got True, of type bool"),
        (lambda: decode([[0]], {"fox": 0}), TypeError, r"got \[0\], of type list"),
        (lambda: decode(0, {"fox": 0}), TypeError, "got 0"),
        (lambda: decode(torch.tensor([]), {"fox": 0}), TypeError, "a tensor of torch.float32; integers are expected"),
        (lambda: decode([0], {"fox": 0, "dog": 0}), ValueError, "'fox' and 'dog' both have the id 0"),
        (lambda: decode("0", {"fox": 0}), TypeError, "got '0'"),
        (lambda: pad([], 0), ValueError, "at least one list"),
        (lambda: pad([1, 2], 0), TypeError, "got 1 as one of its lists"),
        (lambda: pad([[1.0]], 0), TypeError, "got 1.0"),
        (lambda: pad([[1]], None), TypeError, "got None"),
    ],
)
def test_what_was_expected_and_what_was_got(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_special_tokens_from_anything_that_can_be_gone_through_once():
    words = vocabulary((token for token in ["fox"]), special=iter(["<unk>", "<pad>"]))
    assert words == {"fox": 0, "<unk>": 1, "<pad>": 2}


LONG = "x" * 10**6


@pytest.mark.parametrize(
    "call",
    [
        lambda: tokenise(LONG.encode()),
        lambda: vocabulary(LONG),
        lambda: vocabulary([LONG.encode()]),
        lambda: vocabulary([LONG], special=[LONG]),
        lambda: encode(LONG, {"fox": 0}),
        lambda: decode({i: i for i in range(10**5)}, {"fox": 0}),
        lambda: decode([list(range(10**5))], {"fox": 0}),
        lambda: pad([LONG], 0),
        lambda: pad([[LONG]], 0),
    ],
)
def test_a_message_does_not_repeat_a_million_characters(call):
    with pytest.raises((TypeError, ValueError, KeyError)) as caught:
        call()
    assert len(str(caught.value)) < 300


@given(st.lists(st.lists(st.integers(0, 9), max_size=7), min_size=1, max_size=5), st.integers(0, 9))
def test_pad_is_pad_sequence(batch, pad_id):
    ids, mask = pad(batch, pad_id)
    tensors = [torch.tensor(row, dtype=torch.int64) for row in batch]
    assert torch.equal(ids, pad_sequence(tensors, batch_first=True, padding_value=pad_id))
    assert ids.dtype == torch.int64 and mask.dtype == torch.bool
    assert mask.sum(dim=1).tolist() == [len(row) for row in batch]
    assert [row[keep].tolist() for row, keep in zip(ids, mask, strict=True)] == batch
