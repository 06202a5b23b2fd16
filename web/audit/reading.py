"""Reads the access log a page at a time, narrowed by who, what, which conversation and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from audit.models import Action, Entry
from chat.sessions import read_reference
from people.models import Account

SIZE = 100
PART = 1_000  # entries of an export that are read at once
SYSTEM = "-"
IN_BULK = (Action.EXPORTED, Action.PURGED)  # name many conversations in one entry
DATE = {"type": "date"}


class LogForm(forms.Form):
    """The form above the log; every field may be empty."""

    who = forms.ChoiceField(label="Person", required=False)
    action = forms.ChoiceField(
        label="What was done", required=False, choices=[("", "Anything"), *Action.choices]
    )
    code = forms.CharField(
        label="Reference code",
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(DATE))
    until = forms.DateField(label="Until", required=False, widget=forms.DateInput(DATE))

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        people = [(account.username, str(account)) for account in Account.objects.all()]
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", "Anybody"), *people, (SYSTEM, "Nobody signed in, the system")]

    def clean_code(self) -> str:
        """The code as it is stored."""
        written = str(self.cleaned_data["code"]).strip()
        reference = read_reference(written)
        if written and not reference:
            raise forms.ValidationError("Write the whole code, such as NET-4K7M-QX9C.")
        return reference

    def clean_until(self) -> date | None:
        """Not before the first day."""
        since: date | None = self.cleaned_data.get("since")
        until: date | None = self.cleaned_data["until"]
        if since and until and until < since:
            raise forms.ValidationError("This lies before the first day.")
        return until


@dataclass(frozen=True)
class Sought:
    """Which entries."""

    who: str = ""
    action: str = ""
    code: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, form: LogForm) -> Sought:
        """What this form asks for; a field that is not valid is left out."""
        form.is_valid()
        return cls(**{name: value for name, value in form.cleaned_data.items() if value})

    @property
    def given(self) -> dict[str, str]:
        """What was asked for, by field."""
        return {name: str(value) for name, value in vars(self).items() if value}

    @property
    def query(self) -> str:
        """The same as it stands in an address."""
        return urlencode(self.given)

    def entries(self) -> QuerySet[Entry]:
        """The entries, the newest first."""
        found = Entry.objects.order_by("-number")
        if self.who:
            found = found.filter(account="" if self.who == SYSTEM else self.who)
        if self.action:
            found = found.filter(action=self.action)
        if self.code:
            found = found.filter(number__in=_numbers_about(self.code))
        if self.since:
            found = found.filter(number__gte=_first_number(self.since))
        if self.until:
            found = found.filter(number__lt=_first_number(self.until + timedelta(days=1)))
        return found

    def page(self, before: int) -> tuple[list[Entry], int]:
        """The entries before this number (0: the newest), and the number to go on from."""
        found = self.entries()
        rows = list((found.filter(number__lt=before) if before else found)[: SIZE + 1])
        return rows[:SIZE], rows[SIZE - 1].number if len(rows) > SIZE else 0

    def every(self, last: int) -> Iterator[Entry]:
        """All of them up to this number, read in parts."""
        before = last + 1
        while rows := list(self.entries().filter(number__lt=before)[:PART]):
            yield from rows
            before = rows[-1].number


def detail_of(entry: Entry) -> str:
    """What else the entry says, in words."""
    return "; ".join(
        f"{name.replace('_', ' ')}: {_said(value)}" for name, value in entry.details.items()
    )


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items()) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _numbers_about(reference: str) -> list[int]:
    """The entries of one conversation, also those that name it among many."""
    alone = Entry.objects.filter(reference=reference)
    among = Entry.objects.filter(action__in=IN_BULK, detail__contains=f'"{reference}"')
    return [number for part in (alone, among) for number in part.values_list("number", flat=True)]


def _first_number(day: date) -> int:
    """The first entry from the beginning of this day on: numbers grow with time."""
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    later = Entry.objects.filter(at__gte=midnight).order_by("at", "number")
    found = later.values_list("number", flat=True).first()
    if found is None:
        last = Entry.objects.order_by("-number").values_list("number", flat=True).first()
        return (last or 0) + 1
    return found
