"""Every stored notebook follows the rules of course_rules.py. Each rule complains about a notebook that breaks it."""

from __future__ import annotations

import copy
import functools
import re

import facts
import helpers
import nbformat
import pytest
from course_rules import (
    MINUTES,
    WIDGET,
    bad_ids,
    dead_links,
    is_sentence,
    machine_traces,
    not_executed,
    not_valid,
    odd_anatomy,
    out_of_step,
    stray_metadata,
    stray_outputs,
    unknown_names,
    unshown_numbers,
    without_description,
    wrong_ids,
)
from helpers import NOTEBOOKS, ROOT, plain_kernels, read
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import notebooks as runner
from tutorial_pkg.practice.items import Exercise, Option, Prediction, Recall, items


def looks(notebook):
    return stray_metadata(notebook, runner.stamp_look)


CHECKS = [
    not_executed,
    not_valid,
    bad_ids,
    looks,
    stray_outputs,
    machine_traces,
    without_description,
    wrong_ids,
]
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
each_check = pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])


def refuse(complaints: list[str]) -> None:
    assert not complaints, "\n".join(["", *complaints])


def markdown(notebook: nbformat.NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


# ------------------------------------------------------------------------------------------- the course's notebooks


@each_notebook
@each_check
def test_notebook(path, check):
    refuse(check(read(path)))


@each_notebook
def test_practice_cells_are_in_step(path):
    refuse(out_of_step(read(path), path.stem, runner.stamp_practice))


@each_notebook
def test_anatomy(path):
    refuse(odd_anatomy(read(path), path.stem, items(path.stem)))


@each_notebook
def test_links_and_names(path):
    text = markdown(read(path))
    refuse(dead_links(text, path.parent) + unknown_names(text))


# For numbers that no cell shows: where they come from.
SOURCES = {
    "00_in_ten_minutes": ["93 MB: the size of the wheel, pinned in tutorial_pkg/data.py"],
    "04_why_lookup_wins": ["5.23: the result of the faulty code in `times_slower` for the example"],
    "09_from_rows_to_search": ["1903: the first edition of R. F. Weymouth's translation"],
    "01_token_ids": ["150,000: Unicode 16.0 has 154,998 characters", "2.2: a section of GPT-2's paper"],
    "02_embedding_lookup": ["2.5: the number of a row that a table does not have"],
    "07_into_a_language_model": ["6.9: -log(1/1000), which a question explains"],
}


@each_notebook
def test_numbers_in_the_text_are_shown(path):
    """An exercise's task may also contain what the solution returns for the examples in the task."""
    known = list(SOURCES.get(path.stem, []))
    for exercise in (item for item in items(path.stem) if isinstance(item, Exercise)):
        for arguments in exercise.cases()[: exercise.examples]:
            known += [repr(arguments), repr(exercise.solution(*copy.deepcopy(arguments)))]
    refuse(unshown_numbers(read(path), known))


@each_notebook
def test_a_fact_in_the_text_changes_only_on_purpose(path):
    found = facts.changes(path.stem, read(path))
    refuse(["Is each new fact (+) right? Then accept them: .venv/bin/python tests/facts.py", *found] if found else [])


def test_the_readmes_picture_is_the_one_in_the_notebook():
    name, cell_id, path = runner.PICTURE
    assert path.read_bytes() == runner.picture(read(name), cell_id)


@each_notebook
def test_the_readmes_minutes_are_the_notebooks(path):
    title = read(path).cells[0].source
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    row = next((line for line in readme if line.startswith("| [") and path.name in line), "")
    assert row, f"the map in README.md has no row for {path.name}"
    assert [number or "–" for number in MINUTES.search(title).groups()] == [
        part.strip() for part in row.split("|")[3:6]
    ]


def test_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    refuse(dead_links(text, ROOT) + unknown_names(text))
    refuse([f"the map has no {path.name}" for path in NOTEBOOKS if f"(notebooks/{path.name})" not in text])
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z-]+)", "\n".join(re.findall(r"`[^`]+`", text.replace("```", "`"))))) <= targets
    made = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()  # learn/ does not exist before `make lab`
    for name in re.findall(r"`([\w.]+/|[\w./]+\.(?:py|yml|toml|txt))`", text):
        assert f"/{name}" in made or (ROOT / name).exists() or list(ROOT.glob(f"tutorial_pkg/**/{name}")), (
            f"there is no {name}"
        )


# --------------------------------------------------------------------------------- the checks, on a notebook made here

ITEMS = [
    Recall("recall_one", "What?", {"a": Option("This", "Yes."), "b": Option("That", "No.")}, "a"),
    Recall("recall_two", "Who?", {"a": Option("I", "Yes."), "b": Option("You", "No.")}, "a"),
    *[Prediction(f"predict_{word}", "How many?", 7, "So.") for word in ("one", "two", "three")],
    *[
        Exercise(
            name=f"my_{word}",
            task=f"### Exercise {word}",
            stub=helpers.read,
            solution=helpers.source,
            success="It is.",
            hints=["One."],
            cases=list,
        )
        for word in ("one", "two", "three", "four", "five")
    ],
]
ALT = "The table has two rows and three columns."


def small() -> nbformat.NotebookNode:
    """A new copy of a notebook without faults, called 01_small, with the items above."""
    return copy.deepcopy(_small())


@functools.cache
def _small() -> nbformat.NotebookNode:
    picture = new_output(
        "display_data", {"image/png": "iVBORw0KGgo=", "text/plain": ALT}, metadata={"image/png": {"alt": ALT}}
    )
    cells = [
        new_markdown_cell("# 01 · Small\n\n*Main path: 5 minutes. Exercises: 5.*", id="title"),
        new_code_cell("import tutorial_pkg", id="setup"),
        new_code_cell("from tutorial_pkg.explore import explore", id="imports"),
    ]

    def add(kind):
        for item in ITEMS:
            if isinstance(item, kind):
                for cell_id, cell_type, source in item.cells():
                    cells.append((new_code_cell if cell_type == "code" else new_markdown_cell)(source, id=cell_id))
                if kind is Prediction:
                    cells.append(new_code_cell(f'seven = 7\nreveal("{item.name}", seven)', id=f"{item.name}-run"))

    add(Recall)
    cells.append(new_code_cell("[4, 0]", id="ids", outputs=[new_output("stream", name="stdout", text="[4, 0]\n")]))
    cells.append(new_markdown_cell("## A section\n\n`tutorial_pkg.draw.show`, [all](01_small.ipynb)", id="section"))
    add(Prediction)
    cells.append(new_code_cell("explore(1, 2, 3)", id="explore", outputs=[picture]))
    cells.append(new_markdown_cell("## The answer\n\nIt is small.", id="the-answer"))
    cells.append(
        new_code_cell(
            "assert 2 == 1 + 1\nprint(2)", id="two", outputs=[new_output("stream", name="stdout", text="2\n")]
        )
    )
    cells.append(new_markdown_cell("## Your turn", id="your-turn"))
    add(Exercise)
    cells.append(new_markdown_cell("## Side path: is it small?", id="side-path"))
    cells.append(new_markdown_cell("## Looking back", id="looking-back"))
    cells.append(new_code_cell('look_back("01_small")', id="look-back"))
    for count, cell in enumerate((cell for cell in cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
    notebook = new_notebook(cells=cells)
    runner.stamp_look(notebook)
    return nbformat.from_dict(notebook)


def cell(notebook, cell_id):
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def picture_of(notebook):
    return cell(notebook, "explore").outputs[0]


def out(notebook, *arguments, **fields):
    cell(notebook, "two").outputs = [new_output(*arguments, **fields)]


def practice(notebook):
    return out_of_step(notebook, "01_small", runner.stamp_practice)


def anatomy(notebook):
    return odd_anatomy(notebook, "01_small", ITEMS)


def says(text):
    return lambda notebook: out(notebook, "stream", name="stdout", text=text)


def drop(cell_id):
    def change(notebook):
        notebook.cells = [cell for cell in notebook.cells if cell.id != cell_id]

    return change


def move_to_end(cell_id):
    def change(notebook):
        moved = cell(notebook, cell_id)
        drop(cell_id)(notebook)
        notebook.cells.append(moved)

    return change


def among_the_exercises(cell_id):
    def change(notebook):
        moved = cell(notebook, cell_id)
        drop(cell_id)(notebook)
        notebook.cells.insert([cell.id for cell in notebook.cells].index("your-turn") + 1, moved)

    return change


BROKEN = {
    "a cell was not run": (not_executed, lambda nb: cell(nb, "two").update(execution_count=None), "two"),
    "cells ran in a different order": (not_executed, lambda nb: cell(nb, "two").update(execution_count=99), "two"),
    "a cell was put in and not run": (not_executed, lambda nb: nb.cells.insert(4, new_code_cell("")), "None"),
    "no code": (not_executed, lambda nb: nb.update(cells=[]), "no code cell"),
    "not a notebook": (not_valid, lambda nb: cell(nb, "two").update(outputs="2"), "not a valid notebook"),
    "no id": (bad_ids, lambda nb: cell(nb, "two").pop("id"), "''"),
    "an id twice": (bad_ids, lambda nb: cell(nb, "two").update(id="setup"), "twice"),
    "an id from a program": (bad_ids, lambda nb: cell(nb, "two").update(id="a1b2c3d4"), "made up"),
    "an id with blanks": (bad_ids, lambda nb: cell(nb, "two").update(id="My cell"), "lower case"),
    "widget state": (looks, lambda nb: nb.metadata.update(widgets={}), "widgets"),
    "another kernel": (looks, lambda nb: nb.metadata.kernelspec.update(name="conda-env"), "metadata"),
    "a version": (looks, lambda nb: nb.metadata.language_info.update(version="3.11.7"), "metadata"),
    "times": (looks, lambda nb: cell(nb, "two").metadata.update(execution={}), "two: "),
    "an unknown tag": (looks, lambda nb: cell(nb, "two").metadata.update(tags=["nbval-skip"]), "nbval-skip"),
    "an error": (
        stray_outputs,
        lambda nb: out(nb, "error", ename="IndexError", evalue="x", traceback=[]),
        "IndexError",
    ),
    "a warning": (stray_outputs, lambda nb: out(nb, "stream", name="stderr", text="UserWarning"), "stderr"),
    "a widget's view": (stray_outputs, lambda nb: picture_of(nb).data.update({WIDGET: {}}), "widget"),
    "a home folder": (machine_traces, says("/home/ana/x.py"), "ana"),
    "a home folder on macOS": (machine_traces, says("/Users/ana/x.py"), "ana"),
    "a drive": (machine_traces, says(r"C:\Users"), "C:"),
    "a temporary folder": (machine_traces, says("/tmp/x"), "/tmp"),
    "an environment": (machine_traces, says("torch is in .venv"), ".venv"),
    "installed packages": (machine_traces, says("lib/site-packages/torch"), "site-packages"),
    "an address": (machine_traces, says("<object at 0x7f00aa00bb00>"), "0x7f"),
    "a path in the source": (machine_traces, lambda nb: cell(nb, "two").update(source="open('/home/x')"), "/home"),
    "a path in an error": (
        machine_traces,
        lambda nb: out(nb, "error", ename="E", evalue="", traceback=["File /tmp/ipykernel_1/2.py"]),
        "ipykernel",
    ),
    "a number that nothing shows": (
        unshown_numbers,
        lambda nb: cell(nb, "section").update(source="## A\n\n49,512 tokens"),
        "section: 49,512 is in no output",
    ),
    "two digits exchanged": (
        unshown_numbers,
        lambda nb: (says("1.41421")(nb), cell(nb, "the-answer").update(source="## A\n\nIt is 1.4412.")),
        "the-answer: 1.4412 is in no output",
    ),
    "a decimal of another section": (
        unshown_numbers,
        lambda nb: (says("0.2")(nb), cell(nb, "section").update(source="## A\n\nIt is 0.2.")),
        "section: 0.2 is in no output",
    ),
    "another word's id": (
        wrong_ids,
        lambda nb: cell(nb, "section").update(source="## A\n\n`Quick` has the id 5, `in` (2)."),
        "section: Quick has the id 4, not 5",
    ),
    "no alt text": (without_description, lambda nb: picture_of(nb).metadata.clear(), "not a sentence"),
    "a file name for alt text": (
        without_description,
        lambda nb: picture_of(nb).metadata["image/png"].update(alt="table.png"),
        "table.png",
    ),
    "a figure's repr for text": (
        without_description,
        lambda nb: picture_of(nb).data.update({"text/plain": "<Figure size 640x480 with 1 Axes>"}),
        "not its alt text",
    ),
    "a drawing with a time stamp": (
        without_description,
        lambda nb: picture_of(nb).data.update({"image/svg+xml": "<svg/>"}),
        "svg",
    ),
    "an undescribed picture in the text": (
        without_description,
        lambda nb: cell(nb, "section").update(source="![map](map.png)"),
        "map.png",
    ),
    "a practice cell was edited": (practice, lambda nb: cell(nb, "my_two").update(source="my_two = 2"), "my_two"),
    "a practice cell is missing": (practice, drop("recall_one-ask"), "recall_one-ask"),
    "an open side path": (looks, lambda nb: cell(nb, "side-path").metadata.clear(), "side-path"),
    "a set-up to be seen": (looks, lambda nb: cell(nb, "setup").metadata.clear(), "setup"),
    "no set-up cell": (anatomy, drop("setup"), "title, setup, imports"),
    "another number": (anatomy, lambda nb: cell(nb, "title").update(source="# 02 · Small"), "'# 01 · '"),
    "no minutes": (anatomy, lambda nb: cell(nb, "title").update(source="# 01 · Small"), "minutes"),
    "longer than it says": (
        anatomy,
        lambda nb: cell(nb, "section").update(source="## A\n" + "word " * 900),
        "cell says 5",
    ),
    "no Your turn": (anatomy, drop("your-turn"), "Your turn"),
    "no answer": (anatomy, drop("the-answer"), "The answer"),
    "an answer that nothing checks": (anatomy, lambda nb: cell(nb, "two").update(source="print(2)"), "two: the answer"),
    "a side path without a question": (
        anatomy,
        lambda nb: cell(nb, "side-path").update(source="## Side path: small"),
        "asks no question",
    ),
    "a road too long": (anatomy, lambda nb: cell(nb, "section").update(source="## A\n" + "word " * 4000), "at most 25"),
    "nothing to see at the start": (
        anatomy,
        lambda nb: (drop("ids")(nb), drop("explore")(nb)),
        "in the first five cells",
    ),
    "a cell that only reveals": (
        anatomy,
        lambda nb: cell(nb, "predict_two-run").update(source='reveal("predict_two", 7)'),
        "predict_two-run: only reveals",
    ),
    "no look back": (anatomy, drop("look-back"), 'look_back("01_small")'),
    "a look back at another": (
        anatomy,
        lambda nb: cell(nb, "look-back").update(source='look_back("02")'),
        'look_back("01_small")',
    ),
    "nothing to move": (anatomy, drop("explore"), "explore"),
    "an item without a cell": (anatomy, drop("my_one"), "my_one has no cell"),
    "items in another order": (anatomy, move_to_end("recall_one"), "not in the order"),
    "an exercise after the end": (anatomy, move_to_end("my_two"), "not in the order"),
    "a question among the exercises": (anatomy, among_the_exercises("predict_three"), "predict_three: a question"),
    "nothing revealed": (anatomy, drop("predict_two-run"), "predict_two: no cell reveals"),
}


@pytest.fixture(autouse=True)
def small_items(monkeypatch):
    """tools/notebooks.py also knows the items of the small notebook."""
    monkeypatch.setattr(runner, "NOTEBOOKS", (*runner.NOTEBOOKS, "01_small"))
    monkeypatch.setattr(runner, "items", lambda name: ITEMS if name == "01_small" else items(name))


@pytest.mark.parametrize("check", [*CHECKS, practice, anatomy], ids=lambda check: check.__name__)
def test_no_complaint_of_a_good_notebook(check):
    assert check(small()) == []


@pytest.mark.parametrize(("check", "change", "complaint"), BROKEN.values(), ids=BROKEN)
def test_complains_of(check, change, complaint):
    notebook = small()
    change(notebook)
    found = check(notebook)
    assert any(complaint in line for line in found), found


@pytest.mark.parametrize("count", range(len(ITEMS)))
def test_too_few_items_are_counted(count):
    """If one item of a kind is missing, the complaint names this kind."""
    kind = type(ITEMS[count]).__name__
    assert any(f"of {kind};" in line for line in odd_anatomy(small(), "01_small", ITEMS[:count] + ITEMS[count + 1 :]))


def test_numbers_that_are_shown_rounded_or_in_other_units():
    notebook = small()
    says("98362432 .5234 1.41421 49152")(notebook)
    cell(notebook, "the-answer").source = "98.4 MB, 52 %, 1.414 (2013), 49,152 tokens, `999` and [this](x1.7)"
    assert unshown_numbers(notebook) == []
    assert unshown_numbers(notebook, ["3"]) == []


SAID = "The left arrow leads to row 3 of `W`, and the 2 larger ones to [three rows](01_small.ipynb#A-section)."
CODE = "ids = [4, 0]  # the first 2 of six\nassert ids[0] == 4 and len(ids) == 2"


def facts_of_two(text: str, code: str) -> list[str]:
    notebook = small()
    cell(notebook, "section").source, cell(notebook, "ids").source = text, code
    return list(facts.lines("01_token_ids", notebook))


FAULTS = "left>right 3>4 `W`>`V` larger>smaller three>two 01_small>02_other six>five ==>>= assert>ids[0],"


@pytest.mark.parametrize("fault", [*FAULTS.split(), "2 larger>3 larger", "first 2>first 3", " and len(ids) == 2>"])
def test_a_small_fault_changes_the_facts(fault):
    old, _, new = fault.partition(">")
    assert facts_of_two(SAID.replace(old, new), CODE.replace(old, new)) != facts_of_two(SAID, CODE)


def test_a_new_wording_does_not_change_the_facts():
    text = (
        "An arrow on the left leads to row 3 of `W`. The 2 larger arrows lead to the [three](01_small.ipynb#A-section)."
    )
    code = "ids = [4, 0]  # only 2 of the six\nassert (ids[0]) == 4 and len(ids) == 2"
    assert facts_of_two(text, code) == facts_of_two(SAID, CODE)


def test_exchanged_texts_change_the_facts():
    notebook = small()
    before = list(facts.lines("01_token_ids", notebook))
    places = [index for index, one in enumerate(notebook.cells) if one.id in ("section", "the-answer")]
    notebook.cells[places[0]], notebook.cells[places[1]] = notebook.cells[places[1]], notebook.cells[places[0]]
    assert list(facts.lines("01_token_ids", notebook)) != before


def test_what_is_stored_is_one_text_for_a_print_and_no_view_of_a_widget(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", plain_kernels(tmp_path))
    shown = f"display({{{WIDGET!r}: {{}}, 'text/plain': 'a slider'}}, raw=True)"
    code = f"import time\nprint(1, flush=True)\ntime.sleep(0.5)\nprint(2, flush=True)\n{shown}"
    notebook = new_notebook(cells=[new_code_cell(code, id="two")])
    runner.execute(notebook)
    printed, shown = notebook.cells[0].outputs
    assert printed.text == "1\n2\n" and shown.data == {"text/plain": "a slider"}


def test_an_announced_error_is_accepted():
    notebook = small()
    out(notebook, "error", ename="IndexError", evalue="x", traceback=[])
    cell(notebook, "two").metadata["tags"] = ["raises-exception"]
    assert stray_outputs(notebook) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[next](09_missing.ipynb)", "09_missing.ipynb"),
        ("[a part](sub/x.md#part)", "sub/x.md"),
        ("![A picture of some thing.](https://example.org/x.png)", "example.org"),
    ],
)
def test_dead_links(text, complaint, tmp_path):
    (found,) = dead_links(text, tmp_path)
    assert complaint in found


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[02](01_a.ipynb)", "the link [02] leads to 01_a.ipynb"),
        ("[here](01_a.ipynb#cell-id=nowhere)", "a place that is not there"),
        ("[01](01_a.ipynb#No-such-heading)", "a place that is not there"),
    ],
)
def test_links_into_a_notebook(text, complaint, tmp_path):
    nbformat.write(new_notebook(cells=[new_markdown_cell("## A `heading`: why?", id="why")]), tmp_path / "01_a.ipynb")
    assert dead_links("[01](01_a.ipynb) [x](01_a.ipynb#cell-id=why) [y](01_a.ipynb#A-heading-why)", tmp_path) == []
    (found,) = dead_links(text, tmp_path)
    assert complaint in found


def test_live_links(tmp_path):
    (tmp_path / "a.md").touch()
    assert dead_links("[a](a.md) [part](a.md#x) [here](#x) [there](https://example.org)", tmp_path) == []


def test_names():
    good = "`tutorial_pkg`, `tutorial_pkg.draw`, `tutorial_pkg.draw.show`, `tutorial_pkg.data.fetch(name)`"
    assert unknown_names(good) == []
    bad = "`tutorial_pkg.drawing`, `tutorial_pkg.draw.shew(x)`, `tutorial_pkg.no.such.name`"
    assert [line.split()[-1] for line in unknown_names(bad)] == [name.strip("`(x), ") for name in bad.split()]


@pytest.mark.parametrize(
    "text", ["", "table.png", "A heat map.", "See the picture in images/table.png", "<Figure size 640x480 with 1 Axes>"]
)
def test_no_sentence(text):
    assert not is_sentence(text)
