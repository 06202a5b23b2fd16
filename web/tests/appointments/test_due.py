"""When a request is overdue."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from appointments.due import is_overdue, overdue, working_days_before
from appointments.models import AppointmentRequest
from tests.appointments.test_queue import make_request


def _at(written: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(written))


@pytest.mark.parametrize(
    ("now", "days", "border"),
    [
        ("2026-11-19 10:00", 1, "2026-11-18 10:00"),  # Thursday
        ("2026-11-23 10:00", 1, "2026-11-20 10:00"),  # Monday: Friday
        ("2026-11-21 10:00", 1, "2026-11-20 00:00"),  # Saturday: as it began
        ("2026-11-22 23:00", 1, "2026-11-20 00:00"),  # Sunday: the same
        ("2026-11-24 10:00", 5, "2026-11-17 10:00"),
        ("2026-11-24 10:00", 0, "2026-11-24 10:00"),
        ("2026-11-02 10:00", 1, "2026-10-30 10:00"),  # over the end of summer time
    ],
)
def test_weekends_do_not_count(now: str, days: int, border: str) -> None:
    assert working_days_before(_at(now), days) == _at(border)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "asked", "handled", "is_late"),
    [
        ("new", "2026-11-23 09:00", None, True),
        ("new", "2026-11-23 11:00", None, False),
        ("contacted", "2026-11-01 09:00", "2026-11-16 09:00", True),
        ("contacted", "2026-11-01 09:00", "2026-11-18 09:00", False),
        ("closed", "2026-11-01 09:00", "2026-11-02 09:00", False),
    ],
)
def test_the_page_and_the_count_agree(
    status: str, asked: str, handled: str | None, is_late: bool
) -> None:
    now = _at("2026-11-24 10:00")
    found = make_request(
        status=status, created_at=_at(asked), handled_at=_at(handled) if handled else None
    )
    assert is_overdue(found, now) is is_late
    assert AppointmentRequest.objects.filter(overdue(now)).exists() is is_late
