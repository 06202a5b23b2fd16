"""The NLU gate: the newest model reads the held-out questions, its fallback included.

`python -m tests.nlu [--model FILE] [--quiet]`

`rasa test nlu` has no thresholds and undoes the fallback; this has those of tests/gates.yml.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actions.settings import read_settings
from guide.model import TOPICS
from guide.reader import read_guide
from replies.texts import Texts, read_texts
from tests.figures import Result, below_gates, question_figures, show, tables
from tests.heldout import Question, read_questions
from tests.located import FormatError

if TYPE_CHECKING:
    from rasa.core.agent import Agent

MODELS = Path("models")
GATE = "nlu"
FOLLOWUP, FALLBACK = "followup", "nlu_fallback"


class ModelError(RuntimeError):
    """There is no model to test."""


def newest_model(folder: Path = MODELS) -> Path:
    """The model trained last; raises ModelError when there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=os.path.getmtime)
    if not models:
        raise ModelError(f"no model in {folder}/: run `make train`")
    return models[-1]


def load_agent(model: Path) -> Agent:
    """This model, ready to read messages; takes some ten seconds."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    # Of other people's deprecated calls nobody here can do anything.
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.ERROR)
    configure_structlog(logging.ERROR)
    return Agent.load(str(model))


class Outcomes:
    """What an intent leads to, in the words of the held-out questions."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._topic_of = {p.id: p.topic for p in read_guide().passages.values()}
        self._topic_of |= {topic: topic for topic in TOPICS}

    def of(self, intent: str, aims: Mapping[str, float]) -> str:
        """`answer:TOPIC`, another kind of reply, or `chitchat:NAME`.

        A follow-up without a talk before it is answered from the section that it aims at, if that
        is clear, else asked back about (actions/choice.py).
        """
        if intent in TOPICS:
            return f"answer:{intent}"
        if intent == FOLLOWUP:
            shares = dict.fromkeys(TOPICS, 0.0)
            for aim, share in aims.items():
                if topic := self._topic_of.get(aim):
                    shares[topic] += share
            topic = max(shares, key=shares.__getitem__)
            clear = shares[topic] >= read_settings().topics_in_context
            return f"answer:{topic}" if clear else "clarify"
        if intent == FALLBACK:
            return "clarify"
        if intent in self._texts:
            text = self._texts[intent]
            return f"{text.kind}:{text.name}" if text.name else text.kind
        return intent


def read_all(agent: Agent, questions: Sequence[Question]) -> list[tuple[Result, str]]:
    """Each question's result, with what the model made of it for people to read."""

    async def parse() -> list[dict[str, Any]]:
        return [await agent.parse_message(question.text) for question in questions]

    outcomes = Outcomes(read_texts())
    results = []
    for question, parsed in zip(questions, asyncio.run(parse()), strict=True):
        intent = parsed["intent"]["name"] or FALLBACK
        got = outcomes.of(intent, parsed.get("aims") or {})
        confidence = parsed["intent"]["confidence"] or 0.0
        results.append((Result(question, (got,)), f"{got} ({intent} {confidence:.2f})"))
    return results


def table_of_failures(results: Sequence[tuple[Result, str]]) -> list[str]:
    """A line for each wrong one: where it stands, expected and got side by side, and the text."""
    return [
        f"{row.question.place:<36} {' or '.join(row.question.expect):<44} {got:<52} {row.question.text[:100]}"
        for row, got in results
        if not row.right
    ]


def main() -> int:
    """Runs from the command line; 1 when a figure misses its threshold, 2 when there is none."""
    parser = argparse.ArgumentParser(prog="python -m tests.nlu", description=__doc__)
    parser.add_argument("--model", type=Path, help="a model; without it the newest in models/")
    parser.add_argument("--quiet", action="store_true", help="show wrong ones only below a gate")
    options = parser.parse_args()
    try:
        model = options.model or newest_model()
        questions = read_questions()
    except (ModelError, FormatError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Reading {len(questions)} questions with {model} ...", file=sys.stderr)
    results = read_all(load_agent(model), questions)
    rows = [row for row, _ in results]
    figures = question_figures(rows)
    missed = below_gates(figures, GATE)
    if missed or not options.quiet:
        print(f"{'Wrong, at':<36} {'expected':<44} {'got (intent)':<52} visitor")
        print("\n".join(table_of_failures(results)))
    print(show("Figures of the NLU alone", figures))
    print(show("Right, by group", tables(rows)["group"]))
    for line in missed:
        print(f"Below the gate: {line}")
    print("The NLU gate is closed" if missed else "The NLU gate is open")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
