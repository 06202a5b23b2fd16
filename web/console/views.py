"""The first page, and what is shown when a form came too late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_safe

from console.waiting import waiting_for
from people.access import StaffRequest, needs
from people.headers import protect


@needs()
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """What waits for this person, and what they can do here."""
    return render(request, "console/index.html", {"piles": waiting_for(request.user)})


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose secret is another session's, such as one left open over a sign-out."""
    if request.path.startswith("/staff/"):
        return protect(render(request, "console/stale_form.html", status=403))
    return csrf_failure(request, reason)
