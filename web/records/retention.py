"""What has been kept long enough, and its removal in parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from appointments.models import AppointmentRequest
from audit.log import Action, forget_before, record
from audit.models import Entry
from chat import forgetting, keeping
from chat.models import Conversation, Forgetting

PART = 100  # conversations or requests that go in one transaction


@dataclass(frozen=True)
class Borders:
    """What is older than these may go."""

    conversations: datetime
    requests: datetime
    entries: datetime

    @classmethod
    def of(cls, now: datetime) -> Borders:
        """As the settings have it."""
        return cls(
            now - timedelta(days=settings.KEPT_DAYS),
            now - timedelta(days=settings.REQUESTS_KEPT_DAYS),
            now - timedelta(days=settings.AUDIT_KEPT_DAYS),
        )


@dataclass(frozen=True)
class Preview:
    """What a purge would remove, and what it would leave."""

    conversations: int
    questions: int  # in them
    cleared: int  # of them, cleared by their visitors while they were held
    held: int  # old enough, but held
    requests: int
    entries: int
    waiting: int  # deleted here, and the assistant has not yet said that it forgot them

    @property
    def is_empty(self) -> bool:
        """Whether nothing would go."""
        return not (self.conversations or self.requests or self.entries or self.waiting)


@dataclass(frozen=True)
class Purged:
    """What was removed. `is_done`: nothing that may go is left."""

    conversations: int
    requests: int
    entries: int
    waiting: int
    is_done: bool


def preview(borders: Borders) -> Preview:
    """Counts, and changes nothing."""
    going = keeping.expired(borders.conversations)
    old = Conversation.objects.filter(last_at__lt=borders.conversations, held=True)
    return Preview(
        conversations=going.count(),
        questions=going.aggregate(sum=Sum("turn_count"))["sum"] or 0,
        cleared=going.filter(cleared_at__isnull=False).count(),
        held=old.count(),
        requests=_closed(borders.requests).count(),
        entries=Entry.objects.filter(at__lt=borders.entries).count(),
        waiting=Forgetting.objects.count(),
    )


def purge(who: HttpRequest | None, borders: Borders, most: int | None = None) -> Purged:
    """Removes what may go, `most` conversations at a time; the access log names each.

    A part that was removed is logged in the same transaction, so that a purge that is broken off
    has done nothing in secret.
    """
    conversations = _purge_conversations(who, borders.conversations, most)
    requests = _purge_requests(who, borders.requests)
    with transaction.atomic():
        entries = forget_before(borders.entries)
        if entries:
            what = {"what": "access log", "before": borders.entries.isoformat()}
            record(who, Action.PURGED, count=entries, **what)
    waiting = forgetting.settle(most)
    is_done = not keeping.expired(borders.conversations).exists()
    return Purged(conversations, requests, entries, waiting, is_done)


def _purge_conversations(who: HttpRequest | None, border: datetime, most: int | None) -> int:
    count = 0
    while most is None or count < most:
        with transaction.atomic():
            part = list(keeping.expired(border).order_by("pk").only("pk")[:PART])
            gone = keeping.delete(part)
            if not part:
                return count
            if gone:
                _note(who, "conversations", border, gone)
        count += len(gone)
    return count


def _purge_requests(who: HttpRequest | None, border: datetime) -> int:
    count = 0
    while True:
        with transaction.atomic():
            part = list(_closed(border).select_for_update().order_by("pk")[:PART])
            if not part:
                return count
            AppointmentRequest.objects.filter(pk__in=[found.pk for found in part]).delete()
            _note(who, "requests", border, [found.reference for found in part])
        count += len(part)


def _note(who: HttpRequest | None, what: str, border: datetime, gone: list[str]) -> None:
    record(
        who,
        Action.PURGED,
        what=what,
        before=f"{timezone.localtime(border):%Y-%m-%d}",
        references=gone,
    )


def _closed(border: datetime) -> QuerySet[AppointmentRequest]:
    status = AppointmentRequest.Status.CLOSED
    return AppointmentRequest.objects.filter(status=status, handled_at__lt=border)
