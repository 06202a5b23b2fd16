"""The form of an appointment request, for the plain page and for the API alike."""

from __future__ import annotations

import uuid
from typing import Any

import phonenumbers
from django import forms

from appointments.models import AppointmentRequest

REGION = "US"
LONGEST_PHONE = 32
CHOOSE = ("", "Please choose")


class AppointmentForm(forms.Form):
    """Checks a request; `errors` say what to write instead."""

    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    name = forms.CharField(
        label="Your name",
        max_length=100,
        error_messages={"required": "Write your name, so that we know whom to ask for."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="Phone number",
        help_text="A phone number or an e-mail address is enough.",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        error_messages={"invalid": "Write a whole e-mail address, such as name@example.com."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    best_time = forms.ChoiceField(
        label="Best time to call",
        choices=[CHOOSE, *AppointmentRequest.BestTime.choices],
        error_messages={"required": "Choose the best time to call."},
    )
    patient = forms.ChoiceField(
        label="Are you a patient of the practice?",
        choices=[CHOOSE, *AppointmentRequest.Patient.choices],
        error_messages={"required": "Choose whether you are a patient already."},
    )
    region = forms.ChoiceField(
        label="Region",
        choices=[CHOOSE, *AppointmentRequest.Region.choices],
        error_messages={"required": "Choose a region."},
    )
    reason = forms.ChoiceField(
        label="Reason",
        choices=[CHOOSE, *AppointmentRequest.Reason.choices],
        error_messages={"required": "Choose a reason."},
    )
    consent = forms.BooleanField(
        label="The practice may contact me about this request and keep these details for it.",
        error_messages={"required": "Tick the box, so that the practice may contact you."},
    )

    def clean_phone(self) -> str:
        """The number as a `tel:` link has it, with its extension; raises ValidationError."""
        written = str(self.cleaned_data["phone"]).strip()
        if not written:
            return ""
        problem = "Write a whole phone number with its area code, such as 757-555-0123."
        try:
            number = phonenumbers.parse(written, REGION)
        except phonenumbers.NumberParseException as error:
            raise forms.ValidationError(problem) from error
        whole = phonenumbers.is_possible_number_with_reason(number)
        if whole != phonenumbers.ValidationResult.IS_POSSIBLE:
            raise forms.ValidationError(problem)
        plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        extended = f"{plain};ext={number.extension}" if number.extension else plain
        if len(extended) > LONGEST_PHONE:
            raise forms.ValidationError(problem)
        return extended

    def clean(self) -> dict[str, Any]:
        """At least one way to reach the visitor."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not {"phone", "email"} & set(self.errors) and not (
            cleaned.get("phone") or cleaned.get("email")
        ):
            self.add_error("phone", "Write a phone number or an e-mail address.")
        return cleaned
