"""Signs a person out who has not used the console for a while, and after a working day."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest

SEEN = "seen_at"
BEGAN = "signed_in_at"
GRAIN = 10  # s between two notes that a session is in use


def begin(request: HttpRequest) -> None:
    """Starts both clocks."""
    request.session[SEEN] = request.session[BEGAN] = time.time()


def touch(request: HttpRequest) -> None:
    """The console is in use."""
    if time.time() - request.session.get(SEEN, 0) > GRAIN:
        request.session[SEEN] = time.time()


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the person is signed out, if nothing is used until then."""
    now = time.time()
    unused = settings.STAFF_IDLE_SECONDS - (now - request.session.get(SEEN, 0))
    whole = settings.STAFF_SESSION_SECONDS - (now - request.session.get(BEGAN, 0))
    return max(0, int(min(unused, whole)))


def is_over(request: HttpRequest) -> bool:
    """Whether the time is up."""
    return seconds_left(request) <= 0
