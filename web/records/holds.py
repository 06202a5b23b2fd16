"""Legal hold: who put it on which conversation, when and why, as the access log has it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from audit.log import Action, record
from audit.models import Entry
from chat.models import Conversation
from chat.redaction import redact
from people.access import StaffRequest


@dataclass(frozen=True)
class Hold:
    """A conversation that must not go, and the entry that says why, if the log still has it."""

    conversation: Conversation
    entry: Entry | None


def holds() -> list[Hold]:
    """Every hold there is, the newest conversation first."""
    held = list(Conversation.objects.filter(held=True).order_by("-last_at", "-pk"))
    references = [conversation.reference for conversation in held]
    entries = Entry.objects.filter(reference__in=references, action=Action.HELD)
    newest = {entry.reference: entry for entry in entries}  # in the order they were written
    return [Hold(conversation, newest.get(conversation.reference)) for conversation in held]


def put(request: StaffRequest, conversation: Conversation, is_held: bool, reason: str) -> bool:
    """Puts a hold on, or lifts it, and logs it; whether that changed anything."""
    with transaction.atomic():
        found = Conversation.objects.filter(pk=conversation.pk, held=not is_held)
        if not found.update(held=is_held):
            return False
        record(request, Action.HELD, conversation, held=is_held, reason=redact(reason).text)
    return True
