"""A page of conversations, newest first, in time however many there are.

Nothing is counted and nothing is skipped over: a page begins where the last one ended. The rarest
condition is looked up and the others are asked of what it gives, in the order of an index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from chat import words
from chat.models import Conversation, Facet
from review.filters import Filter

SIZE = 50
FEW = 2_000  # rows that are fetched and sorted rather than walked through
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
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
    found = Conversation.objects.filter(
        sought.own, _bounds(sought, "last_at"), _words(sought, "pk")
    )
    for facet in sought.facets:
        found = found.filter(_has(facet, "pk"))
    return found


def neighbour(sought: Filter, place: Place, *, newer: bool) -> Conversation | None:
    """The conversation beside this one in the filtered list."""
    ids = _ids(sought, place, newer, 1)
    return Conversation.objects.filter(pk__in=ids).first()


def _ids(sought: Filter, place: Place | None, forward: bool, size: int) -> list[int]:
    """Primary keys of the next conversations from a place on, `forward` towards the newest."""
    if sought.words:
        few = _rare_words(sought.words)
        if few is not None:
            return _from_few(few, sought, place, forward, size)
    if sought.facets:
        return _from_facet(sought, place, forward, size)
    found = Conversation.objects.filter(sought.own, _bounds(sought, "last_at"))
    found = found.filter(_words(sought, "pk"))
    return _cut(found, place, forward, size, "id")


def _rare_words(text: str) -> set[int] | None:
    """Conversations with these words, unless there are many."""
    if words.are_many(text, FEW):
        return None
    return set(words.matching(text).order_by().values_list("conversation_id", flat=True))


def _from_few(
    few: set[int], sought: Filter, place: Place | None, forward: bool, size: int
) -> list[int]:
    found = Conversation.objects.filter(sought.own, _bounds(sought, "last_at"), pk__in=few)
    for facet in sought.facets:
        found = found.filter(_has(facet, "pk"))
    return _cut(found, place, forward, size, "id")


def _from_facet(sought: Filter, place: Place | None, forward: bool, size: int) -> list[int]:
    """Walks through the rarest facet, newest first."""
    counted = [(_count(facet, sought), facet) for facet in sought.facets]
    _, rarest = min(counted)
    found = Facet.objects.filter(_facet(rarest), _bounds(sought, "last_at"))
    # Not as a join, which SQLite would begin at the other end.
    found = found.filter(
        Exists(Conversation.objects.filter(sought.own, pk=OuterRef("conversation_id")))
    )
    for _, facet in sorted(counted):
        if facet != rarest:
            found = found.filter(_has(facet, "conversation_id"))
    found = found.filter(_words(sought, "conversation_id"))
    return _cut(found, place, forward, size, "conversation_id")


def _count(facet: tuple[str, str], sought: Filter) -> int:
    rows = Facet.objects.filter(_facet(facet), _bounds(sought, "last_at"))
    return rows.order_by()[: 10 * FEW].count()


def _facet(facet: tuple[str, str]) -> Q:
    name, value = facet
    return Q(field=name, value=value)


def _has(facet: tuple[str, str], key: str) -> Exists:
    return Exists(Facet.objects.filter(_facet(facet), conversation_id=OuterRef(key)))


def _words(sought: Filter, key: str) -> Q | Exists:
    if not sought.words:
        return Q()
    return Exists(words.matching(sought.words).filter(conversation_id=OuterRef(key)))


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
) -> list[int]:
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
    return [int(pk) for pk in ordered.values_list(key, flat=True)[:size]]
