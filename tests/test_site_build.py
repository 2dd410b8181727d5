"""The site's pages as Sphinx gets them: links to cells, data for the page's script, and the states of controls."""

from __future__ import annotations

import html
import importlib.util
import json
from types import ModuleType

import nbformat
from helpers import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"site_{name}", ROOT / "tools" / "site" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_links_lead_to_cells_of_pages():
    text = "[a](02_embedding_lookup.ipynb#cell-id=one-row) [b](#cell-id=here) [c](01_token_ids.ipynb) [d](questions.md)"
    (cell,) = tool("build").transform("00", new_notebook(cells=[new_markdown_cell(text, id="here")]), {}).cells
    assert '<span id="cell-here"></span>' in cell.source
    for link in ("02_embedding_lookup.html#cell-one-row", "#cell-here", "01_token_ids.html", "questions.html"):
        assert f"({link})" in cell.source


def test_data_for_the_script_stays_in_its_attribute():
    data = {"says": '"quoted" & it\'s <b>bold</b>'}
    written = tool("build").attribute(data)
    assert not set("\"'<>") & set(written) and json.loads(html.unescape(written)) == data


def test_a_control_starts_where_the_notebook_has_it(tmp_path):
    imports = "from ipywidgets import IntSlider\nfrom tutorial_pkg.draw.core import Picture"
    piece = "explore(IntSlider(6, 1, 40, description='V'), lambda V: Picture(1, 1).say(f'V = {V}, d = {d}.'))"
    cells = [("imports", imports), ("size", "d = 7"), ("unused", "1 / 0"), ("piece", piece)]
    notebook = new_notebook(cells=[new_code_cell(source, id=name) for name, source in cells])
    nbformat.write(notebook, tmp_path / "01_small.ipynb")
    found = tool("states").draw(tmp_path / "01_small.ipynb", tmp_path)["piece"]
    (control,) = found["controls"]
    assert control["label"] == "V" and control["values"][control["start"]] == "6"
    assert {"1", "40"} <= set(control["values"]) and len(control["values"]) == len(found["states"]) == 13
    name, words = found["states"][str(control["start"])]
    assert (tmp_path / name).exists() and words == "V = 6, d = 7."
