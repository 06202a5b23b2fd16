"""The forms of retention."""

from __future__ import annotations

import re

from django import forms

from chat.models import Conversation
from chat.sessions import read_reference

MOST_CODES = 50
CODE = forms.TextInput({"autocomplete": "off", "spellcheck": "false"})


class CodeForm(forms.Form):
    """The code of one conversation or request."""

    code = forms.CharField(
        label="Reference code",
        help_text="As the visitor has it: NET-4K7M-QX9C for a conversation, REQ-… for a request.",
        max_length=40,
        widget=CODE,
    )

    def clean_code(self) -> str:
        """The code as it is stored."""
        reference = read_reference(str(self.cleaned_data["code"]))
        if not reference:
            raise forms.ValidationError("Write the whole code, such as NET-4K7M-QX9C.")
        return reference


def _reason(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Reason",
        help_text=help_text,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class HoldForm(forms.Form):
    """Conversations to hold, by their codes."""

    codes = forms.CharField(
        label="Reference codes",
        help_text=f"Up to {MOST_CODES}, one a line or with commas between.",
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        max_length=MOST_CODES * 24,
    )
    reason = _reason("For the access log, such as the name of the matter. No patient's name.")

    def clean_codes(self) -> list[Conversation]:
        """The conversations; every code must have one."""
        written = [part.strip() for part in re.split(r"[\n,;]", self.cleaned_data["codes"])]
        codes = {part: read_reference(part) for part in written if part}
        found = Conversation.objects.in_bulk(codes.values(), field_name="reference")
        missing = [part for part, reference in codes.items() if reference not in found]
        if missing:
            raise forms.ValidationError(
                f"There is no conversation {', '.join(missing)}. Nothing was held yet."
            )
        return list(found.values())


class ReleaseForm(forms.Form):
    """Why a hold ends."""

    reason = _reason("For the access log.")


class DeleteForm(forms.Form):
    """Why one conversation or request goes, and that it is meant."""

    reason = _reason("For the access log, such as: asked for by the patient. No patient's name.")
    sure = forms.BooleanField(
        label="Delete it for good. Nobody can bring it back.",
        error_messages={"required": "Tick the box if it is to be deleted."},
    )


class PurgeForm(forms.Form):
    """That the preview was read."""

    sure = forms.BooleanField(
        label="Delete all this for good.",
        error_messages={"required": "Tick the box if it is to be deleted."},
    )
