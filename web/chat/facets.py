"""Keeps what a conversation is found by in step with its turns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce, Least

from chat.models import Conversation, Facet, Feedback, Turn

Field = Facet.Field


def of_turn(turn: Turn) -> set[tuple[str, str]]:
    """What this turn adds: pairs of field and value."""
    found = {(Field.KIND, turn.kind), (Field.INTENT, turn.intent)}
    found |= {(Field.TOPIC, topic) for topic in turn.topics}
    if turn.outcome != Turn.Outcome.ANSWERED:
        found.add((Field.OUTCOME, turn.outcome))
    return {(str(field), str(value)[:64]) for field, value in found if value}


def add_turn(turn: Turn) -> None:
    """Counts an answered turn in its conversation, once; inside the caller's transaction."""
    at = turn.answered_at or turn.asked_at
    changes = {"turn_count": F("turn_count") + 1, "last_kind": turn.kind, "last_at": at}
    if turn.intent:
        lowest = Coalesce(F("lowest_confidence"), turn.confidence)
        changes["lowest_confidence"] = Least(lowest, turn.confidence)
    if Conversation.objects.filter(pk=turn.conversation_id).update(**changes):
        _add(turn.conversation_id, of_turn(turn), at)
        Facet.objects.filter(conversation=turn.conversation_id).update(last_at=at)


def write_feedback(conversation: Conversation) -> None:
    """The thumbs of a conversation, as they stand now."""
    judged = Feedback.objects.filter(turn__conversation=conversation)
    helpful = set(judged.values_list("helpful", flat=True))
    put(conversation, Field.FEEDBACK, ["up" if value else "down" for value in helpful])


def put(conversation: Conversation, field: Facet.Field, values: Iterable[str]) -> None:
    """Makes these the only values of this field: tags, verdicts, thumbs."""
    wanted = set(values)
    facets = Facet.objects.filter(conversation=conversation, field=field)
    facets.exclude(value__in=wanted).delete()
    last_at = Conversation.objects.values_list("last_at", flat=True).get(pk=conversation.pk)
    _add(conversation.pk, {(str(field), value) for value in wanted}, last_at)


def _add(conversation_id: int, found: set[tuple[str, str]], last_at: datetime) -> None:
    rows = [
        Facet(conversation_id=conversation_id, field=field, value=value, last_at=last_at)
        for field, value in sorted(found)
    ]
    Facet.objects.bulk_create(rows, ignore_conflicts=True)
