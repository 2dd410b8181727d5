"""Notebook 01's byte-pair encoding, taken from its cells: against naive code, and against the `tokenizers` library."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter

import pytest
from helpers import cell_namespace
from hypothesis import example, given, settings
from hypothesis import strategies as st

PIECES = st.lists(st.sampled_from("abc"), max_size=12)


@pytest.fixture(scope="module")
def cells():
    """What is defined after the cells of sections 3 and 4, and of the side paths on GPT-2."""
    return cell_namespace(
        "01_token_ids",
        *["imports", "sentence", "count-pairs", "merge", "train", "bpe", "piece-ids", "gpt2", "texts"],
        *["byte-table", "gpt2-files", "cut", "gpt2-encode", "gpt2-decode"],
    )


# ---------------------------------------------------------------------------------------------- by hand, section 3


def test_the_smallest_example(cells):
    assert cells["merges"] == [("a", "n"), ("an", "a"), ("b", "an")]
    assert cells["steps"][-1] == [["ban", "ana"], ["ban", "d", "ana"]]
    assert cells["bpe"]("bana", cells["ranks"]) == ["b", "ana"]
    assert cells["piece_ids"] == {"a": 0, "b": 1, "d": 2, "n": 3, "an": 4, "ana": 5, "ban": 6}
    assert cells["words"] == [list("banana"), list("bandana")]  # training left its input alone


@given(st.lists(PIECES, max_size=4))
def test_count_pairs(cells, words):
    naive = Counter()
    for word in words:
        for i in range(len(word) - 1):
            naive[word[i], word[i + 1]] += 1
    assert cells["count_pairs"](words) == naive


@given(PIECES, st.sampled_from("abc"), st.sampled_from("abc"))
@example(list("aaaaa"), "a", "a")
def test_merge_is_replacing_in_text(cells, pieces, one, two):
    # with "|" around every piece, merging from left to right is Python's own str.replace
    text = "".join(f"|{piece}|" for piece in pieces).replace(f"|{one}||{two}|", f"|{one}{two}|")
    before = list(pieces)
    assert cells["merge"](pieces, (one, two)) == [piece for piece in text.split("|") if piece]
    assert pieces == before


@given(st.lists(PIECES, min_size=1, max_size=4), PIECES)
def test_encoding_replays_training(cells, words, new):
    merges, state = [], words
    while len(merges) < 6 and (counts := cells["count_pairs"](state)):
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        state = [cells["merge"](word, best) for word in state]
    learned, steps = cells["train"](words, 6)
    assert (learned, steps[0], steps[-1], len(steps)) == (merges, words, state, len(merges) + 1)
    ids = cells["piece_vocabulary"](words, merges)
    assert {piece for word in state for piece in word} <= set(ids)
    assert sorted(set(ids.values())) == list(range(len(ids)))  # no id is left out
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    assert [cells["bpe"](word, ranks) for word in words] == state  # the words of the training come out as it left them
    one_after_the_other = new
    for pair in merges:
        one_after_the_other = cells["merge"](one_after_the_other, pair)
    assert cells["bpe"](new, ranks) == one_after_the_other


# --------------------------------------------------------------------------------------------- GPT-2's, section 4


def test_byte_table(cells):
    char_of = cells["char_of"]
    assert sorted(char_of) == list(range(256)) and len(set(char_of.values())) == 256
    assert not any(char.isspace() or unicodedata.category(char)[0] in "CZ" for char in char_of.values())
    assert {cells["id_of"][char] for char in char_of.values()} == set(range(256))  # the 256 bytes are the first ids


def test_the_tables_are_consistent(cells):
    id_of, ranks = cells["id_of"], cells["gpt2_ranks"]
    assert sorted(id_of.values()) == list(range(50257)) and len(ranks) == 50000
    assert all(id_of["".join(pair)] == 256 + rank for pair, rank in ranks.items())  # a merge's id is its rank, moved up
    assert id_of["<|endoftext|>"] == 50256


def test_running_example(cells):
    assert cells["gpt2_encode"]("Quick fox is in the house") == [21063, 21831, 318, 287, 262, 2156]


def agrees(cells, text):
    ids = cells["gpt2_encode"](text)
    assert ids == cells["gpt2_ids"](text), text
    assert b"".join(cells["gpt2_pieces"](ids)).decode() == text


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
def test_equals_the_library_on_sentences(cells, text):
    for variant in (text, text.upper(), " " + text, text + "\n", text * 2, text[::-1], text.replace(" ", "  ")):
        agrees(cells, variant)


@settings(max_examples=1500, deadline=None)
@given(st.text())
def test_equals_the_library_on_any_unicode(cells, text):
    agrees(cells, text)


PARTS = [
    *["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'", "\u2019s"],
    *[" ", "  ", "\n", "\t", "\r\n", "\u00a0", "\u3000", "\u2028", "\x85", "\x1c", "\u200b"],
    *["0", "7", "12", "2026", "½", "²", "Ⅷ", "٣", "१", "一"],
    *["fox", "House", "data", "unbelievable", "ñ", "á", "Straße", "дом", "狐", "キツネ", "여우", "लोमड़ी", "ثعلب", "ב"],
    *["e\u0301", "\u0301", "\u200d", "\ufe0f", "👩\u200d👩\u200d👧", "🦊", "🏽", "🇪🇸"],
    *["!", "...", "(", ")", "_", "-", "$", "€", "%", "\\", "\x00", "\x7f", "\U0010ffff"],
]


def test_equals_the_library_on_thousands_of_mixtures(cells):
    dice = random.Random(42)
    texts = {"".join(dice.choices(PARTS, k=dice.randint(1, 12))) for _ in range(4000)}
    assert len(texts) > 3500
    for text in texts:
        agrees(cells, text)


def by_category(text: str) -> list[str]:
    """GPT-2's cut into chunks without any regular expression: from Python's own table of Unicode categories."""
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
                end -= 1  # the last of several white spaces is left for what comes after it
        chunks.append(text[i:end])
        i = end
    return chunks


# Characters that Python's own table has, and has as something settled: tables of other years know more.
ASSIGNED = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]) | st.sampled_from(" \t\n'1aé🦊\u0301"))


@settings(max_examples=1500, deadline=None)
@given(ASSIGNED | st.lists(st.sampled_from(PARTS)).map("".join))
@example("   three  \n x")
def test_the_cut_is_that_of_unicodes_categories(cells, text):
    assert cells["cut"](text) == by_category(text)


@given(st.text(max_size=20))
def test_library_and_notebook_refuse_half_characters_alike(cells, text):
    with pytest.raises(UnicodeEncodeError):
        cells["gpt2_encode"](text + "\ud800")
