"""Whether the assistant is as often right as it is sure, and what its threshold of answering costs.

`python -m tests.calibration` fits `confidence` of config.yml to the held-out questions.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from nlu.confidence import Confidence, log_odds
from tests.figures import MEASURES
from tests.heldout import DIALOGUE
from tests.offline import ModelError, newest_model
from tests.run import Row, measure

BINS = 10
SIMULATIONS, SEED = 200, 5
STEPS = [step / 50 for step in range(3, 51)]  # thresholds the curve looks at


@dataclass(frozen=True)
class Bin:
    """The rows whose confidence lies between two tenths."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """The bins, and their errors in points.

    `error` is the expected calibration error (ECE; Guo et al. 2017): over ten bins of equal width, the
    distance between mean confidence and share of right rows, weighed by the bin's rows. `floor` is what a
    perfectly calibrated assistant would get on so many rows by chance (the mean of seeded simulations).
    `bias` is mean confidence less share of right rows: above 0 it is too sure of itself.
    """

    bins: tuple[Bin, ...]
    error: float
    floor: float
    bias: float


def confidences(rows: Iterable[Row]) -> list[tuple[float, bool]]:
    """The confidence of each single question's intent, and whether the outcome was right.

    Wordings that raise an alarm by themselves are left out: their confidence of 1 is no estimate.
    """
    return [
        (row.said.confidence, row.result.right)
        for row in rows
        if row.question.group != DIALOGUE and row.said.confidence < 1
    ]


def calibration(pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """The calibration of these confidences."""
    bins = tuple(_bins(pairs))
    draw = random.Random(SEED)
    chance = [
        _error(tuple(_bins([(sure, draw.random() < sure) for sure, _ in pairs]))) for _ in range(SIMULATIONS)
    ]
    whole = len(pairs) or 1
    bias = 100 * (sum(sure for sure, _ in pairs) - sum(right for _, right in pairs)) / whole
    return Calibration(bins, _error(bins), sum(chance) / len(chance), bias)


def _bins(pairs: Sequence[tuple[float, bool]]) -> Iterable[Bin]:
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for sure, right in pairs:
        parts[min(int(sure * BINS), BINS - 1)].append((sure, right))
    for number, part in enumerate(parts):
        count = len(part)
        yield Bin(
            number / BINS,
            (number + 1) / BINS,
            count,
            sum(sure for sure, _ in part) / count if count else 0.0,
            sum(right for _, right in part) / count if count else 0.0,
        )


def _error(bins: Sequence[Bin]) -> float:
    whole = sum(b.count for b in bins) or 1
    return 100 * sum(b.count * abs(b.confidence - b.right) for b in bins) / whole


@dataclass(frozen=True)
class Point:
    """The figures in percent at a threshold of answering."""

    threshold: float
    right_section: float
    wrongly_declined: float
    wrongly_answered: float


def curve(rows: Sequence[Row]) -> list[Point]:
    """What each threshold of answering would bring, every other setting being as it is."""
    points = []
    for threshold in STEPS:
        results = [at_threshold(row, threshold).result for row in rows if row.question.group != DIALOGUE]
        figures = {
            name: MEASURES[name].figure(results).percent
            for name in ("right section", "wrongly declined", "wrongly answered")
        }
        points.append(Point(threshold, *figures.values()))
    return points


def at_threshold(row: Row, threshold: float) -> Row:
    """The row as it would have come at this threshold of answering."""
    weighed = row.said.weighed
    if weighed is None:
        return row
    outcomes = weighed.answered if weighed.answerable >= threshold else weighed.declined
    kind, _, name = outcomes[0].partition(":")
    topics = tuple(o.partition(":")[2] for o in outcomes) if kind == "answer" else ()
    said = replace(row.said, kind=kind, topics=topics, name=None if topics else name or None)
    return Row(row.question, said)


def fitted(pairs: Sequence[tuple[float, bool]], before: Confidence) -> Confidence:
    """The confidence that holds for what came out at these, after the one `before` that made them."""
    odds = np.array([[log_odds(sure)] for sure, _ in pairs])
    fit = LogisticRegression(penalty="none").fit(odds, [right for _, right in pairs])
    slope, shift = float(fit.coef_[0, 0]), float(fit.intercept_[0])
    return Confidence(slope * before.slope, slope * before.shift + shift)


def _fitted_to_others(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, bool]]:
    """Each half of the pairs as a fit to the other half would have it."""
    halves = pairs[::2], pairs[1::2]
    fits = [fitted(half, Confidence()) for half in reversed(halves)]
    return [(fit.of(sure), right) for half, fit in zip(halves, fits, strict=True) for sure, right in half]


def main() -> int:
    """Prints the fit, and the errors before it and after."""
    try:
        pairs = confidences(measure(newest_model()).rows)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 2
    pipeline = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))["pipeline"]
    now = next(Confidence(**step["confidence"]) for step in pipeline if "confidence" in step)
    best = fitted(pairs, now)
    print(f"confidence: slope {best.slope:.2f}, shift {best.shift:.2f} (now {now.slope:g}, {now.shift:g})")
    print(f"calibration error now {calibration(pairs).error:.1f} points")
    print(f"fitted to the other half {calibration(_fitted_to_others(pairs)).error:.1f} points")
    return 0


if __name__ == "__main__":
    sys.exit(main())
