"""An appointment request as it is handed out to the person who made it."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils import timezone

from appointments.models import AppointmentRequest
from console.downloads import json_lines_file


def hand_out_request(found: AppointmentRequest) -> HttpResponseBase:
    """All that is stored of it, and what the staff noted."""
    notes = found.notes.order_by("at", "pk")
    return json_lines_file(
        found.reference,
        [
            {
                "reference": found.reference,
                "asked_at": timezone.localtime(found.created_at).isoformat(timespec="seconds"),
                "agreed_at": timezone.localtime(found.consent_at).isoformat(timespec="seconds"),
                "name": found.name,
                "phone": found.phone,
                "email": found.email,
                "best_time": found.best_time,
                "patient": found.patient,
                "region": found.region,
                "reason": found.reason,
                "status": found.status,
                "notes": [
                    {
                        "at": timezone.localtime(note.at).isoformat(timespec="seconds"),
                        "status": note.status,
                        "text": note.text,
                    }
                    for note in notes
                ],
            }
        ],
    )
