"""What a scheduler has to do."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from appointments import queue
from appointments.models import AppointmentRequest
from console.waiting import Waiting, counted
from people.duties import Duty
from people.models import Account

NEW = AppointmentRequest.Status.NEW.value


def waiting_for(account: Account) -> Iterator[Waiting]:
    """Requests that are overdue, and those nobody has answered."""
    if not account.may(Duty.HANDLE_REQUESTS):
        return
    counts = queue.counts(timezone.now())
    page = reverse("requests:list")
    late, new = counts["overdue"], counts[NEW]
    yield Waiting(
        "Overdue requests",
        counted(late),
        "have waited too long for a call",
        f"{page}?show=overdue",
        is_urgent=late > 0,
    )
    yield Waiting("New requests", counted(new), "nobody has called yet", f"{page}?show={NEW}")
