"""SmolLM2-135M-Instruct, a real language model: its tokeniser, its table, its blocks, and the text that it writes.

`load()` downloads the file (98 MB, once) and reads it. `SmolLM2.states` is the whole model in plain PyTorch, so you can
replace its lookup by another function. `continuation` and `finish` write text and keep the keys and values of earlier
tokens. There is no sampling, no training and no chat template. The model runs on one thread. Its steps are small, so on
a busy machine two threads would mostly wait for each other.

The file stores the table in 8 bits and the matrices in 4 bits per number. Here all numbers are float32: the table takes
113 MB of memory. The blocks are read at their first use and take 426 MB.

>>> load().finish("The capital of France is", 2)  # doctest: +SKIP
' Paris.'
"""

import math
import operator
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain

import torch
import torch.nn.functional as F

from . import data, gguf
from .timing import threads
from .tokens import EmptyTextError
from .words import short

Lookup = Callable[[torch.Tensor], torch.Tensor]

FILE = "smollm2/model.gguf"
# The parts of a block, by the file's names.
PARTS = ("attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down")


class SmolLM2:
    """A model of SmolLM2's kind: Llama's blocks, the same table at the input and at the output, byte-level tokens.

    A GGUF file with a different kind of model raises a GgufError.

    Attributes:
        table: shape (V, d), here (49,152, 576), float32: a row for each token, at the input and at the output.
        tokeniser: the `tokenizers.Tokenizer` that `encode` and `decode` use.
        tokens: the V tokens as readable texts, by id. A token that is only a part of a character is "�" here.
        blocks: for each block, its matrices and norms by name (`PARTS`).
        final_norm: shape (d,). The last state is multiplied by it before the product with the table.
        longest: the largest number of tokens that the model reads.
    """

    def __init__(self, file: gguf.Gguf) -> None:
        _check(file)
        self._file = file
        self.table = file.tensor("token_embd.weight")
        self.final_norm = file.tensor("output_norm.weight")
        self.longest = file.settings["llama.context_length"]
        self.tokeniser = _tokeniser(file.settings)
        self.tokens = self.tokeniser.decode_batch([[i] for i in range(len(self.table))], skip_special_tokens=False)

    @cached_property
    @threads(1)
    def blocks(self) -> list[dict[str, torch.Tensor]]:
        count = self._file.settings["llama.block_count"]
        return [{part: self._file.tensor(f"blk.{block}.{part}.weight") for part in PARTS} for block in range(count)]

    def encode(self, text: str) -> torch.Tensor:
        """The ids of the text's tokens: int64, shape (length,). The name of a special token becomes one id.

        Characters that do not have a token are left out: six control characters (such as "\\x04"), and characters
        that Unicode does not use yet.

        Raises:
            TypeError: `text` is not a str.
            ValueError: the text contains half a character (a surrogate), which UTF-8 cannot store.
        """
        if not isinstance(text, str):
            raise TypeError(f"expected a text (str); got {text!r}, which is of type {type(text).__name__}")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            half = text[error.start]
            raise ValueError(f"expected whole characters; got half of one, {half!r}, at {error.start}") from None
        return torch.tensor(self.tokeniser.encode(text).ids, dtype=torch.int64)

    def decode(self, ids: torch.Tensor | Iterable[int]) -> str:
        """The text of these ids, with the names of special tokens. Ids must be integers from 0 to V - 1."""
        return self.tokeniser.decode(self._known(ids), skip_special_tokens=False)

    def lookup(self, ids: torch.Tensor) -> torch.Tensor:
        """The rows of these ids. This is the model's first step."""
        return F.embedding(ids, self.table)

    @threads(1)
    def states(self, ids: torch.Tensor, lookup: Lookup | None = None, kept: list | None = None) -> torch.Tensor:
        """The rows at the input, and the states after each block.

        Args:
            ids: shape (N,) or (B, N) for B texts of equal length, int64, N from 1 to `longest`.
            lookup: a function from ids to rows, in place of the model's own `lookup`.
            kept: a list with the keys and values of earlier tokens for each block (None at the start). This method adds
                the keys and values of `ids` to the list.

        Returns:
            Shape (blocks + 1, N, d) or (blocks + 1, B, N, d): first the rows, last the states that `scores` needs.

        Raises:
            EmptyTextError: there are no ids.
            ValueError: there are too many ids, or the lookup's rows have a different shape.
            IndexError: an id is not in the table.
            TypeError: `ids` is not a tensor of integers.
        """
        kept = [None] * len(self.blocks) if kept is None else kept
        before = kept[0][0].shape[-2] if kept[0] else 0
        self._check_ids(ids, before)
        with torch.no_grad():
            x = (lookup or self.lookup)(ids)
            expected = (*ids.shape, self.table.shape[1])
            if x.shape != expected:
                raise ValueError(f"expected rows of shape {expected}; got {tuple(x.shape)}")
            # Queries and keys are rotated, pair by pair. The angle grows with the token's position: fast in the first
            # pair, slowly in the last pair.
            width, base = (self._file.settings[f"llama.rope.{name}"] for name in ("dimension_count", "freq_base"))
            speeds = base ** (-torch.arange(0, width, 2) / width)
            angles = torch.outer(torch.arange(before, before + ids.shape[-1]), speeds)
            turns = torch.polar(torch.ones_like(angles), angles)
            states = [x]
            for number, block in enumerate(self.blocks):
                x, kept[number] = self._block(x, block, turns, kept[number])
                states.append(x)
        return torch.stack(states)

    def _block(self, x: torch.Tensor, block: dict, turns: torch.Tensor, before: tuple | None) -> tuple:
        """One block: new states for the states x of shape (..., N, d), and all keys and values so far."""

        def turned(y: torch.Tensor) -> torch.Tensor:
            pairs = torch.view_as_complex(y.unflatten(-1, (-1, 2)))
            return torch.view_as_real(pairs * turns).flatten(-2)

        # Attention: each token takes values from the tokens before it and from itself.
        y = self.norm(x, block["attn_norm"])
        width = self._file.settings["llama.rope.dimension_count"]
        q, k, v = (F.linear(y, block[f"attn_{part}"]).unflatten(-1, (-1, width)).transpose(-3, -2) for part in "qkv")
        kept = turned(k), v
        if before:
            kept = tuple(torch.cat(pair, -2) for pair in zip(before, kept, strict=True))
        k, v = (each.repeat_interleave(q.shape[-3] // each.shape[-3], -3) for each in kept)  # three queries share a key
        y = F.scaled_dot_product_attention(turned(q), k, v, is_causal=not before)
        x = x + F.linear(y.transpose(-3, -2).flatten(-2), block["attn_output"])
        # Two layers, for each token separately.
        y = self.norm(x, block["ffn_norm"])
        y = F.silu(F.linear(y, block["ffn_gate"])) * F.linear(y, block["ffn_up"])
        return x + F.linear(y, block["ffn_down"]), kept

    def norm(self, x: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
        """Divide each vector so that the mean of its squares is 1. Then multiply it by `gain`, number by number."""
        return F.rms_norm(x, x.shape[-1:], gain, self._file.settings["llama.attention.layer_norm_rms_epsilon"])

    @threads(1)
    def scores(self, states: torch.Tensor) -> torch.Tensor:
        """The model's last step, from states (..., d) to scores (..., V): the final norm, then times the table."""
        return self.norm(states, self.final_norm) @ self.table.T

    def next_scores(self, ids: torch.Tensor, lookup: Lookup | None = None) -> torch.Tensor:
        """A score (a logit) for each token as the next token: shape (V,). It raises the same errors as `states`."""
        return self.scores(self.states(ids, lookup)[-1, -1])

    def continuation(self, text: str, count: int = 8) -> Iterator[str]:
        """The text that the model writes next, piece by piece. A piece is a token, or all tokens of one character.

        The model takes the token with the highest score, and repeats this `count` times. It can stop earlier: at the
        end of its answer, or after `longest` tokens.

        Raises:
            EmptyTextError, ValueError: the text is empty, or longer than the model reads.
        """
        ids = new = self.encode(text)
        end = self._file.settings.get("tokenizer.ggml.eos_token_id")
        kept, said, shown = [None] * len(self.blocks), [], ""
        self._check_ids(ids)
        for _ in range(min(count, self.longest - len(ids) + 1)):
            new = self.scores(self.states(new, kept=kept)[-1, -1]).argmax()[None]
            if new == end:
                break
            said.append(int(new))
            whole = self.decode(said)
            if not whole.endswith("\ufffd"):  # this sign means that a character is not complete yet
                yield whole[len(shown) :]
                shown = whole
        if rest := self.decode(said)[len(shown) :]:
            yield rest

    def finish(self, text: str, count: int = 8) -> str:
        """The whole text that the model writes next. Its arguments and errors are the same as for `continuation`."""
        return "".join(self.continuation(text, count))

    def over_vocabulary(
        self, vector: torch.Tensor, count: int = 5, without: Iterable[int] = ()
    ) -> list[tuple[str, float]]:
        """The tokens whose rows have the largest cosines with a vector, the largest first, each with its cosine.

        Args:
            vector: any finite vector of shape (d,): a row, a sum of rows, a state.
            count: the number of tokens.
            without: ids that are left out, such as the id of the row itself.

        Raises:
            ValueError: the vector has a different shape or is not finite.
            IndexError, TypeError: an id in `without` is not in the table, or not an integer.
        """
        if vector.shape != self.table.shape[1:]:
            raise ValueError(f"expected a vector of shape {tuple(self.table.shape[1:])}; got {tuple(vector.shape)}")
        if not vector.isfinite().all():
            raise ValueError("expected a vector of finite numbers; got nan or inf (the mean of no rows is nan)")
        scores = F.cosine_similarity(self.table, vector, dim=1)
        scores[self._known(without)] = -torch.inf
        best = scores.topk(count)
        return [(self.tokens[i], score) for i, score in zip(best.indices.tolist(), best.values.tolist(), strict=True)]

    def _known(self, ids: Iterable[int]) -> list[int]:
        """These ids as a list. Each must be an integer, and the id of a token."""
        ids = [operator.index(i) for i in (ids.tolist() if hasattr(ids, "tolist") else ids)]
        if outside := [i for i in ids if not 0 <= i < len(self.table)]:
            raise IndexError(f"expected ids from 0 to {len(self.table) - 1}; got {outside[0]}")
        return ids

    def _check_ids(self, ids: torch.Tensor, before: int = 0) -> None:
        kind = ids.dtype if isinstance(ids, torch.Tensor) else type(ids).__name__
        if kind not in (torch.int64, torch.int32):
            raise TypeError(f"expected ids in a tensor of integers (int64); got {kind}")
        if ids.ndim not in (1, 2):
            raise ValueError(f"expected ids of shape (N,) or (B, N); got shape {tuple(ids.shape)}")
        if not ids.numel():
            raise EmptyTextError(
                "The text is empty, so nothing changes. Type one character or more, for example: Quick fox"
            )
        if before + ids.shape[-1] > self.longest:
            raise ValueError(f"expected at most {self.longest:,} tokens, the model's limit; got {ids.shape[-1]:,}")
        if ids.min() < 0 or ids.max() >= len(self.table):
            raise IndexError(f"expected ids from 0 to {len(self.table) - 1}; got {ids.min()} to {ids.max()}")


def load() -> SmolLM2:
    """The model. If its file is not in the cache and cannot be downloaded, a DataError is raised."""
    return SmolLM2(gguf.read(data.read(FILE)))


SIZES = ("block_count", "context_length", "embedding_length", "feed_forward_length")
SIZES += ("attention.head_count", "attention.head_count_kv", "rope.dimension_count")
RATES = ("rope.freq_base", "attention.layer_norm_rms_epsilon")
# Settings that only describe the file, or that name tokens that this module never adds.
IGNORED = ("general.", "tokenizer.chat_template", "tokenizer.ggml.bos_", "tokenizer.ggml.unk", "tokenizer.ggml.pad")


def _require(good: bool, what: str, got: object) -> None:
    if not good:
        raise gguf.GgufError(f"expected a file of SmolLM2, {what}; got {short(got)}")


def _check(file: gguf.Gguf) -> None:
    """Refuse a file if this module would ignore a part of it, such as a bias."""
    settings, left = file.settings, dict(file.places)
    names = [f"tokenizer.ggml.{name}" for name in ("tokens", "token_type", "merges", "eos_token_id")]
    tokens, kinds, merges, end = map(settings.get, names)
    rows = len(tokens) if type(tokens) is list else 0
    allowed = {
        "general.architecture": ["llama"],
        "tokenizer.ggml.model": ["gpt2"],
        "tokenizer.ggml.pre": ["smollm"],
        "tokenizer.ggml.add_bos_token": [False, None],
        "tokenizer.ggml.add_space_prefix": [False, None],
        "llama.vocab_size": [rows, None],
    }
    for name, values in allowed.items():
        _require(settings.get(name) in values, f"where {name} is {values[0]!r}", settings.get(name))
    there = {*tokens} - {""} if rows else {}
    _require(0 < rows == len(there), "with tokens that all differ", tokens)
    _require(end is None or (type(end) is int and 0 <= end < rows), "whose end token is one of its tokens", end)
    good = type(kinds) is array and len(kinds) == rows and {*kinds} <= {1, 3}
    _require(good, "where each token is of type 1 or 3", kinds)
    for merge in merges if type(merges) is list else [""]:
        good = merge.count(" ") == 1 and there.issuperset([*merge.split(" "), merge.replace(" ", "")])
        _require(good, "where each merge joins two tokens into a third token", merge)
    for name in SIZES + RATES:
        value, kind = settings.get(f"llama.{name}"), float if name in RATES else int
        good = type(value) is kind and 0 < value < math.inf
        _require(good, f"where llama.{name} is above 0 and of type {kind.__name__}", value)
    known = {*names, *allowed, *(f"llama.{name}" for name in SIZES + RATES)}
    other = [name for name in settings if name not in known and not name.startswith(IGNORED)]
    _require(not other, "with settings that are known here", other)

    blocks, _, d, hidden, heads, keys, width = (settings[f"llama.{name}"] for name in SIZES)
    _require(heads % keys == width % 2 == 0, "where heads share keys evenly", (heads, keys, width))
    shapes = [(d,), (heads * width, d), (keys * width, d), (keys * width, d), (d, heads * width)]
    shapes += [(d,), (hidden, d), (hidden, d), (d, hidden)]
    # A generator, because a damaged file may say that it has billions of blocks
    parts = ((f"blk.{n}.{part}", shape) for n in range(blocks) for part, shape in zip(PARTS, shapes, strict=True))
    for name, shape in chain([("token_embd", (rows, d)), ("output_norm", (d,))], parts):
        got, *_ = left.pop(f"{name}.weight", (None,))
        _require(got == shape, f"with a tensor {name}.weight of shape {shape}", got)
    _require(not left, "without other tensors", [*left])


def _tokeniser(settings: dict):
    """Byte-level BPE with the file's tokens and merges. Each digit is a token, as in SmolLM2's training."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    tokens, kinds = settings["tokenizer.ggml.tokens"], settings["tokenizer.ggml.token_type"]
    merges = [tuple(merge.split(" ")) for merge in settings["tokenizer.ggml.merges"]]
    tokeniser = Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, merges))
    tokeniser.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokeniser.decoder = decoders.ByteLevel()
    special = [token for token, kind in zip(tokens, kinds, strict=True) if kind == 3]
    tokeniser.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    return tokeniser
