"""Notebook 01: the functions in its cells, and what its pictures show, read from the data of the figures.

Byte-pair encoding is compared with simple code and with the `tokenizers` library.
"""

from __future__ import annotations

import random
import unicodedata
import warnings
from collections import Counter

import pytest
import torch
from helpers import cell_namespace, source
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from tutorial_pkg.draw.core import BLUE, WIDTH
from tutorial_pkg.draw.token_ids import merge_steps, padded_batch, pieces
from tutorial_pkg.tokens import decode, encode, pad, tokenise, vocabulary

SENTENCE = "Quick fox is in the house"
SPECIAL = vocabulary(tokenise(SENTENCE), special=["<unk>", "<pad>"])


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts if text.get_text()]


def faces(figure: Figure, kind: type = FancyBboxPatch) -> list[str]:
    return [to_hex(patch.get_facecolor()) for patch in figure.axes[0].patches if type(patch) is kind]


def drawn_without_a_warning(figure: Figure) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph ... missing from font"
        figure.draw_without_rendering()


def test_padded_batch_hatches_padding_and_only_padding():
    ids = torch.tensor([[4, 0, 3], [5, 7, 7], [7, 1, 7]])
    mask = torch.tensor([[True] * 3, [True, False, False], [True, True, False]])  # the 7 in the last row is a real id
    figure = padded_batch(ids, mask, SPECIAL)
    cells = [patch for patch in figure.axes[0].patches if type(patch) is Rectangle]
    assert [patch.get_hatch() is None for patch in cells] == mask.flatten().tolist()
    inside = [text for text in texts(figure) if "\n" in text]
    assert inside == [f"{one}\n{list(SPECIAL)[one]}" for one in ids.flatten().tolist()]
    assert {figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()} == {"position", "sentence"}
    assert figure.words == (
        "A batch of 3 sentences is padded to 3 positions. The lengths are 3, 1 and 2. The padding is hatched, at 3 "
        "positions. All other ids belong to the text."
    )
    drawn_without_a_warning(figure)


@pytest.mark.parametrize("mask", [[[True]], [[True, True], [True, True]], [[True, True, True]]])
def test_padded_batch_refuses_other_shapes(mask):
    with pytest.raises(ValueError, match="one shape"):
        padded_batch([[1, 2]], mask, SPECIAL)


def test_merge_steps_marks_what_each_merge_made():
    steps = [[list("aba"), list("ab")], [["ab", "a"], ["ab"]], [["aba"], ["ab"]]]
    figure = merge_steps(steps, [("a", "b"), ("ab", "a")])
    shown = ["start", *"abaab", "rank 0: a + b", "ab", "a", "ab", "rank 1: ab + a", "aba", "ab"]
    assert texts(figure) == shown
    marked = [face == BLUE.lower() for face in faces(figure)]
    assert marked == [False] * 5 + [True, False, True] + [True, False]
    widths = [patch.get_width() for patch in figure.axes[0].patches]
    assert widths[5] == pytest.approx(widths[0] + widths[1] + 0.03)  # as wide as its two parts and the gap between them
    drawn_without_a_warning(figure)
    with pytest.raises(ValueError, match="got 1 merges and 2 results"):
        merge_steps(steps, [("a", "b")])


def test_pieces_shows_each_piece_with_its_id():
    figure = pieces([[b"Zor", b"ro", b" \xf0\x9f", b"\xa6\x8a"], []], [[57, 305, 8582, 99], []], ["one", "none"])
    shown = texts(figure)
    assert shown == ["one", "Zor", "57", "ro", "305", "20 F0 9F", "8582", "A6 8A", "99", "none", "(no tokens)"]
    grey = [face == "#dddddd" for face in faces(figure)]
    assert grey == [False, False, True, True, False]
    assert "A grey piece is a part of a character." in figure.words
    decoded = pieces([["A", " \ufffd"]], [[32, 12520]])  # as a decoder shows a piece of a character
    assert [face == "#dddddd" for face in faces(decoded)] == [False, True]
    drawn_without_a_warning(figure)


def test_pieces_goes_on_in_the_next_line_and_stops_somewhere():
    figure = pieces([[b"four"] * 120], [list(range(120))])
    ys = [round(text.get_position()[1], 3) for text in figure.axes[0].texts if text.get_text() == "four"]
    assert len(set(ys)) == 8 and texts(figure)[-1] == f"… and {120 - len(ys)} more"
    assert max(patch.get_x() + patch.get_width() for patch in figure.axes[0].patches) <= WIDTH
    drawn_without_a_warning(figure)


@pytest.mark.parametrize(
    ("some", "ids", "labels"), [([[b"a"]], [[1, 2]], []), ([[b"a"]], [], []), ([[b"a"]], [[1]], ["a", "b"])]
)
def test_pieces_refuses_what_does_not_match(some, ids, labels):
    with pytest.raises(ValueError, match=r"expected .*; got"):
        pieces(some, ids, labels)


@settings(max_examples=30, deadline=None)
@example(["a\u0610"])  # the letter and the mark are in different fonts
@given(st.lists(st.text(max_size=6) | st.binary(min_size=1, max_size=4), max_size=6))
def test_any_unicode_is_drawn_without_a_missing_glyph(some):
    drawn_without_a_warning(pieces([some], [range(len(some))]))


# ------------------------------------------------------------------------------ words to ids and back, sections 1 and 2


@pytest.fixture(scope="module")
def cells():
    """The names that section 1 defines."""
    return cell_namespace("01_token_ids", "imports", "sentence", "vocabulary", "encode", "decode")


@pytest.fixture(scope="module")
def later_cells():
    """The names that section 2 and the side path on padding define."""
    road = ["imports", "sentence", "vocabulary", "encode", "decode", "specials"]
    return cell_namespace("01_token_ids", *road, "ragged", "pad")


@given(st.text())
def test_notebooks_functions_are_these(cells, text):
    words = vocabulary(tokenise(text) or ["fox"])
    cells["vocabulary"] = words
    cells["token_of"] = {i: token for token, i in words.items()}
    assert cells["encode"](text) == encode(text, words)
    assert cells["decode"](encode(text, words)) == decode(encode(text, words), words)


@given(st.text())
def test_notebooks_functions_with_unknown_words_are_these(later_cells, text):
    special = ["<unk>", "<pad>"]
    assert later_cells["vocabulary"] == vocabulary(tokenise(SENTENCE), special=special)
    ids = encode(text, later_cells["vocabulary"], unknown="<unk>")
    assert later_cells["encode"](text) == ids
    assert later_cells["decode"](ids) == decode(ids, later_cells["vocabulary"])


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=7), min_size=1, max_size=5), st.integers(0, 9))
def test_notebooks_pad_is_this(later_cells, batch, pad_id):
    ids, mask = later_cells["pad"](batch, pad_id)
    expected = pad(batch, pad_id)
    assert torch.equal(ids, expected[0]) and torch.equal(mask, expected[1])


@pytest.mark.parametrize(
    "text", ["", "fox", "a b c d e f g h i", "to be or not to be", "ÉTÉ forêt", "狐狸 在", "x y\n\tx"]
)
def test_the_learners_text_goes_through(text):
    code = source("01_token_ids", "your-text").replace("To be or not to be", text.encode("unicode_escape").decode())
    namespace = cell_namespace("01_token_ids", "imports")
    namespace["show"] = lambda figure: figure.words  # drawn, but not rendered
    for _ in range(2):
        exec(code, namespace)
        assert namespace["tokens"] == tokenise(text)
        assert [list(namespace["vocabulary"])[i] for i in namespace["ids"]] == namespace["tokens"]


@pytest.mark.parametrize("corpus", ["", "a", "aaaa", "fox", "狐狸 狐狸", "ab ab ba", "low low low lower"])
@pytest.mark.parametrize("new_word", ["", "a", "fox", "狐狸", "lowest"])
def test_the_learners_words_go_through(bpe_cells, corpus, new_word, capsys):
    code = source("01_token_ids", "own-words")
    code = code.replace("low low low lower lower newer newer wider", corpus).replace('"lower"', repr(new_word))
    namespace = dict(bpe_cells)
    for _ in range(2):
        exec(code, namespace)
    assert "".join(namespace["pieces"]) == new_word and f"{new_word} -> " in capsys.readouterr().out


# ------------------------------------------------------------------------------------- byte-pair encoding

LETTERS = st.lists(st.sampled_from("abc"), max_size=12)


@pytest.fixture(scope="module")
def bpe_cells():
    """The names that sections 3 and 4 and the side paths on GPT-2 define."""
    return cell_namespace(
        "01_token_ids",
        *["imports", "sentence", "count-pairs", "merge", "most-frequent", "train", "bpe", "piece-ids", "gpt2", "texts"],
        *["byte-table", "gpt2-files", "cut", "gpt2-encode", "gpt2-decode"],
    )


# ---------------------------------------------------------------------------------------------- by hand, section 3


def test_the_smallest_example(bpe_cells):
    assert bpe_cells["merges"] == [("a", "n"), ("an", "a"), ("b", "an")]
    assert bpe_cells["steps"][-1] == [["ban", "ana"], ["ban", "d", "ana"]]
    assert bpe_cells["bpe"]("bana", bpe_cells["ranks"]) == ["b", "ana"]
    assert bpe_cells["piece_ids"] == {"a": 0, "b": 1, "d": 2, "n": 3, "an": 4, "ana": 5, "ban": 6}
    assert bpe_cells["words"] == [list("banana"), list("bandana")]  # training did not change its input


@given(st.lists(LETTERS, max_size=4))
def test_count_pairs(bpe_cells, words):
    naive = Counter()
    for word in words:
        for i in range(len(word) - 1):
            naive[word[i], word[i + 1]] += 1
    assert bpe_cells["count_pairs"](words) == naive


@given(LETTERS, st.sampled_from("abc"), st.sampled_from("abc"))
@example(list("aaaaa"), "a", "a")
def test_merge_is_replacing_in_text(bpe_cells, pieces, one, two):
    # with "|" around each piece, str.replace merges from left to right
    text = "".join(f"|{piece}|" for piece in pieces).replace(f"|{one}||{two}|", f"|{one}{two}|")
    before = list(pieces)
    assert bpe_cells["merge"](pieces, (one, two)) == [piece for piece in text.split("|") if piece]
    assert pieces == before


@given(st.lists(LETTERS, min_size=1, max_size=4), LETTERS)
def test_encoding_replays_training(bpe_cells, words, new):
    merges, state = [], words
    while len(merges) < 6 and (counts := bpe_cells["count_pairs"](state)):
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        state = [bpe_cells["merge"](word, best) for word in state]
    learned, steps = bpe_cells["train"](words, 6)
    assert (learned, steps[0], steps[-1], len(steps)) == (merges, words, state, len(merges) + 1)
    ids = bpe_cells["piece_vocabulary"](words, merges)
    assert {piece for word in state for piece in word} <= set(ids)
    assert sorted(set(ids.values())) == list(range(len(ids)))  # every id is there
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    assert [bpe_cells["bpe"](word, ranks) for word in words] == state  # the merges have the order of training
    one_after_the_other = new
    for pair in merges:
        one_after_the_other = bpe_cells["merge"](one_after_the_other, pair)
    assert bpe_cells["bpe"](new, ranks) == one_after_the_other


# --------------------------------------------------------------------------------------------- GPT-2's, section 4


def test_byte_table(bpe_cells):
    char_of = bpe_cells["char_of"]
    assert sorted(char_of) == list(range(256)) and len(set(char_of.values())) == 256
    assert not any(char.isspace() or unicodedata.category(char)[0] in "CZ" for char in char_of.values())
    assert {bpe_cells["id_of"][char] for char in char_of.values()} == set(range(256))  # the 256 bytes are the first ids


def test_the_tables_are_consistent(bpe_cells):
    id_of, ranks = bpe_cells["id_of"], bpe_cells["gpt2_ranks"]
    assert sorted(id_of.values()) == list(range(50257)) and len(ranks) == 50000
    assert all(id_of["".join(pair)] == 256 + rank for pair, rank in ranks.items())  # a merge's id is its rank + 256
    assert id_of["<|endoftext|>"] == 50256


def test_running_example(bpe_cells):
    assert bpe_cells["gpt2_encode"]("Quick fox is in the house") == [21063, 21831, 318, 287, 262, 2156]


def agrees(bpe_cells, text):
    ids = bpe_cells["gpt2_encode"](text)
    assert ids == bpe_cells["gpt2_ids"](text), text
    assert b"".join(bpe_cells["gpt2_pieces"](ids)).decode() == text


SENTENCES = [
    "",
    " ",
    "\n",
    "Quick fox is in the house",
    "It's what they'll've said: I'd, you're, WE'RE, can't, 'tis, rock'n'roll, O'Neill's",
    "for i in range(10):\n\tprint(f'{i:>3}')  # done\r\n",
    "3.14159 1,000,000 2026-01-31 ½ ² Ⅷ ٣٤ १२३ 一二三 1st 2nd x1y2",
    "👩‍👩‍👧‍👦 🦊🏠 🇪🇸 👍🏽 ❤️ 1️⃣",
    "El zorro rápido está en la casa. ¿Dónde está el ñandú? ¡Aquí!",
    "Der schnelle Fuchs ist im Haus. Straße, Größe, Ärger.",
    "Le renard n'est pas là ; l'été, ça va… « œuvre »",
    "Быстрая лиса в доме. Ёжик.",
    "Η γρήγορη αλεπού είναι στο σπίτι.",
    "הַשּׁוּעָל הַמָּהִיר בַּבַּיִת",
    "الثعلب السريع في البيت",
    "फुर्तीली लोमड़ी घर में है।",
    "敏捷的狐狸在房子里。「はやい」キツネは家にいる。빠른 여우가 집에 있다.",
    "สุนัขจิ้งจอกอยู่ในบ้าน",
    "e\u0301 é n\u0303 ñ a\u0300\u0301\u0302 \u0301 ﬁ ﷺ",
    "\u00a0a\u00a0\u2003b\u3000c\u200bd\ufeffe\u2028f\x85g\x1ch\x00i\x7f",
    "   three blanks,   then\n\n\n lines \t\t tabs   ",
    "<|endoftext|> $x_1$ \\n %d & <b>!</b> ''' 's 'S ' s",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_equals_the_library_on_sentences(bpe_cells, text):
    for variant in (text, text.upper(), " " + text, text + "\n", text * 2, text[::-1], text.replace(" ", "  ")):
        agrees(bpe_cells, variant)


@settings(max_examples=700, deadline=None)
@given(st.text())
def test_equals_the_library_on_any_unicode(bpe_cells, text):
    agrees(bpe_cells, text)


PARTS = [
    *["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'", "\u2019s"],
    *[" ", "  ", "\n", "\t", "\r\n", "\u00a0", "\u3000", "\u2028", "\x85", "\x1c", "\u200b"],
    *["0", "7", "12", "2026", "½", "²", "Ⅷ", "٣", "१", "一"],
    *["fox", "House", "data", "unbelievable", "ñ", "á", "Straße", "дом", "狐", "キツネ", "여우", "लोमड़ी", "ثعلب", "ב"],
    *["e\u0301", "\u0301", "\u200d", "\ufe0f", "👩\u200d👩\u200d👧", "🦊", "🏽", "🇪🇸"],
    *["!", "...", "(", ")", "_", "-", "$", "€", "%", "\\", "\x00", "\x7f", "\U0010ffff"],
]


def test_equals_the_library_on_thousands_of_mixtures(bpe_cells):
    dice = random.Random(42)
    texts = {"".join(dice.choices(PARTS, k=dice.randint(1, 12))) for _ in range(4000)}
    assert len(texts) > 3500
    for text in texts:
        agrees(bpe_cells, text)


def by_category(text: str) -> list[str]:
    """GPT-2's chunks of a text without a regular expression, from Python's table of Unicode categories."""
    white = set("\t\n\v\f\r\x85\u2028\u2029")

    def kind(c: str) -> str:
        category = unicodedata.category(c)[0]
        return "white" if c in white or category == "Z" else category if category in "LN" else "other"

    chunks, i = [], 0
    while i < len(text):
        ending = next((e for e in ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d") if text.startswith(e, i)), None)
        if ending:
            end = i + len(ending)
        else:
            start = i + (text[i] == " " and i + 1 < len(text) and kind(text[i + 1]) != "white")
            end = start + 1
            while end < len(text) and kind(text[end]) == kind(text[start]):
                end += 1
            if kind(text[start]) == "white" and end < len(text) and end - i > 1:
                end -= 1  # the last of several white spaces belongs to the next chunk
        chunks.append(text[i:end])
        i = end
    return chunks


# Characters that Python's Unicode table knows. The tables of other years may know more characters.
ASSIGNED = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]) | st.sampled_from(" \t\n'1aé🦊\u0301"))


@settings(max_examples=700, deadline=None)
@given(ASSIGNED | st.lists(st.sampled_from(PARTS)).map("".join))
@example("   three  \n x")
def test_the_cut_is_that_of_unicodes_categories(bpe_cells, text):
    assert bpe_cells["cut"](text) == by_category(text)


@given(st.text(max_size=20))
def test_library_and_notebook_refuse_half_characters_alike(bpe_cells, text):
    with pytest.raises(UnicodeEncodeError):
        bpe_cells["gpt2_encode"](text + "\ud800")
