"""A learner's own settings: the kernel resets each one, and one line names them if a person sees the output."""

from __future__ import annotations

import importlib.util

import nbformat
import numpy as np
import pytest
import torch
from helpers import ROOT, plain_kernels
from nbclient import NotebookClient

from tutorial_pkg import kernel

_spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "tools" / "notebooks.py")
runner = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(runner)

# Settings in a learner's start-up file, and how the line names them.
SETTINGS = {
    "torch.set_default_dtype(torch.float64)": "torch's default dtype torch.float64",
    "torch.set_default_device('meta')": "torch's default device meta",
    "torch.set_grad_enabled(False)": "gradients switched off",
    "torch.set_printoptions(precision=2)": "torch's print options",
    "torch.set_printoptions(sci_mode=True)": "torch's print options",
    "torch.set_printoptions(threshold=10**6)": "torch's print options",
    "torch.set_printoptions(linewidth=200)": "torch's print options",
    "torch.set_printoptions(edgeitems=1)": "torch's print options",
    "np.set_printoptions(precision=2)": "NumPy's print options",
    "np.set_printoptions(suppress=True)": "NumPy's print options",
    "np.set_printoptions(legacy='1.25')": "NumPy's print options",
}
PROBES = [
    "1 + 1\n2 + 2",
    "import matplotlib, numpy as np, torch\nfrom torch import nn",
    "torch.arange(2000) / 7, torch.tensor([1e-9, 1.0])",
    "np.arange(2000) / 7, np.array([1e-9, 1.0]), np.float32(1)",
    "nn.Embedding(2, 3).weight.sum().requires_grad, torch.ones(1).dtype, torch.ones(1).device",
]


@pytest.fixture
def as_it_was():
    """Settings affect the whole process. So this fixture restores the defaults, even if a test fails."""
    yield
    torch.set_default_dtype(torch.float32)
    torch.set_default_device(None)
    torch.set_grad_enabled(True)
    torch.set_printoptions(profile="default")
    np.set_printoptions(**kernel.PRINTING)


def state() -> str:
    numbers = torch.tensor([1e-9, 1 / 3]), torch.arange(2000) / 7, np.array([1e-9, 1 / 3]), np.arange(2000) / 7
    return repr((numbers, torch.get_default_dtype(), kernel.default_device(), torch.is_grad_enabled()))


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("watched", [True, False])
def test_a_setting_is_set_back_and_named(setting, watched, as_it_was, monkeypatch, capsys):
    monkeypatch.setattr(kernel, "watched", lambda: watched)
    before = state()
    eval(setting)
    kernel.check_session()
    assert state() == before
    said = capsys.readouterr().out
    line = f"The course does not work with these settings, so this notebook resets them: {SETTINGS[setting]}.\n"
    assert said == (line if watched else "")
    kernel.check_session()
    assert capsys.readouterr().out == ""


def test_numpys_own_print_options_are_what_a_fresh_numpy_has():
    assert np.get_printoptions().items() >= kernel.PRINTING.items()
    assert set(np.get_printoptions()) - set(kernel.PRINTING) <= {"override_repr"}


def run(*parts: tuple[list[str], bool]) -> list[list[list]]:
    """The outputs of each cell, part by part, in a new kernel. A part is its cells, and whether a person looks."""
    notebook = nbformat.v4.new_notebook()
    client = NotebookClient(notebook, kernel_name="python3", timeout=60, allow_errors=True)
    found = []
    with client.setup_kernel():
        for cells, client.kc.allow_stdin in parts:
            found.append([])
            for cell in cells:
                notebook.cells.append(nbformat.v4.new_code_cell(cell))
                client.execute_cell(notebook.cells[-1], len(notebook.cells) - 1)
                found[-1].append(notebook.cells[-1].outputs)
                for output in found[-1][-1]:
                    output.pop("execution_count", None)
    return found


WATCHED = "from tutorial_pkg import kernel; print(kernel.watched())"
EMPTY_TEXT = ["from tutorial_pkg.tokens import tokenise, vocabulary", "vocabulary(tokenise(' '))"]
ENDLESS = [
    "from dataclasses import replace\nfrom tutorial_pkg.practice.items import find\n"
    "from tutorial_pkg.practice.judge import judge\nROWS = replace(find('my_lookup'), seconds=0.2)\nmine = 7",
    "def rows(table, ids):\n    while True: pass\n\n\nprint(judge(ROWS, rows).message)",
    "def rows(table, ids):\n    wide = ids + 100\n    return table[wide]\n\n\nprint(judge(ROWS, rows).message)",
    "print(mine)",
    "nowhere",
]


@pytest.fixture(scope="module")
def kernel_without_settings(tmp_path_factory):
    """The outputs of the set-up cell and of the probes, of an empty text, and of an endless answer.

    They share a kernel, because its start takes most of the time.
    """
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("IPYTHONDIR", plain_kernels(tmp_path_factory.mktemp("ipython")))
        return run(([runner.SETUP, *PROBES], True), (EMPTY_TEXT, True), (ENDLESS, False))


@pytest.fixture
def ordinary(kernel_without_settings):
    """The outputs of the set-up cell and of the probes."""
    return kernel_without_settings[0]


def test_the_set_up_cell_is_silent(ordinary):
    assert ordinary[0] == []
    assert [output.output_type for outputs in ordinary[1:] for output in outputs] == ["execute_result"] * 4


# Other settings again, and no matplotlib: its first import reads the variable.
AGAIN = """
import os, sys

get_ipython().ast_node_interactivity = "all"
os.environ["MPLBACKEND"] = "TurboAgg"
for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
    del sys.modules[name]
"""


def test_all_settings_at_once_in_a_real_kernel(ordinary, tmp_path, monkeypatch):
    """The set-up cell resets all settings. It says so to a person only: JupyterLab allows input, a program does not.

    Without the set-up cell, the settings change what each probe shows. All parts run in one kernel, because its start
    takes most of the time. Cells set the settings again.
    """
    monkeypatch.setenv("IPYTHONDIR", plain_kernels(tmp_path))
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir()
    settings = "\n".join(["import torch, numpy as np", *SETTINGS])
    (startup / "00.py").write_text(settings)
    (startup.parent / "ipython_config.py").write_text("c.InteractiveShell.ast_node_interactivity = 'all'")
    monkeypatch.setenv("MPLBACKEND", "TurboAgg")
    again = f"{settings}\n{AGAIN}"
    seen, _, unseen, _, changed = run(
        ([runner.SETUP, *PROBES, WATCHED], True),
        ([again], True),
        ([runner.SETUP, *PROBES, WATCHED], False),
        ([again], True),
        (PROBES, True),
    )
    assert [one != other for one, other in zip(changed, ordinary[1:], strict=True)] == [True] * len(PROBES)
    for watched, (setup, *probes, asked) in ((True, seen), (False, unseen)):
        assert probes == ordinary[1:] and [output.text for output in asked] == [f"{watched}\n"]
        said = "".join(output.text for output in setup)
        if watched:
            assert said.count("\n") == 1 and "ast_node_interactivity 'all'" in said and "MPLBACKEND 'TurboAgg'" in said
        else:
            assert said == ""


def test_an_error_that_says_what_to_do_is_one_line(kernel_without_settings):
    (error,) = kernel_without_settings[1][-1]
    advice = "Type one word or more, for example: Quick fox"
    assert error.traceback == [f"EmptyTextError: The text is empty, so nothing changes. {advice}"]


def test_in_a_kernel_an_endless_answer_is_stopped_and_the_kernel_lives(kernel_without_settings):
    said = ["".join(output.get("text", "") for output in outputs) for outputs in kernel_without_settings[2]]
    assert said[1] == "The function was stopped after 0.2 seconds. Does a loop ever end?\n"
    assert "IndexError in the line `return table[wide]`" in said[2] and said[3] == "7\n"
    # an unknown name gets one line of help after the import of the practice
    assert "Does a cell above define `nowhere`?" in str(kernel_without_settings[2][4])
