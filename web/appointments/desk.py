"""Keeps appointment requests, each once."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from appointments.forms import AppointmentForm
from appointments.models import AppointmentRequest
from chat.models import Conversation
from chat.sessions import new_reference


def file(form: AppointmentForm, conversation: Conversation | None = None) -> AppointmentRequest:
    """The request of this valid form; the same `request_id` again gives the first one.

    The conversation, if any, learns that a request was made, and nothing of what it says.
    """
    values = {k: v for k, v in form.cleaned_data.items() if k != "consent"}
    known = AppointmentRequest.objects.filter(request_id=values["request_id"]).first()
    if known:
        return known
    now = timezone.now()
    # The same style of code as a conversation's, told apart by its first letters.
    reference = new_reference().replace("NET", "REQ", 1)
    try:
        with transaction.atomic():
            made = AppointmentRequest.objects.create(reference=reference, consent_at=now, **values)
    except IntegrityError:  # the other half of a double click was faster
        return AppointmentRequest.objects.get(request_id=values["request_id"])
    if conversation:
        Conversation.objects.filter(pk=conversation.pk).update(appointment_at=now)
    return made
