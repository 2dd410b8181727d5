"""What the pictures of notebook 09 show. Its cells are tested with and without the data."""

from __future__ import annotations

import pytest
import torch
from helpers import cell_namespace, read, run_cell, source

from tutorial_pkg import data, encoder, feedback
from tutorial_pkg.draw import from_rows_to_search as draw
from tutorial_pkg.tokens import EmptyTextError

NAME = "09_from_rows_to_search"


def test_bar_chart_has_a_bar_for_each_method_of_each_set():
    groups = {"verses": {"counts": 89, "rows": 91}, "emojis": {"counts": 0, "rows": 17}}
    (ax,) = draw.bar_chart(groups, "percentage", "{:.0f}%").axes
    assert [bar.get_width() for bar in ax.patches] == [89, 91, 0, 17]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["counts", "rows", "counts", "rows"]
    assert [text.get_text() for text in ax.texts] == ["verses", "89%", "91%", "emojis", "0%", "17%"]


def test_index_sizes_names_every_point_and_takes_pairs():
    (ax,) = draw.index_sizes({"float32": (1536, 95), "8 bits": (388, 95), "1 bit": (48, 93)}).axes
    assert ax.collections[0].get_offsets().tolist() == [[1536, 95], [388, 95], [48, 93]]
    assert [text.get_text() for text in ax.texts] == ["float32", "8 bits", "1 bit"]
    for wrong in ((0, 93), (48, 101)):
        with pytest.raises(ValueError, match="1 bit"):
            draw.index_sizes({"1 bit": wrong})


def test_emojis_are_shown_as_text_with_their_names(monkeypatch):
    shown = []
    monkeypatch.setattr(feedback, "display", lambda data, raw: shown.append(data))
    draw.show_found({"<b>": [("💔", "broken heart"), ("🤖", "robot")]})
    assert shown[0]["text/plain"] == "<b>: 💔 broken heart, 🤖 robot"
    assert "&lt;b&gt;" in shown[0]["text/html"] and "💔" in shown[0]["text/html"]


def run_cells(capsys) -> tuple[dict, str]:
    """Run every code cell above "Your turn" that is not a question. Returns the names and the printed texts."""
    cells = [cell for cell in read(NAME).cells if cell.cell_type == "code" or cell.id == "your-turn"]
    road = cells[: [cell.id for cell in cells].index("your-turn")]
    names = [cell.id for cell in road if not cell.source.startswith(("predict(", "answer(")) and cell.id != "setup"]
    return cell_namespace(NAME, *names), capsys.readouterr().out


def test_without_the_data_the_cells_say_so_and_do_nothing(monkeypatch, capsys):
    def fails():
        raise data.DataError("no network")

    monkeypatch.setattr(encoder, "load", fails)
    cells, printed = run_cells(capsys)
    assert "The data is not here, so the cells below do nothing. no network" in printed
    assert "counts times table" in printed and "first" not in printed and cells["ladder"] == {}


def test_equal_scores_do_not_count_as_found():
    code = source(NAME, "count-search")
    cells = {"torch": torch}
    exec(code[code.index("def found") : code.index("def search")], cells)
    scores = torch.tensor([[0.9, 0.1, 0.3], [0.5, 0.5, 0.0], [0.0, 0.0, 0.0], [0.2, 0.3, 0.1]])[:3]
    assert cells["found"](scores) == [33, 100]


@pytest.fixture(scope="module")
def model():
    try:
        return encoder.load()
    except data.DataError as error:
        pytest.skip(f"this needs the encoder's file: {error}")


@pytest.fixture(scope="module")
def cells(model):
    """The names of the cells in which a learner types sentences. The set of emojis is small here."""
    names = cell_namespace(NAME, "imports")
    signs = [("💔", "broken heart"), ("🤖", "robot")] * 3
    texts = [name for _, name in signs]
    names |= {"encoder": model, "signs": signs, "sets": {}}
    run_cell(names, NAME, "count-search")
    names["sets"] = {"emojis": (texts, texts)}
    code = source(NAME, "order")
    exec(code[: code.index("\n\n\n")], names)  # mean_rows
    run_cell(names, NAME, "row-search")
    return names | {"whole_of": {"emojis": (model(texts), model(texts))}}


TYPED = {"row-search": '"my heart is broken"', "two-sentences": '"dog bites man"'}
TYPED["your-sentences"] = '''"""my heart is broken
a machine that thinks
I have to catch a plane"""'''


@pytest.mark.parametrize("text", ["", " "])
@pytest.mark.parametrize("cell", TYPED)
def test_an_empty_sentence_says_what_to_type(cells, cell, text):
    with pytest.raises(EmptyTextError, match="Type one word or more"):
        run_cell(dict(cells), NAME, cell, (TYPED[cell], repr(text)))


@pytest.mark.parametrize("text", ["robot", "心碎了", "💔", "!?", "mon cœur est brisé " * 200])
def test_any_other_sentence_goes_through(cells, text, monkeypatch):
    shown = []
    monkeypatch.setattr(feedback, "display", lambda data, raw: shown.append(data["text/plain"]))
    names = cells | {"explore": lambda controls, picture: shown.append(picture(*(one.value for one in controls)).words)}
    for cell, old in TYPED.items():
        run_cell(names, NAME, cell, (old, repr(text)))
    assert len(shown) == 3 and not any("nan" in words for words in shown)


def test_after_a_text_without_words_the_old_counts_stay():
    names = cell_namespace(NAME, "imports", "one-text")
    with pytest.raises(EmptyTextError, match="Type one word or more"):
        run_cell(names, NAME, "one-text", ('"the quick fox is in the red house"', '"..."'))
    run_cell(names, NAME, "sum-of-rows")  # it asserts that counts, ids and rows fit together


def test_the_encoders_vectors_are_those_of_the_cell(model):
    cells = {"encoder": model, "torch": torch, "unit": lambda rows: torch.nn.functional.normalize(rows, dim=1)}
    exec(source(NAME, "encode"), cells)
    texts = ["fox", "the quick fox is in the house", "Is it?"]
    assert torch.allclose(cells["text_vectors"](texts), model(texts), atol=1e-6)


def test_no_query_for_an_emoji_shares_a_word_with_its_name():
    try:
        found = data.emojis()
    except data.DataError as error:
        pytest.skip(f"this needs the emojis: {error}")
    assert len(found) > 1000 and not any(set(data.words(name)) & set(data.words(query)) for _, name, query in found)


def test_verse_pairs_are_verses():
    try:
        pairs = data.verse_pairs()
    except data.DataError as error:
        pytest.skip(f"this needs both translations: {error}")
    assert ("Jesus wept.", "Jesus wept.") in pairs
    assert not any("dummy" in verse or not data.words(verse) for pair in pairs for verse in pair)
    lengths = torch.tensor([[len(verse) for verse in pair] for pair in pairs]).float()
    assert torch.corrcoef(lengths.T)[0, 1] > 0.8  # both have the same length
