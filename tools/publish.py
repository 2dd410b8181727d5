"""Write where the course is published: into pyproject.toml, the Colab badges, the set-up cells and README.md.

    REPO=owner/name python tools/publish.py            the branch main of this repository
    REPO=owner/name REF=v1.0 python tools/publish.py   this branch or tag
    python tools/publish.py --nowhere                  undo this

REPO and REF are passed as environment variables, so that the shell does not interpret their values. The program makes
all texts before it writes the first file, so a mistake changes nothing. Stored outputs stay, because the set-up cell
never prints anything. Colab and Binder open copies without outputs. This program writes the copies into a subfolder.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from urllib.parse import quote

import nbformat
from copies import CLEARED

from notebooks import FOLDER, ROOT, badge, stamp_published, write_cleared

REPOSITORY = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}(?<!\.git)")
REF = re.compile(r"(?!.*(?:\.\.|//|/\.|\.lock(?:/|$)))[A-Za-z0-9][A-Za-z0-9._/-]*(?<![./])")
SETTING = re.compile(r'(?<=\[tool\.course\]\n)repository = ".*"\nref = ".*"\n')
README = re.compile(r"(<!-- published:start -->\n).*?(<!-- published:end -->)", re.DOTALL)


def main(arguments: list[str]) -> str:
    """Publish with the settings of the command line and of the environment variables; see `stamp`."""
    if arguments == ["--nowhere"]:
        return stamp("")
    repository = os.environ.get("REPO", "")
    if arguments or not repository:
        raise ValueError(
            "Say where to publish: make publish REPO=owner/name [REF=branch or tag]. `make unpublish` undoes it"
        )
    return stamp(repository, os.environ.get("REF") or "main")


def stamp(repository: str, ref: str = "main") -> str:
    """Write the files for a repository. With "", the course is not published. Returns a sentence about the result.

    Raises:
        ValueError: this is not a repository or a ref, or a file does not contain the text to replace. Then nothing is
        written.
    """
    if repository and not REPOSITORY.fullmatch(repository):
        raise ValueError(f"REPO is {repository!r}; expected a repository on GitHub, such as owner/name")
    if not REF.fullmatch(ref):
        raise ValueError(f"REF is {ref!r}; expected a branch or tag, such as main or v1.0")
    files = {}
    for name, place, text in (
        ("pyproject.toml", SETTING, f'repository = "{repository}"\nref = "{ref}"\n'),
        ("README.md", README, rf"\g<1>{_readme(repository, ref)}\g<2>"),
    ):
        files[ROOT / name], count = place.subn(text, (ROOT / name).read_text(encoding="utf-8"))
        if count != 1:
            wanted = (
                "[tool.course] with repository and ref" if name.endswith("toml") else "<!-- published:start/end -->"
            )
            raise ValueError(f"{name}: expected {wanted} once, got it {count} times")
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        if stamp_published(notebook, path.stem, repository, ref):
            files[path] = nbformat.writes(notebook) + "\n"
    for path, text in files.items():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(FOLDER / CLEARED, ignore_errors=True)
    if repository:
        write_cleared(FOLDER)
    return f"Stamped for {repository} at {ref}." if repository else "Stamped as not published."


def _readme(repository: str, ref: str) -> str:
    if not repository:
        return ""
    owner, name = repository.split("/")
    lines = [
        f"To read: [the site](https://{owner.lower()}.github.io/{name}/). Without installing, in Colab or Kaggle:",
        "",
    ]
    for path in sorted(FOLDER.glob("*.ipynb")):
        source = f"https://github.com/{repository}/blob/{ref}/notebooks/{CLEARED}/{path.name}"
        kaggle = f"[Kaggle](https://kaggle.com/kernels/welcome?src={source})"
        lines.append(f"- `{path.stem}` {badge(repository, ref, path.stem)} {kaggle}")
    binder = f"https://mybinder.org/v2/gh/{repository}/{quote(ref, safe='')}?urlpath=lab/tree/notebooks/{CLEARED}"
    return "\n".join([*lines, "", f"Or open the whole course on [Binder]({binder}).", ""])


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except ValueError as error:
        sys.exit(f"Nothing was changed. {error}.")
