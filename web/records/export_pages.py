"""Takes conversations away, and has the access log name every one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.log import Action, record
from chat.models import Conversation
from console.downloads import csv_file, json_lines_file, text_file
from people.access import StaffRequest, needs
from people.duties import Duty
from records import exports
from records.choice import ExportForm, chosen
from review.filters import known_tags


@needs(Duty.EXPORT)
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    """What to take away; with conditions in the address, how much it would be."""
    form = ExportForm(request.GET)
    return _page(request, form)


@needs(Duty.EXPORT)
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """The file."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        return _page(request, form)
    return send(request, chosen(form, request.user), form.file_kind, "conversations", form.given)


def _page(request: StaffRequest, form: ExportForm) -> HttpResponse:
    is_asked = bool(request.GET) and form.is_valid()
    context = {
        "form": form,
        "count": chosen(form, request.user).count() if is_asked else None,
        "query": request.GET.urlencode(),
        "tags": known_tags(),
        "may_read": request.user.may(Duty.READ_CONVERSATIONS),
    }
    status = 400 if form.errors else 200
    return render(request, "records/exports.html", context, status=status)


def send(
    request: StaffRequest,
    found: QuerySet[Conversation],
    kind: str,
    name: str,
    given: dict[str, str] | None = None,
) -> HttpResponseBase:
    """These conversations as a file of this kind: `csv`, `jsonl` or `txt`."""
    parts = _noted(request, found, kind, given or {})
    if kind == "csv":
        return csv_file(name, exports.COLUMNS, exports.rows(parts))
    if kind == "txt":
        return text_file(name, exports.lines(parts))
    return json_lines_file(name, exports.objects(parts))


def _noted(
    request: StaffRequest, found: QuerySet[Conversation], kind: str, given: dict[str, str]
) -> Iterator[Sequence[Conversation]]:
    """Each part, once the log says that it is sent: a file that broke off is logged as it was."""
    is_empty = True
    for part in exports.parts(found):
        is_empty = False
        references = [conversation.reference for conversation in part]
        _record(request, kind, given, references)
        yield part
    if is_empty:
        _record(request, kind, given, [])


def _record(request: StaffRequest, kind: str, given: dict[str, str], references: list[str]) -> None:
    how: dict[str, Any] = {"format": kind}
    if given:
        how["filter"] = given
    if len(references) == 1:
        record(request, Action.EXPORTED, references[0], what="conversation", **how)
    else:
        record(request, Action.EXPORTED, what="conversations", references=references, **how)
