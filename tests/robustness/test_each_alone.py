"""Each notebook by itself, several times: with other hash seeds, with 1 and 2 threads, without a network. Then all
notebooks run in reverse order.

`make test-all` runs this. Each case is a strict nbval run in its own process, so the cases do not affect each other.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import NOTEBOOKS, ROOT

NO_NETWORK = str(Path(__file__).parent / "no_network")
# Every notebook runs with each of these settings, so each notebook also runs several times in a row.
SETTINGS = {
    "first time": {},
    "one thread": {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
    "two threads": {"OMP_NUM_THREADS": "2", "MKL_NUM_THREADS": "2", "PYTHONHASHSEED": "random"},
    "no network": {"PYTHONPATH": NO_NETWORK, "PYTHONHASHSEED": "4294967295"},
}


def strict(*notebooks: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run nbval with these notebooks and these environment variables."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env"]
    return subprocess.run(
        [*command, *map(str, notebooks)],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_alone(path, settings):
    done = strict(path, **settings)
    assert done.returncode == 0, done.stdout


def test_in_reverse():
    done = strict(*reversed(NOTEBOOKS))
    assert done.returncode == 0, done.stdout


def test_no_network_means_none():
    """The setting "no network" prevents every connection from Python, even to an address without a server."""
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": NO_NETWORK},
        capture_output=True,
        encoding="utf-8",
    )
    assert "this test has no network" in done.stderr
