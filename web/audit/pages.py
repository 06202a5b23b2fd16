"""The privacy officer's pages of the access log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from audit.log import Action, State, record, verify
from audit.models import Entry
from audit.reading import LogForm, Sought, detail_of
from console.downloads import Cell, csv_file
from people.access import StaffRequest, needs
from people.duties import Duty

COLUMNS = (
    "number",
    "at",
    "account",
    "roles",
    "action",
    "reference",
    "detail",
    "address",
    "previous",
    "hash",
)


@needs(Duty.READ_AUDIT)
@require_safe
def log(request: StaffRequest) -> HttpResponse:
    """Who did what, the newest first."""
    return _page(request)


@needs(Duty.READ_AUDIT)
@require_POST
def check(request: StaffRequest) -> HttpResponse:
    """Reads the whole chain and says whether it is intact."""
    state = verify()
    found = "intact" if state.is_intact else f"broken at entry {state.broken}: {state.reason}"
    _note(request, Action.VERIFIED, found=found, entries=state.count, head=state.head)
    return _page(request, state)


@needs(Duty.READ_AUDIT)
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """The entries that the page shows, all of its pages, as CSV, with their hashes."""
    sought = Sought.read(LogForm(request.GET))
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    _note(request, Action.EXPORTED, what="access log", format="csv", **_filter(sought))
    return csv_file("access-log", COLUMNS, _rows(sought, last))


def _page(request: StaffRequest, state: State | None = None) -> HttpResponse:
    form = LogForm(request.GET)
    sought = Sought.read(form)
    written = request.GET.get("before", "")
    before = int(written) if written.isdecimal() and len(written) < 18 else 0
    if state is None:
        _note(request, Action.LISTED, what="access log", **_filter(sought))
    rows, further = sought.page(before)
    for row in rows:
        row.said = detail_of(row)  # type: ignore[attr-defined]
        row.is_changed = row.hash != row.reckon()  # type: ignore[attr-defined]
    context = {
        "form": form,
        "sought": sought,
        "rows": rows,
        "before": before,
        "further": further,
        "state": state,
        "last_check": Entry.objects.filter(action=Action.VERIFIED).order_by("-number").first(),
    }
    return render(request, "audit/log.html", context, status=400 if form.errors else 200)


def _note(request: StaffRequest, action: Action, **detail: Any) -> None:
    """Writes to the log, unless it is so broken that nothing can be added: the page must open."""
    try:
        with transaction.atomic():
            record(request, action, **detail)
    except IntegrityError:
        return


def _filter(sought: Sought) -> dict[str, Any]:
    return {"filter": sought.given} if sought.given else {}


def _rows(sought: Sought, last: int) -> Iterator[list[Cell]]:
    for entry in sought.every(last):
        yield [
            entry.number,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),  # as it is hashed
            entry.account,
            entry.roles,
            entry.action,
            entry.reference,
            entry.detail,
            entry.address,
            entry.previous,
            entry.hash,
        ]
