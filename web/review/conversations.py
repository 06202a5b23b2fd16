"""A page of conversations, newest first, in time however many there are.

Nothing is counted and nothing is skipped over: a page begins where the last one ended. The rarest
condition is looked up and the others are asked of what it gives, in the order of an index.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from chat import words
from chat.models import Conversation, Facet, Turn
from review.conditions import Filter, Has, Span
from review.walking import row_by_row

SIZE = 50
FEW = 2_000  # rows that are fetched and sorted rather than walked through
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Place:
    """Where a page begins or ends: a conversation's place in the list."""

    last_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.last_at - EPOCH) // timedelta(microseconds=1)}-{self.pk}"

    @classmethod
    def of(cls, conversation: Conversation) -> Place:
        """The place of this conversation."""
        return cls(conversation.last_at, conversation.pk)

    @classmethod
    def read(cls, written: str) -> Place | None:
        """The place of an address, or None."""
        at, _, pk = written.partition("-")
        if (
            not (written.isascii() and at.isdecimal() and pk.isdecimal())
            or len(at) > 17
            or len(pk) > 18
        ):
            return None
        return cls(EPOCH + timedelta(microseconds=int(at)), int(pk))


@dataclass(frozen=True)
class Page:
    """Some conversations, newest first, and where to go on."""

    conversations: list[Conversation]
    older: Place | None = None
    newer: Place | None = None


def page_of(sought: Filter, *, before: Place | None = None, after: Place | None = None) -> Page:
    """The page before this place (older), or after it (newer), or the newest."""
    forward = before is None and after is not None
    ids = _ids(sought, before or after, forward, SIZE + 1)
    more = len(ids) > SIZE
    found = Conversation.objects.filter(pk__in=ids[:SIZE]).order_by("-last_at", "-id")
    conversations = list(found.select_related("assignee").prefetch_related("facets"))
    if not conversations:
        return Page([])
    first, last = Place.of(conversations[0]), Place.of(conversations[-1])
    return Page(
        conversations,
        older=last if more or forward else None,
        newer=first if (more if forward else before) else None,
    )


def every(sought: Filter) -> QuerySet[Conversation]:
    """All conversations of this filter, in no order, to count or to read in parts."""
    return _own(sought).filter(
        _asked(sought, "pk"),
        _answered(sought, "pk"),
        _words(sought, "pk"),
        *_have(sought, "pk"),
    )


def neighbour(sought: Filter, place: Place, *, newer: bool) -> Conversation | None:
    """The conversation beside this one in the filtered list."""
    ids = _ids(sought, place, newer, 1)
    return Conversation.objects.filter(pk__in=ids).first()


def _ids(sought: Filter, place: Place | None, forward: bool, size: int) -> list[int]:
    """Primary keys of the next conversations from a place on, `forward` towards the newest."""
    with row_by_row():
        return [found.pk for found in _places(sought, place, forward, size)]


def _places(sought: Filter, place: Place | None, forward: bool, size: int) -> list[Place]:
    heard, asked = _rare_words(sought.words), _rare_hours(sought)
    answered = _rare_latency(sought)
    spans = map(_rare_span, sought.spans)
    few = [found for found in (heard, asked, answered, *spans) if found is not None]
    if sought.facets and not few:
        return _from_facet(sought, place, forward, size)
    found = _own(sought).filter(*_have(sought, "pk"))
    if heard is None:
        found = found.filter(_words(sought, "pk"))
    if asked is None:
        found = found.filter(_asked(sought, "pk"))
    if answered is None:
        found = found.filter(_answered(sought, "pk"))
    if few:
        found = found.filter(pk__in=set.intersection(*few))
    return _cut(found, place, forward, size, "id")


def _rare_words(text: str) -> set[int] | None:
    """Conversations with these words; None when there are many, or no words."""
    if not text or words.are_many(text, FEW):
        return None
    return set(words.matching(text).order_by().values_list("conversation_id", flat=True))


def _rare_hours(sought: Filter) -> set[int] | None:
    """Conversations in which something was asked in these hours; None for more than a query takes.

    PostgreSQL would look them up again and again: it takes facets for rarer than they are.
    """
    if sought.hours is None:
        return None
    # Not each once: SQLite would go through all turns in the order of their conversations.
    turns = _turns_asked(sought.hours).values_list("conversation_id", flat=True)
    found = list(turns[: 10 * FEW + 1])
    return set(found) if len(found) <= 10 * FEW else None


def _rare_latency(sought: Filter) -> set[int] | None:
    """Conversations with an answer that took so long; None when there are many, or no limits."""
    if sought.latency is None:
        return None
    turns = Turn.objects.filter(sought.latency.by_index, number__gt=0).order_by()
    found = list(turns.values_list("conversation_id", flat=True)[: FEW + 1])
    return set(found) if len(found) <= FEW else None


def _rare_span(span: Span) -> set[int] | None:
    """Conversations in this span; None when there are many."""
    rows = Conversation.objects.filter(span.by_index).values_list("pk", flat=True)
    found = set(rows[: FEW + 1])
    return found if len(found) <= FEW else None


def _own(sought: Filter) -> QuerySet[Conversation]:
    """The conditions on a conversation's own row."""
    spans = [span.by_row for span in sought.spans]
    return Conversation.objects.filter(sought.own, _bounds(sought, "last_at"), *spans)


def _from_facet(sought: Filter, place: Place | None, forward: bool, size: int) -> list[Place]:
    """Walks through the rarest facet, newest first."""
    counted = [(_count(facet, sought), number) for number, facet in enumerate(sought.facets)]
    rarest, *others = (sought.facets[number] for _, number in sorted(counted))
    # Not as a join, which SQLite would begin at the other end.
    conditions = [
        Exists(_own(sought).filter(pk=OuterRef("conversation_id"))),
        *(_has(facet, "conversation_id") for facet in others),
        _asked(sought, "conversation_id"),
        _answered(sought, "conversation_id"),
        _words(sought, "conversation_id"),
    ]
    lots = [
        _cut(rows.filter(*conditions), place, forward, size, "conversation_id")
        for rows in (_rows(rarest.field, value, sought) for value in rarest.values)
    ]
    # A conversation may have several of the values, and then stands at one place in each lot.
    return list(dict.fromkeys(heapq.merge(*lots, reverse=not forward)))[:size]


def _count(facet: Has, sought: Filter) -> int:
    if len(sought.facets) == 1:
        return 0
    counts = (
        _rows(facet.field, value, sought).order_by()[: 10 * FEW].count() for value in facet.values
    )
    return sum(counts)


def _rows(name: str, value: str, sought: Filter) -> QuerySet[Facet]:
    return Facet.objects.filter(_bounds(sought, "last_at"), field=name, value=value)


def _have(sought: Filter, key: str) -> list[Exists]:
    return [_has(facet, key) for facet in sought.facets]


def _has(facet: Has, key: str) -> Exists:
    rows = Facet.objects.filter(field=facet.field, conversation_id=OuterRef(key))
    return Exists(rows.filter(value__in=facet.values))


def _words(sought: Filter, key: str) -> Q | Exists:
    if not sought.words:
        return Q()
    return Exists(words.matching(sought.words).filter(conversation_id=OuterRef(key)))


def _asked(sought: Filter, key: str) -> Q:
    if sought.hours is None:
        return Q()
    return Q(**{f"{key}__in": _turns_asked(sought.hours).values("conversation_id")})


def _answered(sought: Filter, key: str) -> Q | Exists:
    if sought.latency is None:
        return Q()
    turns = Turn.objects.filter(sought.latency.by_row, conversation=OuterRef(key), number__gt=0)
    return Exists(turns.order_by())


def _turns_asked(hours: Iterable[tuple[datetime, datetime]]) -> QuerySet[Turn]:
    within = (Q(asked_at__gte=begin, asked_at__lt=end) for begin, end in hours)
    return Turn.objects.filter(reduce(or_, within, Q(pk__in=[])), number__gt=0).order_by()


def _bounds(sought: Filter, name: str) -> Q:
    begin, end = sought.within
    bounds = Q(**{f"{name}__gte": begin}) if begin else Q()
    return bounds & Q(**{f"{name}__lt": end}) if end else bounds


def _cut(
    found: QuerySet[Conversation] | QuerySet[Facet],
    place: Place | None,
    forward: bool,
    size: int,
    key: str,
) -> list[Place]:
    sign = "" if forward else "-"
    if place:
        beyond = "gt" if forward else "lt"
        # A plain bound first: databases do not see it in the condition on both.
        found = found.filter(
            Q(**{f"last_at__{beyond}e": place.last_at}),
            Q(**{f"last_at__{beyond}": place.last_at})
            | Q(**{"last_at": place.last_at, f"{key}__{beyond}": place.pk}),
        )
    ordered = found.order_by(f"{sign}last_at", f"{sign}{key}")
    return [Place(last_at, pk) for last_at, pk in ordered.values_list("last_at", key)[:size]]
