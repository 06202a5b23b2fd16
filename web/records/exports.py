"""Conversations as they are taken away: rows for CSV, objects for JSON Lines, lines to read.

Only redacted text is stored, so only redacted text leaves. Notes of the staff stay here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from chat.models import Conversation, Facet, Turn
from console.downloads import Cell

PART = 100  # conversations that are read at once
COLUMNS = (
    "reference",
    "started_at",
    "page",
    "status",
    "tags",
    "turn",
    "asked_at",
    "visitor",
    "guide",
    "kind",
    "topics",
    "passages",
    "intent",
    "confidence",
    "runner_up",
    "runner_up_confidence",
    "outcome",
    "latency_ms",
    "model",
    "feedback",
    "comment",
    "verdict",
    "right_intent",
    "right_passage",
)

type Parts = Iterable[Sequence[Conversation]]


def parts(found: QuerySet[Conversation]) -> Iterator[Sequence[Conversation]]:
    """These conversations with all that belongs to them, the oldest first, some at a time."""
    turns = Turn.objects.select_related("feedback", "review").order_by("number")
    tags = Facet.objects.filter(field=Facet.Field.TAG).order_by("value")
    whole = found.order_by("pk").prefetch_related(
        Prefetch("turns", turns), Prefetch("facets", tags, to_attr="tags")
    )
    last = 0
    while part := list(whole.filter(pk__gt=last)[:PART]):
        yield part
        last = part[-1].pk


def rows(found: Parts) -> Iterator[list[Cell]]:
    """A row of COLUMNS for each turn, the greeting too."""
    for part in found:
        for conversation in part:
            for turn in conversation.turns.all():
                yield _row(conversation, turn)


def objects(found: Parts) -> Iterator[dict[str, Any]]:
    """An object for each conversation, with its turns."""
    for part in found:
        for conversation in part:
            yield {
                "reference": conversation.reference,
                "started_at": _iso(conversation.started_at),
                "last_at": _iso(conversation.last_at),
                "page": conversation.page,
                "status": conversation.status,
                "tags": _tags(conversation),
                "held": conversation.held,
                "turns": [_object(turn) for turn in conversation.turns.all()],
            }


def lines(found: Parts) -> Iterator[str]:
    """The words alone, to be read by the person who said them."""
    for part in found:
        for conversation in part:
            yield f"Conversation {conversation.reference}, {_shown(conversation.started_at)}"
            for turn in conversation.turns.all():
                if turn.number:
                    yield f"\nVisitor, {_shown(turn.asked_at)}\n{turn.text}"
                if turn.reply:
                    yield f"\nGuide\n{turn.reply.get('text', '')}"


def _row(conversation: Conversation, turn: Turn) -> list[Cell]:
    turned = _object(turn)
    feedback, review = turned["feedback"] or {}, turned["review"] or {}
    return [
        conversation.reference,
        _iso(conversation.started_at),
        conversation.page,
        conversation.status,
        " ".join(_tags(conversation)),
        turn.number,
        turned["asked_at"],
        turn.text,
        turned["guide"],
        turn.kind,
        " ".join(turn.topics),
        " ".join(turn.passages),
        turn.intent,
        turn.confidence,
        turn.runner_up,
        turn.runner_up_confidence,
        turn.outcome,
        turn.latency_ms,
        turn.model,
        {None: "", True: "up", False: "down"}[feedback.get("helpful")],
        feedback.get("comment", ""),
        review.get("verdict", ""),
        review.get("right_intent", ""),
        review.get("right_passage", ""),
    ]


def _object(turn: Turn) -> dict[str, Any]:
    feedback, review = getattr(turn, "feedback", None), getattr(turn, "review", None)
    return {
        "turn": turn.number,
        "asked_at": _iso(turn.asked_at),
        "visitor": turn.text,
        "guide": (turn.reply or {}).get("text", ""),
        "kind": turn.kind,
        "topics": turn.topics,
        "passages": turn.passages,
        "intent": turn.intent,
        "confidence": turn.confidence,
        "runner_up": turn.runner_up,
        "runner_up_confidence": turn.runner_up_confidence,
        "outcome": turn.outcome,
        "latency_ms": turn.latency_ms,
        "model": turn.model,
        "feedback": feedback and {"helpful": feedback.helpful, "comment": feedback.comment},
        "review": review
        and {
            "verdict": review.verdict,
            "right_intent": review.right_intent,
            "right_passage": review.right_passage,
        },
    }


def _tags(conversation: Conversation) -> list[str]:
    return [facet.value for facet in conversation.tags]  # type: ignore[attr-defined]


def _iso(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _shown(at: datetime) -> str:
    return f"{timezone.localtime(at):%B %-d, %Y, %H:%M}"
