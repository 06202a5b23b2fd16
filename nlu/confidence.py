"""How sure the assistant says it is: as often right as that, measured on the held-out set."""

from __future__ import annotations

import math
from dataclasses import dataclass

SUREST = 1 - 1e-6


@dataclass(frozen=True)
class Confidence:
    """Turns a probability of the network into one that holds, by its log-odds (Platt 1999).

    `slope` and `shift` are fitted by `python -m tests.calibration`.
    """

    slope: float = 1.0
    shift: float = 0.0

    def of(self, share: float) -> float:
        """The confidence for this probability, both 0 to 1; a likelier one is never less sure."""
        if share <= 0:
            return 0.0
        return 1 / (1 + math.exp(-(self.slope * log_odds(share) + self.shift)))


def log_odds(share: float) -> float:
    """The log-odds of a probability, of none and of certainty those next to it."""
    share = min(max(share, 1 - SUREST), SUREST)
    return math.log(share / (1 - share))
