"""The three kinds of practice, `Recall`, `Prediction` and `Exercise`, and the search for them by name.

A notebook's practice is in the folder with its name without the number (`embedding_lookup/` for `02_embedding_lookup`).
`questions.py` has the questions. Each exercise has its own file, named after the function that the learner defines. The
notebook's practice cells are made from these files. Torch is not loaded to read the files.
"""

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

# For each common wrong idea, the right idea. `Option`, `Guess` and `Slip` refer to these numbers.
IDEAS = {
    1: "an embedding layer is a linear layer without bias whose input is one-hot vectors",
    2: "the table has one row for each token of the vocabulary, whatever ids this sample happens to contain",
    3: "the table has num_embeddings rows (the vocabulary) and embedding_dim columns (the dimension), in that order",
    4: "nn.Linear stores its weight as (out_features, in_features): the transpose of the table",
    5: "an id is a name, not a quantity: for the model, its size and order mean nothing",
    6: "which rows move depends on the optimiser and on the rows used before; with weight decay, it also depends on "
    "what the rows contain",
    7: "padding_idx fills its row with zeros when the layer makes its own table, and lookups through the layer send "
    "no gradient to that row; nothing else protects it",
    8: "ids may have any shape, and the output's shape is ids.shape + (embedding_dim,)",
    9: "text is split into tokens, which are not always words; ids come next, and rows last",
    10: "a new, untrained table is random: closeness means nothing before training",
    11: "ids count from 0, so there is a row 0, and the last id is one less than the number of rows",
    12: "Python lets you set a misspelt attribute; it is requires_grad (or requires_grad_()) that freezes a weight",
    13: "cosine similarity is between -1 and 1",
    14: "a transpose is a view: it shares its storage with the table",
    15: "the linear layer that equals an embedding has no bias; with a bias, every row is off by exactly that bias",
}


@dataclass(frozen=True)
class Option:
    """One option of a `Recall`: its text, its feedback, and the idea (a key of `IDEAS`) that is wrong in it."""

    text: str
    feedback: str
    idea: int | None = None


@dataclass(frozen=True)
class Recall:
    """A quick question on an earlier notebook, with feedback for each option.

    `options` maps letters to options, and `right` is the letter of the right option. `side` says that the question is
    on a side path: `look_back` counts the question only after an answer.
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
    """A wrong prediction that shows a wrong idea: the predicted value, what to say, and the idea's number."""

    value: Any
    says: str
    idea: int | None = None


@dataclass(frozen=True)
class Prediction:
    """A prediction to make before the next cell runs.

    `form` is an example of the expected value: a shape such as `(2, 3)`, a number such as `7`, a list such as `[1, 2]`,
    or an error's name such as `"ValueError"`. For a choice, it is a tuple of texts such as `("same", "different")`, and
    the learner answers with a letter. `why` explains the result in one sentence. `guesses` are wrong predictions with
    their own sentences (for a choice, the value is the option's text). `side` is as in `Recall`.
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
        """A choice's options by their letters, as the cell lists them. Empty for other predictions."""
        return dict(zip("abcdefgh", self.form, strict=False)) if self.is_choice else {}

    def wanted(self) -> str:
        """The form in words, such as `a shape such as (2, 3)`."""
        if self.is_choice:
            return _one_of(self.options)
        kind = {tuple: "a shape", str: "a name", list: "a list"}.get(type(self.form), "a number")
        return f"{kind} such as " + (f'"{self.form}"' if isinstance(self.form, str) else f"{self.form}")

    def cells(self) -> list[tuple[str, str, str]]:
        listed = "\n\n" + _listed(self.options) if self.is_choice else ""
        return [
            (f"{self.name}-ask", "markdown", f"**Predict.** {self.ask.strip()}{listed}"),
            (self.name, "code", f'predict("{self.name}", ...)  # {self.wanted()}'),
        ]


def _listed(options: dict[str, str]) -> str:
    return "\n".join(f"- **{letter}**  {text}" for letter, text in options.items())


def _question(ask: str) -> str:
    """The text of a question without Markdown's marks, cut after 200 characters."""
    return textwrap.shorten(re.sub(r"\*+(\S.*?)\*+", r"\1", ask), 200, placeholder=" ...")


def _one_of(letters: Iterable[str]) -> str:
    """The letters in a line, such as `"a", "b" or "c"`."""
    *most, last = (f'"{letter}"' for letter in letters)
    return f"{', '.join(most)} or {last}"


class Finding(str):
    """What an exercise's `view` says about a result of an unexpected type. The words come after "Got"."""


@dataclass(frozen=True)
class Slip:
    """A wrong answer that people give to an exercise: what to say, and the answer as a formula.

    `formula` has the exercise's parameters, as an answer has. Or it has one parameter called `p`. The attributes of `p`
    are the arguments, `right` (the solution's result) and what the exercise's `parts` adds.
    """

    says: str
    formula: Callable
    idea: int | None = None


class Parts(SimpleNamespace):
    """The arguments of one call by name, and values that the formulas of several slips share."""

    @cached_property
    def right(self) -> Any:
        return self._solution()


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise on one function. The exercise's file has the function's name.

    Attributes:
        task: the statement, in Markdown. It begins with a heading.
        solution: one right answer.
        success: one sentence that is shown after a right answer. It says what the result means.
        hints: one hint or more, from gentle to nearly complete.
        cases: returns the arguments of each call, as a list of tuples: first the statement's example, then other sizes.
            Random numbers are seeded. If a tensor has `requires_grad`, the answer's gradient must be right, too.
        stub: the learner's function before they start. None for a worked exercise: its cell shows the solution.
        slips: wrong answers that people give. The learner reads the sentence of the first slip whose results are the
            answer's results in every case.
        parts: takes the arguments, and returns a dictionary of further attributes of `p` (see `Slip`).
        view: called as `view(result, *arguments)`. It returns what is compared: for a layer or an optimiser, its
            numbers, or a property of the result that names a whole class of mistakes. For a result of the wrong kind,
            it returns a `Finding`.
        reader: called as `reader(answer)` if no slip fits. It returns a sentence or None.
        examples: the number of cases that are in the statement.
        seconds: the processor time that one check may take.
        endless: the message for an answer that needs more time.
        forbidden_call: the notebook's own function that solves the task. An answer must not call it.
        needs: names of torch functions, such as ("linear",). An answer must call one of them.
        needs_says: the message for an answer that has the right results without such a call.
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
    endless: str = "Does a loop ever end?"
    forbidden_call: str | None = None
    needs: tuple[str, ...] = ()
    needs_says: str = ""
    name: str = ""

    @property
    def worked(self) -> bool:
        return self.stub is None

    side = worked  # as for a question on a side path, `look_back` counts a worked exercise only after a try

    @property
    def title(self) -> str:
        return self.task.strip().splitlines()[0].lstrip("# ")

    @cached_property
    def parameters(self) -> list[str]:
        return list(inspect.signature(self.solution).parameters)

    def by_name(self, arguments: tuple) -> dict[str, Any]:
        """The arguments of a call by the parameters' names."""
        return dict(zip(self.parameters, arguments, strict=False))

    def wrong_answer(self, slip: Slip) -> Callable:
        """The slip's formula as a function of the exercise's parameters."""
        if list(inspect.signature(slip.formula).parameters) != ["p"]:
            return slip.formula

        def answer(*arguments: Any) -> Any:
            p = Parts(**self.by_name(arguments), _solution=lambda: self.solution(*arguments))
            vars(p).update(self.parts(*arguments) if self.parts else {})
            return slip.formula(p)

        return answer

    def source(self, function: Callable) -> str:
        """The code of `stub` or `solution`, with the name of the learner's function."""
        return re.sub(rf"\b{function.__name__}\(", f"{self.name}(", inspect.getsource(function).strip())

    def cells(self) -> list[tuple[str, str, str]]:
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
    """All items of a notebook (its file name without ending): first the questions, then the exercises by number.

    Raises:
        KeyError: there is no practice for that notebook. The message lists the notebooks with practice.

    >>> items("02_embedding_lookup")[0].name
    'recall_id_order'
    """
    if notebook not in NOTEBOOKS:
        raise KeyError(f"no practice for {notebook!r}; there is some for {', '.join(NOTEBOOKS)}")
    exercises = [_exercise(notebook, name) for name in _exercise_names(notebook)]
    # the number is in the task's heading, such as "### Exercise 2"
    return [*_questions(notebook), *sorted(exercises, key=lambda exercise: int(re.search(r"\d+", exercise.task)[0]))]


def find(name: str, kind: type | None = None) -> Item:
    """The item with that name, and of that kind if a kind is given. Only the item's own file is loaded.

    Raises:
        KeyError: there is no such item. The message suggests a name, or lists the names.
    """
    name = str(name)
    item = _find(name)
    if item is not None and kind in (type(item), None):
        return item
    if item is not None:
        raise KeyError(f"{name!r} is not {_a(kind)}: it is {_a(type(item))}")
    every = [item for notebook in NOTEBOOKS for item in items(notebook)]
    known = sorted(item.name for item in every if kind in (type(item), None))
    near = difflib.get_close_matches(name[:100], known, n=1)
    rest = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}"
    raise KeyError(f'there is no {kind.__name__.lower() if kind else "item"} called "{name[:100]}"; {rest}')


def _find(name: str) -> Item | None:
    for notebook in NOTEBOOKS:
        if name in _exercise_names(notebook):
            return _exercise(notebook, name)
        if f'"{name}"' in (_folder(notebook) / "questions.py").read_text(encoding="utf-8"):
            for question in _questions(notebook):
                if question.name == name:
                    return question
    return None


def _a(kind: type) -> str:
    return f"{'an' if kind is Exercise else 'a'} {kind.__name__.lower()}"


def stem(notebook: str) -> str:
    """The notebook's name without its number. The notebook's practice, pictures and tests have this name."""
    return notebook.split("_", 1)[1]


def _folder(notebook: str) -> Path:
    return Path(__file__).parent / stem(notebook)


def _questions(notebook: str) -> list[Recall | Prediction]:
    module = importlib.import_module(f"{__package__}.{stem(notebook)}.questions")
    return [*module.RECALLS, *module.PREDICTIONS]


def _exercise_names(notebook: str) -> list[str]:
    return sorted({file.stem for file in _folder(notebook).glob("*.py")} - {"__init__", "questions", "shared"})


def _exercise(notebook: str, name: str) -> Exercise:
    module = importlib.import_module(f"{__package__}.{stem(notebook)}.{name}")
    return replace(module.exercise, name=name)
