"""How good the answers are, in figures: each counts some of the rows, and is held to its gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.heldout import DIALOGUE, Question

GATES = Path("tests/gates.yml")
ALARMS = ("emergency", "crisis")
LOOKALIKES = ("emergency_negative", "crisis_negative")
UNANSWERABLE = (
    "not_covered", "medical_advice", "other_disease", "consumer_health", "general_oos", "language",
)  # fmt: skip
LEANING = ("followup", "correction")


@dataclass(frozen=True)
class Result:
    """A question, what came of it, the passages shown and the words of the reply."""

    question: Question
    outcomes: tuple[str, ...]
    passages: tuple[str, ...] = ()
    text: str = ""

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

    @property
    def declined(self) -> bool:
        """Whether it was neither answered, nor asked back, nor taken for an alarm."""
        return not (self.answered or self.asked_back or self.alarmed)

    @property
    def worded(self) -> bool:
        """Whether the reply shows one of the wanted words."""
        text = self.text.lower()
        return any(word.lower() in text for word in self.question.words)


Test = Callable[[Result], bool]


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


@dataclass(frozen=True)
class Measure:
    """A figure's definition: the rows it looks at, those it counts, and whether more of them is better."""

    rows: Test
    hit: Test
    more_is_better: bool = True

    def figure(self, results: Iterable[Result]) -> Figure:
        """How many of the rows are a hit."""
        hits = [self.hit(result) for result in results if self.rows(result)]
        return Figure(sum(hits), len(hits))

    def good(self, result: Result) -> bool:
        """Whether a row speaks for the assistant."""
        return self.hit(result) == self.more_is_better


def _single(row: Result) -> bool:
    return row.question.group != DIALOGUE


def _turn(row: Result) -> bool:
    return row.question.group == DIALOGUE


def _covered(row: Result) -> bool:
    return row.question.covered


def _right(row: Result) -> bool:
    return row.right


def _false_alarm(row: Result) -> bool:
    return row.alarmed and not row.right


def _group(*groups: str) -> Test:
    return lambda row: row.question.group in groups


MEASURES: dict[str, Measure] = {
    "accuracy": Measure(_single, _right),
    "right section": Measure(_covered, _right),
    "fact shown": Measure(
        lambda row: _single(row) and bool(row.question.passage),
        lambda row: row.question.passage in row.passages,
    ),
    "wrong section": Measure(_covered, lambda row: row.answered and not row.right, False),
    "wrongly declined": Measure(_covered, lambda row: row.declined and not row.right, False),
    "asked to clarify": Measure(_covered, lambda row: row.asked_back, False),
    "wrongly answered": Measure(_group(*UNANSWERABLE), lambda row: row.answered and not row.right, False),
    "emergency recall": Measure(_group("emergency"), _right),
    "crisis recall": Measure(_group("crisis"), _right),
    "false alarms": Measure(
        lambda row: _single(row) and row.question.group not in ALARMS, _false_alarm, False
    ),
    "false alarms on look-alikes": Measure(_group(*LOOKALIKES), _false_alarm, False),
    "dialogue turns right": Measure(_turn, _right),
    "follow-ups right": Measure(lambda row: _turn(row) and row.question.style in LEANING, _right),
    "wanted words shown": Measure(
        lambda row: _turn(row) and bool(row.question.words) and row.answered, lambda row: row.worded
    ),
}


def all_figures(results: Sequence[Result]) -> dict[str, Figure]:
    """The figures by name, without those no row counts for."""
    figures = {name: measure.figure(results) for name, measure in MEASURES.items()}
    return {name: figure for name, figure in figures.items() if figure.of}


def tables(results: Iterable[Result]) -> dict[str, dict[str, Figure]]:
    """How many are right for each group, topic and style; the last two of covered questions alone.

    A question that several sections answer counts for the first.
    """
    single = [row for row in results if _single(row)]
    covered = [row for row in single if row.question.covered]
    return {
        "group": _by(single, lambda row: row.question.group),
        "topic": _by(covered, lambda row: row.question.expect[0].removeprefix("answer:")),
        "style": _by(covered, lambda row: row.question.style),
    }


def _by(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, Figure]:
    names = dict.fromkeys(key(row) for row in results)
    return {name: Measure(lambda r, n=name: key(r) == n, _right).figure(results) for name in names}  # type: ignore[misc]


@dataclass(frozen=True)
class Gate:
    """The percentage a figure must reach (`at_least`) or not exceed (`at_most`), and the one aimed at."""

    at_least: float | None = None
    at_most: float | None = None
    aim: float | None = None

    @property
    def words(self) -> str:
        """The gate as a person reads it."""
        return f"at least {self.at_least}%" if self.at_least is not None else f"at most {self.at_most}%"

    def holds(self, percent: float) -> bool:
        """Whether a figure passes."""
        return percent >= self.at_least if self.at_least is not None else percent <= (self.at_most or 0)


def read_gates(path: Path = GATES) -> dict[str, dict[str, Gate]]:
    """The gates of each part of gates.yml, by the figure's name."""
    parts = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {part: {name: Gate(**gate) for name, gate in gates.items()} for part, gates in parts.items()}


def below_gates(percents: Mapping[str, float], gates: Mapping[str, Gate]) -> list[str]:
    """One line for each figure that misses its gate; raises KeyError for a gate of no figure."""
    return [
        f"{name}: {percents[name]:.1f}%, {gate.words} wanted"
        for name, gate in gates.items()
        if not gate.holds(percents[name])
    ]


def show(title: str, figures: Mapping[str, Figure]) -> str:
    """The figures as a table, a line each."""
    width = max(map(len, figures), default=0)
    return "\n".join([title, *(f"  {name:<{width}}  {figure}" for name, figure in figures.items())])
