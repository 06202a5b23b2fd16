"""The first page, and what is shown when a form came too late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_safe

from people.access import StaffRequest, needs
from people.headers import protect


@needs()
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """What this person can do here."""
    return render(request, "console/index.html")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose secret is another session's, such as one left open over a sign-out."""
    if request.path.startswith("/staff/"):
        return protect(render(request, "console/stale_form.html", status=403))
    return csrf_failure(request, reason)
