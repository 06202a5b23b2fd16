"""Keeps appointment requests, each once."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from appointments.forms import AppointmentForm
from appointments.models import AppointmentRequest
from chat.models import Conversation
from chat.sessions import new_reference


def file(form: AppointmentForm, conversation: Conversation | None = None) -> AppointmentRequest:
    """The request of this valid form; the same `request_id` again gives the first one.

    What was corrected in the meantime replaces what was sent before, unless the staff have that in
    hand: then it is another request. The conversation, if any, learns that a request was made, and
    nothing of what it says.
    """
    values = {k: v for k, v in form.cleaned_data.items() if k not in ("consent", "request_id")}
    made, is_new = _file(form.cleaned_data["request_id"], values)
    if is_new and conversation:
        found = Conversation.objects.filter(pk=conversation.pk)
        found.update(appointment_at=made.consent_at)
    return made


def _file(request_id: uuid.UUID, values: dict[str, Any]) -> tuple[AppointmentRequest, bool]:
    """The request of this id, and whether it was made now."""
    known = AppointmentRequest.objects.filter(request_id=request_id).first()
    if known is None:
        return _make(request_id, values)
    if all(getattr(known, name) == value for name, value in values.items()):
        return known, False
    untouched = AppointmentRequest.objects.filter(pk=known.pk, status=known.Status.NEW)
    if untouched.update(**values, consent_at=timezone.now()):
        return known, False
    # The id follows from what was written, so that this one, too, is made once.
    other = uuid.uuid5(request_id, json.dumps(values, sort_keys=True))
    return _file(other, values)


def _make(request_id: uuid.UUID, values: dict[str, Any]) -> tuple[AppointmentRequest, bool]:
    # The same style of code as a conversation's, told apart by its first letters.
    reference = new_reference().replace("NET", "REQ", 1)
    try:
        with transaction.atomic():
            made = AppointmentRequest.objects.create(
                request_id=request_id, reference=reference, consent_at=timezone.now(), **values
            )
    except IntegrityError:  # the other half of a double click was faster
        return _file(request_id, values)
    return made, True
