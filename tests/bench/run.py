"""Measure, and write the figures into the README between its markers. `make bench` calls this.

    python tests/bench/run.py                     all sections, into README.md
    python tests/bench/run.py lookup              this section only; the others keep what the README has of them
    python tests/bench/run.py --print             only print; the README stays as it is

A section is a module in this folder with a function `tables(small=False)` that returns a list of `bench.table.Table`;
add its name to SECTIONS. Each section stands in the README between markers of its own, with the machine it was
measured on, so that it can be measured again alone.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from pathlib import Path

# Before torch is imported: a thread that waits for another spins for a moment only, then sleeps. Where it spins for
# long, two threads on a busy machine keep each other off the core; where it sleeps at once, waking it costs more than
# the second thread gains. (GNU's OpenMP, which torch has on Linux, reads this; others have settings of their own.)
os.environ.setdefault("GOMP_SPINCOUNT", "2000")

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "tests") not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT / "tests"))

from tutorial_pkg.timing import machine  # noqa: E402

SECTIONS = ("lookup", "training", "startup")
BEGIN, END = "<!-- bench:start -->", "<!-- bench:end -->"


def section(name: str, small: bool = False) -> str:
    """A section's Markdown, between its own markers, with the machine that it was measured on."""
    tables = importlib.import_module(f"bench.{name}").tables(small)
    body = "\n\n".join(table.markdown() for table in tables)
    return f"<!-- bench:{name} -->\n*Measured on {machine()}.*\n\n{body}\n<!-- /bench:{name} -->"


def placed(readme: str, sections: dict[str, str], order: tuple[str, ...] = SECTIONS) -> str:
    """The README's text with these sections in it, in that order; sections that were not measured stay as they are.

    Raises:
        ValueError: the markers are not there, each once and in order.

    >>> text = placed(f"above\\n{BEGIN}\\n{END}\\nbelow", {"lookup": "<!-- bench:lookup -->new<!-- /bench:lookup -->"})
    >>> text.splitlines()[2]
    '<!-- bench:lookup -->new<!-- /bench:lookup -->'
    """
    if readme.count(BEGIN) != 1 or readme.count(END) != 1 or readme.index(BEGIN) > readme.index(END):
        raise ValueError(f"the README needs the lines {BEGIN} and {END}, each once and in this order, for the figures")
    above, _, rest = readme.partition(BEGIN)
    old, _, below = rest.partition(END)
    kept = []
    for name in order:
        first, last = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
        if name in sections:
            kept.append(sections[name])
        elif first in old and last in old:
            kept.append(old[old.index(first) : old.index(last) + len(last)])
    return above + BEGIN + "\n" + "\n\n".join(kept) + "\n" + END + below


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)}; all if none is given")
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md", help="the file that gets the figures")
    parser.add_argument("--print", action="store_true", help="only print the figures")
    parser.add_argument("--small", action="store_true", help="tiny sizes: tries the frame, the figures mean nothing")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.sections) - set(SECTIONS))
    if unknown:
        parser.error(f"there is no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    if not options.print:  # before minutes are spent on measuring
        if not options.readme.exists():
            parser.error(f"{options.readme} is not there; --print only prints")
        try:
            placed(options.readme.read_text(encoding="utf-8"), {})
        except ValueError as error:
            parser.error(str(error))

    measured = {}
    for name in SECTIONS:
        if name in options.sections or not options.sections:
            start = time.perf_counter()
            measured[name] = section(name, options.small)
            print(f"{measured[name]}\n\n{name}: {time.perf_counter() - start:.0f} s\n", flush=True)
    if not options.print:
        # Read again: it may have been edited while the measuring went on.
        text = placed(options.readme.read_text(encoding="utf-8"), measured)
        options.readme.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
