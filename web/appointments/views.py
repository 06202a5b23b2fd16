"""The appointment request: as JSON for the widget, and as a plain page."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appointments.desk import file
from appointments.forms import AppointmentForm
from chat import conversation, limits
from chat.bodies import read_json, refuse_unknown, text_field, uuid_field
from chat.problems import Problem, TooMany
from chat.views import LONGEST_SESSION, api

LONGEST = {"name": 100, "phone": 40, "email": 254}
CHOICES = ("best_time", "patient", "region", "reason")


@api("POST")
def create(request: HttpRequest) -> HttpResponse:
    """Files a request; raises Problem with `errors` by field when something must be mended."""
    body = read_json(request)
    refuse_unknown(body, "session", "id", "consent", *LONGEST, *CHOICES)
    fields: dict[str, object] = {
        name: text_field(body, name, longest, default="") for name, longest in LONGEST.items()
    }
    fields |= {name: text_field(body, name, 40, default="") for name in CHOICES}
    fields["request_id"] = uuid_field(body, "id")
    if body.get("consent") is True:
        fields["consent"] = "on"
    session = text_field(body, "session", LONGEST_SESSION, default="")
    found = conversation.find(session) if session else None
    form = AppointmentForm(fields)
    if not form.is_valid():
        errors = {name: str(texts[0]) for name, texts in form.errors.items()}
        raise Problem("Some answers need another look.", errors=errors)
    limits.check("appointments", limits.address(request))
    return JsonResponse({"reference": file(form, found).reference}, status=201)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form as a plain page, which needs no JavaScript."""
    if request.method != "POST":
        form = AppointmentForm(initial={"request_id": uuid.uuid4()})
        return render(request, "appointments/form.html", {"form": form})
    form = AppointmentForm(request.POST)
    status = 400
    try:
        limits.check("address", limits.address(request))
        if form.is_valid():
            limits.check("appointments", limits.address(request))
            return HttpResponseRedirect(reverse("appointment-done", args=[file(form).reference]))
    except TooMany:
        form.add_error(None, "Too many requests from here for now. Please try again later.")
        status = 429
    return render(request, "appointments/form.html", {"form": form}, status=status)


@never_cache
@require_safe
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """The reference to keep; nothing of the request."""
    return render(request, "appointments/done.html", {"reference": reference})
