"""Conversations for tests, stored as the chat stores them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from chat import facets
from chat.models import Conversation, Facet, Turn
from tests.conftest import REPLY


@dataclass(frozen=True)
class Said:
    """A question and how it was understood."""

    text: str
    intent: str = "staging"
    confidence: float = 0.9
    kind: str = "answer"
    outcome: str = "answered"
    latency_ms: int | None = None


def make_talk(reference: str, *said: Said, at: datetime | None = None) -> Conversation:
    """A conversation of these turns, a minute apart; `at` is when it was last active."""
    at = at or timezone.now()
    begun = at - timedelta(minutes=len(said))
    made = Conversation.objects.create(key_hash=reference, reference=reference)
    for number, each in enumerate((Said("", "", 0, "chitchat"), *said)):
        when = begun + timedelta(minutes=number)
        turn = Turn.objects.create(
            conversation=made,
            number=number,
            client_id=uuid.uuid4(),
            text=each.text,
            reply=REPLY | {"kind": each.kind},
            kind=each.kind,
            topics=["staging"] if each.kind == "answer" else [],
            passages=["staging-what"] if each.kind == "answer" else [],
            intent=each.intent,
            confidence=each.confidence,
            outcome=each.outcome,
            latency_ms=each.latency_ms,
        )
        Turn.objects.filter(pk=turn.pk).update(asked_at=when, answered_at=when)
        if number:
            facets.add_turn(turn)
    Conversation.objects.filter(pk=made.pk).update(started_at=begun, last_at=at)
    Facet.objects.filter(conversation=made).update(last_at=at)
    return Conversation.objects.get(pk=made.pk)
