"""What the list of conversations is narrowed by; all of it lives in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from chat import keeping
from chat.models import Conversation, Facet, Turn
from people.models import Account
from review import vocabulary
from review.conditions import Filter, Has, Span, hours_between
from review.models import Review

ANY = ("", "Any")
EVERY = "any"  # a verdict or a failure, whichever
WRONG = (Review.Verdict.WRONG_PASSAGE, Review.Verdict.SHOULD_DECLINE, Review.Verdict.UNSAFE)
FAILURES = tuple(
    value for value in Turn.Outcome if value not in (Turn.Outcome.ANSWERED, Turn.Outcome.WAITING)
)
# Names that stand for several values of a facet.
GROUPS: dict[tuple[str, str], tuple[str, ...]] = {
    **{("kind", name): kinds for name, (_, kinds) in vocabulary.KIND_GROUPS.items()},
    ("verdict", EVERY): tuple(Review.Verdict),
    ("verdict", "wrong"): WRONG,
    ("failure", EVERY): FAILURES,
}
RANGES = (("since", "until"), ("low", "high"), ("shortest", "longest"), ("quickest", "slowest"))
NOT_DONE = "not_done"
NOBODY = "nobody"
MINE = "me"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class FilterForm(forms.Form):
    """The form above the list; every field may be empty."""

    usual = frozenset({"words", "kind", "since", "until"})  # seen without opening the others

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
        label="Verdict",
        required=False,
        choices=[
            ANY,
            (EVERY, "Any verdict"),
            ("wrong", "Any wrong answer"),
            *Review.Verdict.choices,
        ],
    )
    failure = forms.ChoiceField(
        label="Failure",
        required=False,
        choices=[
            ANY,
            (EVERY, "Any failure"),
            *((value.value, value.label) for value in FAILURES),
        ],
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[ANY, (NOT_DONE, "Not done"), *Conversation.Status.choices],
    )
    flag = forms.ChoiceField(
        label="Flag", required=False, choices=[ANY, ("yes", "Flagged"), ("no", "Not flagged")]
    )
    assignee = forms.ChoiceField(label="Assignee", required=False)
    tag = forms.CharField(label="Tag", required=False, max_length=64)
    shortest = forms.IntegerField(label="Questions, at least", min_value=0, required=False)
    longest = forms.IntegerField(label="Questions, at most", min_value=0, required=False)
    retention = forms.ChoiceField(
        label="Retention",
        required=False,
        choices=[
            ANY,
            ("due", "Goes with the next purge"),
            ("cleared", "Cleared, goes with the next purge"),
            ("held", "Old enough to go, but held"),
        ],
    )
    quickest = forms.IntegerField(label="Answer time from, ms", min_value=0, required=False)
    slowest = forms.IntegerField(label="Answer time to, ms", min_value=0, required=False)
    hour = forms.ChoiceField(label="Asked in the hour", required=False)

    def __init__(self, data: Mapping[str, Any], **options: Any) -> None:
        super().__init__(data, auto_id="filter-%s", **options)
        intents = [(intent, vocabulary.intent_title(intent)) for intent in vocabulary.intents()]
        people = [(account.username, str(account)) for account in Account.objects.all()]
        self._choose("kind", vocabulary.kinds())
        self._choose("topic", vocabulary.topics())
        self._choose("intent", intents)
        self._choose("assignee", [(MINE, "Me"), (NOBODY, "Nobody"), *people])
        # One of 168 is not chosen from a list; the dashboard leads here with it.
        self._choose("hour", _known_hour(str(data.get("hour", ""))))
        self.fields["tag"].widget.attrs["list"] = "tags"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [ANY, *choices]

    @property
    def is_opened(self) -> bool:
        """Whether the seldom used filters must be seen: one is set, or something is wrong."""
        return bool(self.errors) or not self.usual.issuperset(self.changed_data)

    def clean_code(self) -> str:
        """The code as it is stored, however it was typed: `net 4k7m qx9c`."""
        letters = re.sub(r"[^A-Z0-9]", "", str(self.cleaned_data["code"]).upper())
        letters = letters.removeprefix("NET") if len(letters) > 8 else letters
        return f"NET-{letters[:4]}-{letters[4:]}" if letters else ""

    def clean(self) -> dict[str, Any]:
        """A range must not end before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        for first, last in RANGES:
            begin, end = cleaned.get(first), cleaned.get(last)
            if begin is not None and end is not None and begin > end:
                self.add_error(last, "This lies before where the range begins.")
        return cleaned


def read_filter(form: FilterForm, reader: Account) -> Filter:
    """The filter of this form; a field that is not valid is left out."""
    form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
    fields = ("kind", "topic", "intent", "feedback", "verdict", "failure", "tag")
    begin, end = _days(given)
    # A conversation lasts no longer than its session: so one index serves "active between".
    longest = timedelta(seconds=settings.SESSION_SECONDS)
    return Filter(
        own=_own(given, reader, end),
        spans=_spans(given),
        facets=tuple(_has(name, given[name]) for name in fields if name in given),
        words=given.get("words", ""),
        hours=hours_between(int(given["hour"]), begin, end) if "hour" in given else None,
        latency=_span("latency_ms", given.get("quickest"), given.get("slowest")),
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


def _known_hour(written: str) -> list[tuple[str, str]]:
    if not (written.isascii() and written.isdecimal() and len(written) < 4):
        return []
    day, hour = divmod(int(written), 24)
    return [(written, f"{WEEKDAYS[day]}, {hour} h")] if day < len(WEEKDAYS) else []


def _has(name: str, value: str) -> Has:
    stored = Facet.Field.OUTCOME.value if name == "failure" else name
    return Has(stored, GROUPS.get((name, value), (value,)))


def _spans(given: dict[str, Any]) -> tuple[Span, ...]:
    def share(name: str) -> float | None:
        return given[name] / 100 if name in given else None

    spans = (
        _span("lowest_confidence", share("low"), share("high")),
        _span("turn_count", given.get("shortest"), given.get("longest")),
    )
    return tuple(span for span in spans if span)


def _span(column: str, least: float | None, most: float | None) -> Span | None:
    return None if least is None and most is None else Span(column, least, most)


def _own(given: dict[str, Any], reader: Account, end: datetime | None) -> Q:
    own = Q() if {"shortest", "retention"} & given.keys() else Q(turn_count__gte=1)
    if "code" in given:
        own = Q(reference=given["code"])  # also one in which nothing was said
    if "status" in given:
        is_done = Q(status=Conversation.Status.DONE)
        own &= ~is_done if given["status"] == NOT_DONE else Q(status=given["status"])
    if "retention" in given:
        own &= _kept(given["retention"])
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


def _kept(retention: str) -> Q:
    border = timezone.now() - timedelta(days=settings.KEPT_DAYS)
    if retention == "held":
        return Q(held=True, last_at__lt=border)
    going = Q(pk__in=keeping.expired(border).values("pk"))
    return going & Q(cleared_at__isnull=False) if retention == "cleared" else going


def _days(given: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    def midnight(day: Any) -> datetime:
        return timezone.make_aware(datetime.combine(day, time.min))

    begin = midnight(given["since"]) if "since" in given else None
    end = midnight(given["until"] + timedelta(days=1)) if "until" in given else None
    return begin, end


def _written(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
