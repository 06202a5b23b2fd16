"""Asks a running assistant all held-out questions and dialogues, and prints how it did.

`python -m tests.score [--url URL] [--out FOLDER] [--only NAME ...] [--variants] [--gate]`
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.assistant import Assistant, AssistantError, Said
from tests.figures import (
    Figure,
    Result,
    below_gates,
    fact_shown,
    question_figures,
    show,
    tables,
)
from tests.heldout import Dialogue, Question, Turn, read_dialogues, read_questions
from tests.located import FormatError
from tests.running import running
from tests.variants import VARIANTS, varied

OUT = Path("var/score")
DIALOGUES = "dialogues"
GATE = "answers"
# The figures that other ways of typing are compared by.
VARIANT_FIGURES = (
    "right section", "wrongly declined", "wrongly answered", "emergency recall", "crisis recall",
    "false alarms",
)  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """A turn of a dialogue and what was said to it."""

    turn: Turn
    said: Said

    @property
    def right(self) -> bool:
        """Whether what came is one of the right outcomes."""
        return bool(set(self.said.outcomes) & set(self.turn.expect))

    @property
    def worded(self) -> bool:
        """Whether the reply shows one of the wanted words."""
        text = self.said.text.lower()
        return any(word.lower() in text for word in self.turn.words)


def ask_questions(assistant: Assistant, questions: Sequence[Question]) -> list[tuple[Question, Said]]:
    """What is said to each question, asked in a conversation of its own."""
    run = uuid.uuid4().hex
    asked = []
    for number, question in enumerate(questions, 1):
        asked.append((question, assistant.ask(f"score-{run}-{number}", question.text)))
        _progress(number, len(questions), "questions")
    return asked


def hold_dialogues(assistant: Assistant, dialogues: Sequence[Dialogue]) -> list[Spoken]:
    """What is said to each turn, each dialogue in a conversation of its own."""
    run = uuid.uuid4().hex
    spoken = []
    for number, dialogue in enumerate(dialogues, 1):
        sender = f"score-{run}-dialogue-{number}"
        spoken += [Spoken(turn, assistant.ask(sender, turn.text)) for turn in dialogue.turns]
        _progress(number, len(dialogues), "dialogues")
    return spoken


def dialogue_figures(spoken: Sequence[Spoken]) -> dict[str, Figure]:
    """The figures of the dialogues, by name."""
    leaning = [s.right for s in spoken if s.turn.kind in ("followup", "correction")]
    rights = [s.right for s in spoken]
    worded = [s.worded for s in spoken if s.turn.words and s.said.kind == "answer"]
    return {
        "dialogue turns right": Figure(sum(rights), len(rights)),
        "follow-ups right": Figure(sum(leaning), len(leaning)),
        "wanted words shown": Figure(sum(worded), len(worded)),
    }


def latencies(seconds: Iterable[float]) -> dict[str, float]:
    """Percentiles in milliseconds."""
    ordered = sorted(seconds)
    if len(ordered) < 2:
        return {}
    cuts = statistics.quantiles(ordered, n=100, method="inclusive")
    return {f"p{at}": round(1000 * cuts[at - 1], 1) for at in (50, 95, 99)}


def results_of(asked: Iterable[tuple[Question, Said]]) -> list[Result]:
    """The questions with what came of them."""
    return [Result(question, said.outcomes, said.passages) for question, said in asked]


def transcript(asked: Iterable[tuple[Question, Said]], spoken: Iterable[Spoken]) -> list[str]:
    """One JSON object a message: where it stands, what was expected and what came."""
    rows = [
        {
            "place": question.place,
            "group": question.group,
            "style": question.style,
            "visitor": question.text,
            "expect": question.expect,
            "passage": question.passage,
            "right": Result(question, said.outcomes).right,
            "shown": question.passage in said.passages if question.passage else None,
            "got": asdict(said),
        }
        for question, said in asked
    ] + [
        {
            "place": s.turn.place,
            "group": DIALOGUES,
            "style": s.turn.kind,
            "visitor": s.turn.text,
            "expect": s.turn.expect,
            "words": s.turn.words,
            "right": s.right,
            "shown": s.worded if s.turn.words else None,
            "got": asdict(s.said),
        }
        for s in spoken
    ]
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def score(assistant: Assistant, only: Sequence[str], variants: bool, out: Path) -> dict[str, Figure]:
    """Asks, prints and writes everything; returns the figures."""
    questions = [q for q in read_questions() if not only or q.group in only or q.style in only]
    dialogues = read_dialogues() if not only or DIALOGUES in only else []
    asked = ask_questions(assistant, questions)
    spoken = hold_dialogues(assistant, dialogues)
    results = results_of(asked)
    single = question_figures(results) | {"fact shown": fact_shown(results)}
    figures = {name: f for name, f in {**single, **dialogue_figures(spoken)}.items() if f.of}
    print(show("Figures", figures))
    parts = tables(results)
    print(show("Right, by group", parts["group"]))
    print(show("Right, by style of the covered questions", parts["style"]))
    speed = latencies([said.seconds for _, said in asked] + [s.said.seconds for s in spoken])
    print("Milliseconds  " + "  ".join(f"{name} {value}" for name, value in speed.items()))
    by_variant = _variant_figures(assistant, questions) if variants else {}
    for name in VARIANT_FIGURES if variants else ():
        row = {variant: by_variant[variant][name] for variant in by_variant}
        print(show(f"{name}, typed otherwise", {"as written": single[name], **row}))
    out.mkdir(parents=True, exist_ok=True)
    summary = {
        "figures": _numbers(figures),
        "by group": _numbers(parts["group"]),
        "by style": _numbers(parts["style"]),
        "variants": {name: _numbers(row) for name, row in by_variant.items()},
        "milliseconds": speed,
    }
    (out / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    lines = transcript(asked, spoken)
    (out / "transcripts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"Written to {out}/summary.json and {out}/transcripts.jsonl")
    return figures


def _variant_figures(assistant: Assistant, questions: list[Question]) -> dict[str, dict[str, Figure]]:
    by_variant = {}
    for variant in VARIANTS:
        print(f"{variant} ...", file=sys.stderr)
        asked = ask_questions(assistant, varied(questions, variant))
        figures = question_figures(results_of(asked))
        by_variant[variant] = {name: figures[name] for name in VARIANT_FIGURES}
    return by_variant


def _numbers(figures: dict[str, Figure]) -> dict[str, dict[str, float]]:
    return {name: {"percent": round(f.percent, 2), "hits": f.hits, "of": f.of} for name, f in figures.items()}


def _progress(done: int, whole: int, what: str) -> None:
    if done % 100 == 0 or done == whole:
        print(f"{done} of {whole} {what}", file=sys.stderr)


def main() -> int:
    """Runs from the command line; 1 when a figure misses its threshold, 2 when there is none."""
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__)
    parser.add_argument("--url", help="a running assistant; without it one is started")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write what came (%(default)s)")
    parser.add_argument(
        "--only", nargs="+", default=[], help=f"groups or styles, or `{DIALOGUES}`", metavar="NAME"
    )
    parser.add_argument("--variants", action="store_true", help="ask the questions typed otherwise too")
    parser.add_argument("--gate", action="store_true", help="fail below the thresholds of gates.yml")
    options = parser.parse_args()
    try:
        with running(options.url) as assistant:
            figures = score(assistant, options.only, options.variants, options.out)
    except (AssistantError, FormatError) as error:
        print(error, file=sys.stderr)
        return 2
    missed = below_gates(figures, GATE) if options.gate else []
    for line in missed:
        print(f"Below the gate: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
