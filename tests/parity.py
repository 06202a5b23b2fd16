"""Whether the figures are of what visitors get: a sample of the run is asked again over HTTP."""

from __future__ import annotations

import random
import uuid

from tests.assistant import Assistant, Said
from tests.failure import Failure
from tests.heldout import Question, read_dialogues, read_questions
from tests.offline import newest_model
from tests.run import measure

SEED = 3
QUESTIONS, DIALOGUES = 80, 10  # in the sample


def unlike_measured(assistant: Assistant) -> list[Failure]:
    """The messages of the sample that are answered otherwise than in the newest model's run.

    Raises AssistantError, ModelError or FormatError when it cannot be asked.
    """
    run = measure(newest_model())
    measured = {row.question.place: row.said for row in run.rows}
    draw = random.Random(SEED)
    talks: list[tuple[Question, ...]] = [(question,) for question in draw.sample(read_questions(), QUESTIONS)]
    talks += [dialogue.turns for dialogue in draw.sample(read_dialogues(), DIALOGUES)]
    failures = []
    for talk in talks:
        sender = f"parity-{uuid.uuid4().hex}"
        for question in talk:
            said = assistant.ask(sender, question.text)
            if rows := _different(measured[question.place], said):
                failures.append(Failure("as measured", question.place, question.text, rows))
    return failures


def _different(measured: Said, said: Said) -> tuple[tuple[str, str, str], ...]:
    fields = ("kind", "name", "topics", "passages", "text", "intent", "confidence", "runner_up")
    pairs = [(name, getattr(measured, name), getattr(said, name)) for name in fields]
    return tuple((name, str(was), str(now)) for name, was, now in pairs if was != now)
