"""Turns that wait for a review, sorted by what may be wrong with them.

A queue is read from where the last turn was, never by OFFSET; a turn leaves it when it is judged.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Q, QuerySet
from django.utils import timezone

from chat.models import Turn
from chat.reply import KINDS
from console.waiting import MANY
from review.vocabulary import DECLINED, SAFETY

UNSURE = 0.8  # below this confidence a turn is worth a look (docs/measuring.md)
PERIODS = {"2": "today and yesterday", "7": "the last 7 days", "all": "all"}
DEFAULT_PERIOD = "2"

type Key = tuple[float | datetime, datetime, int]


@dataclass(frozen=True)
class Queue:
    """A kind of turn to look at. Of `kinds`, oldest first; else by what `sources` says."""

    name: str
    title: str
    summary: str
    kinds: tuple[str, ...] = ()
    order: str = "asked_at"  # what comes first has the least of it

    def sources(self) -> list[QuerySet[Turn]]:
        """Queries of disjoint turns, each of which one index gives in order."""
        waiting = Turn.objects.filter(reviewed=False)
        if self.kinds:
            return [waiting.filter(kind=kind) for kind in self.kinds]
        if self.order == "confidence":
            return [waiting.filter(confidence__gt=0, confidence__lt=UNSURE).exclude(intent="")]
        return [waiting.filter(feedback__helpful=False)]


QUEUES = {
    queue.name: queue
    for queue in (
        Queue(
            "safety",
            "Safety",
            "Emergencies, crises and distress: was the alarm right, and did it come?",
            kinds=SAFETY,
        ),
        Queue("thumbs-down", "Thumbs down", "A visitor said that the answer did not help."),
        Queue(
            "declined",
            "Declined or clarified",
            "Questions without an answer: does the page have one after all?",
            kinds=("clarify", *DECLINED),
        ),
        Queue(
            "unsure",
            "Low confidence",
            f"Understood with less than {UNSURE:.0%}, the least sure first.",
            order="confidence",
        ),
        Queue(
            "unreviewed",
            "Not yet reviewed",
            "All that nobody has judged, without small talk.",
            kinds=tuple(kind for kind in KINDS if kind != "chitchat"),
        ),
    )
}


def since(period: str) -> datetime | None:
    """Where a period begins: midnight, some days ago."""
    if not period.isdecimal():
        return None
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=int(period) - 1)


def waiting(queue: Queue, period: str, after: Key | None = None, size: int = 1) -> list[Turn]:
    """The next turns of a queue, from this place on."""
    begin = since(period)
    found: list[Iterable[Turn]] = []
    for source in queue.sources():
        turns = source.filter(asked_at__gte=begin) if begin else source
        turns = turns.filter(_beyond(queue, after)) if after else turns
        # Not ordered by `asked_at` twice, which would keep a database from using the index.
        order = [queue.order] if queue.order != "asked_at" else []
        # The reply is long, and a list does not show it.
        found.append(turns.order_by(*order, "asked_at", "id").defer("reply")[:size])
    return list(islice(heapq.merge(*found, key=lambda turn: place_of(queue, turn)), size))


def count(queue: Queue, period: str) -> int:
    """How many wait, at most MANY + 1."""
    begin = since(period)
    total = 0
    for source in queue.sources():
        turns = source.filter(asked_at__gte=begin) if begin else source
        total += turns.order_by().values("pk")[: MANY + 1 - total].count()
        if total > MANY:
            break
    return total


def place_of(queue: Queue, turn: Turn) -> Key:
    """Where a turn stands in a queue."""
    return (getattr(turn, queue.order), turn.asked_at, turn.pk)


def _beyond(queue: Queue, place: Key) -> Q:
    first, asked_at, pk = place
    later = Q(asked_at__gt=asked_at) | Q(asked_at=asked_at, pk__gt=pk)
    if queue.order == "asked_at":
        return Q(asked_at__gte=asked_at) & later
    return Q(**{f"{queue.order}__gte": first}) & (
        Q(**{f"{queue.order}__gt": first}) | (Q(**{queue.order: first}) & later)
    )
