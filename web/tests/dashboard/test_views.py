from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from audit.models import Action, Entry
from chat import facets
from chat.models import Facet, Feedback
from chat.reply import KINDS
from dashboard.counting import count_day
from dashboard.figures import SHARES, read_figures
from people.roles import Role
from review.models import Review
from tests.learning.conftest import Ask, ask, judge
from tests.review.talks import Said, make_talk

__all__ = ["ask"]
Staff = Callable[..., Client]
URL = "/staff/dashboard/"


def test_the_figures_of_yesterday_and_today_are_shown(staff: Staff, ask: Ask) -> None:
    turn = ask("a", kind="answer", intent="types", topics=["types"], days_ago=1, latency_ms=25)
    ask("b", days_ago=0, latency_ms=25)
    ask("c", kind="emergency", days_ago=0)
    Feedback.objects.create(turn=turn, helpful=True)
    judge(turn, Review.Verdict.WRONG_PASSAGE)
    page = staff(Role.VIEWER).get(URL).content.decode()
    for said in ("3 questions; at most 2", "33.3% answered", "half answered within 30 ms"):
        assert said in page
    assert "Of 1 reviewed answers 100.0% were wrong." in page
    assert page.count('role="img"') >= 8
    (entry,) = Entry.objects.filter(action=Action.LISTED)
    today = timezone.localdate()
    assert json.loads(entry.detail) == {
        "page": "dashboard",
        "since": str(today - timedelta(days=29)),
        "until": str(today),
    }


def test_an_empty_dashboard_says_so(staff: Staff) -> None:
    assert "Nothing was asked in these days" in staff(Role.VIEWER).get(URL).content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2026-05-02&until=2026-05-01", "after the last day"),
        ("since=2020-01-01&until=2026-05-01", "At most 366 days"),
        ("since=x", "valid date"),
        ("since=0001-01-01&until=0001-01-01", ""),
        ("until=9999-12-31", ""),
        ("since=9999-12-31", "after the last day"),
    ],
)
def test_wrong_days_are_told_and_the_usual_shown(
    staff: Staff, ask: Ask, query: str, said: str
) -> None:
    ask("x", days_ago=0)
    answer = staff(Role.VIEWER).get(f"{URL}?{query}")
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_days_still_to_count_are_named(
    staff: Staff, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.views.PATIENCE", 0)
    ask("x", days_ago=3)
    assert "3 days still to be counted" in staff(Role.VIEWER).get(URL).content.decode()


def test_a_count_leads_to_its_conversations_for_those_who_may_read_them(
    staff: Staff, ask: Ask
) -> None:
    ask("x", kind="emergency", days_ago=0)
    today = timezone.localdate()
    link = f"?since={today - timedelta(days=29)}&amp;until={today}&amp;kind=emergency"
    assert link in staff(Role.VIEWER).get(URL).content.decode()
    assert link not in staff(Role.ADMINISTRATOR).get(URL).content.decode()


def _links(page: str) -> list[tuple[str, int]]:
    """Every count that leads somewhere: its address, and the count; shares are no counts."""
    found = re.findall(r'<a href="([^"]*conversations[^"]*)">([\d,]+)(?: \([^)]*\))?</a>', page)
    return [(html.unescape(url), int(count.replace(",", ""))) for url, count in found]


def test_every_count_leads_to_its_conversations(staff: Staff, ask: Ask) -> None:
    kinds = [kind for kind in KINDS if kind != "error"]
    for number, kind in enumerate(kinds):
        begun = make_talk(
            f"NET-AAAA-AA{number:02}",
            Said("staging?", "staging", 0.3, kind, latency_ms=10 * number),
            at=timezone.now(),
        )
        turn = begun.turns.get(number=1)
        review = judge(turn, Review.Verdict.UNSAFE)
        facets.put(begun, Facet.Field.VERDICT, [review.verdict])
    failed = Said("hello", "", 0, "error", "timeout", 4_001)
    make_talk("NET-BBBB-BBBB", failed, at=timezone.now())
    client = staff(Role.VIEWER)
    page = client.get(URL).content.decode()
    links = _links(page)
    assert {"hour", "kind", "verdict", "failure", "high", "topic", "quickest", "slowest"} <= {
        name for url, _ in links for name in QueryDict(url.partition("?")[2])
    }
    for url, count in links:
        found = client.get(url).content.decode().count("<tr>") - 1
        assert found == count, url
    unlinked = re.findall(r'<td class="number">([1-9][\d,]*)</td>', page)
    assert unlinked == []
    for card in ("Declined", "Failed", "Questions"):
        assert re.search(rf'<h2>{card}</h2><p class="figure"><a href="[^"]+">', page), card


def test_every_kind_of_reply_has_a_share() -> None:
    assert sorted(kind for _, kinds in SHARES.values() for kind in kinds) == sorted(KINDS)


def test_percentiles_are_those_of_their_bucket(ask: Ask, db: None) -> None:
    for latency in (5, 15, 15, 9_999):
        ask("x", days_ago=0, latency_ms=latency)
    today = timezone.localdate()
    count_day(today)
    figures = read_figures(today, today)
    assert [figures.latency(p) for p in (0.1, 0.5, 0.75, 0.95)] == [
        "10 ms",
        "20 ms",
        "20 ms",
        "over 4,000 ms",
    ]
    empty = read_figures(today - timedelta(days=9), today - timedelta(days=9))
    assert (empty.latency(0.5), empty.questions) == ("-", 0)
