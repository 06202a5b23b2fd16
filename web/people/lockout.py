"""django-axes' part: whom it counts, and what becomes of a lockout."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.log import Action, record
from chat.limits import address as address_of
from people.headers import protect
from people.models import Account


def address(request: HttpRequest) -> str:
    """Where a sign-in comes from, past our own proxies."""
    return address_of(request)


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The name a sign-in is counted under: `Ann` and `ann` are one account."""
    typed = (credentials or {}).get("username") or (request.POST.get("username") if request else "")
    return str(typed or "").strip().lower()


def page(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
    """What a person reads who is locked out."""
    minutes = round(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    return protect(render(request, "people/locked.html", {"minutes": minutes}, status=429))


def listen() -> None:
    """Writes every lockout into the access log."""
    user_locked_out.connect(_record, dispatch_uid="people.lockout")


def _record(sender: Any, request: HttpRequest, username: str, **options: Any) -> None:
    account = Account.objects.filter(username=username).first()
    record(request, Action.LOCKED_OUT, account=str(account.username) if account else "unknown")
