"""The gate: everything held out is asked of the newest model, and its figures must not be worse than agreed.

`python -m tests.nlu [--model FILE] [--quiet]`

`rasa test nlu` has no thresholds and undoes the fallback; this measures what the visitor gets.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.accepted import Accepted, Difference, differences, read_accepted, worse_than_accepted
from tests.calibration import calibration, confidences
from tests.failure import Failure
from tests.figures import all_figures, below_gates, read_gates, show
from tests.located import FormatError
from tests.offline import ModelError, newest_model
from tests.run import Row, Run, losses, measure, robust_figures

# The figures that count every row once.
WHOLE = ("accuracy", "dialogue turns right")
ROBUST_SHOWN = ("right section", "emergency recall", "false alarms")


@dataclass(frozen=True)
class Verdict:
    """The gates that are closed, each as a line, and how each figure differs from the accepted run."""

    missed: tuple[str, ...]
    differences: dict[str, Difference]


def percents(run: Run) -> dict[str, dict[str, float]]:
    """Everything that has a gate, in percent or points, by the parts of gates.yml."""
    return {
        "figures": {name: figure.percent for name, figure in all_figures(run.results).items()},
        "losses": losses(run),
        "calibration": {"calibration error": calibration(confidences(run.rows)).error},
    }


def judge(run: Run, accepted: Accepted | None) -> Verdict:
    """Holds a run against its gates and the accepted run."""
    gates = read_gates()
    missed = [line for part, values in percents(run).items() for line in below_gates(values, gates[part])]
    if accepted is None:
        return Verdict((*missed, "no run was accepted yet: `make accept` writes tests/accepted.json"), {})
    found = differences(run, accepted)
    worse = [f"worse than the accepted run: {line}" for line in worse_than_accepted(found)]
    return Verdict((*missed, *worse), found)


def failures(rows: Sequence[Row]) -> list[Failure]:
    """The rows that came out wrong, or without the passage or the words they asked for."""
    found = []
    for row in rows:
        question, said, result = row.question, row.said, row.result
        got = f"{' '.join(said.outcomes)} ({said.intent} {said.confidence:.2f})"
        checks = [] if result.right else [("outcome", " or ".join(question.expect), got)]
        if result.right and result.answered:
            if question.passage and question.passage not in said.passages:
                checks.append(("passage", question.passage, ", ".join(said.passages)))
            if question.words and not result.worded:
                checks.append(("words", " or ".join(question.words), said.text))
        if checks:
            name = f"{question.group}, {question.style}"
            found.append(Failure(name, question.place, question.text, tuple(checks), said.text))
    return found


def summary(run: Run, verdict: Verdict) -> str:
    """The figures and whether the gates are open, as lines for a log."""
    lines = [show("Held-out questions and dialogues", all_figures(run.results))]
    sure = calibration(confidences(run.rows))
    lines.append(f"  calibration error  {sure.error:.1f} points (chance alone: {sure.floor:.1f})")
    lines.append(f"Typed otherwise: {', '.join(ROBUST_SHOWN)}")
    for name, rows in {"as written": run.rows, **run.sets}.items():
        figures = robust_figures(rows)
        shown = "  ".join(f"{figures[figure].percent:5.1f}%" for figure in ROBUST_SHOWN)
        lines.append(f"  {name:<22}  {shown}")
    whole = [verdict.differences[name] for name in WHOLE if name in verdict.differences]
    worse, better = sum(d.worse for d in whole), sum(d.better for d in whole)
    lines.append(f"Against the accepted run: {worse} rows worse, {better} better")
    lines += [f"CLOSED  {line}" for line in verdict.missed]
    lines.append(f"{len(verdict.missed)} gates closed" if verdict.missed else "All gates open")
    return "\n".join(lines)


def main() -> int:
    """Runs from the command line; 1 when a gate is closed, 2 when nothing could be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.nlu", description=__doc__)
    parser.add_argument("--model", type=Path, help="a model; without it the newest in models/")
    parser.add_argument("--quiet", action="store_true", help="show failing rows only when a gate is closed")
    options = parser.parse_args()
    try:
        run = measure(options.model or newest_model())
        verdict = judge(run, read_accepted())
    except (ModelError, FormatError) as error:
        print(error, file=sys.stderr)
        return 2
    if verdict.missed or not options.quiet:
        for failure in failures(run.rows):
            print(f"{failure}\n")
    print(summary(run, verdict))
    return 1 if verdict.missed else 0


if __name__ == "__main__":
    sys.exit(main())
