"""Which conversations are taken away: those of the list's filter, and as what."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from chat.models import Conversation
from chat.redaction import redact
from people.models import Account
from review.conversations import every
from review.filters import FilterForm, read_filter

CSV = "csv"


class ExportForm(FilterForm):
    """The list's filter, and the format; every field may be empty."""

    usual = FilterForm.usual | {"format"}
    format = forms.ChoiceField(
        label="As",
        required=False,
        choices=[
            (CSV, "CSV, for a spreadsheet: a row for each turn"),
            ("jsonl", "JSON Lines, for a program: a line for each conversation"),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """A condition that is not known here must not let more leave than was asked for."""
        cleaned = super().clean()
        unknown = sorted(name for name in self.data if name not in self.fields)
        if unknown:
            raise forms.ValidationError(
                f"These conditions cannot be used for an export: {', '.join(unknown)}."
            )
        return cleaned

    @property
    def file_kind(self) -> str:
        """The format; of a valid form."""
        return str(self.cleaned_data["format"] or CSV)

    @property
    def conditions(self) -> str:
        """What stands in the address of the list that shows the same conversations."""
        given = {name: value for name, value in self.data.items() if name != "format" and value}
        return urlencode(given)

    @property
    def given(self) -> dict[str, str]:
        """The conditions by field, for the access log; of a valid form."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "format"}
        return {
            name: redact(str(value)).text
            for name, value in values.items()
            if value not in ("", None)
        }


def chosen(form: ExportForm, reader: Account) -> QuerySet[Conversation]:
    """The conversations of this valid form."""
    return every(read_filter(form, reader))
