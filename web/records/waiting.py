"""What a privacy officer has to do."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from chat import keeping
from console.waiting import MANY, Waiting, counted
from people.duties import Duty
from people.models import Account
from records.retention import Borders


def waiting_for(account: Account) -> Iterator[Waiting]:
    """Conversations that were kept long enough."""
    if not account.may(Duty.KEEP_RECORDS):
        return
    going = keeping.expired(Borders.of(timezone.now()).conversations)
    yield Waiting(
        "To be purged",
        counted(going[: MANY + 1].count()),
        "conversations that were kept long enough",
        reverse("records:retention"),
    )
