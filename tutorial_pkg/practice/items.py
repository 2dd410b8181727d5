"""The three pieces of practice, `Recall`, `Prediction` and `Exercise`, and where they are found.

A notebook's practice is in the folder that has its name without the number (`embedding_lookup/` for
`02_embedding_lookup`): the questions in `questions.py`, and one file for each exercise, named as the function that the
learner defines. The cells in the notebook are made from them.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

# What is true where a common wrong idea is held. The numbers are those used in `Option`, `Slip` and `@wrong`.
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
    11: "ids count from 0, so there is a row 0, and the last id is one less than the number of rows",
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
    ask: str
    options: dict[str, Option]
    right: str

    @property
    def title(self) -> str:
        return _question(self.ask)

    def cells(self) -> list[tuple[str, str, str]]:
        """The piece's notebook cells, each as (cell id, cell type, source)."""
        listed = _listed({letter: option.text for letter, option in self.options.items()})
        return [
            (f"{self.name}-ask", "markdown", f"**Recall.** {self.ask.strip()}\n\n{listed}"),
            (self.name, "code", f'answer("{self.name}", ...)  # {_one_of(self.options)}'),
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
    name such as `"ValueError"`, or a choice, given as a tuple of strings such as `("same", "different")`, which the
    learner answers with a letter. `why` is the one sentence that explains the result; `slips` are wrong predictions
    that deserve a sentence of their own (of a choice, the option's words).
    """

    name: str
    ask: str
    form: Any
    why: str
    slips: Sequence[Slip] = ()

    @property
    def title(self) -> str:
        return _question(self.ask)

    @property
    def is_choice(self) -> bool:
        return isinstance(self.form, tuple) and all(isinstance(word, str) for word in self.form)

    @property
    def options(self) -> dict[str, str]:
        """A choice's options by their letters, as the cell lists them; of other predictions, none."""
        return dict(zip("abcdefgh", self.form, strict=False)) if self.is_choice else {}

    def wanted(self) -> str:
        """The form in words, such as `a shape such as (2, 3)`."""
        if self.is_choice:
            return _one_of(self.options)
        if isinstance(self.form, tuple):
            return f"a shape such as {self.form}"
        if isinstance(self.form, str):
            return f'a name such as "{self.form}"'
        if isinstance(self.form, list):
            return f"a list such as {self.form}"
        return f"a number such as {self.form}"

    def cells(self) -> list[tuple[str, str, str]]:
        """The piece's notebook cells, each as (cell id, cell type, source)."""
        listed = "\n\n" + _listed(self.options) if self.is_choice else ""
        return [
            (f"{self.name}-ask", "markdown", f"**Predict.** {self.ask.strip()}{listed}"),
            (self.name, "code", f'predict("{self.name}", ...)  # {self.wanted()}'),
        ]


def _listed(options: dict[str, str]) -> str:
    return "\n".join(f"- **{letter}**  {text}" for letter, text in options.items())


def _question(ask: str) -> str:
    """What is asked, without what leads up to it: the last sentence."""
    last = re.split(r"(?<=[.?!:])\s+", ask.strip())[-1]
    return textwrap.shorten(last[0].upper() + last[1:], 100, placeholder=" ...")


def _one_of(letters: Iterable[str]) -> str:
    """The letters in a line, such as `"a", "b" or "c"`."""
    *most, last = (f'"{letter}"' for letter in letters)
    return f"{', '.join(most)} or {last}"


class Finding(str):
    """What an exercise's `view` says of an answer that is not as asked, in words that follow "Got"."""


def wrong(idea: int | None = None) -> Callable[[Callable], Callable]:
    """Mark a function of an exercise's file as a named wrong answer.

    Its docstring is the message for every answer that gives what this function gives, and `idea` the wrong idea behind
    it, a key of `IDEAS`.
    """

    def mark(function: Callable) -> Callable:
        function.wrong = Wrong(function, " ".join(function.__doc__.split()), idea)
        return function

    return mark


@dataclass(frozen=True)
class Wrong:
    """A named wrong answer to an exercise: the function, the message it must get, and the idea's number."""

    function: Callable
    says: str
    idea: int | None = None


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise on one function, called `name` in the learner's cell.

    Attributes:
        name: the function that the learner defines; also the cell's id.
        task: the statement, in Markdown, beginning with a heading.
        solution: one way to write it.
        means: one sentence that a right answer gets: what it now means.
        hints: one or more, from gentle to nearly there.
        cases: makes the arguments that the function is tried with: a list of tuples, the statement's example first,
            then other sizes. Random numbers in it are seeded. Where a tensor among them has `requires_grad`, the
            answer's gradient must be the solution's too.
        stub: the learner's function before they start. None for a worked exercise: its cell shows the solution, to be
            read, run and varied.
        wrong: named wrong answers.
        view: turns what the answer returned into what is compared, called as `view(result, *arguments)`: needed where
            the result is not made of numbers and text (a layer, an optimiser). Where the answer is not what was asked
            for, it may return a `Finding`, which the learner is told.
        examples: how many of the cases, the first ones, stand in the statement.
        seconds: how long one check may run.
        itself: the name of the notebook's own function that does what is asked, which an answer is not to call.
    """

    name: str
    task: str
    solution: Callable
    means: str
    hints: Sequence[str]
    cases: Callable[[], list[tuple]]
    stub: Callable | None = None
    wrong: Sequence[Wrong] = ()
    view: Callable[..., Any] | None = None
    examples: int = 1
    seconds: float = 5.0
    itself: str | None = None

    @property
    def worked(self) -> bool:
        return self.stub is None

    @property
    def title(self) -> str:
        """The task's heading."""
        return self.task.strip().splitlines()[0].lstrip("# ")

    def source(self, function: Callable) -> str:
        """The code of `stub` or `solution` as it stands in its file, under the name that the learner gives it."""
        return re.sub(rf"\b{function.__name__}\(", f"{self.name}(", inspect.getsource(function).strip())

    def cells(self) -> list[tuple[str, str, str]]:
        """The piece's notebook cells, each as (cell id, cell type, source)."""
        help_line = "" if self.worked else f'  # stuck? hint("{self.name}"), and at the end solution("{self.name}")'
        code = self.source(self.solution if self.worked else self.stub)
        return [
            (f"{self.name}-task", "markdown", self.task.strip()),
            (self.name, "code", f'{code}\n\n\ncheck("{self.name}", {self.name}){help_line}'),
        ]


NOTEBOOKS = (
    "00_in_ten_minutes",
    "01_token_ids",
    "02_embedding_lookup",
    "03_one_hot_and_linear",
    "04_why_lookup_wins",
    "05_learning_vectors",
    "06_a_real_table",
    "07_into_a_language_model",
    "08_past_one_machine",
)

Piece = Recall | Prediction | Exercise


def pieces(notebook: str) -> list[Piece]:
    """All pieces of a notebook (file name without ending): questions as they are listed, then exercises by number.

    Raises:
        KeyError: there is no practice for that notebook; the message lists those there are.

    >>> [piece.name for piece in pieces("02_embedding_lookup")][:1]
    ['recall_id_order']
    """
    if notebook not in NOTEBOOKS:
        raise KeyError(f"no practice for {notebook!r}; there is some for {', '.join(NOTEBOOKS)}")
    exercises = [_exercise(_module(notebook, name)) for name in _exercise_names(notebook)]
    return [*_questions(notebook), *sorted(exercises, key=_number)]


def find(name: str, kind: type | None = None) -> Piece:
    """The piece with that name, of that kind if one is given. Of the exercises, only the one asked for is loaded.

    Raises:
        KeyError: no such piece; the message lists the names there are.
    """
    kinds = {}
    for notebook in NOTEBOOKS:
        if name in _exercise_names(notebook) and kind in (Exercise, None):
            return _exercise(_module(notebook, name))
        kinds |= dict.fromkeys(_exercise_names(notebook), Exercise)
        for question in _questions(notebook):
            if question.name == name and kind in (type(question), None):
                return question
            kinds[question.name] = type(question)
    if isinstance(name, str) and name in kinds:
        raise KeyError(f"{name!r} is no {kind.__name__.lower()} but of another kind: {kinds[name].__name__.lower()}")
    known = sorted(known for known, its_kind in kinds.items() if kind in (its_kind, None))
    what = kind.__name__.lower() if kind else "piece"
    near = difflib.get_close_matches(str(name)[:100], known, n=1)
    rest = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}"
    raise KeyError(f'there is no {what} called "{str(name)[:100]}"; {rest}')


def stem(notebook: str) -> str:
    """The notebook's name without its number: that of its folder here, of its pictures and of its tests."""
    return notebook.split("_", 1)[1]


def _module(notebook: str, name: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.{stem(notebook)}.{name}")


def _questions(notebook: str) -> list[Recall | Prediction]:
    module = _module(notebook, "questions")
    return [*module.RECALLS, *module.PREDICTIONS]


def _exercise_names(notebook: str) -> list[str]:
    files = (Path(__file__).parent / stem(notebook)).glob("*.py")
    return sorted(file.stem for file in files if file.stem not in ("__init__", "questions"))


def _exercise(module: ModuleType) -> Exercise:
    """The exercise that a file describes."""
    return Exercise(
        name=module.__name__.rpartition(".")[2],
        task=module.__doc__,
        solution=module.solution,
        means=module.MEANS,
        hints=module.HINTS,
        cases=module.cases,
        stub=getattr(module, "stub", None),
        wrong=[thing.wrong for thing in vars(module).values() if hasattr(thing, "wrong")],
        view=getattr(module, "view", None),
        examples=getattr(module, "EXAMPLES", Exercise.examples),
        seconds=getattr(module, "SECONDS", Exercise.seconds),
        itself=getattr(module, "ITSELF", None),
    )


def _number(exercise: Exercise) -> int:
    """The number in the task's heading, such as "### Exercise 2"."""
    return int(re.search(r"\d+", exercise.task)[0])
