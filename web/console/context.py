"""What the templates of the staff pages know."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from console.menu import menu_of
from people.access import next_step
from people.models import Account


def context(request: HttpRequest) -> dict[str, object]:
    """The person, their menu and the seconds of the idle warning; asked for only when used."""
    if not request.path.startswith("/staff/"):
        return {}
    return {
        "person": request.user,
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "idle_seconds": settings.STAFF_IDLE_SECONDS,
        "warning_seconds": settings.STAFF_WARNING_SECONDS,
        "idle_minutes": round(settings.STAFF_IDLE_SECONDS / 60) or 1,
    }


def _menu(request: HttpRequest) -> list[object]:
    account = request.user
    if not isinstance(account, Account) or next_step(request):
        return []
    return list(menu_of(account))
