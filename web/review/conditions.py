"""What a checked filter of the list asks for, in the parts that databases look up differently."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from chat.models import Facet

MANY_WEEKS = 400  # more than are ever kept


@dataclass(frozen=True)
class Has:
    """That a conversation has a facet with one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """Between which values a column lies that has an index of its own."""

    column: str
    least: float | None
    most: float | None

    def holds(self, value: float | None) -> bool:
        """Whether this value lies in the span; what there is not does not."""
        return (
            value is not None
            and (self.least is None or self.least <= value)
            and (self.most is None or value <= self.most)
        )

    @property
    def by_index(self) -> Q:
        """The condition as a database looks it up."""
        least = Q(**{f"{self.column}__gte": self.least}) if self.least is not None else Q()
        return least & (Q(**{f"{self.column}__lte": self.most}) if self.most is not None else Q())

    @property
    def by_row(self) -> Q:
        """The condition for rows that are walked through in another order.

        A sum has no index: SQLite, which does not know how many lie in a span, would else take
        the column's index and sort half of the table.
        """
        value = F(self.column) + 0
        least = Q(GreaterThanOrEqual(value, self.least)) if self.least is not None else Q()
        return least & (Q(LessThanOrEqual(value, self.most)) if self.most is not None else Q())


@dataclass(frozen=True)
class Filter:
    """A checked filter: what of a conversation's own row, what of its facets, which words."""

    own: Q = field(default_factory=Q)
    spans: tuple[Span, ...] = ()
    facets: tuple[Has, ...] = ()
    words: str = ""
    hours: tuple[tuple[datetime, datetime], ...] | None = None  # in one of which it was asked
    latency: Span | None = None  # of one of its answers
    within: tuple[datetime | None, datetime | None] = (None, None)  # bounds of last_at
    query: str = ""  # as it stands in the address

    @property
    def is_empty(self) -> bool:
        """Whether every conversation passes."""
        return not self.query

    @property
    def is_of_turns(self) -> bool:
        """Whether it asks for something that a turn has, not the conversation alone."""
        return bool(
            self.words
            or self.hours
            or self.latency
            or any(facet.field != Facet.Field.TAG for facet in self.facets)
            or any(span.column == "lowest_confidence" for span in self.spans)
        )


def hours_between(
    of_week: int, begin: datetime | None, end: datetime | None
) -> tuple[tuple[datetime, datetime], ...]:
    """When that hour of the week was, within these bounds: by the clock on the wall."""
    weekday, hour = divmod(of_week, 24)
    last = timezone.localtime(end) - timedelta(days=1) if end else timezone.localtime()
    first = timezone.localtime(begin) if begin else last - timedelta(days=settings.KEPT_DAYS)
    day = first.date() + timedelta(days=(weekday - first.weekday()) % 7)
    found: list[tuple[datetime, datetime]] = []
    while day <= last.date() and len(found) < MANY_WEEKS:
        on_the_hour = datetime.combine(day, time(hour))
        found.append(
            (
                timezone.make_aware(on_the_hour),
                timezone.make_aware(on_the_hour + timedelta(hours=1)),
            )
        )
        day += timedelta(days=7)
    return tuple(found)
