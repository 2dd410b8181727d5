"""Measure, and write the figures into tools/bench/RESULTS.md and README.md. `make bench` calls this.

    python tools/bench/run.py                     all sections
    python tools/bench/run.py lookup              this section only; the others keep what the page has of them
    python tools/bench/run.py --print             only print; the page stays as it is

A section is a module in this folder with a function `measure(small=False)` that returns Markdown, headings from `###`
on; add its name to SECTIONS. `bench.table` has tables and pictures. Each section is on the page between its own
markers, with the machine that it was measured on, so it can be measured again by itself. `bench.summary` writes the
figures in README.
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
# long, two threads on a busy machine keep each other off the core. If it sleeps at once, waking it costs more than the
# second thread gains. (GNU's OpenMP, which torch has on Linux, reads this; others have different settings.)
os.environ.setdefault("GOMP_SPINCOUNT", "2000")

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("tests", "tools")]  # for when this runs as a script

from bench import summary, table  # noqa: E402
from tutorial_pkg.timing import machine  # noqa: E402

# A module in this folder with a function `measure`, and the heading of what it writes; in this order on the page.
SECTIONS = {
    "lookup": "Lookup",
    "training": "Word vectors from text",
    "llm": "A real language model",
    "startup": "What a learner waits for",
}
PAGE = Path(__file__).with_name("RESULTS.md")
HEAD = (
    "# What the benchmark measured\n\n"
    "`make bench` writes this page; `tools/bench/run.py` says how to measure only a part."
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
    """The page with these sections in it, in that order; sections that were not measured stay as they are.

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
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)}; without a name, all")
    parser.add_argument("--page", type=Path, default=PAGE, help="the file that gets the figures")
    parser.add_argument("--print", action="store_true", help="only print the figures; pictures are dropped")
    parser.add_argument("--small", action="store_true", help="tiny sizes: tries the frame, the figures mean nothing")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.sections) - set(SECTIONS))
    if unknown:
        parser.error(f"expected sections of {', '.join(SECTIONS)}; got {', '.join(unknown)}")
    if not options.page.parent.is_dir():  # before minutes are spent on measuring
        parser.error(f"expected a folder for the page; there is not a folder at {options.page.parent}")

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
    if options.page == PAGE and not options.print:  # README's figures are those of the stored page
        short = summary.summary(PAGE.read_text(encoding="utf-8"))
        readme = summary.README.read_text(encoding="utf-8")
        summary.README.write_text(summary.in_readme(readme, short), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
