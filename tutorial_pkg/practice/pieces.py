"""The three pieces of practice, `Recall`, `Prediction` and `Exercise`, and the ideas that their feedback names.

A piece is written once, in the module that has its notebook's name (`tutorial_pkg/practice/embedding_lookup.py` for
`02_embedding_lookup`). Its cells in the notebook are made from it, and `tests/test_practice.py` refuses one that is
incomplete.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

# What is true where a common wrong idea is held. The numbers are those used in `Option`, `Slip` and `Wrong`.
IDEAS = {
    1: "an embedding layer is a linear layer without bias, fed with one-hot vectors",
    2: "the table has one row for each token of the vocabulary, whatever ids this sample happens to hold",
    3: "the table has num_embeddings rows (the vocabulary) and embedding_dim columns (the dimension), in that order",
    4: "nn.Linear stores its weight as (out_features, in_features): the transpose of the table",
    5: "an id is a name, not a quantity: its size and order mean nothing",
    6: "which rows move depends on the optimiser, and on the rows used before, not on what the rows hold",
    7: "padding_idx is filled with zeros when the layer makes its own table, and gets no gradient; nothing else",
    8: "ids may have any shape, and the output's shape is ids.shape + (embedding_dim,)",
    9: "text is cut into tokens, which need not be words; ids come next, and rows last",
    10: "a fresh table is random: closeness means nothing before training",
    11: "ids count from 0, so row 0 exists and the last row is num_embeddings - 1",
    12: "Python lets you set a misspelt attribute; only requires_grad (or requires_grad_()) freezes a weight",
    13: "cosine similarity lies between -1 and 1",
    14: "a transpose is a view: it shares its storage with the table",
    15: "the linear layer that equals an embedding has no bias; with one, every row is off by exactly that bias",
}


@dataclass(frozen=True)
class Option:
    """One option of a `Recall`: text, feedback for choosing it, and the idea (a key of `IDEAS`) that it gets wrong."""

    text: str
    feedback: str
    idea: int | None = None


@dataclass(frozen=True)
class Recall:
    """A quick question on an earlier notebook, with feedback for each option.

    `options` maps a letter to an `Option`; `right` is the letter of the right one.
    """

    name: str
    notebook: str
    ask: str
    options: dict[str, Option]
    right: str

    def cells(self) -> list[tuple[str, str, str]]:
        """The piece's notebook cells, each as (cell id, cell type, source)."""
        listed = "\n".join(f"- **{letter}**  {option.text}" for letter, option in self.options.items())
        letters = [f'"{letter}"' for letter in self.options]
        form = ", ".join(letters[:-1]) + " or " + letters[-1]
        return [
            (f"{self.name}-ask", "markdown", f"**Recall.** {self.ask.strip()}\n\n{listed}"),
            (self.name, "code", f'answer("{self.name}", ...)  # {form}'),
        ]


@dataclass(frozen=True)
class Slip:
    """A wrong prediction that gives a wrong idea away: the value predicted, what to say, and the idea's number."""

    value: Any
    says: str
    idea: int | None = None


@dataclass(frozen=True)
class Prediction:
    """Something to commit to before the next cell runs.

    `form` shows what kind of value is asked for, by example: a shape such as `(2, 3)`, a number such as `7`, an error's
    name such as `"ValueError"`, or a choice, given as a tuple of strings such as `("same", "different")`. `why` is the
    one sentence that explains the result; `slips` are wrong predictions that deserve a sentence of their own.
    """

    name: str
    notebook: str
    ask: str
    form: Any
    why: str
    slips: Sequence[Slip] = ()

    @property
    def is_choice(self) -> bool:
        return isinstance(self.form, tuple) and all(isinstance(word, str) for word in self.form)

    def wanted(self) -> str:
        """The form in words, such as `a shape such as (2, 3)`."""
        if self.is_choice:
            return " or ".join(f'"{word}"' for word in self.form)
        if isinstance(self.form, tuple):
            return f"a shape such as {self.form}"
        if isinstance(self.form, str):
            return f'a name such as "{self.form}"'
        if isinstance(self.form, list):
            return f"a list such as {self.form}"
        return f"a number such as {self.form}"

    def cells(self) -> list[tuple[str, str, str]]:
        """The piece's notebook cells, each as (cell id, cell type, source)."""
        return [
            (f"{self.name}-ask", "markdown", f"**Predict.** {self.ask.strip()}"),
            (self.name, "code", f'predict("{self.name}", ...)  # {self.wanted()}'),
        ]


@dataclass(frozen=True)
class Wrong:
    """A named wrong answer to an exercise: its code, the message it must get, and the idea's number.

    The checker gives `says` to every answer whose results are this code's results. With `caught_by_rule` the message
    is one that every exercise has (it changes its input, drops the gradient, works on the example only, raises, ...);
    then `says` is a part of that message.
    """

    code: str
    says: str
    idea: int | None = None
    caught_by_rule: bool = False


class Finding(str):
    """What an exercise's `view` says of an answer that is not as asked, in words that follow "What came back is"."""


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise on one function or value, called `name` in the learner's cell.

    Attributes:
        name: the function or value that the learner defines; also the cell's id.
        notebook: file name without ending, such as `"02_embedding_lookup"`.
        task: the statement, in Markdown, beginning with a heading.
        stub: the learner's cell before they start.
        solution: the same cell, solved and explained in comments where that helps.
        means: one sentence that a right answer gets: what it now means.
        hints: one or more, from gentle to nearly there.
        cases: makes the arguments that the function is tried with: a list of tuples, the statement's example first,
            then other sizes. Random numbers in it are seeded. None for an exercise on a value. Where a tensor among
            them has `requires_grad`, the answer's gradient must be the solution's too.
        right: other ways to write it, by name, which must be accepted.
        wrong: wrong answers by name, each with the message it must get.
        given: code that the cell relies on (the notebook's own earlier cells), run before stub, solution, right, wrong.
        view: turns what the answer returned into what is compared, called as `view(result, *arguments)`: needed where
            the result is not made of numbers and text (a layer, an optimiser). Where the answer is not what was asked
            for, it may return a `Finding`, which the learner is told.
        seconds: how long one check may run.
        worked: it stands solved in its cell, to be read, run and varied; it needs no stub.
    """

    name: str
    notebook: str
    task: str
    stub: str = ""
    solution: str
    means: str
    hints: Sequence[str]
    right: dict[str, str]
    wrong: dict[str, Wrong]
    cases: Callable[[], list[tuple]] | None = None
    given: str = ""
    view: Callable[..., Any] | None = None
    seconds: float = 5.0
    worked: bool = False

    def cells(self) -> list[tuple[str, str, str]]:
        """The piece's notebook cells, each as (cell id, cell type, source)."""
        help_line = "" if self.worked else f'  # stuck? hint("{self.name}"), and at the end solution("{self.name}")'
        code = (self.solution if self.worked else self.stub).strip("\n")
        gap = "\n\n\n" if code.lstrip().startswith("def ") or "\ndef " in code else "\n\n"
        return [
            (f"{self.name}-task", "markdown", self.task.strip()),
            (self.name, "code", f'{code}{gap}check("{self.name}", {self.name}){help_line}'),
        ]


# Notebook -> the module here that holds its pieces.
NOTEBOOKS = {
    "01_token_ids": "token_ids",
    "02_embedding_lookup": "embedding_lookup",
    "03_one_hot_and_linear": "one_hot_and_linear",
    "04_why_lookup_wins": "why_lookup_wins",
    "05_learning_vectors": "learning_vectors",
}

Piece = Recall | Prediction | Exercise


def pieces(notebook: str) -> list[Piece]:
    """All pieces of a notebook (file name without ending), in the order in which its module lists them.

    Raises:
        KeyError: there is no practice for that notebook; the message lists those there are.

    >>> [piece.name for piece in pieces("02_embedding_lookup")][:1]
    ['recall_id_order']
    """
    if notebook not in NOTEBOOKS:
        raise KeyError(f"no practice for {notebook!r}; there is some for {', '.join(NOTEBOOKS)}")
    return importlib.import_module(f"{__package__}.{NOTEBOOKS[notebook]}").PIECES


def find(name: str, kind: type | None = None) -> Piece:
    """The piece with that name, of that kind if one is given.

    Raises:
        KeyError: no such piece; the message lists the names there are.
    """
    every = {piece.name: piece for notebook in NOTEBOOKS for piece in pieces(notebook)}
    known = sorted(known for known, piece in every.items() if kind is None or isinstance(piece, kind))
    if name not in known:
        what = kind.__name__.lower() if kind else "piece"
        if name in every:
            raise KeyError(f"{name!r} is no {what} but of another kind: {type(every[name]).__name__.lower()}")
        raise KeyError(f"there is no {what} called {name!r}; there are {', '.join(known)}")
    return every[name]
