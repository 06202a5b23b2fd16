from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from chat.models import Conversation, Feedback, Turn
from dashboard import counting
from dashboard.counting import Measure, bucket, count_day, judged_days, keep_up, missing_days
from dashboard.models import Count, Day
from review.models import Change, Review
from tests.learning.conftest import Ask, ask, judge

__all__ = ["ask"]
ZONE = ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def _new_york(settings: Any) -> Iterator[None]:
    settings.TIME_ZONE = "America/New_York"
    with timezone.override(ZONE):
        yield


def at(turn: Turn, *when: int) -> Turn:
    """The turn, asked at this local time."""
    Turn.objects.filter(pk=turn.pk).update(asked_at=datetime(*when, tzinfo=ZONE))  # type: ignore[misc]
    return turn


def counts(day: date, measure: str) -> dict[str, int]:
    return dict(Count.objects.filter(day=day, measure=measure).values_list("value", "count"))


def test_a_day_is_counted_in_the_time_of_the_practice(ask: Ask) -> None:
    day = date(2026, 3, 2)  # a Monday
    first = ask("one", kind="answer", intent="types", topics=["types", "symptoms"], latency_ms=20)
    at(first, 2026, 3, 2, 0, 0)
    second = ask("two", conversation=first.conversation, latency_ms=21)
    at(second, 2026, 3, 2, 23, 59)
    failed = ask("three", kind="error", intent="", latency_ms=4001)
    at(failed, 2026, 3, 2, 8, 30)
    Turn.objects.filter(pk=failed.pk).update(outcome=Turn.Outcome.TIMEOUT)
    Turn.objects.filter(pk=first.pk).update(confidence=1.0)
    at(ask("before"), 2026, 3, 1, 23, 59)
    at(ask("after"), 2026, 3, 3, 0, 0)
    Turn.objects.filter(pk=at(ask("waits"), 2026, 3, 2, 9).pk).update(outcome="waiting")
    Turn.objects.filter(pk=at(ask("greeting"), 2026, 3, 2, 9).pk).update(number=0)
    Feedback.objects.create(turn=first, helpful=True)
    judge(first, Review.Verdict.WRONG_PASSAGE)
    count_day(day)
    assert counts(day, Measure.CONVERSATIONS) == {"": 2}
    assert counts(day, Measure.QUESTIONS) == {"": 3}
    assert counts(day, Measure.KIND) == {"answer": 1, "not_covered": 1, "error": 1}
    assert counts(day, Measure.TOPIC) == {"types": 1, "symptoms": 1}
    assert counts(day, Measure.INTENT) == {"types": 1, "not_covered": 1}
    assert counts(day, Measure.OUTCOME) == {"answered": 2, "timeout": 1}
    assert counts(day, Measure.CONFIDENCE) == {"0.95": 1, "0.50": 1}
    assert counts(day, Measure.LATENCY) == {"20": 1, "30": 1, "more": 1}
    assert counts(day, Measure.HOUR) == {"0": 1, "8": 1, "23": 1}
    assert counts(day, Measure.FEEDBACK) == {"up": 1}
    assert counts(day, Measure.VERDICT) == {"wrong_passage": 1}
    assert counts(day, Measure.JUDGED) == {"0.95 answer wrong_passage": 1}
    assert Day.objects.get(day=day).is_complete


def test_days_on_which_clocks_change_are_whole(ask: Ask) -> None:
    for month, dom in ((3, 8), (11, 1)):
        begin, end = counting.bounds(date(2026, month, dom))
        moment = begin
        while moment < end:
            turn = ask("hour")
            Turn.objects.filter(pk=turn.pk).update(asked_at=moment.astimezone(ZoneInfo("UTC")))
            moment = (moment.astimezone(ZoneInfo("UTC")) + timedelta(minutes=30)).astimezone(ZONE)
        count_day(date(2026, month, dom))
    spring, autumn = counts(date(2026, 3, 8), "hour"), counts(date(2026, 11, 1), "hour")
    assert (sum(spring.values()), len(spring)) == (46, 23)
    assert (sum(autumn.values()), len(autumn), autumn["145"]) == (50, 24, 4)


@pytest.mark.parametrize(
    ("confidence", "name"),
    [(0, "0.00"), (0.049, "0.00"), (0.15, "0.15"), (0.3, "0.30"), (0.7, "0.70"), (1, "0.95")],
)
def test_a_confidence_lies_in_the_bucket_it_begins(confidence: float, name: str) -> None:
    assert bucket(confidence) == name


def test_buckets_of_the_database_are_those_of_python(ask: Ask) -> None:
    for n in range(41):
        turn = at(ask("x", intent="types"), 2026, 3, 2, 9)
        Turn.objects.filter(pk=turn.pk).update(confidence=n / 40)
    count_day(date(2026, 3, 2))
    expected: dict[str, int] = {}
    for n in range(41):
        expected[bucket(n / 40)] = expected.get(bucket(n / 40), 0) + 1
    assert counts(date(2026, 3, 2), "confidence") == expected


def test_days_that_are_over_are_counted_once_and_outlive_their_turns(ask: Ask) -> None:
    for days_ago in (0, 1, 3):
        ask("x", days_ago=days_ago)
    assert len(missing_days()) == 3
    assert keep_up() == 0
    today = timezone.localdate()
    assert counts(today - timedelta(days=3), "questions") == {"": 1}
    assert Day.objects.filter(is_complete=True).count() == 3
    Conversation.objects.all().delete()
    assert keep_up() == 0
    assert counts(today - timedelta(days=3), "questions") == {"": 1}


def test_what_was_judged_later_is_counted_again(ask: Ask) -> None:
    turn = ask("x", kind="answer", days_ago=5)
    other = ask("y", days_ago=5)
    keep_up()
    long_ago = timezone.now() - timedelta(hours=1)
    Day.objects.update(counted_at=long_ago)
    assert judged_days() == []
    review = judge(turn, Review.Verdict.UNSAFE)
    day = timezone.localdate() - timedelta(days=5)
    assert judged_days() == [day]
    keep_up()
    assert counts(day, "verdict") == {"unsafe": 1}
    assert counts(day, "questions") == {"": 2}
    # Undone: no review is left, but the change says so.
    Day.objects.update(counted_at=timezone.now() + timedelta(hours=1))
    assert judged_days() == []
    Day.objects.update(counted_at=timezone.now() - timedelta(minutes=1))
    author = review.author
    review.delete()
    Change.objects.create(
        conversation=turn.conversation, turn=turn, author=author, undone_at=timezone.now()
    )
    Feedback.objects.create(turn=other, helpful=False)
    keep_up()
    assert counts(day, "verdict") == {}
    assert counts(day, "feedback") == {"down": 1}


def test_a_look_counts_no_longer_than_it_may(ask: Ask) -> None:
    ask("x", days_ago=4)
    assert keep_up(0) == 4
    assert keep_up(60) == 0


def test_today_is_counted_again_after_a_minute(ask: Ask) -> None:
    today = timezone.localdate()
    ask("x", days_ago=0)
    counting.refresh_today()
    ask("y", days_ago=0)
    counting.refresh_today()
    assert counts(today, "questions") == {"": 1}
    Day.objects.update(counted_at=timezone.now() - timedelta(minutes=2))
    counting.refresh_today()
    assert counts(today, "questions") == {"": 2}
    assert not Day.objects.get(day=today).is_complete


def test_the_command_says_what_it_did(ask: Ask) -> None:
    ask("x", days_ago=2)
    said = StringIO()
    call_command("count_days", stdout=said)
    assert "(2 of 2)" in said.getvalue()
    assert "2 days counted" in said.getvalue()
    day = timezone.localdate() - timedelta(days=2)
    Conversation.objects.all().delete()
    call_command("count_days", "--again", str(day), stdout=said)
    assert counts(day, "questions") == {}
