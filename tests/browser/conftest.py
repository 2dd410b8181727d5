"""Fixtures of the browser tests.

They are skipped where there is no browser; with REQUIRE_BROWSER=1 they fail. BROWSER_SHOTS names a folder to keep
screenshots in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import lab
import pytest


@pytest.fixture(scope="session")
def running() -> Iterator[lab.Lab]:
    """A JupyterLab and a browser for all tests."""
    if reason := lab.missing():
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    with lab.lab() as running:
        yield running


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """The folder for screenshots."""
    return Path(os.environ.get("BROWSER_SHOTS", tmp_path))
