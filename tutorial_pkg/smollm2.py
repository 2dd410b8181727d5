"""SmolLM2-135M-Instruct, a real language model, opened: its tokeniser, its table, its 30 blocks, and the text it says.

`load()` fetches the file (93 MB, once) and reads it; `SmolLM2.states` is the whole model in plain PyTorch, so that a
lookup, or anything else, can be swapped for another way to the same numbers. There is no cache of keys and values, no
sampling, no training and no chat template: each step reads the whole text anew.

Notebooks 00, 06 and 07 open it. The file holds the table in 8 bits and the matrices in 4; here all are float32. The
blocks take 426 MB of memory, the table 113 MB, and the blocks are read when they are first used.

>>> model = load()  # doctest: +SKIP
>>> model.finish("The capital of France is", 2)  # doctest: +SKIP
' Paris.'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import data, gguf

if TYPE_CHECKING:
    import torch

    Lookup = Callable[[torch.Tensor], torch.Tensor]

FILE = "smollm2/model.gguf"
# What a block consists of, by the file's names.
PARTS = ("attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down")


def load(path: str | Path | None = None) -> SmolLM2:
    """The model, from a GGUF file.

    Args:
        path: a file of your own; without it, the one that the course uses, fetched once and kept.

    Raises:
        DataError: it is not in the cache and cannot be fetched.
        GgufError: the file at `path` is no GGUF file, is damaged, or holds another model.
    """
    content = data.read(FILE) if path is None else Path(path).read_bytes()
    return SmolLM2(gguf.read(content))


class SmolLM2:
    """A model of SmolLM2's kind (Llama's blocks, one table for both ends, byte-level tokens).

    Attributes:
        table: shape (V, d), here (49,152, 576), float32: a row for each token. The model has no other output matrix.
        tokens: the V tokens as readable texts, by id. Those that are no whole character show as "�".
        blocks: for each block its matrices and norms by name (`PARTS`).
        final_norm: shape (d,): what the last state is multiplied with before it meets the table.
    """

    def __init__(self, file: gguf.Gguf) -> None:
        self._file = file
        self._check()
        self.table = file.tensor("token_embd.weight")
        self.final_norm = file.tensor("output_norm.weight")
        self.longest = file.settings["llama.context_length"]
        self._tokeniser = _tokeniser(file.settings)
        self.tokens = self._tokeniser.decode_batch([[i] for i in range(len(self.table))], skip_special_tokens=False)

    @cached_property
    def blocks(self) -> list[dict[str, torch.Tensor]]:
        count = self._file.settings["llama.block_count"]
        return [{part: self._file.tensor(f"blk.{block}.{part}.weight") for part in PARTS} for block in range(count)]

    def encode(self, text: str) -> torch.Tensor:
        """The ids of the text's tokens: int64, shape (length,). Names of special tokens in the text become those.

        The tokeniser has no token for six control characters (such as "\\x04"), nor for characters in the planes that
        Unicode leaves empty: it leaves out what it has no token for.

        Raises:
            TypeError: `text` is not a str.
        """
        import torch

        if not isinstance(text, str):
            raise TypeError(f"expected a text (str); got {text!r}, which is of type {type(text).__name__}")
        return torch.tensor(self._tokeniser.encode(text).ids, dtype=torch.int64)

    def decode(self, ids: torch.Tensor | Iterable[int]) -> str:
        """The text of these ids, special tokens by their names.

        Raises:
            IndexError: no token has that id.
        """
        ids = [int(i) for i in ids]
        for i in ids:
            if not 0 <= i < len(self.tokens):
                raise IndexError(f"expected ids from 0 to {len(self.tokens) - 1}; got {i}")
        return self._tokeniser.decode(ids, skip_special_tokens=False)

    def lookup(self, ids: torch.Tensor) -> torch.Tensor:
        """The rows of these ids: the model's first step."""
        import torch.nn.functional as F

        return F.embedding(ids, self.table)

    def states(self, ids: torch.Tensor, lookup: Lookup | None = None) -> torch.Tensor:
        """The rows that go in, and what each block makes of them.

        Args:
            ids: shape (N,), int64, N from 1 to `longest`.
            lookup: ids to rows, instead of the model's own `lookup`.

        Returns:
            Shape (blocks + 1, N, d): first the rows, last what `scores` needs for the next token.

        Raises:
            ValueError: no ids or too many, or the lookup's rows have another shape.
            IndexError: an id is not in the table.
        """
        import torch
        import torch.nn.functional as F

        self._check_ids(ids)
        settings = self._file.settings
        heads, width = settings["llama.attention.head_count"], settings["llama.rope.dimension_count"]
        shared = heads // settings["llama.attention.head_count_kv"]
        with torch.no_grad():
            x = (lookup or self.lookup)(ids)
            if x.shape != (len(ids), self.table.shape[1]):
                raise ValueError(f"expected rows of shape {(len(ids), self.table.shape[1])}; got {tuple(x.shape)}")
            # Where a token stands turns its queries and keys: pair by pair, the later and the earlier pair the further.
            speeds = settings["llama.rope.freq_base"] ** (-torch.arange(0, width, 2) / width)
            angles = torch.outer(torch.arange(len(ids)), speeds)
            turns = torch.polar(torch.ones_like(angles), angles)

            def turned(y: torch.Tensor) -> torch.Tensor:
                pairs = torch.view_as_complex(y.unflatten(-1, (-1, 2)))
                return torch.view_as_real(pairs * turns).flatten(-2)

            states = [x]
            for block in self.blocks:
                # Attention: each token gathers from those before it.
                y = self.norm(x, block["attn_norm"])
                q, k, v = (
                    F.linear(y, block[f"attn_{part}"]).unflatten(-1, (-1, width)).transpose(0, 1) for part in "qkv"
                )
                k, v = turned(k).repeat_interleave(shared, 0), v.repeat_interleave(shared, 0)
                y = F.scaled_dot_product_attention(turned(q), k, v, is_causal=True)
                x = x + F.linear(y.transpose(0, 1).flatten(1), block["attn_output"])
                # Two layers: each token by itself.
                y = self.norm(x, block["ffn_norm"])
                x = x + F.linear(
                    F.silu(F.linear(y, block["ffn_gate"])) * F.linear(y, block["ffn_up"]), block["ffn_down"]
                )
                states.append(x)
        return torch.stack(states)

    def norm(self, x: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
        """Each vector scaled to mean square 1, then multiplied with `gain`, number by number."""
        import torch.nn.functional as F

        return F.rms_norm(x, x.shape[-1:], gain, self._file.settings["llama.attention.layer_norm_rms_epsilon"])

    def scores(self, states: torch.Tensor) -> torch.Tensor:
        """States (..., d) to scores (..., V): the model's last step, the final norm and then the table once more."""
        return self.norm(states, self.final_norm) @ self.table.T

    def next_scores(self, ids: torch.Tensor, lookup: Lookup | None = None) -> torch.Tensor:
        """How well each of the V tokens would go on from these ids: logits of shape (V,). As `states` raises."""
        return self.scores(self.states(ids, lookup)[-1, -1])

    def finish(self, text: str, count: int = 8, lookup: Lookup | None = None) -> str:
        """What the model says next: `count` tokens, each time the one with the highest score, or fewer if it ends.

        Raises:
            ValueError: the text is empty, or longer than the model reads.
        """
        import torch

        ids = self.encode(text)
        start, ends = len(ids), self._file.settings.get("tokenizer.ggml.eos_token_id")
        for _ in range(count):
            best = self.next_scores(ids, lookup).argmax()
            if best == ends:
                break
            ids = torch.cat([ids, best[None]])
        return self.decode(ids[start:])

    def over_vocabulary(
        self, vector: torch.Tensor, count: int = 5, by: str = "cosine", without: Iterable[int] = ()
    ) -> list[tuple[str, float]]:
        """The tokens whose rows are nearest to a vector, nearest first, each with its score.

        Args:
            vector: shape (d,); any vector: a row, a sum of rows, a state.
            count: how many.
            by: "cosine" compares directions; "product" also favours long rows, as the model's own last step does.
            without: ids that are left out, such as the id whose neighbours are looked for.

        Raises:
            ValueError: the vector has another shape, or `by` is neither of the two.
        """
        import torch
        import torch.nn.functional as F

        if vector.shape != self.table.shape[1:]:
            raise ValueError(f"expected a vector of shape {tuple(self.table.shape[1:])}; got {tuple(vector.shape)}")
        if by not in ("cosine", "product"):
            raise ValueError(f"expected by='cosine' or by='product'; got {by!r}")
        scores = F.cosine_similarity(self.table, vector, dim=1) if by == "cosine" else self.table @ vector
        scores[torch.tensor(list(without), dtype=torch.int64)] = -torch.inf
        best = scores.topk(count)
        return [(self.tokens[i], score) for i, score in zip(best.indices.tolist(), best.values.tolist(), strict=True)]

    def _check_ids(self, ids: torch.Tensor) -> None:
        if ids.ndim != 1:
            raise ValueError(f"expected one text's ids, of shape (N,); got shape {tuple(ids.shape)}")
        if not len(ids):
            raise ValueError("expected at least one token; got none: an empty prompt has no next token")
        if len(ids) > self.longest:
            raise ValueError(f"expected at most {self.longest:,} tokens, which is what it reads; got {len(ids):,}")
        if ids.min() < 0 or ids.max() >= len(self.table):
            raise IndexError(f"expected ids from 0 to {len(self.table) - 1}; got {ids.min()} to {ids.max()}")

    def _check(self) -> None:
        """Refuse files that hold another kind of model: run as this one, they would say nonsense."""
        settings, expected = self._file.settings, "expected a file of SmolLM2"
        for name, value in (
            ("general.architecture", "llama"),
            ("tokenizer.ggml.model", "gpt2"),
            ("tokenizer.ggml.pre", "smollm"),
        ):
            if settings.get(name) != value:
                raise gguf.GgufError(f"{expected}, where {name} is {value!r}; got {settings.get(name)!r}")
        if "output.weight" in self._file.places:
            raise gguf.GgufError(f"{expected}, whose table is its output matrix too; got a second one, output.weight")
        names = ["token_embd", "output_norm"]
        names += [f"blk.{block}.{part}" for block in range(settings["llama.block_count"]) for part in PARTS]
        if missing := [name for name in names if f"{name}.weight" not in self._file.places]:
            raise gguf.GgufError(f"{expected}, with a tensor {missing[0]}.weight; got none of that name")
        rows, tokens = self._file.places["token_embd.weight"][0][0], len(settings["tokenizer.ggml.tokens"])
        if rows != tokens:
            raise gguf.GgufError(f"{expected}, with a row for each token; got {rows:,} rows and {tokens:,} tokens")


def _tokeniser(settings: dict):
    """Byte-level BPE from the file's tokens and merges; digits stand alone, as SmolLM2 was trained."""
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
