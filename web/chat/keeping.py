"""How a conversation ends: cleared by its visitor, kept long enough, or deleted by the staff.

A held one is neither purged nor deleted. Its visitor's "Clear chat" closes it to them at once, and
it goes as soon as the hold ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from chat import forgetting
from chat.models import Conversation
from chat.sessions import new_session

cleared = Signal()  # by a visitor; `reference`, and `is_held` when it is kept for now


def clear(conversation: Conversation) -> None:
    """The visitor's wish: nothing of it is theirs to read any more, and nothing is kept but a hold.

    The assistant forgets it in any case, now or later.
    """
    with transaction.atomic():
        found = Conversation.objects.select_for_update().filter(pk=conversation.pk).first()
        if found is None:
            return
        forgetting.note([found.sender])
        if found.held:
            # No token leads to it from now on.
            found.key_hash, found.cleared_at = new_session().key_hash, timezone.now()
            found.save(update_fields=["key_hash", "cleared_at"])
        else:
            found.delete()
        cleared.send(sender=Conversation, reference=found.reference, is_held=found.held)
    forgetting.settle()


def expired(border: datetime) -> QuerySet[Conversation]:
    """What may go now: unused since before `border` or cleared by the visitor, and not held."""
    old = Q(last_at__lt=border) | Q(cleared_at__isnull=False)
    return Conversation.objects.filter(old, held=False)


def delete(found: Iterable[Conversation]) -> list[str]:
    """Deletes those that are not held, inside the caller's transaction; gives their references.

    The caller calls `forgetting.settle` when the transaction has ended.
    """
    keys = [conversation.pk for conversation in found]
    locked = list(Conversation.objects.select_for_update().filter(pk__in=keys, held=False))
    forgetting.note(conversation.sender for conversation in locked)
    Conversation.objects.filter(pk__in=[conversation.pk for conversation in locked]).delete()
    return sorted(conversation.reference for conversation in locked)
