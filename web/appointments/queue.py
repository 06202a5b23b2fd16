"""The queue of requests: which are listed, and what becomes of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from django import forms
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from appointments.due import overdue
from appointments.forms import REGION
from appointments.models import AppointmentRequest, Note
from chat.sessions import read_reference
from people.models import Account

Status = AppointmentRequest.Status
SIZE = 50
FEWEST_DIGITS = 4  # of a telephone number that is looked for
OPEN = "open"
VIEWS = {
    OPEN: "To do",
    "overdue": "Overdue",
    Status.NEW.value: "New",
    Status.CONTACTED.value: "Contacted",
    Status.CLOSED.value: "Closed",
    "all": "All",
}
OLDEST_FIRST = (OPEN, "overdue", Status.NEW.value, Status.CONTACTED.value)


class SearchForm(forms.Form):
    """What the queue is narrowed by."""

    show = forms.ChoiceField(choices=list(VIEWS.items()), required=False, widget=forms.HiddenInput)
    find = forms.CharField(
        label="Name, number, e-mail or code",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(
        choices=[("", "Any"), *AppointmentRequest.Region.choices], required=False
    )
    reason = forms.ChoiceField(
        choices=[("", "Any"), *AppointmentRequest.Reason.choices], required=False
    )


class HandlingForm(forms.Form):
    """What was done about a request. `version` is of the request as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=Status.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Note",
        help_text="What was agreed, when to try again. Nothing medical: this is no record.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Overtaken(Exception):
    """Somebody else changed the request since the page was made."""


@dataclass(frozen=True)
class Sought:
    """Which requests, in which order, and from where on."""

    show: str = OPEN
    find: str = ""
    region: str = ""
    reason: str = ""

    @classmethod
    def read(cls, form: SearchForm) -> Sought:
        """What this form asks for; a field that is not valid is left out."""
        form.is_valid()
        given = {name: value for name, value in form.cleaned_data.items() if value}
        return cls(**given)

    @property
    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        return {name: value for name, value in vars(self).items() if value}

    def requests(self, now: datetime) -> QuerySet[AppointmentRequest]:
        """The requests, in order."""
        found = AppointmentRequest.objects.filter(_shown(self.show, now), _found(self.find))
        if self.region:
            found = found.filter(region=self.region)
        if self.reason:
            found = found.filter(reason=self.reason)
        return found.order_by("pk" if self.show in OLDEST_FIRST else "-pk")

    def page(self, now: datetime, after: int) -> tuple[list[AppointmentRequest], int]:
        """The requests that follow the one of this key (0: the first), and the key to go on from.

        Keys grow with time, so that a page begins where the last one ended, whatever came since.
        """
        found = self.requests(now)
        if after:
            way = Q(pk__gt=after) if self.show in OLDEST_FIRST else Q(pk__lt=after)
            found = found.filter(way)
        rows = list(found.select_related("handled_by").prefetch_related("notes")[: SIZE + 1])
        return rows[:SIZE], rows[SIZE - 1].pk if len(rows) > SIZE else 0


def counts(now: datetime) -> dict[str, int]:
    """How many there are to do, overdue, new and contacted; closed ones are not counted."""
    todo = AppointmentRequest.objects.filter(_shown(OPEN, now))
    new = todo.filter(status=Status.NEW).count()
    late = todo.filter(overdue(now)).count()
    every = todo.count()
    return {
        OPEN: every,
        "overdue": late,
        Status.NEW.value: new,
        Status.CONTACTED.value: every - new,
    }


def handle(
    found: AppointmentRequest, author: Account, seen: int, status: str, text: str
) -> tuple[str, str]:
    """Keeps what was done; gives the status before and after. Raises Overtaken.

    `seen` is the version that the author saw.
    """
    before = found.status
    now = timezone.now()
    changes = {"status": status, "handled_by": author, "handled_at": now}
    current = AppointmentRequest.objects.filter(pk=found.pk, version=seen)
    with transaction.atomic():
        if not current.update(version=F("version") + 1, **(changes if status != before else {})):
            raise Overtaken
        Note.objects.create(
            request=found, author=author, status=status if status != before else "", text=text
        )
    return before, status


def was_sent_before(
    found: AppointmentRequest, author: Account, seen: int, status: str, text: str
) -> bool:
    """Whether the newest note is this one, kept from the same form."""
    newest = found.notes.order_by("-at", "-id").first()
    return (
        newest is not None
        and (found.version, found.status) == (seen + 1, status)
        and (newest.author_id, newest.text) == (author.pk, text)
    )


def readable(phone: str) -> str:
    """A stored number as people here write it; abroad with its country."""
    try:
        number = phonenumbers.parse(phone, REGION)
    except phonenumbers.NumberParseException:
        return phone
    here = phonenumbers.country_code_for_region(REGION) == number.country_code
    kinds = phonenumbers.PhoneNumberFormat
    kind = kinds.NATIONAL if here else kinds.INTERNATIONAL
    return phonenumbers.format_number(number, kind)


def _shown(show: str, now: datetime) -> Q:
    if show == OPEN:
        return Q(status__in=[Status.NEW, Status.CONTACTED])
    if show == "overdue":
        return overdue(now)
    return Q() if show == "all" else Q(status=show)


def _found(find: str) -> Q:
    if not find:
        return Q()
    if reference := read_reference(find):
        return Q(reference=reference.replace("NET", "REQ", 1))
    condition = Q(name__icontains=find) | Q(email__icontains=find)
    digits = re.sub(r"\D", "", find).removeprefix("1")
    return condition | Q(phone__contains=digits) if len(digits) >= FEWEST_DIGITS else condition
