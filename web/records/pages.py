"""The privacy officer's pages: what goes when, what is held, and one conversation by its code."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from appointments.models import AppointmentRequest
from audit.log import Action, record
from chat import forgetting, keeping
from chat.models import Conversation
from chat.redaction import redact
from console.words import number_of
from people.access import StaffRequest, needs
from people.duties import Duty
from records import holds
from records.export_pages import send
from records.forms import CodeForm, DeleteForm, HoldForm, PurgeForm, ReleaseForm
from records.requests import hand_out_request
from records.retention import Borders, preview, purge

AT_ONCE = 1_000  # conversations that one click purges: a page must come back
FORMATS = ("txt", "csv", "jsonl")
REQUEST = "REQ-"


@needs(Duty.KEEP_RECORDS)
@require_safe
def retention(request: StaffRequest) -> HttpResponse:
    """What would go now, and what is held."""
    record(request, Action.LISTED, what="retention")
    return _retention(request)


@needs(Duty.KEEP_RECORDS)
@require_POST
def purge_now(request: StaffRequest) -> HttpResponse:
    """Removes what the preview showed, as much as one click can."""
    form = PurgeForm(request.POST, prefix="purge")
    if not form.is_valid():
        return _retention(request, purge_form=form)
    done = purge(request, Borders.of(timezone.now()), AT_ONCE)
    parts = (
        number_of(done.conversations, "conversation"),
        number_of(done.requests, "appointment request"),
        number_of(done.entries, "log entry", "log entries"),
    )
    messages.success(request, f"Deleted: {', '.join(parts)}.")
    if not done.is_done:
        messages.warning(request, "More is old enough. Purge again, or run `manage.py purge`.")
    if done.waiting:
        messages.warning(request, _waiting(done.waiting))
    return redirect("records:retention")


@needs(Duty.KEEP_RECORDS)
@require_POST
def hold(request: StaffRequest) -> HttpResponse:
    """Puts a legal hold on conversations."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _retention(request, hold_form=form)
    reason = form.cleaned_data["reason"]
    for conversation in form.cleaned_data["codes"]:
        if holds.put(request, conversation, True, reason):
            messages.success(request, f"{conversation} is held.")
        else:
            messages.info(request, f"{conversation} was held already, or is gone.")
    return redirect("records:retention")


@needs(Duty.KEEP_RECORDS)
@require_POST
def release(request: StaffRequest, reference: str) -> HttpResponse:
    """Lifts a legal hold."""
    conversation = get_object_or_404(Conversation, reference=reference)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _record(request, conversation, release_form=form)
    if holds.put(request, conversation, False, form.cleaned_data["reason"]):
        goes = " Its visitor has cleared it: the next purge deletes it."
        end = goes if conversation.cleared_at else ""
        messages.success(request, f"{conversation} is no longer held.{end}")
    return redirect("records:retention")


@needs(Duty.KEEP_RECORDS)
@require_safe
def find(request: StaffRequest) -> HttpResponse:
    """Leads to what has this code."""
    form = CodeForm(request.GET)
    if not form.is_valid():
        return _retention(request, code_form=form)
    reference = form.cleaned_data["code"]
    if _exists(reference):
        return redirect("records:one", reference=reference)
    record(request, Action.SEARCHED, reference, found=False)
    form.add_error(
        "code", f"There is no {reference}. It may have been deleted: ask the access log."
    )
    return _retention(request, code_form=form)


@needs(Duty.KEEP_RECORDS)
@require_safe
def one(request: StaffRequest, reference: str) -> HttpResponse:
    """One conversation or request, without its words: to hand out, hold or delete."""
    found = _get(reference)
    record(request, Action.VIEWED, reference, what="record, without its words")
    return _record(request, found)


@needs(Duty.KEEP_RECORDS)
@require_safe
def hand_out(request: StaffRequest, reference: str, kind: str) -> HttpResponseBase:
    """The whole of it as a file, for the person it is about."""
    if kind not in FORMATS:
        raise Http404
    found = _get(reference)
    if isinstance(found, AppointmentRequest):
        record(request, Action.EXPORTED, reference, what="request", format="jsonl")
        return hand_out_request(found)
    return send(request, Conversation.objects.filter(pk=found.pk), kind, reference)


@needs(Duty.KEEP_RECORDS)
@require_POST
def delete(request: StaffRequest, reference: str) -> HttpResponse:
    """Deletes one conversation or request; a held conversation stays."""
    found = _get(reference)
    form = DeleteForm(request.POST)
    if not form.is_valid():
        return _record(request, found, delete_form=form)
    reason = redact(form.cleaned_data["reason"]).text
    with transaction.atomic():
        is_gone = _delete(found)
        if is_gone:
            record(request, Action.DELETED, reference, reason=reason)
    if not is_gone:
        messages.error(request, f"{reference} is on legal hold and was not deleted.")
        return redirect("records:one", reference=reference)
    messages.success(request, f"{reference} was deleted.")
    if waiting := forgetting.settle():
        messages.warning(request, _waiting(waiting))
    return redirect("records:retention")


def _retention(request: StaffRequest, **shown: object) -> HttpResponse:
    context: dict[str, object] = {
        "preview": preview(Borders.of(timezone.now())),
        "may_read": request.user.may(Duty.READ_CONVERSATIONS),
        "holds": holds.holds(),
        "kept_days": settings.KEPT_DAYS,
        "requests_kept_days": settings.REQUESTS_KEPT_DAYS,
        "audit_kept": _span(settings.AUDIT_KEPT_DAYS),
        "most": AT_ONCE,
        "purge_form": PurgeForm(prefix="purge"),
        "hold_form": HoldForm(),
        "code_form": CodeForm(),
    }
    context |= shown | {"problem": next(iter(shown.values()), None)}
    return render(request, "records/retention.html", context, status=400 if shown else 200)


def _record(
    request: StaffRequest, found: Conversation | AppointmentRequest, **shown: object
) -> HttpResponse:
    context: dict[str, object] = {
        "found": found,
        "is_request": isinstance(found, AppointmentRequest),
        "delete_form": DeleteForm(),
        "release_form": ReleaseForm(),
        "formats": FORMATS,
    }
    context |= shown | {"problem": next(iter(shown.values()), None)}
    return render(request, "records/one.html", context, status=400 if shown else 200)


def _get(reference: str) -> Conversation | AppointmentRequest:
    if reference.startswith(REQUEST):
        return get_object_or_404(AppointmentRequest, reference=reference)
    return get_object_or_404(Conversation, reference=reference)


def _exists(reference: str) -> bool:
    kind = AppointmentRequest if reference.startswith(REQUEST) else Conversation
    return bool(kind.objects.filter(reference=reference).exists())


def _delete(found: Conversation | AppointmentRequest) -> bool:
    if isinstance(found, AppointmentRequest):
        found.delete()
        return True
    return bool(keeping.delete([found]))


def _span(days: int) -> str:
    return f"{days // 365} years" if days >= 2 * 365 else f"{days} days"


def _waiting(count: int) -> str:
    return (
        f"The assistant still keeps {count} of those deleted, because it does not answer. "
        "It is told again with the next deletion or purge."
    )
