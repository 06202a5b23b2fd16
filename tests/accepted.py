"""The last accepted run, and what is different now (`make accept`).

`python -m tests.accepted` writes tests/accepted.json from the newest model's run.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.figures import MEASURES, Measure, Result, all_figures
from tests.heldout import Question
from tests.located import FormatError
from tests.offline import ModelError, newest_model
from tests.run import ROBUST, Row, Run, measure

ACCEPTED = Path("tests/accepted.json")
# A change for the worse counts when chance alone would bring one as large in fewer than 1 run in 100.
CHANCE = 0.01
SHOWN = 48  # characters of a text by which a person knows it again


@dataclass(frozen=True)
class Outcome:
    """What came of a row: the outcomes, the passages shown, and whether a wanted word was."""

    outcomes: tuple[str, ...]
    passages: tuple[str, ...] = ()
    worded: bool = False


@dataclass(frozen=True)
class Accepted:
    """The outcome of each row as written, and the keys of the rows each robustness set got wrong."""

    rows: dict[str, Outcome]
    wrong: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Change:
    """A row whose outcome is another than in the accepted run."""

    question: Question
    before: Outcome
    now: Result
    was_right: bool

    @property
    def worse(self) -> bool:
        """Whether it was right and is no longer."""
        return self.was_right and not self.now.right

    @property
    def better(self) -> bool:
        """Whether it is right now and was not."""
        return self.now.right and not self.was_right


def keyed(rows: Iterable[Row]) -> dict[str, Row]:
    """The rows by a key of their own: the text's beginning and a hash; the second of one text gets ` (2)`."""
    found: dict[str, Row] = {}
    for row in rows:
        text = row.question.text
        mark = hashlib.sha256(text.encode()).hexdigest()[:6]
        key, number = f"{text[:SHOWN]} #{mark}", 1
        while key in found:
            number += 1
            key = f"{text[:SHOWN]} #{mark} ({number})"
        found[key] = row
    return found


def accepted_from(run: Run) -> Accepted:
    """What is kept of a run."""
    rows = keyed(run.rows)
    marks = {row.question.place: _mark(key) for key, row in rows.items()}
    return Accepted(
        {key: Outcome(r.outcomes, r.passages, r.worded) for key, r in _results(rows).items()},
        {
            name: frozenset(marks[row.question.place] for row in of_set if not row.result.right)
            for name, of_set in run.sets.items()
        },
    )


def _results(rows: Mapping[str, Row]) -> dict[str, Result]:
    return {key: row.result for key, row in rows.items()}


def _mark(key: str) -> str:
    return key.rsplit("#", 1)[1]


def write_accepted(run: Run, path: Path = ACCEPTED) -> None:
    """Writes the run, a line for each row, so that a diff shows what changed."""
    kept = accepted_from(run)
    lines = [
        f"  {_json(key)}: {_json([' '.join(o.outcomes), ' '.join(o.passages), *([1] if o.worded else [])])}"
        for key, o in sorted(kept.rows.items())
    ]
    figures = {name: [f.hits, f.of] for name, f in all_figures(run.results).items()}
    sets = [f"  {_json(name)}: {_json(' '.join(sorted(marks)))}" for name, marks in kept.wrong.items()]
    parts = [
        ' "figures": {\n' + ",\n".join(f"  {_json(n)}: {_json(v)}" for n, v in figures.items()) + "\n }",
        ' "wrong in robustness sets": {\n' + ",\n".join(sets) + "\n }",
        ' "rows": {\n' + ",\n".join(lines) + "\n }",
    ]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_accepted(path: Path = ACCEPTED) -> Accepted | None:
    """The accepted run, None when there is none yet; raises FormatError when it cannot be read."""
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = {
            key: Outcome(tuple(value[0].split()), tuple(value[1].split()), len(value) > 2)
            for key, value in content["rows"].items()
        }
        wrong = {name: frozenset(v.split()) for name, v in content["wrong in robustness sets"].items()}
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise FormatError(f"{path}: cannot be read ({error}): write it anew with `make accept`") from None
    return Accepted(rows, wrong)


def changes(run: Run, accepted: Accepted) -> list[Change]:
    """The rows whose outcome changed, those that got worse first; rows new to the set are left out."""
    found = []
    for key, result in _results(keyed(run.rows)).items():
        before = accepted.rows.get(key)
        if before and before.outcomes != result.outcomes:
            right = bool(set(before.outcomes) & set(result.question.expect))
            found.append(Change(result.question, before, result, right))
    return sorted(found, key=lambda change: (not change.worse, not change.better))


def chance_of(worse: int, better: int) -> float:
    """How likely chance alone makes at least so many of the changed rows worse.

    The exact one-sided McNemar test: a row that changed is as likely to get better as worse.
    """
    changed = worse + better
    return float(sum(math.comb(changed, k) for k in range(worse, changed + 1)) / 2**changed)


@dataclass(frozen=True)
class Difference:
    """A figure of now beside the accepted run's, over the rows both have."""

    worse: int
    better: int
    before: float
    now: float

    @property
    def significant(self) -> bool:
        """Whether it got worse by more than the noise."""
        return self.worse > self.better and chance_of(self.worse, self.better) < CHANCE


def differences(run: Run, accepted: Accepted) -> dict[str, Difference]:
    """How each figure changed, `SET: FIGURE` for those of the robustness sets.

    The accepted outcomes are judged by what the held-out set expects today.
    """
    rows = keyed(run.rows)
    pairs = [
        (_as_before(row, accepted.rows[key]), row.result) for key, row in rows.items() if key in accepted.rows
    ]
    found = {name: _difference(measure, pairs) for name, measure in MEASURES.items()}
    marks = {row.question.place: _mark(key) for key, row in rows.items() if key in accepted.rows}
    for name, of_set in run.sets.items():
        if name not in accepted.wrong:
            continue
        known = [(row.result, marks[row.question.place]) for row in of_set if row.question.place in marks]
        for figure in ROBUST:
            measure = MEASURES[figure]
            # Only right and wrong are kept of these rows, which is all that the recalls need.
            if figure not in ("accuracy", "right section", "emergency recall", "crisis recall"):
                continue
            looked_at = [(r, mark not in accepted.wrong[name]) for r, mark in known if measure.rows(r)]
            found[f"{name}: {figure}"] = _counted([(was, r.right) for r, was in looked_at])
    return found


def _as_before(row: Row, before: Outcome) -> Result:
    text = " ".join(row.question.words[:1]) if before.worded else ""
    return Result(row.question, before.outcomes, before.passages, text)


def _difference(measure: Measure, pairs: Sequence[tuple[Result, Result]]) -> Difference:
    both = [(before, now) for before, now in pairs if measure.rows(before) and measure.rows(now)]
    counted = _counted([(measure.good(before), measure.good(now)) for before, now in both])
    if measure.more_is_better:
        return counted
    return Difference(counted.worse, counted.better, 100 - counted.before, 100 - counted.now)


def _counted(pairs: Sequence[tuple[bool, bool]]) -> Difference:
    whole = len(pairs) or 1
    return Difference(
        worse=sum(before and not now for before, now in pairs),
        better=sum(now and not before for before, now in pairs),
        before=100 * sum(before for before, _ in pairs) / whole,
        now=100 * sum(now for _, now in pairs) / whole,
    )


def worse_than_accepted(found: Mapping[str, Difference]) -> list[str]:
    """One line for each figure that got worse by more than the noise."""
    return [
        f"{name}: {d.now:.1f}%, accepted {d.before:.1f}%; {d.worse} rows worse, {d.better} better "
        f"(by chance in {100 * chance_of(d.worse, d.better):.2g}% of runs)"
        for name, d in found.items()
        if d.significant
    ]


def main() -> int:
    """Accepts the newest model's run; 2 when there is none."""
    try:
        run = measure(newest_model())
    except (ModelError, FormatError) as error:
        print(error, file=sys.stderr)
        return 2
    write_accepted(run)
    print(f"Accepted: {ACCEPTED} has {len(run.rows)} rows now. Look at its diff, and commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
