"""Run a notebook in JupyterLab in a real Chromium, as a reader would, and say what is seen there.

    python tests/browser/lab.py notebooks/02_embedding_lookup.ipynb --edit my_lookup=answer.py --shots /tmp/shots

That runs a copy of the notebook, with the file's text in place of the cell's, prints what each edited cell shows and
saves screenshots: the whole notebook page by page, and each edited cell. The notebook itself is never changed.
"""

from __future__ import annotations

import argparse
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

SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
}
FLAGS = (
    "--disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()
)

# Waiting for "idle" alone can lose the first click: Lab takes it before the notebook's kernel is attached.
READY = """async name => {
    const late = new Promise((_, refuse) => setTimeout(refuse, 60000, new Error('the notebook was not ready in 60 s')));
    const app = window.jupyterapp;
    const open = async () => {
        await app.restored;
        const panel = await app.commands.execute('docmanager:open', {path: name, factory: 'Notebook'});
        await panel.revealed; await panel.context.ready; await panel.sessionContext.ready;
        await panel.sessionContext.session.kernel.info;
        return panel;
    };
    const panel = await Promise.race([open(), late]);
    app.shell.collapseLeft();
    app.shell.activateById(panel.id);
    window.panel = panel;
    panel.content.widgets.forEach(cell => { cell.node.dataset.id = cell.model.id; });
    await app.commands.execute('notebook:clear-all-cell-outputs');
}"""
# Every cell has a number; or an error, after which Lab runs no further cell. (A cell without text gets no number, and
# one whose code is hidden shows none.)
FINISHED = r"""() => {
    const code = panel.content.widgets.filter(
        cell => cell.model.type === 'code' && cell.model.sharedModel.source.trim());
    const failed = code.some(cell => cell.model.outputs.toJSON().some(output => output.output_type === 'error'));
    const waiting = code.some(cell => cell.node.querySelector('.jp-InputPrompt').textContent.includes('*'));
    return code.every(cell => cell.model.executionCount !== null) || (failed && !waiting);
}"""
CLOSE = "Promise.race([window.panel?.sessionContext.shutdown(), new Promise(done => setTimeout(done, 5000))])"
# What each code cell shows; a picture that cannot be drawn has no natural width.
SEEN = r"""() => panel.content.widgets.filter(cell => cell.model.type === 'code').map(cell => ({
    id: cell.model.id,
    empty: !cell.model.sharedModel.source.trim(),
    ran: cell.model.executionCount !== null,
    errors: cell.model.outputs.toJSON().filter(output => output.output_type === 'error').map(output => output.ename),
    stderr: cell.model.outputs.toJSON().filter(output => output.name === 'stderr').map(output => `${output.text}`),
    text: cell.node.querySelector('.jp-Cell-outputWrapper').innerText,
    pictures: [...cell.node.querySelectorAll('.jp-OutputArea-output img')].filter(image => image.naturalWidth).length,
}))"""
# What a widget shows besides its controls.
SHOWN = r"""output => [...output.querySelectorAll('img')].map(image => image.src).concat(
    [...output.querySelectorAll('.widget-html, .widget-output')].map(part => part.innerText)).join('\n')"""


def missing() -> str:
    """Why no browser can be driven here, or an empty text."""
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
def lab() -> Iterator[Lab]:
    """JupyterLab on loopback, with settings and folders of its own, and a browser to look at it."""
    from playwright.sync_api import sync_playwright

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
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
        command += ["--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True", f"--notebook-dir={folder}"]
        with open(Path(top) / "log", "w") as log:
            server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
        try:
            _await_port(port, server)
            with sync_playwright() as playwright:
                as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, *as_root])
                yield Lab(browser, f"http://127.0.0.1:{port}/lab?reset&token={token}", folder)
                browser.close()
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
    raise RuntimeError(f"JupyterLab did not come up within {seconds:.0f} seconds")


class Lab:
    """A running JupyterLab and browser; `open` shows a notebook in it."""

    def __init__(self, browser: Any, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder

    @contextmanager
    def open(self, notebook: Path, edits: dict[str, str] | None = None) -> Iterator[Opened]:
        """A copy of the notebook, its outputs cleared, with `edits` (source by cell id) made in it."""
        stored = nbformat.read(notebook, as_version=4)
        ids = [cell.id for cell in stored.cells]
        for cell_id, source in (edits or {}).items():
            stored.cells[ids.index(cell_id)].source = source
        nbformat.write(stored, self.folder / notebook.name)
        if (notebook.parent / "images").is_dir():
            shutil.copytree(notebook.parent / "images", self.folder / "images", dirs_exist_ok=True)
        context = self.browser.new_context(viewport={"width": 1200, "height": 1400})
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(self.address)
        page.wait_for_function("window.jupyterapp !== undefined")
        page.evaluate(READY, notebook.name)
        try:
            yield Opened(page, stored)
        finally:
            page.evaluate(CLOSE)
            context.close()


class Opened:
    """A notebook in the browser. `page` is Playwright's page, `stored` the notebook as it is on disk."""

    def __init__(self, page: Any, stored: nbformat.NotebookNode) -> None:
        self.page, self.stored = page, stored

    def run_all(self, seconds: float = 300) -> None:
        """Restart the kernel and run all cells; returns at the last one's end, or after the first error."""
        # not awaited: the command ends with the last cell
        self.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_function(FINISHED, timeout=1000 * seconds)
        self.page.wait_for_timeout(500)  # the last pictures and widgets come after the last prompt

    def cell(self, cell_id: str) -> Any:
        """Locates one cell in the page."""
        return self.page.locator(f'.jp-Cell[data-id="{cell_id}"]')

    def text(self, cell_id: str) -> str:
        """What can be read in a cell's outputs."""
        return "\n".join(self.cell(cell_id).locator(".jp-OutputArea-output").all_inner_texts()).strip()

    def type_and_run(self, cell_id: str, source: str) -> str:
        """Type a new text into a cell, run it with Shift+Enter, and return what can then be read below it."""
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
        """Errors, warnings, cells that did not run and pictures that are not seen: one line each, by cell id."""
        found = []
        for cell in self.page.evaluate(SEEN):
            stored = self.stored.cells[[one.id for one in self.stored.cells].index(cell["id"])]
            wanted = sum("image/png" in output.get("data", {}) for output in stored.outputs)
            stray = re.search(r"\w*Warning: |Error displaying widget|Loading widget", cell["text"])
            faults = [f"raised {name}" for name in cell["errors"]] + [
                f"wrote to stderr: {text}" for text in cell["stderr"]
            ]
            faults += ["did not run"] if not cell["ran"] and not cell["empty"] else []
            faults += [f"shows {stray[0].strip()!r}"] if stray and not faults else []
            seen = cell["pictures"]
            faults += [f"shows {seen} of its {wanted} pictures"] if cell["ran"] and seen < wanted else []
            found += [f"{cell['id']}: {fault}" for fault in faults]
        return found

    def move_widgets(self, seconds: float = 10) -> dict[str, list[bool]]:
        """Move every control of every widget once; by cell id, whether the picture or the text then changed."""
        # side paths are folded
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:expand-all-headings')")
        moved: dict[str, list[bool]] = {}
        for cell in self.stored.cells:
            for output in self.cell(cell.id).locator(".jp-OutputArea-output:has(.jupyter-widgets)").all():
                controls = output.locator(
                    ".noUi-handle, select, input[type=text], textarea, button, input[type=checkbox]"
                )
                for control in controls.all():
                    before = output.evaluate(SHOWN)
                    _move(control)
                    end = time.monotonic() + seconds
                    while (after := output.evaluate(SHOWN)) == before and time.monotonic() < end:
                        self.page.wait_for_timeout(100)
                    moved.setdefault(cell.id, []).append(after != before)
        return moved

    def shots(self, folder: Path, name: str, cells: Iterable[str] = ()) -> list[Path]:
        """Screenshots as PNG: the whole notebook page by page, then each of these cells; returns their paths."""
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


def _move(control: Any) -> None:
    """Move one control of a widget the way a reader would."""
    kind = control.evaluate("node => node.matches('.noUi-handle') ? 'slider' : node.type || node.tagName")
    if kind == "slider":
        at_end = control.get_attribute("aria-valuenow") == control.get_attribute("aria-valuemax")
        control.press("ArrowLeft" if at_end else "ArrowRight")
    elif kind.startswith("select"):
        index, count = control.evaluate("node => [node.selectedIndex, node.options.length]")
        control.select_option(index=(index + 1) % count)
    elif kind.startswith("text"):
        control.press("End")
        control.press_sequentially("s")
        control.press("Enter" if kind == "text" else "Tab")
    else:
        control.click()


def run_in_lab(notebook: Path, edits: dict[str, str] | None = None, screenshots: Path | None = None) -> dict[str, str]:
    """Run a copy of the notebook with these edits; what can be read below each edited cell, by id.

    Args:
        notebook: the .ipynb file; it is not changed.
        edits: source by cell id.
        screenshots: folder for PNG files of the whole notebook and of each edited cell; none if None.
    """
    with lab() as running, running.open(notebook, edits) as opened:
        opened.run_all()
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
    edits = {cell_id: Path(file).read_text() for cell_id, _, file in (edit.partition("=") for edit in options.edit)}
    for cell_id, text in run_in_lab(options.notebook, edits, options.shots).items():
        print(f"--- {cell_id}\n{text}")


if __name__ == "__main__":
    main()
