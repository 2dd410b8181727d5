"""What the learner has done since the kernel started. It is kept in memory only: nothing is written to disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Progress:
    """Each record goes by the item's name; `repairs` holds the last repair found for an exercise and how often."""

    answered: dict[str, bool] = field(default_factory=dict)
    predicted: dict[str, Any] = field(default_factory=dict)
    revealed: dict[str, bool] = field(default_factory=dict)
    solved: dict[str, bool] = field(default_factory=dict)
    hints_given: dict[str, int] = field(default_factory=dict)
    repairs: dict[str, tuple[Any, int]] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget everything."""
        for record in vars(self).values():
            record.clear()


progress = Progress()
