"""The page: what a run came to, laid out for a person (page.html has the words)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
import yaml

from tests.accepted import Accepted, Difference, changes
from tests.calibration import Bin, Calibration, Point, calibration, confidences, curve
from tests.figures import Figure, Gate, all_figures, read_gates, tables
from tests.nlu import Verdict, failures
from tests.report.charts import Axis, bars, chart, dots, label, line
from tests.report.confusion import confusions, matrix
from tests.run import Row, Run, losses, robust_figures

CONFIG = Path("config.yml")
ROBUST_SHOWN = (
    "right section",
    "wrongly declined",
    "wrongly answered",
    "emergency recall",
    "crisis recall",
    "false alarms",
)
WORST = 12  # confusions shown with their messages
Cell = tuple[Figure, float, Gate | None]
SHARE = Axis("confidence", 0, 1, 5, "{:.1f}".format)


@dataclass(frozen=True)
class FigureLine:
    """A figure with its gate and its difference from the accepted run."""

    name: str
    figure: Figure
    gate: Gate | None
    difference: Difference | None


def page(run: Run, verdict: Verdict, accepted: Accepted | None) -> str:
    """The whole page as HTML."""
    folder = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    gates = read_gates()
    single = [row for row in run.rows if row.question.group != "dialogue"]
    sure = calibration(confidences(run.rows))
    points = curve(run.rows)
    changed = changes(run, accepted) if accepted else []
    return environment.get_template("page.html").render(
        verdict=verdict,
        lines=figure_lines(all_figures(run.results), gates["figures"], verdict.differences),
        accepted=accepted,
        changed=changed,
        worse=sum(change.worse for change in changed),
        better=sum(change.better for change in changed),
        matrix=matrix(single),
        confusions=confusions(single)[:WORST],
        sure=sure,
        calibration_gate=gates["calibration"]["calibration error"],
        histogram=histogram(single),
        reliability=reliability(sure),
        points=[point for point in points if round(point.threshold * 100) % 10 == 0],
        threshold=threshold(),
        trade=trade(points, threshold()),
        tables=tables(run.results),
        failures=failures(run.rows),
        robust=robust_lines(run, gates["losses"]),
        robust_shown=ROBUST_SHOWN,
        set_failures={name: _broken(run, rows) for name, rows in run.sets.items()},
        count=len(single),
        turns=len(run.rows) - len(single),
    )


def figure_lines(
    figures: Mapping[str, Figure], gates: Mapping[str, Gate], differences: Mapping[str, Difference]
) -> list[FigureLine]:
    """The figures in their order."""
    return [FigureLine(name, f, gates.get(name), differences.get(name)) for name, f in figures.items()]


def robust_lines(
    run: Run, gates: Mapping[str, Gate]
) -> list[tuple[str, list[tuple[Figure, float, Gate | None]]]]:
    """For each way of typing the figures, what each lost in points, and the gate of the loss."""
    lost = losses(run)
    written = robust_figures(run.rows)
    lines: list[tuple[str, list[Cell]]] = [
        ("as written", [(written[name], 0.0, None) for name in ROBUST_SHOWN])
    ]
    for of_set, rows in run.sets.items():
        figures = robust_figures(rows)
        names = [f"{of_set}: {name} lost" for name in ROBUST_SHOWN]
        cells = zip(ROBUST_SHOWN, names, strict=True)
        lines.append((of_set, [(figures[name], lost[key], gates.get(key)) for name, key in cells]))
    return lines


def _broken(run: Run, rows: Sequence[Row]) -> list[Row]:
    """The rows of a set that are wrong although they are right as written."""
    right = {row.question.place for row in run.rows if row.result.right}
    return [row for row in rows if not row.result.right and row.question.place in right]


def threshold(path: Path = CONFIG) -> float | None:
    """The threshold of answering that config.yml sets, None when it sets none."""
    pipeline = yaml.safe_load(path.read_text(encoding="utf-8"))["pipeline"]
    found = [step["thresholds"].get("topics") for step in pipeline if "thresholds" in step]
    return float(found[0]) if found and found[0] is not None else None


def histogram(rows: Sequence[Row]) -> str:
    """How many right and wrong rows there are at each tenth of confidence, wrong ones below in red."""
    tenths = [[0, 0] for _ in range(10)]
    for row in rows:
        tenths[min(int(row.said.confidence * 10), 9)][row.result.right] += 1
    most = max(sum(tenth) for tenth in tenths)
    top = -(-most // 50) * 50 or 50
    up = Axis("questions", 0, top, 5, "{:.0f}".format)
    whole = [(n / 10, (n + 1) / 10, sum(t), f"{t[1]} right, {t[0]} wrong") for n, t in enumerate(tenths)]
    wrong = [(n / 10, (n + 1) / 10, t[0], f"{t[0]} wrong") for n, t in enumerate(tenths)]
    body = bars(SHARE, up, whole, "good") + bars(SHARE, up, wrong, "bad")
    return chart("Histogram of confidence, right and wrong", SHARE, up, body)


def reliability(sure: Calibration) -> str:
    """Share of right rows over mean confidence, a dot a bin, its size the number of rows."""
    up = Axis("share right", 0, 1, 5, "{:.1f}".format)
    filled = [b for b in sure.bins if b.count]
    most = max((b.count for b in filled), default=1)

    def words(b: Bin) -> str:
        return f"confidence {b.confidence:.2f}, right {b.right:.2f}, {b.count} questions"

    marks = [(b.confidence, b.right, 3 + 7 * (b.count / most) ** 0.5, words(b)) for b in filled]
    body = line(SHARE, up, [(0, 0), (1, 1)], "ideal")
    body += line(SHARE, up, [(b.confidence, b.right) for b in filled], "first")
    body += dots(SHARE, up, marks, "first")
    return chart("Reliability: share of right answers over confidence", SHARE, up, body)


def trade(points: Sequence[Point], now: float | None) -> str:
    """Covered questions answered right, and unanswerable ones answered all the same, over the threshold."""
    across = Axis("threshold of answering", 0, 1, 5, "{:.1f}".format)
    up = Axis("percent", 0, 100, 5, "{:.0f}".format)
    series = {
        "first": [(p.threshold, p.right_section) for p in points],
        "second": [(p.threshold, p.wrongly_answered) for p in points],
        "third": [(p.threshold, p.wrongly_declined) for p in points],
    }
    names = ("right section", "wrongly answered", "wrongly declined")
    body = line(across, up, [(now, 0), (now, 100)], "ideal") if now is not None else ""
    body += "".join(line(across, up, values, kind) for kind, values in series.items())
    first, last = points[0], points[-1]
    body += label(across, up, (0.02, 86), names[0], "first")
    body += label(across, up, (first.threshold, first.wrongly_answered), names[1], "second")
    body += label(across, up, (last.threshold - 0.01, last.wrongly_declined), names[2], "third", end=True)
    return chart("Right sections and wrong answers over the threshold", across, up, body)
