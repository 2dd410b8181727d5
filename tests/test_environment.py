"""What is installed, and from which file: pyproject.toml, .ci/*.txt, environment.yml, the Makefile and CI agree."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from helpers import NOTEBOOKS, ROOT, read
from IPython.core.inputtransformer2 import TransformerManager
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
CONDA_NAMES = {"pytorch": "torch", "matplotlib-base": "matplotlib"}  # conda's name -> PyPI's
OPTIONAL = {"psutil"}  # comes with ipykernel; the package does without where it is missing
IMPORT_NAMES = {"IPython": "ipython", "yaml": "pyyaml"}  # what is imported -> PyPI's name, where they differ
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))


def exact(name: str) -> dict[str, Version]:
    """The versions of a file in .ci: lines `name==version`, and comments."""
    versions = {}
    for line in (ROOT / ".ci" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            package, version = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][0-9A-Za-z.]*)", line).groups()
            assert canonicalize_name(package) not in versions, f"{package} is there twice"
            versions[canonicalize_name(package)] = Version(version)
    return versions


def outside(versions: dict[str, Version], requirements: Iterable[Requirement]) -> list[str]:
    """Which requirements these versions do not satisfy."""
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


def test_constraints_are_the_whole_closure():
    """Every package that lab and dev bring in here has an exact version (but CUDA's, which torch itself pins)."""
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
            continue  # what another system needs, or the benchmark
        if here.public != version.public:
            other.append(f"{name} {here}, not {version}")
    assert other == []


# --------------------------------------------------------------------------------------------------- environment.yml


def conda_complaints(text: str) -> list[str]:
    """What is wrong with an environment.yml: its lines against pyproject.toml, constraints.txt and the notebooks."""
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
    needed |= {"jupyter", "jupyterlab", "nbval", "pytest"}  # to open the notebooks, and to check them
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
    """The packages that Python code imports, by their names on PyPI; not Python's own, not the project's."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    own = {"tutorial_pkg"} | {path.stem for path in [*ROOT.glob("tests/**/*"), *ROOT.glob(".ci/*.py")]}
    tops = {name.split(".")[0] for name in found} - set(sys.stdlib_module_names) - own
    return {IMPORT_NAMES.get(name, name.lower()) for name in tops}


def in_package() -> set[str]:
    return set().union(*(imported(path.read_text(encoding="utf-8")) for path in ROOT.glob("tutorial_pkg/**/*.py")))


def in_notebook(path: Path) -> set[str]:
    plain = TransformerManager().transform_cell  # turns %pip and the like into Python
    return set().union(*(imported(plain(cell.source)) for cell in read(path).cells if cell.cell_type == "code"))


def test_what_the_package_imports_is_declared_and_nothing_else_is():
    used = in_package().union(*map(in_notebook, NOTEBOOKS))
    assert used - OPTIONAL == {requirement.name for requirement in RUNTIME}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_what_a_notebook_imports_is_declared(path):
    assert in_notebook(path) <= {requirement.name for requirement in RUNTIME}


def test_what_the_tests_import_is_declared():
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob(".ci/*.py")]
    used = set().union(*(imported(path.read_text(encoding="utf-8")) for path in files))
    assert used - {requirement.name for requirement in EVERY} == set()


def test_imports_are_seen():
    source = "import os, numpy.linalg\nfrom . import x\ndef f():\n    from yaml import load\nimport tutorial_pkg.draw"
    assert imported(source) == {"numpy", "pyyaml"}


# ---------------------------------------------------------------------------------------------------- make and CI


def test_every_target_is_listed_and_says_what_it_does():
    listed = set(re.findall(r"^([a-z-]+):.*## \S", MAKEFILE, re.M))
    phony = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split())
    assert listed == TARGETS == phony
    assert {"lab", "test", "test-browser", "test-all", "notebooks", "format", "bench", "publish"} <= TARGETS


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", ".github/workflows/test.yml"])
def test_what_is_called_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    called = re.findall(r"(?<![\w./])((?:\.ci|tests|notebooks)/[\w./-]+\w)", text)
    called += [f".ci/{name}.txt" for name in re.findall(r"versions: (\w+)", text)]
    assert called, "nothing is called"
    assert [path for path in called if not (ROOT / path).exists()] == []
    commands = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for targets in re.findall(r"(?:^|run: |timeout \d+ )make ([a-z -]+)$", commands, re.M):
        assert set(targets.split()) <= TARGETS


def test_the_workflow_covers_what_it_should():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    jobs = workflow["jobs"]
    matrix = jobs["exact"]["strategy"]["matrix"]
    assert matrix == {
        "os": ["ubuntu-latest", "macos-latest", "windows-latest"],
        "python": ["3.11", "3.12", "3.13"],
    }
    other = jobs["other"]["strategy"]["matrix"]["include"]
    assert {row["versions"]: row["python"] for row in other} == {"oldest": "3.11", "colab": "3.13"}
    for job in jobs.values():
        assert job["timeout-minutes"] and job["steps"][0]["uses"] == "actions/checkout@v4"
        for step in job["steps"]:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) if "uses" in step else step["run"]
    # what make test runs and what the workflow runs are the same
    assert workflow["env"]["EVERYTHING"] in MAKEFILE


# ---------------------------------------------------------------------------------- setting up (.ci/environment.py)


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """The set-up script, on a folder of its own that holds a finished set-up of one package with two files."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / ".ci" / "environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "complete.json")
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


def test_a_broken_interpreter_is_noticed(environment, tmp_path):
    assert environment.version_of(Path(sys.executable)) == sys.version_info[:2]
    assert environment.version_of(tmp_path / "missing") is None
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert environment.version_of(broken) is None


def test_without_a_network_it_says_so(environment, monkeypatch, capfd):
    """pip runs for real, with an index at a port where nothing listens."""
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


def test_a_python_that_is_too_old_is_told(environment, monkeypatch, capfd):
    monkeypatch.setattr(environment, "OLDEST", (9, 0))
    with pytest.raises(SystemExit):
        environment.set_up(afresh=True)
    assert "is too old: the course needs" in capfd.readouterr().err


def test_make_alone_lists_the_targets():
    try:
        listed = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, encoding="utf-8", check=True).stdout
    except FileNotFoundError:
        pytest.skip("there is no make here")
    assert {
        line.split()[1] for line in listed.splitlines() if line.startswith("make ") and "make[" not in line
    } == TARGETS
