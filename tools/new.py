"""Write the files of a new exercise or a new notebook. The tests then say what is left to do.

    python tools/new.py exercise my_name 02_embedding_lookup
    python tools/new.py notebook 10_my_topic

`make new-exercise NAME=my_name NOTEBOOK=02_embedding_lookup` and `make new-notebook NAME=10_my_topic` call it.
"""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parent.parent
EXERCISE = '''\
from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip


def stub(numbers): ...


def solution(numbers):
    return [2 * number for number in numbers]


def cases():
    return [([1, 2],), ([0, -3, 5],), ([],)]


exercise = Exercise(
    task="""### Exercise {number}: double every number

`{name}(numbers)` should return a list with every number doubled: `{name}([1, 2])` returns `[2, 4]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Every number is doubled.",
    hints=["Go through the numbers with a loop, or with a list comprehension."],
    slips=[
        Slip("This doubles the list: its numbers are repeated. Double each number.", lambda numbers: numbers * 2),
        Slip("This adds 2 to each number. Multiply by 2.", lambda numbers: [number + 2 for number in numbers]),
        Slip("These are the squares. Multiply each number by 2.", lambda numbers: [number**2 for number in numbers]),
        Slip("This is the sum of the doubled numbers. Return a list.", lambda p: sum(p.right)),
    ],
)
'''
ANSWERS = '''\
"""Other answers to `{name}`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@right
def by_addition(numbers):
    return [number + number for number in numbers]


@right
def by_a_loop(numbers):
    doubled = []
    for number in numbers:
        doubled.append(2 * number)
    return doubled


@right
def by_map(numbers):
    return map((2).__mul__, numbers)


@caught("changes its input `numbers` in place")
def in_place(numbers):
    for i in range(len(numbers)):
        numbers[i] *= 2
    return numbers
'''
QUESTIONS = """\
from __future__ import annotations

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS: list[Recall] = []
PREDICTIONS = [
    Prediction(
        name="predict_{stem}",
        ask="What is the length of `[1, 2] * 2`?",
        form=7,
        why="Multiplying a list by 2 repeats its parts.",
        guesses=[Guess(2, "A list times 2 does not double the numbers. It repeats them.")],
    ),
]
"""


def new_exercise(name: str, notebook: str, root: Path = ROOT) -> list[Path]:
    """Write an exercise, its answers for the tests, and its two cells in the notebook. Returns the files.

    Raises:
        ValueError: the name cannot be used, or there is no such notebook. The message says why.
    """
    book = root / "notebooks" / f"{notebook}.ipynb"
    if not book.exists():
        there = ", ".join(sorted(path.stem for path in book.parent.glob("*.ipynb")))
        raise ValueError(f"NOTEBOOK: there is no notebook {notebook!r}; there are {there}")
    if not name.isidentifier() or keyword.iskeyword(name) or not name.islower():
        raise ValueError(f"NAME: expected the name of a function in lower case, such as my_lookup; got {name!r}")
    stem = notebook.split("_", 1)[1]
    taken = [*root.glob(f"tutorial_pkg/practice/*/{name}.py")]
    if taken:
        raise ValueError(f"NAME: there is an exercise {name!r} already: {taken[0].relative_to(root)}")
    folder = root / "tutorial_pkg" / "practice" / stem
    number = 1 + len([file for file in folder.glob("*.py") if file.stem not in ("__init__", "questions", "shared")])
    exercise, answers = folder / f"{name}.py", root / "tests" / "answers" / stem / f"{name}.py"
    exercise.write_text(EXERCISE.format(name=name, number=number), encoding="utf-8")
    answers.parent.mkdir(exist_ok=True)
    (answers.parent / "__init__.py").touch()
    answers.write_text(ANSWERS.format(name=name), encoding="utf-8")
    opened = nbformat.read(book, as_version=4)
    ids = [cell.id for cell in opened.cells]
    exercises = [at for at, cell in enumerate(opened.cells) if re.match(r"#+ Exercise", cell.source)]
    at = exercises[-1] + 2 if exercises else ids.index("your-turn") + 1
    opened.cells[at:at] = [new_markdown_cell("", id=f"{name}-task"), new_code_cell("", id=name)]
    nbformat.write(opened, book)
    return [exercise, answers, book]


def new_notebook_files(name: str, root: Path = ROOT) -> list[Path]:
    """Write a notebook with the cells that every notebook has, and its practice folder. Returns the files.

    Raises:
        ValueError: the name cannot be used. The message says why.
    """
    there = sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))
    due = f"{len(there):02}"
    if not re.fullmatch(rf"{due}_[a-z][a-z0-9_]*", name):
        raise ValueError(f"NAME: expected the next number, then words in small letters: {due}_my_topic; got {name!r}")
    stem = name.split("_", 1)[1]
    folder = root / "tutorial_pkg" / "practice" / stem
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "ruff.toml").write_text('extend = "../exercises.toml"\n', encoding="utf-8")
    (folder / "questions.py").write_text(QUESTIONS.format(stem=stem), encoding="utf-8")
    listed = root / "tutorial_pkg" / "practice" / "items.py"
    text = listed.read_text(encoding="utf-8")
    last = there[-1].split("_", 1)[1]
    listed.write_text(text.replace(f'{last}".split()', f'{last} {stem}".split()'), encoding="utf-8")
    question = f"predict_{stem}"
    cells = [
        new_markdown_cell(
            f"# {due} · What is the question?\n\nOne sentence on it.\n\n*Main path: 5 minutes.*", id="title"
        ),
        new_code_cell("", id="setup"),
        new_code_cell(
            "from tutorial_pkg.practice import check, hint, look_back, predict, reveal, solution", id="imports"
        ),
        new_markdown_cell("", id=f"{question}-ask"),
        new_code_cell("", id=question),
        new_code_cell(f'doubled = [1, 2] * 2\nreveal("{question}", len(doubled))', id="doubled"),
        new_markdown_cell("## The answer\n\nThis is the answer.", id="answer"),
        new_markdown_cell("## Your turn\n\nOne sentence on the exercises.", id="your-turn"),
        new_markdown_cell("## Looking back", id="looking-back"),
        new_code_cell(f'look_back("{name}")', id="look-back"),
    ]
    book = root / "notebooks" / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=cells), book)
    return [book, folder / "questions.py", listed]


def main(arguments: list[str]) -> int:
    kinds = {"exercise": (new_exercise, 2, "NAME=my_name NOTEBOOK=02_embedding_lookup"),
             "notebook": (new_notebook_files, 1, "NAME=10_my_topic")}  # fmt: skip
    kind, *names = arguments or [""]
    if kind not in kinds:
        print(__doc__.strip())
        return 2
    function, count, usage = kinds[kind]
    if len(names) != count or not all(names):
        print(f"Usage: make new-{kind} {usage}")
        return 2
    try:
        files = function(*names)
    except ValueError as error:
        print(error)
        return 1
    print("Written:\n" + "\n".join(f"  {path.relative_to(ROOT)}" for path in files))
    print(
        "Next: change the texts and the code, then `make notebooks` and `make test`. CONTRIBUTING explains each step."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
