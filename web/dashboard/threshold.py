"""What would happen if answers below a confidence were asked back instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review.filters import WRONG

ANSWER = "answer"
STEPS = tuple(n / 20 for n in range(20))


@dataclass(frozen=True)
class Outcome:
    """At one threshold, of the reviewed answers: how many would still be given."""

    threshold: float
    right: int
    wrong: int
    all_right: int
    all_wrong: int

    @property
    def percent(self) -> int:
        """The threshold in percent."""
        return round(100 * self.threshold)

    @property
    def answered(self) -> int:
        """Answers that would still be given."""
        return self.right + self.wrong

    @property
    def answered_percent(self) -> float:
        """The same, of all reviewed answers."""
        total = self.all_right + self.all_wrong
        return 100 * self.answered / total if total else 0.0

    @property
    def wrong_percent(self) -> float:
        """How many of the answers given would be wrong."""
        return 100 * self.wrong / self.answered if self.answered else 0.0

    @property
    def right_lost(self) -> int:
        """Right answers that would no longer be given."""
        return self.all_right - self.right

    @property
    def wrong_spared(self) -> int:
        """Wrong answers that would no longer be given."""
        return self.all_wrong - self.wrong


def outcomes(judged: Mapping[str, int]) -> list[Outcome]:
    """One for each threshold of STEPS; `judged` has counts by `BUCKET KIND VERDICT`.

    An answer whose confidence lies in a bucket is given at every threshold up to where it begins.
    """
    right = dict.fromkeys(STEPS, 0)
    wrong = dict.fromkeys(STEPS, 0)
    for value, count in judged.items():
        begin, kind, verdict = value.split(" ")
        if kind == ANSWER:
            if verdict in WRONG:
                wrong[float(begin)] += count
            else:
                right[float(begin)] += count
    all_right, all_wrong = sum(right.values()), sum(wrong.values())
    return [
        Outcome(
            step,
            sum(count for begin, count in right.items() if begin >= step),
            sum(count for begin, count in wrong.items() if begin >= step),
            all_right,
            all_wrong,
        )
        for step in STEPS
    ]
