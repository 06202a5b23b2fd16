"""Counts the turns of a day, once, and again when they were judged since."""

from __future__ import annotations

import time as clock
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Min, Q, aggregates
from django.utils import timezone

from chat.models import Feedback, Turn
from dashboard.models import Count, Day
from review.models import Change, Review

Measure = Count.Measure
Counts = dict[Measure, Counter[str]]

BUCKETS = 20  # of confidence
LATENCIES = (10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1_000, 2_000, 4_000)  # ms
MORE = "more"
JUDGEMENTS = (Measure.FEEDBACK, Measure.VERDICT, Measure.JUDGED)
FRESH = timedelta(seconds=60)  # for which the count of a day that is not over is used again
LOOK_BACK = timedelta(minutes=5)  # a judgement may be stored a little after the time it bears


def bounds(day: date) -> tuple[datetime, datetime]:
    """When a day of the practice begins, and the next one."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return begin, end


def bucket(confidence: float) -> str:
    """The bucket of a confidence, by where it begins: `0.85`; 1 is in the last."""
    number = min(int(confidence * BUCKETS + 1e-9), BUCKETS - 1)
    return f"{number / BUCKETS:.2f}"


def count_turns(day: date) -> Counts:
    """What visitors asked on this day and what came of it, judgements apart."""
    begin, end = bounds(day)
    turns = Turn.objects.filter(asked_at__gte=begin, asked_at__lt=end, number__gt=0)
    turns = turns.exclude(outcome=Turn.Outcome.WAITING).order_by()
    found: Counts = defaultdict(Counter)
    groups = turns.values_list("kind", "outcome", "intent", "topics").annotate(
        aggregates.Count("id")
    )
    for kind, outcome, intent, topics, count in groups:
        found[Measure.QUESTIONS][""] += count
        found[Measure.KIND][kind] += count
        found[Measure.OUTCOME][outcome] += count
        found[Measure.TOPIC].update(dict.fromkeys(topics, count))
        if intent:
            found[Measure.INTENT][intent] += count
    if found:
        conversations = turns.aggregate(n=aggregates.Count("conversation", distinct=True))["n"]
        found[Measure.CONVERSATIONS][""] = conversations
        for measure, ranges in _ranges(begin, end).items():
            # Counted by the database: a row fetched for each turn takes five times as long.
            counts = turns.aggregate(
                **{f"n{i}": aggregates.Count("id", filter=q) for i, q in enumerate(ranges.values())}
            )
            for i, value in enumerate(ranges):
                found[measure][value] += counts[f"n{i}"]
    return found


def _ranges(begin: datetime, end: datetime) -> dict[Measure, dict[str, Q]]:
    """The buckets of a day, and what turns lie in each."""
    understood = ~Q(intent="")
    confidence = {
        f"{n / BUCKETS:.2f}": understood & Q(confidence__gte=n / BUCKETS)
        & (Q(confidence__lt=(n + 1) / BUCKETS) if n < BUCKETS - 1 else Q())
        for n in range(BUCKETS)
    }  # fmt: skip
    lower = (-1, *LATENCIES)
    latency = {
        str(last): Q(latency_ms__gt=first, latency_ms__lte=last) for first, last in pairwise(lower)
    } | {MORE: Q(latency_ms__gt=LATENCIES[-1])}
    zone, hours, at = timezone.get_current_timezone(), dict[str, Q](), begin.astimezone(UTC)
    while at < end:  # a day has 23 or 25 hours when clocks change
        following = at + timedelta(hours=1)
        local = at.astimezone(zone)
        hour = str(local.weekday() * 24 + local.hour)
        within = Q(asked_at__gte=at, asked_at__lt=following)
        hours[hour] = hours[hour] | within if hour in hours else within
        at = following
    return {Measure.CONFIDENCE: confidence, Measure.LATENCY: latency, Measure.HOUR: hours}


def count_judgements(day: date) -> Counts:
    """What visitors and reviewers said of the turns of this day."""
    begin, end = bounds(day)
    found: Counts = defaultdict(Counter)
    within = {"turn__asked_at__gte": begin, "turn__asked_at__lt": end}
    for helpful in Feedback.objects.filter(**within).values_list("helpful", flat=True):
        found[Measure.FEEDBACK]["up" if helpful else "down"] += 1
    reviews = Review.objects.filter(**within)
    for verdict, kind, confidence in reviews.values_list(
        "verdict", "turn__kind", "turn__confidence"
    ):
        found[Measure.VERDICT][verdict] += 1
        found[Measure.JUDGED][f"{bucket(confidence)} {kind} {verdict}"] += 1
    return found


def count_day(day: date) -> None:
    """Counts a day and keeps it; what was counted of it before is replaced."""
    _keep(day, count_turns(day) | count_judgements(day), Measure)


def keep_up(seconds: float | None = None) -> int:
    """Counts the days that are over and not counted, and those judged since; gives how many remain.

    `seconds`: for so long at most; without it, until nothing remains.
    """
    start, begun = timezone.now(), clock.monotonic()
    todo = [(day, False) for day in missing_days()] + [(day, True) for day in judged_days()]
    for number, (day, is_counted) in enumerate(todo):
        if seconds is not None and clock.monotonic() - begun > seconds:
            return len(todo) - number
        if is_counted:
            _keep(day, count_judgements(day), JUDGEMENTS)
        else:
            count_day(day)
    if todo:
        Day.objects.filter(is_complete=True).update(counted_at=start)
    return 0


def refresh_today() -> None:
    """Counts today so far, unless that was done a moment ago."""
    today = timezone.localdate()
    known = Day.objects.filter(day=today).first()
    if known is None or timezone.now() - known.counted_at > FRESH:
        count_day(today)


def missing_days() -> list[date]:
    """Days that are over and were not counted after their end, the newest first."""
    first = Turn.objects.filter(number__gt=0).order_by("asked_at").first()
    if first is None:
        return []
    day, missing = timezone.localdate(first.asked_at), []
    counted = set(Day.objects.filter(is_complete=True).values_list("day", flat=True))
    while day < timezone.localdate():
        if day not in counted:
            missing.append(day)
        day += timedelta(days=1)
    return missing[::-1]


def judged_days() -> list[date]:
    """Counted days of which a turn was judged, or a judgement undone, since they were counted."""
    complete = Day.objects.filter(is_complete=True)
    since = complete.aggregate(since=Min("counted_at"))["since"]
    if since is None:
        return []
    since -= LOOK_BACK
    changed = Change.objects.exclude(turn=None).filter(Q(at__gte=since) | Q(undone_at__gte=since))
    times: set[datetime] = set(changed.values_list("turn__asked_at", flat=True))
    for judgements in (
        Review.objects.filter(at__gte=since),
        Feedback.objects.filter(at__gte=since),
    ):
        times |= set(judgements.values_list("turn__asked_at", flat=True))
    days = {timezone.localdate(at) for at in times}
    return sorted(days & set(complete.values_list("day", flat=True)), reverse=True)


def _keep(day: date, counts: Counts, measures: Iterable[Measure]) -> None:
    now = timezone.now()
    rows = [
        Count(day_id=day, measure=measure, value=value[:64], count=count)
        for measure, values in counts.items()
        for value, count in values.items()
        if count
    ]
    with transaction.atomic():
        Day.objects.bulk_create([Day(day=day, counted_at=now)], ignore_conflicts=True)
        # Two processes may count the same day: the second waits here, and counts the same.
        kept = Day.objects.select_for_update().get(day=day)
        Count.objects.filter(day=kept, measure__in=list(measures)).delete()
        Count.objects.bulk_create(rows, batch_size=500)
        kept.counted_at = now
        kept.is_complete = now >= bounds(day)[1]
        kept.save()
