"""Asks a running assistant all held-out questions and dialogues, and prints how it did.

`python -m tests.score [--url URL] [--out FOLDER] [--only NAME ...]`

Over HTTP, with the milliseconds of each reply; `make report` measures the same without a server.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.assistant import Assistant, AssistantError
from tests.figures import Figure, all_figures, show, tables
from tests.heldout import DIALOGUE, Question, read_dialogues, read_questions
from tests.located import FormatError
from tests.run import Row
from tests.running import running

OUT = Path("var/score")


def ask(assistant: Assistant, talks: Sequence[Sequence[Question]]) -> list[Row]:
    """What is said in each talk, each in a conversation of its own."""
    run = uuid.uuid4().hex
    rows = []
    for number, talk in enumerate(talks, 1):
        sender = f"score-{run}-{number}"
        rows += [Row(question, assistant.ask(sender, question.text)) for question in talk]
        if number % 100 == 0 or number == len(talks):
            print(f"{number} of {len(talks)} questions and dialogues", file=sys.stderr)
    return rows


def latencies(seconds: Iterable[float]) -> dict[str, float]:
    """Percentiles in milliseconds."""
    ordered = sorted(seconds)
    if len(ordered) < 2:
        return {}
    cuts = statistics.quantiles(ordered, n=100, method="inclusive")
    return {f"p{at}": round(1000 * cuts[at - 1], 1) for at in (50, 95, 99)}


def transcript(rows: Iterable[Row]) -> list[str]:
    """One JSON object a message: where it stands, what was expected and what came."""
    return [
        json.dumps(
            {**asdict(row.question), "right": row.result.right, "got": asdict(row.said)}, ensure_ascii=False
        )
        for row in rows
    ]


def score(assistant: Assistant, only: Sequence[str], out: Path) -> None:
    """Asks, prints and writes everything."""
    talks: list[Sequence[Question]] = [
        [q] for q in read_questions() if not only or q.group in only or q.style in only
    ]
    talks += [dialogue.turns for dialogue in read_dialogues()] if not only or DIALOGUE in only else []
    rows = ask(assistant, talks)
    results = [row.result for row in rows]
    figures, parts = all_figures(results), tables(results)
    print(show("Figures", figures))
    for name, part in parts.items():
        print(show(f"Right, by {name}", part))
    speed = latencies(row.said.seconds for row in rows)
    print("Milliseconds  " + "  ".join(f"{name} {value}" for name, value in speed.items()))
    out.mkdir(parents=True, exist_ok=True)
    summary = {
        "figures": _numbers(figures),
        **{f"by {name}": _numbers(part) for name, part in parts.items()},
        "milliseconds": speed,
    }
    (out / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    (out / "transcripts.jsonl").write_text("\n".join(transcript(rows)) + "\n", encoding="utf-8")
    print(f"Written to {out}/summary.json and {out}/transcripts.jsonl")


def _numbers(figures: dict[str, Figure]) -> dict[str, dict[str, float]]:
    return {name: {"percent": round(f.percent, 2), "hits": f.hits, "of": f.of} for name, f in figures.items()}


def main() -> int:
    """Runs from the command line; 2 when nothing could be asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__)
    parser.add_argument(
        "--url",
        default=os.environ.get("ASSISTANT_URL"),
        help="a running assistant; without it one is started",
    )
    parser.add_argument("--out", type=Path, default=OUT, help="where to write what came (%(default)s)")
    parser.add_argument(
        "--only", nargs="+", default=[], help=f"groups or styles, or `{DIALOGUE}`", metavar="NAME"
    )
    options = parser.parse_args()
    try:
        with running(options.url) as assistant:
            score(assistant, options.only, options.out)
    except (AssistantError, FormatError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
