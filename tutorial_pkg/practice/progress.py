"""What the learner has done since the kernel started. It is kept only in memory: nothing is written to disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Progress:
    """Records by the items' names. `repairs` contains the last repair of an exercise and how often it was found."""

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
