"""Has the assistant forget the conversations that were deleted here, now or when it is back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from chat import assistant
from chat.models import Forgetting

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # s for one conversation
AT_ONCE = 10  # of those that wait, how many are tried when a visitor deletes one more


def note(senders: Iterable[UUID]) -> None:
    """Notes what the assistant must forget; call it in the transaction that deletes here."""
    Forgetting.objects.bulk_create(
        (Forgetting(sender=sender) for sender in senders), ignore_conflicts=True
    )


def settle(most: int | None = AT_ONCE) -> int:
    """Has the assistant forget what was noted, the newest first; gives how many still wait."""
    for waiting in Forgetting.objects.order_by("-pk")[:most]:
        try:
            assistant.forget(str(waiting.sender), PATIENCE)
        except assistant.AssistantError as error:
            logger.warning("the assistant could not be told to forget (%s)", error.outcome)
            break
        waiting.delete()
    return Forgetting.objects.count()
