"""A conversation as a test of the assistant: a Rasa story test, or a scenario."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings

from chat.models import Conversation, Turn
from learning.exporting import one_line, own_problem
from netguide.practice import guide, texts
from review.models import Review

FALLBACK = "nlu_fallback"
CLARIFY = "action_clarify"


@dataclass(frozen=True)
class Step:
    """A turn to be played again: what the visitor wrote, and what should come of it.

    `problem` says why it is left out.
    """

    text: str
    intent: str
    reply: dict[str, str | list[str]]
    problem: str = ""


def steps_of(conversation: Conversation) -> list[Step]:
    """The visitor's turns in order, as they were answered or as a reviewer corrected them."""
    turns = conversation.turns.filter(number__gt=0).exclude(text="").select_related("review")
    return [_step(turn) for turn in turns]


def story(conversation: Conversation, steps: list[Step]) -> str:
    """A Rasa 3.x story test for tests/stories/test_*.yml; its entities are still to be marked.

    Every text is quoted as JSON does it, which YAML reads too.
    """
    lines = ['version: "3.1"', "stories:", f"- story: {_name(conversation)}", "  steps:"]
    for step in steps:
        if step.problem:
            lines.append(f"  # a turn is left out: {step.problem}")
            continue
        lines += [
            f"  - user: {_quoted(step.text)}",
            f"    intent: {step.intent}",
            f"  - action: {_actions().get(step.intent, CLARIFY)}",
        ]
    return "\n".join(lines) + "\n"


def scenario(conversation: Conversation, steps: list[Step]) -> str:
    """A scenario for tests/scenarios (docs/scenarios.md)."""
    lines = [f"- scenario: {_name(conversation)}", "  steps:"]
    for step in steps:
        if step.problem:
            lines.append(f"    # a turn is left out: {step.problem}")
            continue
        lines.append(f"    - visitor: {_quoted(step.text)}")
        if step.reply:
            checks = ", ".join(f"{name}: {_flow(value)}" for name, value in step.reply.items())
            lines.append(f"    - bot: {{{checks}}}")
    return "\n".join(lines) + "\n"


def _step(turn: Turn) -> Step:
    text = one_line(turn.text)
    problem = "something personal was taken out of it" if turn.redacted else own_problem(text)
    if turn.outcome != Turn.Outcome.ANSWERED:
        problem = problem or "the assistant did not answer it"
    review: Review | None = getattr(turn, "review", None)
    if review and review.verdict != Review.Verdict.RIGHT:
        return Step(text, *_corrected(turn, review), problem)
    reply: dict[str, str | list[str]] = {"kind": turn.kind}
    if turn.kind == "answer":
        reply |= {"topic": turn.topics, "passages": turn.passages}
    elif name := (turn.reply or {}).get("name"):
        reply["name"] = str(name)
    return Step(text, turn.intent or FALLBACK, reply, problem)


def _corrected(turn: Turn, review: Review) -> tuple[str, dict[str, str | list[str]]]:
    """The intent and the checks that a reviewer's verdict asks for."""
    passage = guide().passages.get(review.right_passage)
    if passage:
        return passage.topic, {"kind": "answer", "topic": passage.topic, "passages": passage.id}
    intent = review.right_intent
    if intent in guide().by_topic:
        return intent, {"kind": "answer", "topic": intent}
    if intent in texts():
        text = texts()[intent]
        named: dict[str, str | list[str]] = {"name": text.name} if text.name else {}
        return intent, {"kind": text.kind} | named
    if intent == "not_covered":  # its texts bear other names
        return intent, {"kind": intent}
    # Nobody said what is right: the turn is played, and its reply is not checked.
    return turn.intent or FALLBACK, {}


def _name(conversation: Conversation) -> str:
    return f"A visitor's talk, {conversation.reference}"


@cache
def _actions() -> dict[str, str]:
    """The action of each intent, from the assistant's rules."""
    path = settings.ROOT / "data" / "rules" / "replies.yml"
    found = {}
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
        merged = {name: value for step in rule["steps"] for name, value in step.items()}
        found[merged["intent"]] = merged["action"]
    return found


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _flow(value: str | list[str]) -> str:
    if isinstance(value, str):
        return value
    return value[0] if len(value) == 1 else f"[{', '.join(value)}]"
