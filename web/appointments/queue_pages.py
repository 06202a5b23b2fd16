"""The scheduler's pages. Nothing here leads to a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from appointments import queue
from appointments.due import is_overdue
from appointments.models import AppointmentRequest
from appointments.queue import HandlingForm, Overtaken, SearchForm, Sought, readable
from audit.log import Action, record
from console.downloads import Cell, csv_file
from people.access import StaffRequest, needs
from people.duties import Duty

COLUMNS = (
    "reference",
    "asked_at",
    "status",
    "overdue",
    "name",
    "phone",
    "email",
    "best_time",
    "patient",
    "region",
    "reason",
    "handled_by",
    "handled_at",
    "notes",
)


@needs(Duty.HANDLE_REQUESTS)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """The queue, the longest waiting first."""
    form = SearchForm(request.GET)
    sought = Sought.read(form)
    now = timezone.now()
    written = request.GET.get("after", "")
    after = int(written) if written.isdecimal() and len(written) < 18 else 0
    rows, further = sought.page(now, after)
    for row in rows:
        row.is_late = is_overdue(row, now)  # type: ignore[attr-defined]
        row.phone_shown = readable(row.phone)  # type: ignore[attr-defined]
    # What was looked for may be a name, so it stays out of the log.
    how = {name: value for name, value in sought.query.items() if name != "find"}
    record(request, Action.SEARCHED if sought.find else Action.LISTED, what="requests", **how)
    counted = queue.counts(now)
    query = sought.query
    views = [
        {
            "title": title,
            "count": counted.get(name),
            "query": urlencode(query | {"show": name}),
            "is_shown": name == sought.show,
        }
        for name, title in queue.VIEWS.items()
    ]
    context = {
        "form": form,
        "sought": sought,
        "rows": rows,
        "views": views,
        "query": urlencode(query),
        "after": after,
        "further": further,
    }
    return render(request, "requests/list.html", context)


@needs(Duty.HANDLE_REQUESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def handling(request: StaffRequest, reference: str) -> HttpResponse:
    """One request: whom to call, what was done so far, and what was done now."""
    found = get_object_or_404(
        AppointmentRequest.objects.select_related("handled_by"), reference=reference
    )
    form = HandlingForm(request.POST or None, initial=_current(found))
    query = urlencode(Sought.read(SearchForm(request.GET)).query)
    back = f"{reverse('requests:list')}?{query}"
    is_overtaken = False
    if request.method == "POST" and form.is_valid():
        status, text = form.cleaned_data["status"], form.cleaned_data["text"].strip()
        is_newest = form.cleaned_data["version"] == found.version
        if is_newest and status == found.status and not text:
            form.add_error("text", "Write a note, or choose another status.")
        elif _is_kept(request, found, form, status, text):
            messages.success(request, f"{found.name}: saved.")
            return redirect(back)
        else:
            # What was written stays; the next save goes by what the page shows now.
            again = request.POST.copy()
            again["version"] = str(found.version)
            form = HandlingForm(again)
            is_overtaken = True
    else:
        record(request, Action.VIEWED, reference, what="request")
    now = timezone.now()
    context = {
        "found": found,
        "form": form,
        "back": back,
        "notes": found.notes.select_related("author"),
        "is_late": is_overdue(found, now),
        "phone_shown": readable(found.phone),
        "is_overtaken": is_overtaken,
    }
    status_code = 409 if is_overtaken else 400 if form.errors else 200
    return render(request, "requests/request.html", context, status=status_code)


@needs(Duty.HANDLE_REQUESTS)
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """The requests that the list shows, all of its pages, as CSV."""
    sought = Sought.read(SearchForm(request.GET))
    now = timezone.now()
    how = {name: value for name, value in sought.query.items() if name != "find"}
    count = sought.requests(now).count()
    record(request, Action.EXPORTED, what="requests", format="csv", count=count, **how)
    return csv_file("requests", COLUMNS, _rows(sought, now))


def _current(found: AppointmentRequest) -> dict[str, object]:
    return {"version": found.version, "status": found.status}


def _is_kept(
    request: StaffRequest, found: AppointmentRequest, form: HandlingForm, status: str, text: str
) -> bool:
    seen = form.cleaned_data["version"]
    try:
        with transaction.atomic():
            before, after = queue.handle(found, request.user, seen, status, text)
            record(
                request,
                Action.CHANGED,
                found.reference,
                what="request",
                before=before,
                after=after,
                note=bool(text),
            )
    except Overtaken:
        found.refresh_from_db()
        return queue.was_sent_before(found, request.user, seen, status, text)
    return True


def _rows(sought: Sought, now: datetime) -> Iterator[list[Cell]]:
    after = 0
    while True:
        rows, after = sought.page(now, after)
        for row in rows:
            yield [
                row.reference,
                _written(row.created_at),
                row.status,
                "yes" if is_overdue(row, now) else "no",
                row.name,
                readable(row.phone),
                row.email,
                row.get_best_time_display(),
                row.get_patient_display(),
                row.get_region_display(),
                row.get_reason_display(),
                row.handled_by.username if row.handled_by else "",
                _written(row.handled_at),
                "\n".join(note.text for note in row.notes.all() if note.text),
            ]
        if not after:
            return


def _written(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
