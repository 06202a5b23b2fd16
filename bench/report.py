"""Shows the runs: a table, a JSON file, a picture for the README."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path

from bench.measure import Run

ROW, LEFT, BAR, WIDTH = 26, 130, 360, 640  # pixels
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2933}.title{font-weight:600}"
    ".peer{fill:#9fb3c8}.own{fill:#0b6e69}"
)


def table(runs: Sequence[Run]) -> str:
    """A Markdown table, a row a contestant."""
    head = (
        "| | right section | unanswerable answered | emergencies | p50 / p95 / p99 alone, ms "
        "| with 8 visitors, ms | messages/s | largest / all processes, MB | start, s | training, s |"
    )
    rows = [
        f"| {run.name} | {run.right_section} | {run.wrongly_answered} | {run.emergency_recall} "
        f"| {_slashed(run.alone_ms)} | {_slashed(run.together_ms)} | {run.together_per_second} "
        f"| {run.largest_process_mb:.0f} / {run.memory_mb:.0f} | {run.start_s} "
        f"| {'-' if run.train_s is None else run.train_s} |"
        for run in runs
    ]
    return "\n".join([head, "|" + "---|" * 10, *rows])


def write_json(runs: Sequence[Run], path: Path) -> None:
    """Writes the runs, field by field."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(run) for run in runs], indent=1) + "\n", encoding="utf-8")


def picture(runs: Sequence[Run]) -> str:
    """An SVG with three bar charts: right sections, unanswerable answered, messages a second."""
    charts = [
        ("Right section, %", [run.right_section for run in runs]),
        ("Not on the page, answered all the same, %", [run.wrongly_answered for run in runs]),
        ("Messages a second, 8 visitors at once", [run.together_per_second for run in runs]),
    ]
    parts: list[str] = []
    y = 0
    for title, values in charts:
        y += ROW
        parts.append(f'<text class="title" x="8" y="{y}">{escape(title)}</text>')
        most = max(values) or 1
        for run, value in zip(runs, values, strict=True):
            y += ROW
            name = "own" if run is runs[0] else "peer"
            width = max(1, round(BAR * value / most))
            parts.append(f'<text x="8" y="{y}">{escape(run.name)}</text>')
            parts.append(f'<rect class="{name}" x="{LEFT}" y="{y - 14}" width="{width}" height="18" rx="3"/>')
            parts.append(f'<text x="{LEFT + width + 8}" y="{y}">{value:g}</text>')
        y += ROW // 2
    body = "".join(parts)
    said = (
        f"{title}: " + ", ".join(f"{run.name} {value:g}" for run, value in zip(runs, values, strict=True))
        for title, values in charts
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 8}" role="img" '
        f'aria-label="{escape("; ".join(said))}">'
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{body}</svg>\n'
    )


def _slashed(values: Sequence[float]) -> str:
    return " / ".join(f"{value:g}" for value in values)
