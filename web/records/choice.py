"""Which conversations are taken away. The fields are named as those of the list's filter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, get_args

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from chat.models import Conversation, Facet
from netguide.practice import guide
from replies.reply import Kind

ANY = ("", "Any")
DATE = {"type": "date"}
FACETS = ("kind", "topic", "feedback")


class ExportForm(forms.Form):
    """Every field may be empty but the format."""

    since = forms.DateField(label="Active from", required=False, widget=forms.DateInput(DATE))
    until = forms.DateField(label="Active until", required=False, widget=forms.DateInput(DATE))
    kind = forms.ChoiceField(label="Outcome", required=False)
    topic = forms.ChoiceField(label="Topic", required=False)
    feedback = forms.ChoiceField(
        label="Feedback",
        required=False,
        choices=[ANY, ("down", "Not helpful"), ("up", "Helpful")],
    )
    status = forms.ChoiceField(
        label="Status", required=False, choices=[ANY, *Conversation.Status.choices]
    )
    flag = forms.ChoiceField(
        label="Flag", required=False, choices=[ANY, ("yes", "Flagged"), ("no", "Not flagged")]
    )
    format = forms.ChoiceField(
        label="As",
        choices=[
            ("csv", "CSV, for a spreadsheet: a row for each turn"),
            ("jsonl", "JSON Lines, for a program: a line for each conversation"),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind, kind.replace("_", " ").capitalize()) for kind in get_args(Kind)]
        topics = [(topic, section.title) for topic, section in guide().by_topic.items()]
        for name, choices in (("kind", kinds), ("topic", topics)):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        """Not before the first day."""
        since: date | None = self.cleaned_data.get("since")
        until: date | None = self.cleaned_data["until"]
        if since and until and until < since:
            raise forms.ValidationError("This lies before the first day.")
        return until

    def clean(self) -> dict[str, Any]:
        """A condition that is not known here must not let more leave than was asked for."""
        cleaned: dict[str, Any] = super().clean() or {}
        unknown = sorted(name for name in self.data if name not in self.fields)
        if unknown:
            raise forms.ValidationError(
                f"These conditions cannot be used for an export: {', '.join(unknown)}."
            )
        return cleaned

    @property
    def given(self) -> dict[str, str]:
        """What was asked for, by field; of a valid form."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def chosen(given: dict[str, Any]) -> QuerySet[Conversation]:
    """The conversations of these values of a valid form in which something was said.

    "Active between" means what the list means by it: begun before the end, last used since.
    """
    own = Q(turn_count__gte=1)
    if since := given.get("since"):
        own &= Q(last_at__gte=_midnight(since))
    if until := given.get("until"):
        own &= Q(started_at__lt=_midnight(until + timedelta(days=1)))
    if status := given.get("status"):
        own &= Q(status=status)
    if flag := given.get("flag"):
        own &= Q(flagged=flag == "yes")
    found = Conversation.objects.filter(own)
    for name in FACETS:
        if value := given.get(name):
            facet = Facet.objects.filter(conversation=OuterRef("pk"), field=name, value=value)
            found = found.filter(Exists(facet))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
