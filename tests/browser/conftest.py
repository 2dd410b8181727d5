"""Fixtures of the browser tests.

They are skipped where there is no browser; with REQUIRE_BROWSER=1 they fail. BROWSER_SHOTS names a folder for
screenshots; without it none are made.
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
    """The one browser of all tests."""
    if reason := lab.missing():
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    with lab.chromium() as browser:
        yield browser


@pytest.fixture
def shots() -> Path | None:
    """The folder for screenshots, if any are wanted."""
    return Path(os.environ["BROWSER_SHOTS"]) if "BROWSER_SHOTS" in os.environ else None
