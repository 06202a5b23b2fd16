"""What the list of conversations is narrowed by; all of it lives in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from chat.models import Conversation, Facet, Turn
from people.models import Account
from review import vocabulary
from review.models import Review

ANY = ("", "Any")
NOBODY = "nobody"
MINE = "me"


class FilterForm(forms.Form):
    """The form above the list; every field may be empty."""

    words = forms.CharField(label="Words said", required=False, max_length=200)
    code = forms.CharField(label="Reference code", required=False, max_length=16)
    since = forms.DateField(
        label="Active from", required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label="Active until", required=False, widget=forms.DateInput({"type": "date"})
    )
    kind = forms.ChoiceField(label="Outcome", required=False)
    topic = forms.ChoiceField(label="Topic", required=False)
    intent = forms.ChoiceField(label="Intent", required=False)
    low = forms.IntegerField(
        label="Lowest confidence from, %", min_value=0, max_value=100, required=False
    )
    high = forms.IntegerField(
        label="Lowest confidence to, %", min_value=0, max_value=100, required=False
    )
    feedback = forms.ChoiceField(
        label="Feedback",
        required=False,
        choices=[ANY, ("down", "Not helpful"), ("up", "Helpful")],
    )
    verdict = forms.ChoiceField(
        label="Verdict", required=False, choices=[ANY, *Review.Verdict.choices]
    )
    failure = forms.ChoiceField(
        label="Failure",
        required=False,
        choices=[
            ANY,
            *(
                (value, label)
                for value, label in Turn.Outcome.choices
                if value not in (Turn.Outcome.ANSWERED, Turn.Outcome.WAITING)
            ),
        ],
    )
    status = forms.ChoiceField(
        label="Status", required=False, choices=[ANY, *Conversation.Status.choices]
    )
    flag = forms.ChoiceField(
        label="Flag", required=False, choices=[ANY, ("yes", "Flagged"), ("no", "Not flagged")]
    )
    assignee = forms.ChoiceField(label="Assignee", required=False)
    tag = forms.CharField(label="Tag", required=False, max_length=64)
    shortest = forms.IntegerField(label="Questions, at least", min_value=0, required=False)
    longest = forms.IntegerField(label="Questions, at most", min_value=0, required=False)

    def __init__(self, data: Mapping[str, Any], **options: Any) -> None:
        super().__init__(data, auto_id="filter-%s", **options)
        intents = [(intent, vocabulary.intent_title(intent)) for intent in vocabulary.intents()]
        people = [(account.username, str(account)) for account in Account.objects.all()]
        self._choose("kind", vocabulary.kinds())
        self._choose("topic", vocabulary.topics())
        self._choose("intent", intents)
        self._choose("assignee", [(MINE, "Me"), (NOBODY, "Nobody"), *people])
        self.fields["tag"].widget.attrs["list"] = "tags"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [ANY, *choices]

    def clean_code(self) -> str:
        """The code as it is stored, however it was typed: `net 4k7m qx9c`."""
        letters = re.sub(r"[^A-Z0-9]", "", str(self.cleaned_data["code"]).upper())
        letters = letters.removeprefix("NET") if len(letters) > 8 else letters
        return f"NET-{letters[:4]}-{letters[4:]}" if letters else ""

    def clean(self) -> dict[str, Any]:
        """A range must not end before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        for first, last in (("since", "until"), ("low", "high"), ("shortest", "longest")):
            begin, end = cleaned.get(first), cleaned.get(last)
            if begin is not None and end is not None and begin > end:
                self.add_error(last, "This lies before where the range begins.")
        return cleaned


@dataclass(frozen=True)
class Filter:
    """A checked filter: what of a conversation's own row, what of its facets, which words."""

    own: Q = field(default_factory=Q)
    facets: tuple[tuple[str, str], ...] = ()
    words: str = ""
    within: tuple[datetime | None, datetime | None] = (None, None)  # bounds of last_at
    query: str = ""  # as it stands in the address

    @property
    def is_empty(self) -> bool:
        """Whether every conversation passes."""
        return not self.query


def read_filter(form: FilterForm, reader: Account) -> Filter:
    """The filter of this form; a field that is not valid is left out."""
    form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
    names = {"failure": Facet.Field.OUTCOME}
    fields = ("kind", "topic", "intent", "feedback", "verdict", "failure", "tag")
    facets = tuple((str(names.get(name, name)), given[name]) for name in fields if name in given)
    begin, end = _days(given)
    # A conversation lasts no longer than its session: so one index serves "active between".
    longest = timedelta(seconds=settings.SESSION_SECONDS)
    return Filter(
        own=_own(given, reader, end),
        facets=facets,
        words=given.get("words", ""),
        within=(begin, end + longest if end else None),
        query=urlencode({name: _written(value) for name, value in given.items()}),
    )


def known_tags() -> list[str]:
    """Tags in use, for the list beside the field: the newest hundred uses of each are enough."""
    tags: QuerySet[Facet, str] = Facet.objects.filter(field=Facet.Field.TAG).values_list(
        "value", flat=True
    )
    found: list[str] = []
    last = ""
    # A leap from value to value: reading each tag's rows would take longer with every use.
    while len(found) < 200 and (tag := tags.filter(value__gt=last).order_by("value").first()):
        found.append(tag)
        last = tag
    return found


def _own(given: dict[str, Any], reader: Account, end: datetime | None) -> Q:
    own = Q(turn_count__gte=given.get("shortest", 1))
    if "code" in given:
        own = Q(reference=given["code"])  # also one in which nothing was said
    if "longest" in given:
        own &= Q(turn_count__lte=given["longest"])
    if "low" in given:
        own &= Q(lowest_confidence__gte=given["low"] / 100)
    if "high" in given:
        own &= Q(lowest_confidence__lte=given["high"] / 100)
    if "status" in given:
        own &= Q(status=given["status"])
    if "flag" in given:
        own &= Q(flagged=given["flag"] == "yes")
    if end:
        own &= Q(started_at__lt=end)
    match given.get("assignee"):
        case None:
            return own
        case "nobody":
            return own & Q(assignee=None)
        case "me":
            return own & Q(assignee=reader)
        case username:
            return own & Q(assignee=Account.objects.filter(username=username).first())


def _days(given: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    def midnight(day: Any) -> datetime:
        return timezone.make_aware(datetime.combine(day, time.min))

    begin = midnight(given["since"]) if "since" in given else None
    end = midnight(given["until"] + timedelta(days=1)) if "until" in given else None
    return begin, end


def _written(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
