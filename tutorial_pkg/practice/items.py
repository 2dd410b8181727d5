"""The three kinds of practice, `Recall`, `Prediction` and `Exercise`, and where they are found.

The practice of a notebook is in the folder that has its name without the number (`embedding_lookup/` for
`02_embedding_lookup`): the questions in `questions.py`, and one file for each exercise, named after the function that
the learner defines. The cells in the notebook are made from them. Reading them does not load torch.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

# What is true where a common wrong idea is held. `Option`, `Guess` and `Slip` refer to these numbers.
IDEAS = {
    1: "an embedding layer is a linear layer without bias whose input is one-hot vectors",
    2: "the table has one row for each token of the vocabulary, whatever ids this sample happens to contain",
    3: "the table has num_embeddings rows (the vocabulary) and embedding_dim columns (the dimension), in that order",
    4: "nn.Linear stores its weight as (out_features, in_features): the transpose of the table",
    5: "an id is a name, not a quantity: for the model, its size and order mean nothing",
    6: "which rows move depends on the optimiser and on the rows used before; only with weight decay does it also "
    "depend on what the rows contain",
    7: "padding_idx fills its row with zeros when the layer makes its own table, and lookups through the layer send "
    "no gradient to that row; nothing else protects it",
    8: "ids may have any shape, and the output's shape is ids.shape + (embedding_dim,)",
    9: "text is split into tokens, which need not be words; ids come next, and rows last",
    10: "a new, untrained table is random: closeness means nothing before training",
    11: "ids count from 0, so there is a row 0, and the last id is one less than the number of rows",
    12: "Python lets you set a misspelt attribute; it is requires_grad (or requires_grad_()) that freezes a weight",
    13: "cosine similarity lies between -1 and 1",
    14: "a transpose is a view: it shares its storage with the table",
    15: "the linear layer that equals an embedding has no bias; with a bias, every row is off by exactly that bias",
}


@dataclass(frozen=True)
class Option:
    """One option of a `Recall`: its text, the feedback for it, and the idea (a key of `IDEAS`) that it gets wrong."""

    text: str
    feedback: str
    idea: int | None = None


@dataclass(frozen=True)
class Recall:
    """A quick question on an earlier notebook, with feedback for each option.

    `options` maps a letter to an `Option`; `right` is the letter of the right one. `side` says that the question is on
    a side path, which `look_back` counts only once it was opened.
    """

    name: str
    ask: str
    options: dict[str, Option]
    right: str
    side: bool = False

    @property
    def title(self) -> str:
        return _question(self.ask)

    def cells(self) -> list[tuple[str, str, str]]:
        """The item's notebook cells, each as (cell id, cell type, source)."""
        listed = _listed({letter: option.text for letter, option in self.options.items()})
        return [
            (f"{self.name}-ask", "markdown", f"**Recall.** {self.ask.strip()}\n\n{listed}"),
            (self.name, "code", f'answer("{self.name}", ...)  # {_one_of(self.options)}'),
        ]


@dataclass(frozen=True)
class Guess:
    """A wrong prediction that reveals a wrong idea: the value predicted, what to say, and the idea's number."""

    value: Any
    says: str
    idea: int | None = None


@dataclass(frozen=True)
class Prediction:
    """A prediction to make before the next cell runs.

    `form` shows by example what kind of value is expected: a shape such as `(2, 3)`, a number such as `7`, a list such
    as `[1, 2]`, an error's name such as `"ValueError"`, or a choice, given as a tuple of texts such as
    `("same", "different")`, which the learner answers with a letter. `why` is the one sentence that explains the
    result; `guesses` are wrong predictions that deserve their own sentence (for a choice, the option's text).
    `side` is as in `Recall`.
    """

    name: str
    ask: str
    form: Any
    why: str
    guesses: Sequence[Guess] = ()
    side: bool = False

    @property
    def title(self) -> str:
        return _question(self.ask)

    @property
    def is_choice(self) -> bool:
        return isinstance(self.form, tuple) and all(isinstance(word, str) for word in self.form)

    @property
    def options(self) -> dict[str, str]:
        """A choice's options by their letters, as the cell lists them; empty for other predictions."""
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
        """The item's notebook cells, each as (cell id, cell type, source)."""
        listed = "\n\n" + _listed(self.options) if self.is_choice else ""
        return [
            (f"{self.name}-ask", "markdown", f"**Predict.** {self.ask.strip()}{listed}"),
            (self.name, "code", f'predict("{self.name}", ...)  # {self.wanted()}'),
        ]


def _listed(options: dict[str, str]) -> str:
    return "\n".join(f"- **{letter}**  {text}" for letter, text in options.items())


def _question(ask: str) -> str:
    """The question itself, without the sentences before it and without Markdown's marks."""
    last = re.split(r"(?<=[.?!:])\s+", ask.strip())[-1]
    last = re.sub(r"\*+(\S.*?)\*+", r"\1", last)
    return textwrap.shorten(last[0].upper() + last[1:], 100, placeholder=" ...")


def _one_of(letters: Iterable[str]) -> str:
    """The letters in a line, such as `"a", "b" or "c"`."""
    *most, last = (f'"{letter}"' for letter in letters)
    return f"{', '.join(most)} or {last}"


class Finding(str):
    """What an exercise's `view` says about a result that is not of the expected kind, in words that follow "Got"."""


@dataclass(frozen=True)
class Slip:
    """A wrong answer to an exercise that people give: what to say, and the answer, written as a formula.

    `formula` takes the exercise's parameters, as an answer does; or one parameter called `p`, whose attributes are the
    arguments, `right` (the solution's result) and what the exercise's `parts` adds.
    """

    says: str
    formula: Callable
    idea: int | None = None


class Parts(SimpleNamespace):
    """The arguments of one call by name, and what the formulas of several slips share."""

    @cached_property
    def right(self) -> Any:
        return self._solution()


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise on one function, which has the same name as the exercise's file.

    Attributes:
        task: the statement, in Markdown, beginning with a heading.
        solution: one way to write it.
        success: one sentence that a right answer gets: what it now means.
        hints: one or more, from gentle to nearly there.
        cases: makes the arguments that the function is tried with: a list of tuples, the statement's example first,
            then other sizes. Random numbers in it are seeded. Where a tensor among them has `requires_grad`, the
            answer's gradient must be the solution's too.
        stub: the learner's function before they start. None for a worked exercise: its cell shows the solution, to be
            read, run and varied.
        slips: wrong answers that people give, each with its sentence. The first whose results equal the answer's in
            every case is the message.
        parts: computes what several slips share: takes the arguments, returns a dictionary of further attributes of
            `p` (see `Slip`).
        view: turns what the answer returned into what is compared, called as `view(result, *arguments)`: needed where
            the result is not made of numbers and text (a layer, an optimiser), and useful where one property of the
            result names a whole class of mistakes. It returns a `Finding` where the result is not of the right kind.
        reader: a further look at an answer that no slip fits, called as `reader(answer)`; returns a sentence or None.
        examples: how many of the cases, counted from the first, are in the statement.
        seconds: how much processor time one check may take.
        forbidden_call: the name of the notebook's own function that solves the task; an answer must not call it.
        needs: names of torch functions, one of which an answer must call, such as ("linear",) where a linear layer is
            the point. `needs_says` is the message for an answer that calls none of them and has the right results.
        name: filled in from the file's name.
    """

    task: str
    solution: Callable
    success: str
    hints: Sequence[str]
    cases: Callable[[], list[tuple]]
    stub: Callable | None = None
    slips: Sequence[Slip] = ()
    parts: Callable[..., dict[str, Any]] | None = None
    view: Callable[..., Any] | None = None
    reader: Callable[[Any], str | None] | None = None
    examples: int = 1
    seconds: float = 5.0
    forbidden_call: str | None = None
    needs: tuple[str, ...] = ()
    needs_says: str = ""
    name: str = ""

    @property
    def worked(self) -> bool:
        return self.stub is None

    @property
    def title(self) -> str:
        """The task's heading."""
        return self.task.strip().splitlines()[0].lstrip("# ")

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters, as the solution has them."""
        return list(inspect.signature(self.solution).parameters)

    def wrong_answer(self, slip: Slip) -> Callable:
        """The slip's formula as a function of the exercise's parameters."""
        if list(inspect.signature(slip.formula).parameters) != ["p"]:
            return slip.formula

        def answer(*arguments: Any) -> Any:
            p = Parts(**dict(zip(self.parameters, arguments, strict=True)), _solution=lambda: self.solution(*arguments))
            vars(p).update(self.parts(*arguments) if self.parts else {})
            return slip.formula(p)

        return answer

    def source(self, function: Callable) -> str:
        """The code of `stub` or `solution` as it is in its file, under the name that the learner gives it."""
        return re.sub(rf"\b{function.__name__}\(", f"{self.name}(", inspect.getsource(function).strip())

    def cells(self) -> list[tuple[str, str, str]]:
        """The item's notebook cells, each as (cell id, cell type, source)."""
        help_line = "" if self.worked else f'  # stuck? hint("{self.name}")'
        code = self.source(self.solution if self.worked else self.stub)
        return [
            (f"{self.name}-task", "markdown", self.task.strip()),
            (self.name, "code", f'{code}\n\n\ncheck("{self.name}", {self.name}){help_line}'),
        ]


Item = Recall | Prediction | Exercise
NOTEBOOKS = tuple(
    f"{number:02}_{name}"
    for number, name in enumerate(
        "in_ten_minutes token_ids embedding_lookup one_hot_and_linear why_lookup_wins learning_vectors a_real_table "
        "into_a_language_model past_one_machine from_rows_to_search".split()
    )
)


def items(notebook: str) -> list[Item]:
    """All items of a notebook (file name without ending): questions as they are listed, then exercises by number.

    Raises:
        KeyError: there is no practice for that notebook; the message lists those there are.

    >>> [item.name for item in items("02_embedding_lookup")][:1]
    ['recall_id_order']
    """
    if notebook not in NOTEBOOKS:
        raise KeyError(f"no practice for {notebook!r}; there is some for {', '.join(NOTEBOOKS)}")
    exercises = [_exercise(notebook, name) for name in _exercise_names(notebook)]
    return [*_questions(notebook), *sorted(exercises, key=_number)]


def find(name: str, kind: type | None = None) -> Item:
    """The item with that name, of that kind if one is given. Only the file that it is in is loaded.

    Raises:
        KeyError: there is no such item; the message lists the names there are.
    """
    for notebook in NOTEBOOKS:
        if name in _exercise_names(notebook) and kind in (Exercise, None):
            return _exercise(notebook, name)
        if isinstance(name, str) and f'"{name}"' in _file(notebook, "questions").read_text(encoding="utf-8"):
            for question in _questions(notebook):
                if question.name == name and kind in (type(question), None):
                    return question
    kinds = {item.name: type(item) for notebook in NOTEBOOKS for item in items(notebook)}
    if isinstance(name, str) and name in kinds:
        raise KeyError(f"{name!r} is not {_a(kind)}: it is {_a(kinds[name])}")
    known = sorted(known for known, its_kind in kinds.items() if kind in (its_kind, None))
    what = kind.__name__.lower() if kind else "item"
    near = difflib.get_close_matches(str(name)[:100], known, n=1)
    rest = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}"
    raise KeyError(f'there is no {what} called "{str(name)[:100]}"; {rest}')


def _a(kind: type) -> str:
    return f"{'an' if kind is Exercise else 'a'} {kind.__name__.lower()}"


def stem(notebook: str) -> str:
    """The notebook's name without its number: the name of its folder here, of its pictures and of its tests."""
    return notebook.split("_", 1)[1]


def _file(notebook: str, name: str) -> Path:
    return Path(__file__).parent / stem(notebook) / f"{name}.py"


def _questions(notebook: str) -> list[Recall | Prediction]:
    module = importlib.import_module(f"{__package__}.{stem(notebook)}.questions")
    return [*module.RECALLS, *module.PREDICTIONS]


def _exercise_names(notebook: str) -> list[str]:
    files = _file(notebook, "").parent.glob("*.py")
    return sorted(file.stem for file in files if file.stem not in ("__init__", "questions", "shared"))


def _exercise(notebook: str, name: str) -> Exercise:
    module = importlib.import_module(f"{__package__}.{stem(notebook)}.{name}")
    return replace(module.exercise, name=name)


def _number(exercise: Exercise) -> int:
    """The number in the task's heading, such as "### Exercise 2"."""
    return int(re.search(r"\d+", exercise.task)[0])
