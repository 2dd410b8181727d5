"""Run a notebook in JupyterLab in a real Chromium, as a learner does, and report what is visible.

    python tests/browser/lab.py notebooks/02_embedding_lookup.ipynb --edit my_lookup=answer.py --shots /tmp/shots

This runs a learner's copy of the notebook, without outputs and with folded side paths. In the copy, the text of
answer.py replaces the text of the cell my_lookup. The program prints what each edited cell shows. It saves screenshots
of each page of the notebook and of each edited cell. The notebook itself is never changed.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parent.parent.parent
SIZE = {"width": 900, "height": 700}  # a small screen, on which the file browser also takes up space
THEMES = ("JupyterLab Light", "JupyterLab Dark")
SIDE_PATH = "## Side path: "
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},  # the same setting as in tools/jupyter/
    "@jupyterlab/apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
}
# For each app: its module, the setting that gives scripts access to the app, and the address of a notebook.
APPS = {
    "lab": ("jupyterlab", "LabApp", "lab?reset"),
    "notebook": ("notebook", "JupyterNotebookApp", "notebooks/{name}?"),
}
FLAGS = (
    "--disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync "
    "--allow-file-access-from-files"  # for the site, which is opened from its folder
).split()

# Opens the notebook in Lab. In Notebook 7, the page already shows the notebook. We wait for the kernel, because Lab
# accepts a click earlier, and then this click may have no effect.
READY = """async name => {
    const late = new Promise((_, refuse) => setTimeout(refuse, 60000, new Error('the notebook was not ready in 60 s')));
    const app = window.jupyterapp;
    const open = async () => {
        await app.restored;
        if (app.name === 'JupyterLab')
            await app.commands.execute('docmanager:open', {path: name, factory: 'Notebook'});
        while (app.shell.currentWidget?.context?.path !== name) await new Promise(done => setTimeout(done, 50));
        const panel = app.shell.currentWidget;
        await panel.revealed; await panel.context.ready; await panel.sessionContext.ready;
        await panel.sessionContext.session.kernel.info;
        return panel;
    };
    const panel = await Promise.race([open(), late]);
    app.shell.activateById('filebrowser');
    app.shell.activateById(panel.id);
    window.panel = panel;
    panel.content.widgets.forEach(cell => { cell.node.dataset.id = cell.model.id; });
}"""
# True if every code cell has a number. Also true if a cell has an error, because then Lab stops. (An empty cell never
# has a number, and a cell with hidden code does not show its number.)
FINISHED = r"""() => {
    const code = panel.content.widgets.filter(
        cell => cell.model.type === 'code' && cell.model.sharedModel.source.trim());
    const failed = code.some(cell => cell.model.outputs.toJSON().some(output => output.output_type === 'error'));
    const waiting = code.some(cell => cell.node.querySelector('.jp-InputPrompt').textContent.includes('*'));
    return code.every(cell => cell.model.executionCount !== null) || (failed && !waiting);
}"""
CLOSE = "Promise.race([window.panel?.sessionContext.shutdown(), new Promise(done => setTimeout(done, 5000))])"
# What each code cell shows. A broken picture has no natural width.
SEEN = r"""() => panel.content.widgets.filter(cell => cell.model.type === 'code').map(cell => ({
    id: cell.model.id,
    empty: !cell.model.sharedModel.source.trim(),
    ran: cell.model.executionCount !== null,
    errors: cell.model.outputs.toJSON().filter(output => output.output_type === 'error').map(output => output.ename),
    stderr: cell.model.outputs.toJSON().filter(output => output.name === 'stderr').map(output => `${output.text}`),
    text: cell.node.querySelector('.jp-Cell-outputWrapper').innerText,
    pictures: [...cell.node.querySelectorAll('.jp-OutputArea-output img')].filter(image => image.naturalWidth).length,
    mute: [...cell.node.querySelectorAll('.jp-OutputArea-output img')].filter(image => !image.alt).length,
}))"""
# What a cell with a control shows next to it: first the words, then the pictures, inside or outside the widget.
SHOWN = r"""cell => ['.jp-OutputArea-output .widget-html', '.jp-OutputArea-output img'].map(parts =>
    [...cell.querySelectorAll(parts)].map(part => part.src || part.innerText).join('\n')).filter(part => part)"""
# Each cell before anything was run: whether the cell and its code are visible, and the number of its outputs.
FIRST = r"""() => panel.content.widgets.map(cell => ({
    id: cell.model.id,
    seen: cell.node.offsetParent !== null,
    code: (cell.node.querySelector('.cm-content')?.offsetParent ?? null) !== null,
    outputs: cell.node.querySelectorAll('.jp-OutputArea-output').length,
}))"""
# For each cell: its pictures, its scrollbars, and how many pixels a control with its picture is higher than the screen.
LAID_OUT = r"""() => {
    const screen = panel.content.node.querySelector('.jp-WindowedPanel-outer').clientHeight;
    const moves = (more, style) => more > 1 && /auto|scroll/.test(style);
    const scrolls = node => {
        const {overflowX, overflowY} = getComputedStyle(node);
        return moves(node.scrollWidth - node.clientWidth, overflowX)
            || moves(node.scrollHeight - node.clientHeight, overflowY);
    };
    return panel.content.widgets.filter(cell => cell.model.type === 'code').map(cell => {
        const all = what => [...cell.node.querySelectorAll('.jp-OutputArea-output' + what)];
        const parts = [...all(' img'), ...all(' .jupyter-widgets')].map(part => part.getBoundingClientRect());
        return {
            id: cell.model.id,
            pictures: all(' img').map(image => ({data: image.src, scale: image.clientWidth / image.naturalWidth})),
            scrollbars: [...all(''), ...all(' *')].filter(scrolls).map(node => node.className || node.tagName),
            above: all(' .jupyter-widgets').length === 0 ? 0 :
                Math.max(...parts.map(part => part.bottom)) - Math.min(...parts.map(part => part.top)) - screen,
        };
    });
}"""
# The lowest contrast of a text with its background, for each cell. (A canvas turns any CSS colour into numbers.)
CONTRAST = r"""() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const numbers = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = (top, ground) => [0, 1, 2].map(i => top[3] * top[i] + (1 - top[3]) * ground[i]);
    const ground = node => {
        if (node === null) return [255, 255, 255];
        const own = numbers(getComputedStyle(node).backgroundColor);
        return own[3] === 1 ? own.slice(0, 3) : over(own, ground(node.parentElement));
    };
    const light = colour => {
        const [red, green, blue] = colour.map(part => part / 255).map(
            part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const found = {};
    for (const cell of panel.content.widgets.filter(cell => cell.model.type === 'code'))
        for (const output of cell.node.querySelectorAll('.jp-OutputArea-output')) {
            const texts = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const node = texts.currentNode.parentElement;
                const text = texts.currentNode.data.trim();
                if (!text || !node.offsetParent || node.matches('option, style, script')) continue;
                const behind = ground(node), ink = over(numbers(getComputedStyle(node).color), behind);
                const [low, high] = [light(ink), light(behind)].sort((a, b) => a - b);
                const contrast = (high + 0.05) / (low + 0.05);
                if (!(found[cell.model.id]?.[0] <= contrast))
                    found[cell.model.id] = [contrast, text.slice(0, 60)];
            }
        }
    return found;
}"""
# Code for the end of a cell. After it, the data of each picture ends with the height of its smallest letters in pixels.
MEASURE = """
from matplotlib.text import Text as _Text
from tutorial_pkg.draw import core as _core

def _measured(figure, _png=_core.png):
    sizes = [text.get_fontsize() for text in figure.findobj(_Text) if text.get_visible() and text.get_text().strip()]
    return _png(figure) + f"letters {min(sizes) * _core.DPI / 72:.2f}".encode()

_core.png = _measured
"""


def missing() -> str:
    """Why these tests cannot use a browser here, or an empty text if they can."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return "Playwright is missing: pip install playwright"
    if shutil.which("chromium"):
        return ""
    with sync_playwright() as playwright:
        found = Path(playwright.chromium.executable_path).exists()
    return "" if found else "Chromium is missing: apt install chromium, or python -m playwright install chromium"


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser from Playwright. A process can only have one Playwright at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, *as_root])
        yield browser
        browser.close()


@contextmanager
def lab(browser: Any, app: str = "lab") -> Iterator[Lab]:
    """Start one of the `APPS`, with its own settings and folders. Only this machine can reach it."""
    module, setting, address = APPS[app]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as top, socket.socket() as probe:
        folder, token = Path(top) / "notebooks", secrets.token_hex(16)
        folder.mkdir()
        for name, values in SETTINGS.items():
            file = Path(top) / "settings" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))
        names = "JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR IPYTHONDIR JUPYTERLAB_WORKSPACES_DIR".split()
        own = {name: str(Path(top) / name.lower()) for name in names}
        own |= {"JUPYTERLAB_SETTINGS_DIR": str(Path(top) / "settings"), "JUPYTER_TOKEN": token}
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", module, "--no-browser", "--allow-root", f"--port={port}"]
        command += ["--ServerApp.port_retries=0", f"--{setting}.expose_app_in_browser=True", f"--notebook-dir={folder}"]
        with open(Path(top) / "log", "w") as log:
            server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
        try:
            _await_port(port, server)
            yield Lab(browser, f"http://127.0.0.1:{port}/{address}&token={token}", folder)
        finally:
            server.terminate()
            server.wait(30)


def _await_port(port: int, server: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError(f"Jupyter did not answer within {seconds:.0f} seconds")


class Lab:
    """A running JupyterLab or Notebook, and a browser. `open` opens a notebook in this browser."""

    def __init__(self, browser: Any, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder

    @contextmanager
    def open(self, notebook: Path, edits: dict[str, str] | None = None) -> Iterator[Opened]:
        """Open a learner's copy of the notebook, with `edits` (cell id: source)."""
        from copies import cleared

        stored = nbformat.read(notebook, as_version=4)
        ids = [cell.id for cell in stored.cells]
        for cell_id, source in (edits or {}).items():
            stored.cells[ids.index(cell_id)].source = source
        nbformat.write(cleared(stored), self.folder / notebook.name)
        if (notebook.parent / "images").is_dir():
            shutil.copytree(notebook.parent / "images", self.folder / "images", dirs_exist_ok=True)
        context = self.browser.new_context(viewport=SIZE)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(self.address.format(name=notebook.name))
        page.wait_for_function("window.jupyterapp !== undefined")
        page.evaluate(READY, notebook.name)
        try:
            yield Opened(page, stored)
        finally:
            page.evaluate(CLOSE)
            context.close()


class Opened:
    """A notebook in the browser. `page` is Playwright's page, and `stored` is the notebook from the disk."""

    def __init__(self, page: Any, stored: nbformat.NotebookNode) -> None:
        self.page, self.stored = page, stored
        self._ids = [cell.id for cell in stored.cells]

    def run_all(self, seconds: float = 300) -> None:
        """Restart the kernel and run all cells. Returns after the last cell or after the first error."""
        # do not wait for this command: it ends with the last cell
        self.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_function(FINISHED, timeout=1000 * seconds)
        self.page.wait_for_timeout(500)  # the last pictures and widgets appear after the last prompt

    def first_look(self) -> list[str]:
        """Faults before anything was run, one line for each, with the cell id.

        There must be no output. The code of the set-up cell must be hidden. Only the heading of a side path is visible.
        """
        found, folded = [], folded_cells(self.stored)
        for cell in self.page.evaluate(FIRST):
            name, code = cell["id"], self.stored.cells[self._ids.index(cell["id"])].cell_type == "code"
            found += [f"{name}: shows {cell['outputs']} outputs"] if cell["outputs"] else []
            if cell["seen"] == (name in folded):
                found.append(f"{name}: is {'seen, in a folded side path' if cell['seen'] else 'not seen'}")
            elif cell["seen"] and code and cell["code"] == (name == "setup"):
                found.append(f"{name}: its code is {'seen' if cell['code'] else 'hidden'}")
        return found

    def unfold(self) -> None:
        """Open all side paths with Lab's own command."""
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:expand-all-headings')")
        self.page.wait_for_timeout(300)

    def laid_out(self) -> list[str]:
        """What does not fit on this screen: one line for each fault, with the cell id. MEASURE must have run before."""
        found = []
        for cell in self.page.evaluate(LAID_OUT):
            name = cell["id"]
            for picture in cell["pictures"]:
                png = base64.b64decode(picture["data"].partition(",")[2])
                letters = float(re.search(rb"letters (\d+\.\d\d)$", png)[1]) * picture["scale"]
                found += [f"{name}: letters of {letters:.1f} pixels"] if letters < 9 else []
            found += [f"{name}: a scrollbar in {part}" for part in cell["scrollbars"]]
            if cell["above"] > 0:
                found.append(f"{name}: control and picture are {cell['above']:.0f} pixels higher than the screen")
        return found

    def faint(self, least: float = 4.5) -> list[str]:
        """Texts in outputs whose contrast is lower than `least`, one line for each theme and cell."""
        found = []
        for theme in THEMES:
            self.page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
            self.page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
            self.page.wait_for_timeout(500)  # the style sheet changes a little later than the name
            for name, (contrast, text) in self.page.evaluate(CONTRAST).items():
                found += [f"{theme}, {name}: {contrast:.2f} for {text!r}"] if contrast < least else []
        return found

    def reopen(self) -> None:
        """Save the notebook, end its kernel, and open the notebook again in a new page."""
        self.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        self.page.evaluate("panel.sessionContext.shutdown()")
        self.reload()

    def reload(self) -> None:
        """Save the notebook and load the page again. The kernel keeps running."""
        self.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        name = self.page.evaluate("panel.context.path")
        self.page.reload()
        self.page.wait_for_function("window.jupyterapp !== undefined")
        self.page.evaluate(READY, name)

    def cell(self, cell_id: str) -> Any:
        """The locator of one cell in the page."""
        return self.page.locator(f'.jp-Cell[data-id="{cell_id}"]')

    def text(self, cell_id: str) -> str:
        """The visible text of a cell's outputs."""
        return "\n".join(self.cell(cell_id).locator(".jp-OutputArea-output").all_inner_texts()).strip()

    def type_and_run(self, cell_id: str, source: str) -> str:
        """Type a new text into a cell, run it with Shift+Enter, and return the visible text below the cell."""
        prompt = self.cell(cell_id).locator(".jp-InputPrompt")
        before = prompt.inner_text()
        self.cell(cell_id).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(
            r"([node, before]) => node.innerText !== before && /\d/.test(node.innerText)",
            arg=[prompt.element_handle(), before],
        )
        self.page.wait_for_timeout(300)
        return self.text(cell_id)

    def problems(self) -> list[str]:
        """Errors, warnings, cells that did not run, and missing pictures, one line for each, with the cell id."""
        found = []
        for cell in self.page.evaluate(SEEN):
            stored = self.stored.cells[self._ids.index(cell["id"])]
            wanted = sum("image/png" in output.get("data", {}) for output in stored.outputs)
            stray = re.search(r"\w*Warning: |Error displaying widget|Loading widget", cell["text"])
            faults = [f"raised {name}" for name in cell["errors"]] + [
                f"wrote to stderr: {text}" for text in cell["stderr"]
            ]
            faults += ["did not run"] if not cell["ran"] and not cell["empty"] else []
            faults += [f"shows {stray[0].strip()!r}"] if stray and not faults else []
            seen = cell["pictures"]
            faults += [f"shows {seen} of its {wanted} pictures"] if cell["ran"] and seen < wanted else []
            faults += [f"has {cell['mute']} pictures without a description"] if cell["mute"] else []
            found += [f"{cell['id']}: {fault}" for fault in faults]
        return found

    def move_widgets(self, seconds: float = 10, keys: bool = True) -> dict[str, list[bool]]:
        """Move every control once. Returns for each cell id whether each control changed the words and the picture.

        Side paths must be open. Sliders are moved with the arrow keys, or without `keys` by a click.
        """
        moved: dict[str, list[bool]] = {}
        kinds = ".noUi-handle, select, input[type=text], textarea, button, input[type=checkbox]"
        for cell in self.stored.cells:
            here = self.cell(cell.id)
            for control in here.locator(".jp-OutputArea-output .jupyter-widgets").locator(kinds).all():
                before = here.evaluate(SHOWN)
                _move(control, keys)
                end = time.monotonic() + seconds
                while not (followed := _differ(before, here.evaluate(SHOWN))) and time.monotonic() < end:
                    self.page.wait_for_timeout(100)
                moved.setdefault(cell.id, []).append(followed)
        return moved

    def shots(self, folder: Path, name: str, cells: Iterable[str] = ()) -> list[Path]:
        """Save screenshots as PNG: each page of the notebook, then each of these cells. Returns their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        outer = self.page.locator(".jp-Notebook:visible .jp-WindowedPanel-outer")
        last = -1
        for number in range(1, 100):
            made.append(folder / f"{name}-{number:02}.png")
            outer.evaluate("(node, number) => node.scrollTo(0, (number - 1) * node.clientHeight)", number)
            where = outer.evaluate("node => node.scrollTop")
            if where == last:
                made.pop()
                break
            last = where
            self.page.wait_for_timeout(200)
            self.page.screenshot(path=made[-1])
        for cell_id in cells:
            made.append(folder / f"{name}-cell-{cell_id}.png")
            self.cell(cell_id).screenshot(path=made[-1])
        return made


def folded_cells(notebook: nbformat.NotebookNode) -> set[str]:
    """The ids of the cells below the heading of a side path, up to the next heading of a section."""
    folded, inside = set(), False
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.match("##? ", cell.source):
            inside = cell.source.startswith(SIDE_PATH)
        elif inside:
            folded.add(cell.id)
    return folded


def _differ(before: list[str], after: list[str]) -> bool:
    return (
        bool(before) and len(before) == len(after) and all(one != two for one, two in zip(before, after, strict=True))
    )


def _move(control: Any, keys: bool) -> None:
    """Move one control of a widget as a reader would."""
    kind = control.evaluate("node => node.matches('.noUi-handle') ? 'slider' : node.type || node.tagName")
    if kind == "slider" and not keys:
        control.locator("xpath=../..").click()  # clicks the middle of the slider
    elif kind == "slider":
        at_end = control.get_attribute("aria-valuenow") == control.get_attribute("aria-valuemax")
        control.press("ArrowLeft" if at_end else "ArrowRight")
    elif kind.startswith("select"):
        index, count = control.evaluate("node => [node.selectedIndex, node.options.length]")
        control.select_option(index=(index + 1) % count)
    elif kind.startswith("text"):
        control.fill("Friday")  # a single token in all vocabularies of the course
        control.press("Enter" if kind == "text" else "Tab")
    else:
        control.click()


def run_in_lab(notebook: Path, edits: dict[str, str] | None = None, screenshots: Path | None = None) -> dict[str, str]:
    """Run a copy of the notebook with these edits. Returns the visible text below each edited cell, by id.

    Args:
        notebook: the .ipynb file; it is not changed.
        edits: cell id to source.
        screenshots: the folder for PNG files of the whole notebook and of each edited cell, or None.
    """
    with chromium() as browser, lab(browser) as running, running.open(notebook, edits) as opened:
        opened.run_all()
        opened.unfold()
        texts = {cell_id: opened.text(cell_id) for cell_id in edits or {}}
        if screenshots:
            opened.shots(screenshots, notebook.stem, texts)
        for problem in opened.problems():
            print(f"! {problem}")
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description="Run a copy of a notebook in JupyterLab in a real browser.")
    parser.add_argument("notebook", type=Path)
    parser.add_argument(
        "--edit", action="append", default=[], metavar="ID=FILE", help="a cell's id, the file with its text"
    )
    parser.add_argument("--shots", type=Path, metavar="DIR", help="folder for screenshots")
    options = parser.parse_args()
    sys.path.append(str(ROOT / "tools"))  # for copies.py; pytest adds this path itself
    edits = {cell_id: Path(file).read_text() for cell_id, _, file in (edit.partition("=") for edit in options.edit)}
    for cell_id, text in run_in_lab(options.notebook, edits, options.shots).items():
        print(f"--- {cell_id}\n{text}")


if __name__ == "__main__":
    main()
