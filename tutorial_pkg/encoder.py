"""all-MiniLM-L6-v2, a small text encoder: a model that returns one vector of length 1 for a whole text.

Its file has the safetensors format: 8 bytes with the length of a header, then the header in JSON, then the numbers. So
reading the file does not run code. The model is a BERT with six blocks, here in plain PyTorch. Notebook 09 uses it.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import tokenizers
import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence

from tutorial_pkg.data import DataError, read
from tutorial_pkg.kernel import watched
from tutorial_pkg.timing import threads
from tutorial_pkg.tokens import EmptyTextError

DTYPES = {"F32": torch.float32, "I64": torch.int64}
HEADS, EPSILON = 12, 1e-12
LONGEST = 256  # tokens: the model reads only the start of a longer text


def safetensors(content: bytes) -> dict[str, torch.Tensor]:
    """The tensors of a file in the safetensors format, by name.

    Raises:
        ValueError: the content is not such a file. The message says what is wrong.
    """
    length = int.from_bytes(content[:8], "little")
    if not 2 <= length <= len(content) - 8:
        raise ValueError(f"expected a header of 2 to {len(content) - 8} bytes; the file says {length}")
    try:
        entries = json.loads(content[8 : 8 + length])
        entries.pop("__metadata__", None)
        parts = {name: (DTYPES[one["dtype"]], one["shape"], *one["data_offsets"]) for name, one in entries.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"the header cannot be read: {type(error).__name__}: {error}") from None
    numbers, tensors = bytearray(content[8 + length :]), {}  # torch would warn that it cannot write to bytes
    for name, (dtype, shape, start, end) in parts.items():
        count = torch.Size(shape).numel()
        if not 0 <= start < end <= len(numbers) or end - start != count * dtype.itemsize or start % dtype.itemsize:
            raise ValueError(f"{name}: bytes {start} to {end} cannot be {count} numbers of type {dtype}")
        tensors[name] = torch.frombuffer(numbers, dtype=dtype, count=count, offset=start).view(shape)
    return tensors


class Encoder:
    """A text encoder. `table` has the rows of all tokens, shape (V, d), and `tokens` has the tokens by id."""

    def __init__(self, weights: dict[str, torch.Tensor], tokeniser: tokenizers.Tokenizer) -> None:
        self.weights, self._tokeniser = weights, tokeniser
        tokeniser.no_padding()
        tokeniser.enable_truncation(LONGEST)
        self.table = weights["embeddings.word_embeddings.weight"]
        self.tokens = [tokeniser.id_to_token(i) for i in range(len(self.table))]
        self._blocks = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))

    def encode(self, text: str, special: bool = False) -> torch.Tensor:
        """The ids of a text's tokens, shape (N,). With `special`, [CLS] is before them and [SEP] is after them.

        Raises:
            EmptyTextError: the text has no tokens.
        """
        ids = self._tokeniser.encode(text, add_special_tokens=special).ids
        if len(ids) == 2 * special:
            raise EmptyTextError("The text is empty. Type one word or more, for example: Quick fox")
        return torch.tensor(ids, dtype=torch.int64)

    def batch(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids with special tokens, padded to the longest text, and a mask with 1 for each real token: both (B, N)."""
        ids = [self.encode(text, special=True) for text in texts]
        mask = [torch.ones(len(some)) for some in ids]
        return pad_sequence(ids, batch_first=True), pad_sequence(mask, batch_first=True)

    @torch.no_grad()
    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The states after the last block, shape (B, N, d): a state for each token, with the whole text as context."""

        def linear(name: str, x: torch.Tensor) -> torch.Tensor:
            return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

        def norm(name: str, x: torch.Tensor) -> torch.Tensor:
            return F.layer_norm(x, x.shape[-1:], self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], EPSILON)

        def by_head(x: torch.Tensor) -> torch.Tensor:
            return x.view(*x.shape[:2], HEADS, -1).transpose(1, 2)

        positions = self.weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]  # kind 1 is for the second text of a pair
        x = norm("embeddings.LayerNorm", F.embedding(ids, self.table) + positions + kind)
        real = mask.bool()[:, None, None, :]  # attention leaves out the padding
        for number in range(self._blocks):
            block = f"encoder.layer.{number}"
            parts = [by_head(linear(f"{block}.attention.self.{part}", x)) for part in ("query", "key", "value")]
            mixed = F.scaled_dot_product_attention(*parts, attn_mask=real).transpose(1, 2).flatten(2)
            x = norm(f"{block}.attention.output.LayerNorm", x + linear(f"{block}.attention.output.dense", mixed))
            wide = F.gelu(linear(f"{block}.intermediate.dense", x))
            x = norm(f"{block}.output.LayerNorm", x + linear(f"{block}.output.dense", wide))
        return x

    def __call__(self, texts: Sequence[str], at_once: int = 32) -> torch.Tensor:
        """A vector for each text, shape (len(texts), d): the mean of the text's states, divided by its norm."""
        # Texts of similar length are encoded together, so they need little padding.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found = torch.empty(len(texts), self.table.shape[1])
        batches = [order[start : start + at_once] for start in range(0, len(order), at_once)]

        def vectors(some: list[int]) -> torch.Tensor:
            ids, mask = self.batch([texts[at] for at in some])
            total = (self.states(ids, mask) * mask[..., None]).sum(1)
            return F.normalize(total / mask.sum(1, keepdim=True), dim=1)

        # Each thread encodes whole batches. If all threads shared each product, they would wait for each other.
        pool = ThreadPoolExecutor(torch.get_num_threads())
        with threads(1), pool:
            progress, done = len(texts) > 4 * at_once and watched(), 0
            for some, encoded in zip(batches, pool.map(vectors, batches), strict=True):
                found[some] = encoded
                done += len(some)
                if progress:
                    print(f"\r{done} of {len(texts)} texts", end="", flush=True)
        if progress:
            print(f"\r{' ' * 40}\r", end="", flush=True)
        return found


def load() -> Encoder:
    """all-MiniLM-L6-v2. If its file (91 MB) is not in the cache and cannot be downloaded, a DataError is raised.

    >>> load()(["How are you?"]).shape  # doctest: +SKIP
    torch.Size([1, 384])
    """
    text = read("minilm/tokenizer.json").decode()
    try:
        tokeniser = tokenizers.Tokenizer.from_str(text)
    except Exception as error:  # this version of tokenizers is too old or too new for the file
        raise DataError(f"tokenizers {tokenizers.__version__} cannot read minilm/tokenizer.json: {error}") from error
    return Encoder(safetensors(read("minilm/model.safetensors")), tokeniser)
