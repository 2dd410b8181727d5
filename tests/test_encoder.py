"""The reader of safetensors with files made here, the encoder compared with torch's own layers, and the real encoder.

The real file (91 MB) is downloaded once. If this is not possible, its test is skipped and says so.
"""

from __future__ import annotations

import json
import struct
import threading
import time

import pytest
import tokenizers
import torch
import torch.nn.functional as F
from torch import nn

from tutorial_pkg import data, encoder
from tutorial_pkg.timing import threads
from tutorial_pkg.tokens import EmptyTextError

D, WIDE = 24, 40
WORDS = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "fox", "house", "in", "is", "quick", "the"]


def made(entries: dict, numbers: bytes = b"") -> bytes:
    header = json.dumps(entries).encode()
    return struct.pack("<Q", len(header)) + header + numbers


def entry(shape: list[int], start: int, end: int, dtype: str = "F32") -> dict:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def test_tensors_are_read_by_name_type_and_shape():
    numbers = struct.pack("<6f2q", 1, 2, 3, 4, 5, 6, 7, -8)
    one, other = entry([2, 3], 0, 24), entry([2], 24, 40, "I64")
    found = encoder.safetensors(made({"__metadata__": {"format": "pt"}, "one": one, "other": other}, numbers))
    assert found["one"].tolist() == [[1, 2, 3], [4, 5, 6]] and found["other"].tolist() == [7, -8]
    assert set(found) == {"one", "other"}


@pytest.mark.parametrize(
    ("content", "says"),
    {
        "nothing": (b"", "expected a header"),
        "a huge header": (struct.pack("<Q", 2**62) + b"{}", "expected a header"),
        "not JSON": (struct.pack("<Q", 4) + b"\xff{[(", "the header cannot be read"),
        "a list": (struct.pack("<Q", 2) + b"[]", "the header cannot be read"),
        "no dtype": (made({"one": {"shape": [1]}}), "the header cannot be read"),
        "an unknown dtype": (made({"one": entry([1], 0, 4, "Q4")}, bytes(4)), "the header cannot be read: KeyError"),
        "a cut file": (made({"one": entry([2], 0, 8)}, bytes(7)), "one: bytes 0 to 8 cannot be 2 numbers"),
        "another size": (made({"one": entry([3], 0, 8)}, bytes(8)), "cannot be 3 numbers"),
        "from behind": (made({"one": entry([1], -4, 0)}, bytes(8)), "cannot be 1 numbers"),
        "no numbers": (made({"one": entry([0], 4, 4)}, bytes(8)), "cannot be 0 numbers"),
        "crooked": (made({"one": entry([1], 2, 6)}, bytes(8)), "cannot be 1 numbers"),
    }.values(),
)
def test_what_is_not_such_a_file_is_refused(content, says):
    with pytest.raises(ValueError, match=says):
        encoder.safetensors(content)


@pytest.fixture
def small(monkeypatch) -> tuple[encoder.Encoder, list[nn.TransformerEncoderLayer]]:
    """An encoder with random weights, and torch's own layers with the same weights."""
    monkeypatch.setattr(encoder, "HEADS", 4)
    torch.manual_seed(0)
    layers = [
        nn.TransformerEncoderLayer(D, 4, WIDE, 0, "gelu", encoder.EPSILON, batch_first=True).eval() for _ in range(2)
    ]
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(len(WORDS), D),
        "embeddings.position_embeddings.weight": torch.randn(16, D),
        "embeddings.token_type_embeddings.weight": torch.randn(2, D),
        "embeddings.LayerNorm.weight": torch.randn(D),
        "embeddings.LayerNorm.bias": torch.randn(D),
    }
    for number, layer in enumerate(layers):
        for p in layer.parameters():
            nn.init.normal_(p, std=0.3)
        attention = layer.self_attn
        into = {
            "attention.output.dense": (attention.out_proj.weight, attention.out_proj.bias),
            "attention.output.LayerNorm": (layer.norm1.weight, layer.norm1.bias),
            "intermediate.dense": (layer.linear1.weight, layer.linear1.bias),
            "output.dense": (layer.linear2.weight, layer.linear2.bias),
            "output.LayerNorm": (layer.norm2.weight, layer.norm2.bias),
        }
        three = zip(attention.in_proj_weight.chunk(3), attention.in_proj_bias.chunk(3), strict=True)
        into |= {f"attention.self.{name}": both for name, both in zip(("query", "key", "value"), three, strict=True)}
        for name, (weight, bias) in into.items():
            weights[f"encoder.layer.{number}.{name}.weight"] = weight.detach()
            weights[f"encoder.layer.{number}.{name}.bias"] = bias.detach()
    tokeniser = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokeniser.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokeniser.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return encoder.Encoder(weights, tokeniser), layers


def test_the_states_are_those_of_torchs_own_layers(small):
    model, layers = small
    ids, mask = model.batch(["the quick fox is in the house", "quick fox"])
    assert ids[1].tolist() == [1, 8, 4, 2, 0, 0, 0, 0, 0] and mask.sum(1).tolist() == [9, 4]
    weights = model.weights
    rows = model.table[ids] + weights["embeddings.position_embeddings.weight"][:9]
    rows = rows + weights["embeddings.token_type_embeddings.weight"][0]
    norm = [weights[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")]
    x = F.layer_norm(rows, (D,), *norm, encoder.EPSILON)
    with torch.no_grad():
        for layer in layers:
            x = layer(x, src_key_padding_mask=mask == 0)
    real = mask.bool()
    assert torch.allclose(model.states(ids, mask)[real], x[real], atol=1e-5)


def test_a_vector_depends_on_its_text_only_and_has_length_1(small):
    model, _ = small
    texts = ["the quick fox is in the house", "fox", "house is the fox", "fox is the house"]
    together = model(texts)
    alone = torch.cat([model([text]) for text in texts])
    assert torch.allclose(together, alone, atol=1e-6) and torch.allclose(together.norm(dim=1), torch.ones(4))
    assert torch.equal(model(texts, at_once=2).argsort(0), together.argsort(0))
    assert not torch.allclose(together[2], together[3], atol=1e-3)  # the order of the words matters


def test_several_threads_give_the_same_vectors_in_the_same_places(small, monkeypatch):
    model, _ = small
    texts = ["the quick fox is in the house", "fox", "house is the fox", "fox is", "in", "the house is quick"]
    seen, states = set(), model.states

    def watched(ids, mask):
        time.sleep(0.05)  # so that no thread takes all batches
        seen.add((threading.get_ident(), torch.get_num_threads()))
        return states(ids, mask)

    monkeypatch.setattr(model, "states", watched)
    with threads(1):
        expected = model(texts, at_once=1)
    assert len(seen) == 1
    seen.clear()
    with threads(3):
        assert torch.equal(model(texts, at_once=1), expected)
        assert torch.get_num_threads() == 3  # as before
    assert len(seen) == 3 and {count for _, count in seen} == {1}  # each product is computed in one thread
    with pytest.raises(EmptyTextError):
        model([*texts, " "], at_once=1)


def test_a_text_without_tokens_and_one_that_is_too_long(small, monkeypatch):
    model, _ = small
    for encode in (model.encode, lambda text: model([text])):
        with pytest.raises(EmptyTextError, match="Type one word or more"):
            encode(" ")
    assert model([]).shape == (0, D)
    monkeypatch.setattr(encoder, "LONGEST", 9)
    short = encoder.Encoder(model.weights, model._tokeniser)
    assert len(short.encode("fox " * 500, special=True)) == 9


def test_the_published_cosines():
    """The three sentences are those at the start of the documentation of Sentence Transformers."""
    try:
        model = encoder.load()
    except data.DataError as error:
        pytest.skip(f"this needs the encoder's file: {error}")
    vectors = model(["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."])
    cosines = vectors @ vectors.T
    assert [round(float(cosines[pair]), 4) for pair in ((0, 1), (0, 2), (1, 2))] == [0.6660, 0.1046, 0.1411]
