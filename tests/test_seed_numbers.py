"""Notebook 02 prints the same numbers as the document that this course began with, digit for digit.

Source: "Token_embeddings.ipynb" by RCortez25 (github.com/RCortez25/PhD, folder "LLM/2. Token embeddings"). It prints
them for `torch.manual_seed(42)`, `nn.Embedding(6, 3)` and then `nn.Embedding(4, 5)`. They were copied here by hand.
"""

import contextlib
import io
import re

import pytest
import torch
from helpers import cell_namespace, read

NOTEBOOK = "02_embedding_lookup"

FIRST_TABLE = """
     1.9269  1.4873 -0.4974
     0.4396 -0.7581  1.0783
     0.8008  1.6806  0.3559
    -0.6866  0.6105  1.3347
    -0.2316  0.0418 -0.2516
     0.8599 -0.3097 -0.3957
"""
ROWS_2_3_5_1 = """
     0.8008  1.6806  0.3559
    -0.6866  0.6105  1.3347
     0.8599 -0.3097 -0.3957
     0.4396 -0.7581  1.0783
"""
SECOND_TABLE = """
    -0.2234  1.7174  0.3189 -0.4245 -0.8140
    -0.7360 -0.8371 -0.9224  1.8113  0.1606
     0.3672  0.1754 -1.1845  1.3835 -1.2024
     0.7078 -1.0759  0.5357  1.1754  0.5612
"""
ROWS_0_2 = """
    -0.2234  1.7174  0.3189 -0.4245 -0.8140
     0.3672  0.1754 -1.1845  1.3835 -1.2024
"""
WORDS = ["fox", "house", "in", "is", "quick", "the"]
IDS = "4 0 3 2 5 1"

# The numbers that each cell of the notebook prints.
PRINTED = {
    "fresh-table": FIRST_TABLE,
    "rows-of-words": FIRST_TABLE,
    "sample-lookup": ROWS_2_3_5_1,
    "second-table": SECOND_TABLE,
    "second-lookup": ROWS_0_2,
}


def decimals(text: str) -> list[str]:
    """The numbers with four decimals in a text, exactly as they are written."""
    return re.findall(r"-?\d+\.\d{4}(?!\d)", text)


def stored(cell_id: str) -> str:
    """The text in the stored output of one cell."""
    cell = next(cell for cell in read(NOTEBOOK).cells if cell.id == cell_id)
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


@pytest.fixture(scope="module")
def fresh() -> dict[str, str]:
    """What the cells with these numbers print now, run in the notebook's order."""
    namespace = cell_namespace(NOTEBOOK, "imports")
    printed = {}
    for cell in read(NOTEBOOK).cells:
        if cell.id in ("sentence", *PRINTED):
            caught = io.StringIO()
            with contextlib.redirect_stdout(caught):
                exec(compile(cell.source, f"<{cell.id}>", "exec"), namespace)
            printed[cell.id] = caught.getvalue()
    return printed


@pytest.mark.parametrize("cell_id", PRINTED)
def test_stored_output_has_the_figures(cell_id):
    assert decimals(stored(cell_id)) == PRINTED[cell_id].split()


@pytest.mark.parametrize("cell_id", PRINTED)
def test_a_fresh_run_has_the_figures(cell_id, fresh):
    assert decimals(fresh[cell_id]) == PRINTED[cell_id].split()


@pytest.mark.parametrize("when", ["stored", "fresh"])
def test_sentence_has_the_ids_and_each_word_its_row(when, fresh):
    text = {
        cell_id: stored(cell_id) if when == "stored" else fresh[cell_id] for cell_id in ("sentence", "rows-of-words")
    }
    assert re.search(r"tensor\(\[(.*)\]\)", text["sentence"]).group(1).split(", ") == IDS.split()
    lines = text["rows-of-words"].splitlines()
    assert [line.split()[2] for line in lines] == WORDS
    rows = [row.split() for row in FIRST_TABLE.strip().splitlines()]
    assert [decimals(line) for line in lines] == rows


def test_the_whole_sentence_has_the_rows_of_its_ids():
    rows = [row.split() for row in FIRST_TABLE.strip().splitlines()]
    assert decimals(stored("sentence-lookup")) == [number for one in IDS.split() for number in rows[int(one)]]


@pytest.mark.parametrize("cell_id", ["fresh-table", "second-table"])
def test_tables_are_printed_as_trainable_parameters(cell_id):
    assert stored(cell_id).startswith("Parameter containing:\ntensor(")
    assert "requires_grad=True" in stored(cell_id)


@pytest.mark.parametrize("cell_id", ["sample-lookup", "second-lookup"])
def test_looked_up_rows_know_their_way_back(cell_id):
    assert "grad_fn=<EmbeddingBackward0>" in stored(cell_id)


def test_values_hold_without_the_notebook():
    torch.manual_seed(42)
    for table, size in ((FIRST_TABLE, (6, 3)), (SECOND_TABLE, (4, 5))):
        due = torch.tensor([float(number) for number in table.split()]).reshape(size)
        assert torch.allclose(torch.nn.Embedding(*size).weight, due, rtol=0, atol=5.1e-5)
