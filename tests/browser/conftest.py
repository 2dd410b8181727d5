"""Fixtures of the browser tests.

If there is no browser, the tests are skipped. With REQUIRE_BROWSER=1, they fail. If BROWSER_SHOTS names a folder, the
tests save screenshots in this folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lab
import pytest


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    if reason := lab.missing():
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    with lab.chromium() as browser:
        yield browser


@pytest.fixture
def shots() -> Path | None:
    """The folder for screenshots, or None."""
    return Path(os.environ["BROWSER_SHOTS"]) if "BROWSER_SHOTS" in os.environ else None
