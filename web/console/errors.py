"""What a member of staff reads when a page is not there, not theirs, or broken."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from netguide.practice import guide
from people.headers import protect

HOME = "/staff/"


def not_found(request: HttpRequest) -> HttpResponse:
    """A page or a conversation that does not exist, or no longer."""
    return protect(render(request, "console/not_found.html", status=404))


def forbidden(request: HttpRequest) -> HttpResponse:
    """What is not allowed, for whatever reason but the role."""
    return protect(render(request, "console/forbidden.html", status=403))


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed. Asks neither session nor database, which may be what failed."""
    context = {
        "practice": guide().practice,
        "idle_minutes": round(settings.STAFF_IDLE_SECONDS / 60) or 1,
    }
    return protect(HttpResponse(render_to_string("console/broken.html", context), status=500))
