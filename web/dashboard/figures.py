"""The figures of some days, added up from their counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Sum

from dashboard.counting import LATENCIES, MORE
from dashboard.models import Count
from review.vocabulary import DECLINED, SAFETY, TALK

Measure = Count.Measure
# What kinds of reply amount to, in the order they are drawn, with a class of console.css. The
# names of several kinds are those of review.vocabulary.KIND_GROUPS.
SHARES = {
    "answered": ("s1", ("answer",)),
    "asked back": ("s2", ("clarify",)),
    "declined": ("s3", DECLINED),
    "safety": ("s5", SAFETY),
    "other": ("s6", TALK),
    "failed": ("s4", ("error",)),
}
BY_DAY = (Measure.CONVERSATIONS, Measure.QUESTIONS, Measure.KIND)
ANSWERED = "answered"  # the outcome of a turn with which nothing went wrong


@dataclass
class Figures:
    """Counts by measure and value, over all days; and of each day."""

    days: list[date]
    totals: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    by_day: defaultdict[tuple[date, str], dict[str, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def total(self, measure: str, *values: str) -> int:
        """How often these values occurred; without any, all values."""
        counts = self.totals[measure]
        return sum(counts.get(value, 0) for value in values or counts)

    def of_day(self, day: date, measure: str, *values: str) -> int:
        """The same on one day."""
        counts = self.by_day[day, measure]
        return sum(counts.get(value, 0) for value in values or counts)

    def ranked(self, measure: str) -> list[tuple[str, int]]:
        """Values and counts, the most frequent first."""
        return sorted(self.totals[measure].items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def questions(self) -> int:
        """Messages of visitors."""
        return self.total(Measure.QUESTIONS)

    @property
    def failed(self) -> int:
        """Messages the assistant did not answer, whatever the website said instead."""
        return self.total(Measure.OUTCOME) - self.total(Measure.OUTCOME, ANSWERED)

    def share(self, name: str) -> int:
        """How many messages got this: a key of SHARES."""
        return self.total(Measure.KIND, *SHARES[name][1])

    def latency(self, share: float) -> str:
        """The milliseconds within which this share of messages was answered, to the next bucket."""
        wanted, reached = share * self.total(Measure.LATENCY), 0
        for bucket in (*map(str, LATENCIES), MORE):
            reached += self.totals[Measure.LATENCY].get(bucket, 0)
            if reached and reached >= wanted:
                return f"over {LATENCIES[-1]:,} ms" if bucket == MORE else f"{int(bucket):,} ms"
        return "-"


def read_figures(since: date, until: date) -> Figures:
    """The figures from one day to another, both included; days without a count are empty."""
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    figures = Figures(days)
    counts = Count.objects.filter(day__gte=since, day__lte=until)
    totals = counts.values_list("measure", "value").annotate(Sum("count"))
    for measure, value, count in totals.order_by():
        figures.totals[measure][value] = count
    for day, measure, value, count in counts.filter(measure__in=BY_DAY).values_list(
        "day", "measure", "value", "count"
    ):
        figures.by_day[day, measure][value] = count
    return figures
