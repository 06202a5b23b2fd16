"""When a request has waited too long. Saturdays and Sundays do not count."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from appointments.models import AppointmentRequest

SATURDAY = 5
Status = AppointmentRequest.Status


def working_days_before(now: datetime, days: int) -> datetime:
    """The moment so many working days before `now`, at the same time of day.

    On a weekend it is reckoned from where the weekend began.
    """
    moment = timezone.localtime(now)
    if moment.weekday() >= SATURDAY:
        moment -= timedelta(days=moment.weekday() - SATURDAY)
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(days):
        moment -= timedelta(days=1)
        while moment.weekday() >= SATURDAY:
            moment -= timedelta(days=1)
    return moment


def overdue(now: datetime) -> Q:
    """Requests nobody has answered in time, and those that were left lying after a first call."""
    new = working_days_before(now, settings.REQUEST_DUE_DAYS)
    contacted = working_days_before(now, settings.REQUEST_OPEN_DAYS)
    return Q(status=Status.NEW, created_at__lt=new) | Q(
        status=Status.CONTACTED, handled_at__lt=contacted
    )


def is_overdue(found: AppointmentRequest, now: datetime) -> bool:
    """Whether this request is one of them."""
    if found.status == Status.NEW:
        return found.created_at < working_days_before(now, settings.REQUEST_DUE_DAYS)
    at = found.handled_at or found.created_at
    return found.status == Status.CONTACTED and at < working_days_before(
        now, settings.REQUEST_OPEN_DAYS
    )
