"""How good the answers to the held-out questions are, in figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.heldout import Question

GATES = Path("tests/gates.yml")
ALARMS = ("emergency", "crisis")
LOOKALIKES = ("emergency_negative", "crisis_negative")
UNANSWERABLE = (
    "not_covered", "medical_advice", "other_disease", "consumer_health", "general_oos", "language",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """A question, what came of it, and the passages shown."""

    question: Question
    outcomes: tuple[str, ...]
    passages: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether what came is one of the right outcomes."""
        return bool(set(self.outcomes) & set(self.question.expect))

    @property
    def answered(self) -> bool:
        """Whether it was answered from the guide."""
        return self.outcomes[0].startswith("answer")

    @property
    def alarmed(self) -> bool:
        """Whether it was taken for an emergency or a crisis."""
        return self.outcomes[0] in ALARMS

    @property
    def asked_back(self) -> bool:
        """Whether the visitor was asked what is meant."""
        return self.outcomes[0] == "clarify"


@dataclass(frozen=True)
class Figure:
    """So many of so many."""

    hits: int
    of: int

    @property
    def percent(self) -> float:
        """The share in percent; 0 of 0 is 0."""
        return 100 * self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.percent:5.1f}%  ({self.hits} of {self.of})"


def count(rows: Iterable[Result], hit: Callable[[Result], bool]) -> Figure:
    """How many of the rows are a hit."""
    hits = [hit(row) for row in rows]
    return Figure(sum(hits), len(hits))


def question_figures(results: Sequence[Result]) -> dict[str, Figure]:
    """The figures of single questions, by name."""
    covered = [row for row in results if row.question.covered]
    unanswerable = [row for row in results if row.question.group in UNANSWERABLE]
    calm = [row for row in results if row.question.group not in ALARMS]
    alike = [row for row in results if row.question.group in LOOKALIKES]
    return {
        "accuracy": count(results, lambda row: row.right),
        "right section": count(covered, lambda row: row.right),
        "wrong section": count(covered, lambda row: row.answered and not row.right),
        "wrongly declined": count(covered, _wrongly_declined),
        "asked to clarify": count(covered, lambda row: row.asked_back),
        "wrongly answered": count(unanswerable, lambda row: row.answered and not row.right),
        "emergency recall": count(_of(results, "emergency"), lambda row: row.right),
        "crisis recall": count(_of(results, "crisis"), lambda row: row.right),
        "false alarms": count(calm, lambda row: row.alarmed and not row.right),
        "false alarms on look-alikes": count(alike, lambda row: row.alarmed and not row.right),
        "asked back at all": count(results, lambda row: row.asked_back),
    }


def fact_shown(results: Iterable[Result]) -> Figure:
    """How often the passage that was asked for is among those shown."""
    aimed = [row for row in results if row.question.passage]
    return count(aimed, lambda row: row.question.passage in row.passages)


def tables(results: Sequence[Result]) -> dict[str, dict[str, Figure]]:
    """How many are right for each group, and for each style of the covered questions."""
    groups = dict.fromkeys(row.question.group for row in results)
    covered = [row for row in results if row.question.covered]
    styles = sorted({row.question.style for row in covered})
    return {
        "group": {group: count(_of(results, group), lambda row: row.right) for group in groups},
        "style": {
            style: count([row for row in covered if row.question.style == style], lambda row: row.right)
            for style in styles
        },
    }


def below_gates(figures: dict[str, Figure], gate: str, path: Path = GATES) -> list[str]:
    """One line for each figure that misses its threshold under this name in gates.yml.

    Raises KeyError for a threshold of a figure there is not.
    """
    gates = yaml.safe_load(path.read_text(encoding="utf-8"))[gate]
    low = [
        f"{name}: {figures[name].percent:.1f}%, at least {least}% wanted"
        for name, least in gates["at_least"].items()
        if figures[name].percent < least
    ]
    high = [
        f"{name}: {figures[name].percent:.1f}%, at most {most}% wanted"
        for name, most in gates["at_most"].items()
        if figures[name].percent > most
    ]
    return low + high


def show(title: str, figures: dict[str, Figure]) -> str:
    """The figures as a table, a line each."""
    width = max(map(len, figures), default=0)
    return "\n".join([title, *(f"  {name:<{width}}  {figure}" for name, figure in figures.items())])


def _of(results: Iterable[Result], group: str) -> list[Result]:
    return [row for row in results if row.question.group == group]


def _wrongly_declined(row: Result) -> bool:
    return not (row.right or row.answered or row.asked_back or row.alarmed)
