"""The site in a real Chromium, opened from its folder: every page in both themes, wide and narrow.

The tests also use the live parts of the pages. `make site` builds the site. The fixture builds it if there is no site,
or if the site is older than a file from which it is made.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tutorial_pkg.tokens import encode, tokenise, vocabulary

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
# Elements that the theme makes. The course cannot change them.
THEME = ".bd-header, .bd-sidebar, .bd-sidebar-secondary, .bd-footer, .prev-next-footer, #pst-skip-link, .header-article"


@pytest.fixture(scope="module", autouse=True)
def site() -> None:
    first = SITE / "index.html"
    folders = (ROOT / "notebooks", ROOT / "tools" / "site", ROOT / "tutorial_pkg")
    sources = (file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")
    newest = max(file.stat().st_mtime for file in sources)
    if not first.exists() or first.stat().st_mtime < newest:
        subprocess.run([sys.executable, str(ROOT / "tools" / "site" / "build.py")], check=True)


@pytest.fixture
def visit(browser):
    """`visit(name, width, dark)` opens a page and records its addresses (`loaded`, `elsewhere`) and its `errors`."""
    contexts = []

    def open_page(name: str, width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.elsewhere, page.errors, page.loaded = [], [], []
        page.on("requestfinished", lambda r: page.loaded.append(r.url))
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else page.elsewhere.append(r.url))
        page.on("requestfailed", lambda r: page.errors.append(f"{r.url} is missing"))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(f"file://{SITE}/{name}.html")
        page.wait_for_function("document.readyState === 'complete'")
        return page

    yield open_page
    for context in contexts:
        context.close()


def pages() -> list[str]:
    notebooks = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    return ["index", *notebooks, "questions", "glossary"]


LOOK = """() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    broken: [...document.images].filter(i => !i.complete || !i.naturalWidth).length,
    mute: [...document.querySelectorAll('article img')].filter(i => i.alt.trim().split(' ').length < 5).length,
    links: [...document.querySelectorAll('article a[href]')].map(a => a.getAttribute('href')),
})"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", pages())
def test_a_page_is_whole(name, width, dark, visit):
    page = visit(name, width, dark)
    seen = page.evaluate(LOOK)
    assert page.elsewhere == [] and page.errors == []
    assert (seen["wide"], seen["broken"], seen["mute"]) == (0, 0, 0)
    if width == 390:
        return
    for link in seen["links"]:
        target, _, anchor = link.partition("#")
        if re.match("[a-z]+:", target):
            continue
        file = SITE / (target or f"{name}.html")
        assert file.exists(), link
        assert not anchor or re.search(rf'id="{re.escape(anchor)}"', file.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", pages())
def test_axe_finds_no_violation(name, dark, visit):
    page = visit(name, dark=dark)
    found = Axe().run(page, context={"exclude": [[one] for one in THEME.split(", ")]}).response["violations"]
    serious = {rule["id"]: [node["html"][:120] for node in rule["nodes"][:3]] for rule in found}
    assert serious == {}


def test_the_weights(visit):
    sizes = {path: path.stat().st_size for path in SITE.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 12_000_000
    files = {Path(url.removeprefix("file://").partition("?")[0]) for url in visit("index").loaded}
    print(
        f"site: {sum(sizes.values()):,} bytes; first page: {sum(sizes[file] for file in files):,} in {len(files)} files"
    )
    assert len(files) > 5 and sum(sizes[file] for file in files) < 1_000_000
    script = (ROOT / "tools" / "site" / "course.js").read_text(encoding="utf-8").count("\n")
    style = (ROOT / "tools" / "site" / "course.css").read_text(encoding="utf-8").count("\n")
    assert script <= 250 and style <= 150


TEXTS = ["", "Quick fox is in the house", "quick QUICK Quick", "  two\tthree\nfour ", "été forêt größe İstanbul IRMAK",
         "狐 は 家 に いる", "🦊 🏠 🦊 fox", "ﬁ ß ẞ", "a\x1fb\x85c\u2028d\ufeffe", "naïve naive"]  # fmt: skip


def test_the_first_page_splits_as_the_package_does(visit):
    """200 texts: the special texts above, and texts of words drawn from them."""
    import random

    draw, words = random.Random(0), " ".join(TEXTS).split()
    texts = [*TEXTS, *(" ".join(draw.choices(words, k=draw.randrange(1, 40))) for _ in range(190))]
    page = visit("index")
    for text in texts:
        tokens = tokenise(text)
        ids = encode(text, vocabulary(tokens)) if tokens else []
        assert page.evaluate("text => window.courseIds(text)", text) == {"tokens": tokens, "ids": ids}, text


def test_the_first_page_shows_torchs_rows_and_answers_odd_texts(visit):
    import torch
    from torch import nn

    torch.manual_seed(42)
    row = nn.Embedding(32, 3).weight[4].tolist()
    page = visit("index")
    figure = page.locator(".course-figure")
    for number in row:
        assert f"{number:.4f}".replace("-", "−") in figure.inner_text()
    for text, says in (
        ("", "An empty text has no tokens"),
        (" ".join(f"w{i}" for i in range(40)), "this sentence has 40"),
        ("fox " * 60, "has the id 0"),
        ("🦊 狐", "has the id"),
    ):
        page.locator(".course-live input").fill(text)
        assert says in figure.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_first_page_follows_a_chosen_token_by_keyboard(visit):
    page = visit("index")
    page.get_by_role("button", name="fox", exact=True).focus()
    page.keyboard.press("Enter")
    assert "You chose “fox”, which has the id 0." in page.locator(".course-figure").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "fox"


def test_a_picture_can_be_made_large_on_a_phone(visit):
    page = visit("02_embedding_lookup", 390)
    picture = page.locator("img.course-picture").first
    small = picture.bounding_box()["width"]
    picture.click()
    assert small < 390 < picture.bounding_box()["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    picture.click()
    assert picture.bounding_box()["width"] == small


def test_a_prediction_is_answered_right_wrong_and_not(visit):
    page = visit("02_embedding_lookup")
    place = page.locator(".course-predict:has(form)").first
    item = place.evaluate("node => JSON.parse(node.dataset.item)")
    hidden = page.locator(".course-hidden").count()
    assert hidden > 0, "the result is hidden before a guess"
    place.locator("input").fill("")
    place.locator("input").press("Enter")
    assert "Expected" in place.locator(".course-said").inner_text()
    assert page.locator(".course-hidden").count() == hidden
    place.locator("input").fill(str(item["result"]))
    place.locator("input").press("Enter")
    assert place.locator(".course-said").inner_text().startswith("✓")
    assert page.locator(".course-hidden").count() < hidden
    place.locator("input").fill("(97, 89)" if item["kind"] == "shape" else "97")
    place.locator("input").press("Enter")
    assert "not " in place.locator(".course-said").inner_text()
    other = page.locator(".course-predict").nth(1)
    other.get_by_text("skip").click()
    assert other.locator(".course-said").inner_text().startswith("It is")


def test_the_text_below_a_result_does_not_give_it_away(visit):
    page = visit("03_one_hot_and_linear")
    below = page.locator("p:has(.course-reveal) + p + p").first
    assert not below.is_visible()
    page.locator(".course-predict").first.get_by_text("skip").click()
    assert below.is_visible() and len(below.inner_text().split()) > 5


def test_a_recall_question_is_answered_by_keyboard(visit):
    page = visit("03_one_hot_and_linear")
    place = page.locator(".course-recall").first
    right = place.get_attribute("data-right")
    for letter in "abc":
        place.get_by_role("button", name=f"answer {letter}", exact=True).focus()
        page.keyboard.press("Enter")
        said = place.locator(".course-said").inner_text()
        assert said.startswith("✓" if letter == right else "×") and len(said.split()) > 5


def test_every_control_moves_its_picture_by_keyboard(visit):
    moved = 0
    for name in pages()[1:-2]:
        page = visit(name)
        for place in page.locator(".course-explore").all():
            for field in place.locator("select, input").all():
                before = place.locator("img").get_attribute("src"), place.locator("p").inner_text()
                field.evaluate("node => node.closest('details')?.setAttribute('open', '')")
                field.focus()
                at = field.input_value()
                page.keyboard.press(
                    "ArrowDown" if at == "0" and field.evaluate("n => n.tagName") == "SELECT" else "ArrowUp"
                )
                if field.input_value() == at:
                    page.keyboard.press("ArrowLeft")
                page.wait_for_timeout(50)
                after = place.locator("img").get_attribute("src"), place.locator("p").inner_text()
                assert before[0] != after[0], name
                assert place.locator("img").evaluate("n => n.decode().then(() => n.naturalWidth)") > 0
                moved += 1
    assert moved >= 5


def test_a_link_into_a_side_path_opens_it(visit):
    page = visit("03_one_hot_and_linear")
    inside = page.locator("details.side span[id^='cell-']").first.get_attribute("id")
    assert not page.locator(f"details.side:has(#{inside})").evaluate("node => node.open")
    page.goto(f"file://{SITE}/03_one_hot_and_linear.html#{inside}")
    page.wait_for_timeout(200)
    assert page.locator(f"details.side:has(#{inside})").first.evaluate("node => node.open")
