"""Measure, and write the figures into tools/bench/RESULTS.md and README.md. `make bench` calls this.

    python tools/bench/run.py                     measure all sections
    python tools/bench/run.py lookup              measure only this section; the rest of the page stays the same
    python tools/bench/run.py --print             print the figures; the page stays the same

A section is a module in this folder with a function `measure(small=False)`. It returns Markdown, with headings of level
three (`###`). To add a section, add its name to SECTIONS. `bench.table` makes tables and pictures. On the page, each
section is between its own markers and names the machine that it was measured on, so you can measure one section again
without the others. `bench.summary` writes the figures in README.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import time
from pathlib import Path

# Before torch is imported: a thread that waits for another thread spins for only a moment, then sleeps. If it spins for
# long on a busy machine, two threads delay each other. If it sleeps at once, waking it costs more than the second
# thread gains. (GNU's OpenMP, which torch uses on Linux, reads this; other OpenMP libraries do not.)
os.environ.setdefault("GOMP_SPINCOUNT", "2000")

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("tests", "tools")]  # for when this runs as a script

from bench import summary, table  # noqa: E402
from tutorial_pkg.timing import machine  # noqa: E402

# Each module of the benchmark, and the heading of its section. The page has the same order.
SECTIONS = {
    "lookup": "Lookup",
    "training": "Word vectors from text",
    "llm": "A real language model",
    "startup": "What a learner waits for",
}
PAGE = Path(__file__).with_name("RESULTS.md")
HEAD = (
    "# What the benchmark measured\n\n"
    "`make bench` writes this page. The first lines of `tools/bench/run.py` say how to measure only one section."
)


def section(name: str, small: bool = False) -> str:
    """A section's Markdown, between its own markers, with the machine that it was measured on and the time it took."""
    start = time.perf_counter()
    measure = importlib.import_module(f"bench.{name}").measure
    body = measure(small=True) if small else measure()
    taken = time.perf_counter() - start
    head = f"## {SECTIONS[name]}\n\n*Measured on {machine()}; it took {taken:.0f} s.*"
    return f"<!-- bench:{name} -->\n{head}\n\n{body}\n<!-- /bench:{name} -->"


def placed(page: str, sections: dict[str, str]) -> str:
    """The page with these sections replaced, in the order of SECTIONS. All other sections stay the same.

    >>> placed("", {"lookup": "<!-- bench:lookup -->new<!-- /bench:lookup -->"}).splitlines()[-1]
    '<!-- bench:lookup -->new<!-- /bench:lookup -->'
    """
    kept = [HEAD]
    for name in SECTIONS:
        first, last = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
        if name in sections:
            kept.append(sections[name])
        elif first in page and last in page:
            kept.append(page[page.index(first) : page.index(last) + len(last)])
    return "\n\n".join(kept) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", help=f"from {', '.join(SECTIONS)}; without a name, all sections")
    parser.add_argument("--page", type=Path, default=PAGE, help="the file to write the figures to")
    parser.add_argument("--print", action="store_true", help="print the figures and write no file")
    parser.add_argument("--small", action="store_true", help="use tiny sizes to test the code; ignore the figures")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.sections) - set(SECTIONS))
    if unknown:
        parser.error(f"expected sections from {', '.join(SECTIONS)}; got {', '.join(unknown)}")
    if not options.page.parent.is_dir():  # checked before measuring takes minutes
        parser.error(f"expected a folder for the page; {options.page.parent} is not a folder")

    with tempfile.TemporaryDirectory() as dropped:
        table.IMAGES = (Path(dropped) if options.print else options.page.parent) / "images"
        for name in SECTIONS:
            if name not in options.sections and options.sections:
                continue
            measured = section(name, options.small)
            print(f"{measured}\n", flush=True)
            if not options.print:  # at once: if a later section fails, these figures stay
                old = options.page.read_text(encoding="utf-8") if options.page.exists() else ""
                options.page.write_text(placed(old, {name: measured}), encoding="utf-8")
    if options.page == PAGE and not options.print:  # README shows the figures of the stored page
        short = summary.summary(PAGE.read_text(encoding="utf-8"))
        readme = summary.README.read_text(encoding="utf-8")
        summary.README.write_text(summary.in_readme(readme, short), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
