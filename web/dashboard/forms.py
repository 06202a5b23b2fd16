"""Which days are looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

USUAL, LONGEST = 30, 366  # days
PRESETS = {"7 days": 7, "30 days": 30, "90 days": 90}


class DaysForm(forms.Form):
    """From one day to another, both included; empty: the last thirty."""

    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label="Until", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """A range ends after it begins, and is not too long."""
        cleaned: dict[str, Any] = super().clean() or {}
        today = timezone.localdate()
        until = min(cleaned.get("until") or today, today)
        since = cleaned.get("since") or max(until - timedelta(days=USUAL - 1), date(2000, 1, 1))
        if since > until:
            self.add_error("since", "This lies after the last day.")
        elif (until - since).days >= LONGEST:
            self.add_error("since", f"At most {LONGEST} days can be shown.")
        return cleaned | {"since": since, "until": until}

    @property
    def days(self) -> tuple[date, date]:
        """First and last day; the usual ones when the form is wrong."""
        if self.is_valid():
            return self.cleaned_data["since"], self.cleaned_data["until"]
        today = timezone.localdate()
        return today - timedelta(days=USUAL - 1), today


def filled(form: DaysForm) -> DaysForm:
    """The form as it is shown: with the days that the page shows, unless something is wrong."""
    if form.errors:
        return form
    since, until = form.days
    return DaysForm({"since": since.isoformat(), "until": until.isoformat()})


def presets() -> list[tuple[str, date, date]]:
    """Names of usual ranges, each with its first and last day."""
    today = timezone.localdate()
    return [(name, today - timedelta(days=days - 1), today) for name, days in PRESETS.items()]
