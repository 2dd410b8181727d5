"""The files that say what is installed agree: pyproject.toml, tools/*.txt, environment.yml, the Makefile and CI."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import jupyter_settings
import pytest
import yaml
from helpers import NOTEBOOKS, ROOT, plain_kernels, read
from IPython.core.inputtransformer2 import TransformerManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
EVERY = RUNTIME + [Requirement(text) for extra in EXTRAS.values() for text in extra]
BUILD = [Requirement(text) for text in PROJECT["build-system"]["requires"]]
CONDA = (ROOT / "environment.yml").read_text(encoding="utf-8")
CONDA_NAMES = {"pytorch": "torch", "matplotlib-base": "matplotlib"}  # conda's name -> PyPI's name
OPTIONAL = {"psutil"}  # ipykernel needs it; without it, the package does not know the free memory
IMPORT_NAMES = {
    "IPython": "ipython",
    "yaml": "pyyaml",
    "PIL": "pillow",
    "axe_playwright_python": "axe-playwright-python",
}  # imported name -> PyPI's name, if they differ
OWN = {"tutorial_pkg"} | {path.stem for path in [*ROOT.glob("tests/**/*"), *ROOT.glob("tools/**/*")]}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))


def exact(name: str) -> dict[str, Version]:
    """The versions in a file of tools/. It has lines `name==version` and comments."""
    versions = {}
    for line in (ROOT / "tools" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            package, version = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][0-9A-Za-z.]*)", line).groups()
            assert canonicalize_name(package) not in versions, f"{package} is there twice"
            versions[canonicalize_name(package)] = Version(version)
    return versions


def outside(versions: dict[str, Version], requirements: Iterable[Requirement]) -> list[str]:
    """The requirements that these versions do not satisfy."""
    return [
        f"{requirement}: {versions.get(canonicalize_name(requirement.name), 'no version')}"
        for requirement in requirements
        if canonicalize_name(requirement.name) not in versions
        or not requirement.specifier.contains(versions[canonicalize_name(requirement.name)])
    ]


# ---------------------------------------------------------------------------------------------------------- versions


def test_constraints_satisfy_the_project():
    assert outside(exact("constraints.txt"), EVERY + BUILD) == []


def test_colab_satisfies_the_project():
    assert outside(exact("colab.txt"), RUNTIME) == []
    assert Version("3.13") in SpecifierSet(PROJECT["project"]["requires-python"])


def test_the_oldest_are_the_lower_bounds():
    oldest = exact("oldest.txt")
    assert outside(oldest, RUNTIME) == []
    bounds = {
        canonicalize_name(requirement.name): Version(specifier.version)
        for requirement in RUNTIME
        for specifier in requirement.specifier
        if specifier.operator == ">="
    }
    assert bounds == oldest


def test_a_version_out_of_bounds_is_seen():
    bounds = [Requirement("torch>=2.6"), Requirement("numpy>=2.0")]
    assert outside({"torch": Version("2.5.1"), "numpy": Version("2.0")}, bounds) == ["torch>=2.6: 2.5.1"]
    assert outside({"torch": Version("2.6")}, bounds) == ["numpy>=2.0: no version"]


@pytest.mark.skipif(
    importlib.util.find_spec("jupyterlab") is None, reason="this environment is only for tests: it has no JupyterLab"
)
def test_constraints_are_the_whole_closure():
    """Every package that lab and dev need has an exact version. (Torch itself pins those of CUDA.)"""
    versions, todo, seen = exact("constraints.txt"), [("tutorial-pkg", extra) for extra in ("", "lab", "dev")], set()
    while todo:
        package, extra = todo.pop()
        seen.add(package)
        for text in importlib.metadata.requires(package) or []:
            requirement = Requirement(text)
            name = canonicalize_name(requirement.name)
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            if package == "torch" and name.startswith(("nvidia-", "cuda-", "triton")):
                continue
            todo += [(name, extra) for extra in ("", *requirement.extras) if name not in seen or extra]
    seen -= {"tutorial-pkg"}
    assert len(seen) > 80 and sorted(seen - set(versions)) == []


@pytest.mark.skipif(not (Path(sys.prefix) / "complete.json").exists(), reason="not the environment that make sets up")
def test_this_environment_has_the_exact_versions():
    other = []
    for name, version in exact("constraints.txt").items():
        try:
            here = Version(importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            continue  # only another system or the benchmark needs it
        if here.public != version.public:
            other.append(f"{name} {here}, not {version}")
    assert other == []


# --------------------------------------------------------------------------------------------------- environment.yml


def conda_complaints(text: str) -> list[str]:
    """The faults of an environment.yml, compared with pyproject.toml, constraints.txt and the notebooks."""
    found, versions = [], exact("constraints.txt")
    content = yaml.safe_load(text)
    if content.get("channels") != ["conda-forge"]:
        found.append(f"the channels are {content.get('channels')}")
    lines, there = content["dependencies"], set()
    if lines[-1:] != [{"pip": ["-e ."]}]:
        found.append("the last line does not install the course's package with pip, and nothing else")
    for line in lines[:-1]:
        if line == "pip":
            there.add(line)
            continue
        match = re.fullmatch(r"([a-z0-9-]+)=(\d+(?:\.\d+)+)", line)
        if not match:
            found.append(f"{line!r} is not name=version")
            continue
        name = CONDA_NAMES.get(match[1], match[1])
        there.add(name)
        if name == "python":
            if not re.fullmatch(r"3\.\d+", match[2]) or match[2] not in SpecifierSet(">=3.11,<3.14"):
                found.append(f"{line}: Binder needs python=3.x, and the course 3.11 to 3.13")
        elif versions.get(name) != Version(match[2]):
            found.append(f"{line}: constraints.txt has {versions.get(name)}")
    needed = {"python", "pip"} | {requirement.name for requirement in RUNTIME}
    needed |= {"jupyter", "jupyterlab", "nbval", "pytest"}  # they open and check the notebooks
    found += [f"there is no {name}" for name in sorted(needed - there)]
    found += [f"nothing needs {name}" for name in sorted(there - needed)]
    numbers = {path.name[:2] for path in NOTEBOOKS}
    for line in re.findall(r"^ +- .*[^:]$", text.split("dependencies:")[1], re.M):
        needs = re.search(r"  # (all|\d\d(?:, \d\d)*)\b", line)
        if not needs:
            found.append(f"{line.strip()}: no comment says which notebook needs it")
        elif needs[1] != "all":
            found += [
                f"{line.strip()}: no notebook {number}" for number in needs[1].split(", ") if number not in numbers
            ]
    return found


def test_conda():
    assert conda_complaints(CONDA) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("pytorch=2.13.0", "pytorch=2.12.0", "pytorch=2.12.0: constraints.txt has 2.13.0"),
        ("pytorch=2.13.0", "pytorch>=2.13", "'pytorch>=2.13' is not name=version"),
        ("pytorch=2.13.0", "pytorch==2.13.0", "'pytorch==2.13.0' is not name=version"),
        ("  - conda-forge\n", "  - defaults\n", "the channels are ['defaults']"),
        ("python=3.12", "python=3.12.4", "python=3.12.4: Binder needs"),
        ("python=3.12", "python=3.10", "python=3.10: Binder needs"),
        ("  # 01:", "  # 77:", "no notebook 77"),
        ("  # 01: GPT-2's tokeniser", "", "no comment says which notebook needs it"),
        ("      - -e .", "      - torch", "the last line does not install"),
        ("  - tokenizers=0.23.3  # 01: GPT-2's tokeniser\n", "", "there is no tokenizers"),
        ("  - pip  #", "  - ruff=0.17.6  # all\n  - pip  #", "nothing needs ruff"),
    ],
)
def test_conda_complains(old, new, complaint):
    assert old in CONDA
    found = conda_complaints(CONDA.replace(old, new, 1))
    assert any(complaint in line for line in found), found


# ----------------------------------------------------------------------------------------------------------- imports


def imported(source: str) -> set[str]:
    """The packages that Python code imports, by their names on PyPI. Python's and the project's own are left out."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    tops = {name.split(".")[0] for name in found} - set(sys.stdlib_module_names) - OWN
    return {IMPORT_NAMES.get(name, name.lower()) for name in tops}


def in_package() -> set[str]:
    return set().union(*(imported(path.read_text(encoding="utf-8")) for path in ROOT.glob("tutorial_pkg/**/*.py")))


def in_notebook(path: Path) -> set[str]:
    plain = TransformerManager().transform_cell  # it turns lines such as %pip into Python
    return set().union(*(imported(plain(cell.source)) for cell in read(path).cells if cell.cell_type == "code"))


def test_what_the_package_imports_is_declared_and_nothing_else_is():
    used = in_package().union(*map(in_notebook, NOTEBOOKS))
    assert "pillow" in " ".join(importlib.metadata.requires("matplotlib")), "so the project does not have to declare it"
    assert used - OPTIONAL - {"pillow"} == {requirement.name for requirement in RUNTIME}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_what_a_notebook_imports_is_declared(path):
    assert in_notebook(path) <= {requirement.name for requirement in RUNTIME}


def test_what_the_tests_import_is_declared():
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("tools/**/*.py")]
    used = set().union(*(imported(path.read_text(encoding="utf-8")) for path in files))
    optional = {"xllamacpp", "torchrec"}  # used only if they are installed
    assert used - {requirement.name for requirement in EVERY} - optional == set()


def test_imports_are_seen():
    source = "import os, numpy.linalg\nfrom . import x\ndef f():\n    from yaml import load\nimport tutorial_pkg.draw"
    assert imported(source) == {"numpy", "pyyaml"}


def test_the_citation_has_the_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (PROJECT["project"]["version"], PROJECT["project"]["license"])


# ---------------------------------------------------------------------------------------------------- make and CI


def test_every_target_is_listed_and_says_what_it_does():
    listed = set(re.findall(r"^([a-z-]+):.*## \S", MAKEFILE, re.M))
    phony = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split())
    assert listed == TARGETS == phony


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", ".github/workflows/test.yml", ".pre-commit-config.yaml"])
def test_what_is_called_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    called = re.findall(r"(?<![\w./])((?:\.ci|tests|tools|notebooks)/[\w./-]+\w)", text)
    called += [f"tools/{name}.txt" for name in re.findall(r"versions: (\w+)", text)]
    assert called, "nothing is called"
    assert [path for path in called if not (ROOT / path).exists()] == []
    commands = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for targets in re.findall(r"(?:^|run: |timeout \d+ )make ([a-z -]+)$", commands, re.M):
        assert set(targets.split()) <= TARGETS


def test_the_workflow_covers_what_it_should():
    text = (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    jobs = workflow["jobs"]
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert oldest in jobs["exact"]["strategy"]["matrix"]["python"]
    other = {row["versions"]: row["python"] for row in jobs["other"]["strategy"]["matrix"]["include"]}
    assert other["oldest"] == oldest and "colab" in other
    for job in jobs.values():
        assert job["timeout-minutes"] and job["steps"][0]["uses"].startswith("actions/checkout@")
    # Each action is pinned to a commit. A comment names the release of that commit.
    for line in re.findall(r"^.*\buses:.*$", text, re.M):
        assert re.fullmatch(r" +- uses: actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line), line
    # The workflow runs the same tests as `make test`.
    assert workflow["env"]["EVERYTHING"] in MAKEFILE


# ---------------------------------------------------------------------------------- setting up (tools/environment.py)

SCRIPT = ROOT / "tools" / "environment.py"


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """The set-up script as a module. It works on a folder where the set-up is complete: one package with two files."""
    spec = importlib.util.spec_from_file_location("environment", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "LOCK", tmp_path / ".venv" / "set-up.lock")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "complete.json")
    monkeypatch.setattr(module, "LOG", tmp_path / ".venv" / "set-up.log")
    metadata = tmp_path / ".venv/lib/python3.11/site-packages/toy-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "RECORD").write_text("toy.py,sha256=x,1\ntoy.pyc,,\ntoy-1.0.dist-info/RECORD,,\n")
    (metadata.parent / "toy.py").touch()
    module.STAMP.write_text(json.dumps({"wanted": "x", "root": str(tmp_path), "packages": [metadata.name]}))
    return module


def test_a_finished_set_up_is_recognised(environment):
    assert environment.files_complete()


@pytest.mark.parametrize(
    "damage",
    {
        "interrupted before the stamp": lambda env: env.STAMP.unlink(),
        "interrupted within the stamp": lambda env: env.STAMP.write_text('{"wanted": "x", "ro'),
        "a file deleted": lambda env: next(env.VENV.rglob("toy.py")).unlink(),
        "a package deleted": lambda env: next(env.VENV.rglob("*.dist-info")).rename(env.VENV / "gone"),
        "a package half installed": lambda env: next(env.VENV.rglob("RECORD")).unlink(),
        "the project moved": lambda env: setattr(env, "ROOT", Path("elsewhere")),
    }.values(),
)
def test_a_damaged_set_up_is_noticed(environment, damage):
    damage(environment)
    assert not environment.files_complete()


def test_an_update_that_fails_is_not_complete(environment, monkeypatch):
    monkeypatch.setattr(environment, "pip", lambda *arguments: sys.exit(1))
    with pytest.raises(SystemExit):
        environment.set_up("update")
    assert not environment.files_complete()


LAB = ROOT / "tools" / "jupyter"


def test_a_changed_requirement_is_noticed(environment, tmp_path, monkeypatch):
    """Requirements, constraints and Lab's settings decide what is installed."""
    for name in ("pyproject.toml", "tools/constraints.txt", "tools/jupyter/overrides.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(environment, "CONSTRAINTS", tmp_path / "tools" / "constraints.txt")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    environment.STAMP.write_text(environment.STAMP.read_text().replace('"x"', f'"{environment.wanted()}"'))
    assert environment.to_do(this_python=False) == ""
    for name in ("pyproject.toml", "tools/constraints.txt", "tools/jupyter/overrides.json"):
        (tmp_path / name).write_text("two")
        assert environment.to_do(this_python=False) == "update", name
        (tmp_path / name).write_text("one")


def test_lab_and_kernels_find_the_courses_settings(tmp_path):
    """Every file of tools/jupyter is copied to where Jupyter or IPython looks. A second call writes nothing."""
    assert sorted(jupyter_settings.PLACES) == sorted(path.name for path in LAB.iterdir())
    written = jupyter_settings.install(str(tmp_path))
    assert {path.read_text(encoding="utf-8") for path in written} == {
        path.read_text(encoding="utf-8") for path in LAB.iterdir()
    }
    assert jupyter_settings.install(str(tmp_path)) == []
    written[0].write_text("something else")
    assert jupyter_settings.install(str(tmp_path)) == [written[0]]
    assert all(path.parts[len(tmp_path.parts)] in ("share", "etc") for path in written)


@pytest.mark.parametrize("package", ["tutorial_pkg", "a_package_that_was_removed"])
def test_a_kernel_starts_with_its_configuration(environment, tmp_path, package):
    """The kernel has imported what the first cells need, and explains an unknown name in the first cell.

    A kernel that does not find the package works, too.
    """
    text = (LAB / "ipython_kernel_config.txt").read_text().replace("tutorial_pkg", package)
    cells = ["W", "1 + 1", "import sys; {'torch', 'ipywidgets', 'matplotlib.figure'} <= set(sys.modules)"]
    cells += ["import gc; gc.isenabled(), gc.get_freeze_count() > 0"]
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=True)
    client.execute(env=os.environ | {"IPYTHONDIR": plain_kernels(tmp_path, text)})
    (error, *said), (two,), (imported,), (garbage,) = (cell.outputs for cell in notebook.cells)
    assert error.ename == "NameError" and two.data["text/plain"] == "2"
    lines = " ".join(" ".join(output.data["text/plain"] for output in said).split())
    there = package == "tutorial_pkg"
    assert imported.data["text/plain"] == str(there) and garbage.data["text/plain"] == f"(True, {there})"
    help_line = "○ Does a cell above define `W`? Run the cells above: Run > Run All Above Selected Cell."
    assert lines == help_line * there


def test_a_broken_interpreter_is_noticed(environment, tmp_path):
    assert environment.version_of(Path(sys.executable)) == sys.version_info[:2]
    assert environment.version_of(tmp_path / "missing") is None
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert environment.version_of(broken) is None


def test_without_a_network_it_says_so(environment, monkeypatch, capfd):
    """Here, pip itself runs, with an index at a port where no server listens."""
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(SystemExit) as stopped:
        environment.pip("a-package-that-is-not-there")
    said = capfd.readouterr().err
    assert stopped.value.code == 1
    assert "The package index cannot be reached" in said and "Traceback" not in said and len(said.splitlines()) < 10


def test_another_failure_is_told_in_pips_words(environment, monkeypatch, capfd):
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    with pytest.raises(SystemExit):
        environment.pip("--no-such-option")
    said = capfd.readouterr().err
    assert "pip could not install the packages" in said and "--no-such-option" in said and "network" not in said


def toy_wheel(folder: Path, name: str, needs: str) -> None:
    """A wheel of one empty module, version 1.0. `needs` is a line of its metadata."""
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.py", "")
        about = f"{name}-1.0.dist-info"
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", f"{name}.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")


BACKEND = """\
import pathlib, shutil
def build_editable(folder, *ignored):
    return shutil.copy(next(pathlib.Path("index").glob("course-*")), folder).rpartition("/")[2]
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A project of three files with the set-up script, and its index, in which `course` requires `needed`."""
    folder = tmp_path_factory.mktemp("template")
    for name in ("tools", "index"):
        (folder / name).mkdir()
    shutil.copy(SCRIPT, folder / "tools")
    (folder / "tools" / "constraints.txt").write_text("needed==1.0\n")
    (folder / "pyproject.toml").write_text('[build-system]\nrequires = []\nbuild-backend = "b"\nbackend-path = ["."]\n')
    (folder / "b.py").write_text(BACKEND)
    for name, needs in (
        ("setuptools", ""),
        ("needed", ""),
        ("course", "Requires-Dist: needed\nProvides-Extra: lab\nProvides-Extra: dev"),
    ):
        toy_wheel(folder / "index", name, needs)
    return folder


@pytest.fixture
def project(template, tmp_path, monkeypatch):
    """A copy of the template. The environment tells pip to use its index."""
    shutil.copytree(template, tmp_path / "project")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "project" / "index"))
    return tmp_path / "project"


def start(project: Path, *arguments: str, **options) -> subprocess.Popen:
    """The set-up script in its own process, started in the same way as by the Makefile."""
    command = [sys.executable, "-E", str(project / "tools" / "environment.py"), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", **options)


# Settings of a learner that make Python or pip use other folders or indexes. HERE is a folder, in which nothing must be
# written.
MISLEADING = {
    "PIP_NO_DEPS": "1",
    "PIP_PREFIX": "HERE",
    "PIP_ROOT": "HERE",
    "PIP_TARGET": "HERE",
    "PIP_DRY_RUN": "1",
    "PIP_USER": "1",
    "PIP_NO_BUILD_ISOLATION": "nonsense",
    "PIP_PYTHON": "HERE/python",
    "PYTHONPATH": "HERE",
    "PYTHONHOME": "HERE",
    "PIP_CONFIG_FILE": "HERE/pip.conf",  # the index is in this file, and PIP_NO_INDEX is in the environment
    "PIP_FIND_LINKS": "",
}


def test_two_at_once_after_one_that_was_killed_whatever_is_set(project, tmp_path, monkeypatch):
    """Two processes set up .venv at once, so one waits. The packages are installed in .venv and nowhere else."""
    (project / ".venv").mkdir()
    (project / ".venv" / "set-up.lock").touch()
    (project / ".venv" / "half").write_text("made by the one that was killed")
    here = tmp_path / "here"
    here.mkdir()
    (here / "pip.py").write_text("raise SystemExit('this is not pip')")
    (here / "pip.conf").write_text(f"[install]\nno-deps = 1\n[global]\nfind-links = {project / 'index'}\n")
    for name, value in MISLEADING.items():
        monkeypatch.setenv(name, value.replace("HERE", str(here)))
    both = [start(project, "-c", "import course, needed; print('it runs')") for _ in range(2)]
    said = sorted((process.communicate(timeout=120)[0] for process in both), key=len)
    assert [process.returncode for process in both] == [0, 0], said
    assert "it runs" in said[0] and "Waiting for it" in said[0] and "Setting up" in said[1]
    assert not (project / ".venv" / "half").exists()
    installed = {path.name for path in (project / ".venv").rglob("*-1.0.dist-info")}
    assert {"course-1.0.dist-info", "needed-1.0.dist-info"} <= installed
    assert sorted(path.name for path in here.iterdir()) == ["pip.conf", "pip.py"]


def made_a_link(project: Path) -> Path:
    (project / "precious").mkdir()
    (project / ".venv").symlink_to("precious", target_is_directory=True)
    return project / "precious" / "thesis.tex"


def made_a_file(project: Path) -> Path:
    return project / ".venv"


def made_by_hand(project: Path) -> Path:
    (project / ".venv").mkdir()
    return project / ".venv" / "pyvenv.cfg"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (made_a_link, "a link called .venv"),
        (made_a_file, "a file called .venv"),
        (made_by_hand, "a folder called .venv"),
    ],
)
def test_what_it_did_not_make_is_left_alone(project, made, said):
    content = made(project)
    content.write_text("of value")
    process = start(project)
    output = process.communicate(timeout=120)[0]
    assert content.exists() and content.read_text() == "of value"
    assert process.returncode == 1 and said in output and "Rename or remove" in output and "Traceback" not in output


def test_a_path_in_which_python_makes_no_environment(project):
    moved = project.rename(project.parent / f"lessons{os.pathsep}maths")
    process = start(moved)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 1 and f"a path with a {os.pathsep!r}" in said and "Rename that folder" in said
    assert not (moved / ".venv").exists()


@pytest.mark.skipif(os.name == "nt", reason="on Windows a folder has no such mode")
def test_a_folder_that_is_read_only(environment, monkeypatch, capfd):
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name), os.geteuid()
        for variable, path in (("VENV", ".venv"), ("LOCK", ".venv/set-up.lock"), ("STAMP", ".venv/complete.json")):
            monkeypatch.setattr(environment, variable, folder / path)
        folder.chmod(0o555)
        try:
            if user == 0:
                os.seteuid(65534)  # an administrator may write anywhere, so the test becomes a different user
            with pytest.raises(SystemExit):
                environment.main([])
        finally:
            os.seteuid(user)
            folder.chmod(0o755)
        assert list(folder.iterdir()) == []
    said = capfd.readouterr().err
    assert "could not be made or changed" in said and "Permission denied" in said and "permission to write into" in said


def test_what_runs_is_not_led_elsewhere_either(environment, monkeypatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "PIP_TARGET", "PIP_INDEX_URL", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "x")
    kept = environment.environ()
    assert kept["PIP_INDEX_URL"] == kept["HTTPS_PROXY"] == "x"
    assert kept.keys().isdisjoint({"PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "PIP_TARGET"})


def test_of_pips_settings_the_nearest_counts_and_others_are_left_out(environment, monkeypatch):
    said = ":env:.index-url='c'\nglobal.index-url='a'\nglobal.proxy='p'\nglobal.target='t'\ninstall.index-url='b'\n"
    monkeypatch.setattr(environment, "run", lambda *command: (0, said))
    kept = environment.pip_environ()
    assert kept["PIP_INDEX_URL"] == "c" and kept["PIP_PROXY"] == "p" and "PIP_TARGET" not in kept


@pytest.mark.skipif(importlib.util.find_spec("jupyterlab") is None, reason="this environment has no JupyterLab")
def test_what_the_set_up_imports_can_be_imported_and_its_bytecode_is_stored(environment, monkeypatch, tmp_path):
    modules = [name for line in environment.STARTS for name in line.split(", ")]
    assert {"jupyterlab.labapp", "torch"} <= set(modules) and all(importlib.util.find_spec(name) for name in modules)
    (tmp_path / "imported_at_the_start.py").write_text("", encoding="utf-8")
    line = f"sys; sys.path.insert(0, {str(tmp_path)!r}); import imported_at_the_start"  # an "import" comes before it
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "STARTS", (line,))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment.compile_what_starts()
    assert list(tmp_path.glob("__pycache__/*.pyc"))


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15)])
def test_a_python_that_is_too_old_is_told(monkeypatch, capfd, version):
    monkeypatch.setattr(sys, "version_info", version)
    if version < (3, 4):
        monkeypatch.setitem(sys.modules, "pathlib", None)
    script = {"__name__": "environment", "__file__": str(SCRIPT)}
    with pytest.raises(SystemExit) as stopped:
        exec(compile(SCRIPT.read_bytes(), str(SCRIPT), "exec"), script)
        script["check_version"]()  # Python 3.6 may start a .venv that is complete
    assert stopped.value.code == 1
    assert f"Python {'.'.join(map(str, version))} is too old: the course needs 3.11 or newer." in capfd.readouterr().err


def newer_than_python_2(source: str) -> list[str]:
    """The syntax in some source that Python 2.7 cannot read. Only the kinds that this project would use count."""
    found = [] if source.isascii() else ["a letter beyond ASCII"]
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.YieldFrom, ast.AsyncFunctionDef, ast.Match)
    for node in ast.walk(ast.parse(source)):
        found += [type(node).__name__] if isinstance(node, new) else []
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            found += ["* in a display" for element in node.elts if isinstance(element, ast.Starred)]
        elif isinstance(node, ast.Dict):
            found += ["** in a display" for key in node.keys if key is None]
        elif isinstance(node, ast.Call):
            starred = [isinstance(argument, ast.Starred) for argument in node.args]
            found += ["an argument after *" for first, second in itertools.pairwise(starred) if first]
        elif isinstance(node, ast.arguments):
            found += ["an annotation" for argument in node.args if argument.annotation]
            found += ["a keyword-only argument"] * bool(node.kwonlyargs) + ["/"] * bool(node.posonlyargs)
        elif isinstance(node, ast.Raise) and node.cause:
            found.append("raise from")
        elif isinstance(node, ast.With) and re.match(r"with \((?s:.)*\n", ast.get_source_segment(source, node)):
            found.append("with (...)")
    found += ["a comma after *"] * bool(re.search(r"\*\w+,\s*\)", source))
    return found


def test_python_2_can_read_the_set_up():
    source = SCRIPT.read_text(encoding="utf-8")
    assert newer_than_python_2(source) == [] and "from __future__ import print_function" in source


@pytest.mark.parametrize(
    "line", ["f'{x}'", "x: int = 1", "[*x]", "{**x}", "f(*x, y)", "f(*x,)", "def f(x: int): 0", "raise x from y", "'é'"]
)
def test_what_python_2_cannot_read_is_seen(line):
    assert newer_than_python_2(line)


def test_make_alone_lists_the_targets():
    try:
        listed = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, encoding="utf-8", check=True).stdout
    except FileNotFoundError:
        pytest.skip("there is no make here")
    assert {
        line.split()[1] for line in listed.splitlines() if line.startswith("make ") and "make[" not in line
    } == TARGETS
