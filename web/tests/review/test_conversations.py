"""The list: each filter, alone and with others, and its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Action, Entry
from chat import facets
from chat.models import Conversation, Facet, Feedback
from people.models import Account
from people.roles import Role
from review import conversations
from review.conversations import Place, neighbour, page_of
from review.filters import FilterForm, read_filter
from review.models import SavedFilter
from tests.conftest import make_account
from tests.review.talks import Said, make_talk

Staff = Callable[..., Client]
LIST = "/staff/conversations"


def _find(query: str, reader: Account | None = None) -> list[str]:
    who = reader or Account.objects.first() or make_account("reader", Role.VIEWER)
    sought = read_filter(FilterForm(QueryDict(query)), who)
    return [found.reference for found in page_of(sought).conversations]


@pytest.fixture
def talks(db: None) -> dict[str, Conversation]:
    """Four conversations that differ in everything one can filter by; `old` is the oldest."""
    rita = make_account("rita", Role.REVIEWER)
    made = {
        "old": make_talk(
            "NET-AAAA-AAA3",
            Said("What is staging?", "staging", 0.95, latency_ms=20),
            at=timezone.now() - timedelta(days=20),
        ),
        "diet": make_talk(
            "NET-CCCC-CCC4",
            Said("What may I eat with carcinoid?", "not_covered", 0.7, kind="not_covered"),
            Said("and the stages?", "staging", 0.4, latency_ms=900),
            at=timezone.now() - timedelta(days=5),
        ),
        "alarm": make_talk(
            "NET-DDDD-DDD6",
            Said("I cannot breathe", "emergency", 0.99, kind="emergency", latency_ms=21),
            at=timezone.now() - timedelta(days=2),
        ),
        "failed": make_talk(
            "NET-FFFF-FFF7",
            Said("hello", "", 0.0, kind="error", outcome="timeout"),
            at=timezone.now() - timedelta(hours=1),
        ),
    }
    Feedback.objects.create(turn=made["diet"].turns.get(number=1), helpful=False)
    facets.write_feedback(made["diet"])
    facets.put(made["alarm"], Facet.Field.TAG, ["call back"])
    facets.put(made["old"], Facet.Field.VERDICT, ["right"])
    facets.put(made["diet"], Facet.Field.VERDICT, ["right", "should_decline", "unsafe"])
    Conversation.objects.filter(pk=made["alarm"].pk).update(
        flagged=True, assignee=rita, status="done"
    )
    make_talk("NET-GGGG-GGG9", at=timezone.now())  # opened, and nothing said
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["failed", "alarm", "diet", "old"]),
        ("kind=emergency", ["alarm"]),
        ("kind=answer", ["diet", "old"]),
        ("topic=staging", ["diet", "old"]),
        ("intent=not_covered", ["diet"]),
        ("feedback=down", ["diet"]),
        ("feedback=up", []),
        ("failure=timeout", ["failed"]),
        ("tag=call back", ["alarm"]),
        ("tag=nothing", []),
        ("flag=yes", ["alarm"]),
        ("flag=no", ["failed", "diet", "old"]),
        ("status=done", ["alarm"]),
        ("status=not_done", ["failed", "diet", "old"]),
        ("retention=due", []),
        ("assignee=rita", ["alarm"]),
        ("assignee=me", ["alarm"]),
        ("assignee=nobody", ["failed", "diet", "old"]),
        ("low=41&high=98", ["old"]),
        ("high=40", ["diet"]),
        ("shortest=2", ["diet"]),
        ("longest=1", ["failed", "alarm", "old"]),
        ("code=net ffff fff7", ["failed"]),
        ("code=CCCCCCC4", ["diet"]),
        ("words=stages", ["diet", "old"]),
        ('words="may I eat"', ["diet"]),
        ("words=unheard", []),
        ("words=!!!", []),
        ("words=stage&kind=not_covered", ["diet"]),
        ("words=stage&high=40&feedback=down&topic=staging", ["diet"]),
        ("kind=answer&topic=staging&longest=1", ["old"]),
        ("kind=answer&kind=emergency", ["alarm"]),  # the last one counts
        ("kind=emergency&topic=staging", []),
        ("kind=declined", ["diet"]),
        ("kind=safety", ["alarm"]),
        ("kind=declined&topic=staging", ["diet"]),
        ("kind=declined&failure=any", []),
        ("failure=any", ["failed"]),
        ("verdict=any", ["diet", "old"]),
        ("verdict=wrong", ["diet"]),
        ("verdict=right", ["diet", "old"]),
        ("low=41&high=98&shortest=1&longest=1", ["old"]),
        ("high=40&kind=emergency", []),
        ("shortest=2&words=stage", ["diet"]),
        ("quickest=21", ["alarm", "diet"]),
        ("slowest=20", ["old"]),
        ("quickest=20&slowest=21", ["alarm", "old"]),
        ("quickest=901", []),
        ("quickest=21&kind=emergency", ["alarm"]),
        ("quickest=21&words=stage&high=40&shortest=2", ["diet"]),
        ("quickest=30&kind=emergency", []),
    ],
)
@pytest.mark.parametrize("few", [2_000, 0])
def test_a_filter_finds_what_fits_newest_first(
    talks: dict[str, Conversation], query: str, found: list[str], few: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr(conversations, "FEW", few)  # rare and frequent go different ways
    rita = Account.objects.get(username="rita")
    assert _find(query, rita) == [talks[name].reference for name in found]


@pytest.mark.parametrize(
    ("retention", "found"),
    [("due", ["cleared", "old"]), ("cleared", ["cleared"]), ("held", ["held"])],
)
def test_what_the_next_purge_takes_or_leaves_is_found(
    db: None, settings: Any, retention: str, found: list[str]
) -> None:
    settings.KEPT_DAYS = 30
    for reference, days in {"young": 29, "cleared": 2, "kept": 3, "old": 31, "held": 32}.items():
        make_talk(reference, at=timezone.now() - timedelta(days=days))  # also if nothing was said
    Conversation.objects.filter(reference="cleared").update(cleared_at=timezone.now())
    Conversation.objects.filter(reference="held").update(held=True)
    Conversation.objects.filter(reference="kept").update(held=True, cleared_at=timezone.now())
    assert _find(f"retention={retention}") == found


def test_active_between_two_days_is_begun_before_the_end_and_last_active_after_the_beginning(
    talks: dict[str, Conversation],
) -> None:
    begun = timezone.localtime(talks["diet"].started_at).date()
    last = timezone.localtime(talks["alarm"].last_at).date()
    assert _find(f"since={begun}&until={last}") == [
        talks["alarm"].reference,
        talks["diet"].reference,
    ]
    assert _find(f"until={begun - timedelta(days=1)}") == [talks["old"].reference]
    assert _find(f"since={begun}&kind=answer") == [talks["diet"].reference]


@pytest.mark.parametrize("few", [2_000, 0])
def test_an_hour_of_the_week_finds_what_was_asked_in_it(
    db: None, few: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr(conversations, "FEW", few)
    here = timezone.get_current_timezone()
    for reference, at in {
        "NET-AAAA-AAA3": datetime(2026, 10, 30, 20, 0, tzinfo=here),  # the Friday before
        "NET-CCCC-CCC4": datetime(2026, 11, 6, 20, 59, tzinfo=here),
        "NET-DDDD-DDD6": datetime(2026, 11, 6, 21, 1, tzinfo=here),  # begun at 21:00
        "NET-FFFF-FFF7": datetime(2026, 11, 7, 20, 30, tzinfo=here),
        "NET-GGGG-GGG9": datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=here),  # clocks went back
    }.items():
        make_talk(reference, Said("What is staging?"), at=at)
    days = "since=2026-10-01&until=2026-11-30"
    assert _find(f"{days}&hour=116") == ["NET-CCCC-CCC4", "NET-AAAA-AAA3"]
    assert _find(f"{days}&hour=116&kind=answer&high=95") == ["NET-CCCC-CCC4", "NET-AAAA-AAA3"]
    assert _find("since=2026-11-01&until=2026-11-30&hour=116") == ["NET-CCCC-CCC4"]
    assert _find(f"{days}&hour=117") == ["NET-DDDD-DDD6"]
    assert _find(f"{days}&hour=145") == ["NET-GGGG-GGG9"]
    assert _find(f"{days}&hour=116&kind=crisis") == []


def test_an_hour_without_days_is_one_of_those_that_are_kept(db: None, settings: Any) -> None:
    now = timezone.localtime()
    hour = now.weekday() * 24 + now.hour
    make_talk("NET-AAAA-AAA3", Said("What is staging?"), at=now)
    assert _find(f"hour={hour}") == ["NET-AAAA-AAA3"]
    assert _find(f"hour={(hour + 30) % 168}") == []


def test_an_hour_is_shown_with_its_name_and_only_when_it_was_asked_for(staff: Staff) -> None:
    client = staff(Role.VIEWER)
    page = client.get(LIST, {"hour": "116"}).content.decode()
    assert '<option value="116" selected>Fri, 20 h</option>' in page
    assert 'name="hour"' not in client.get(LIST).content.decode()
    assert client.get(LIST, {"hour": "168"}).status_code == 400


def test_where_nothing_was_said_is_found_by_its_code_only(talks: dict[str, Conversation]) -> None:
    assert "NET-GGGG-GGG9" not in _find("")
    assert _find("code=NET-GGGG-GGG9") == ["NET-GGGG-GGG9"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=answer",
        "words=staging",
        "kind=answer&words=staging",
        "kind=declined",
        "kind=declined&words=staging",
        "high=95",
    ],
)
@pytest.mark.parametrize("few", [2_000, 0])
def test_pages_lead_through_all_and_back(db: None, query: str, few: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(conversations, "SIZE", 3)
    monkeypatch.setattr(conversations, "FEW", few)
    same = timezone.now()
    for number in range(8):  # two and two at the same moment
        at = same - timedelta(minutes=number // 2)
        # Declined in two ways, which must not make two of one conversation.
        declines = [Said("x", "x", 0.9, kind) for kind in ("not_covered", "medical_advice")]
        make_talk(f"NET-HHHH-HHH{number}", Said("staging", "staging", 0.9), *declines, at=at)
    sought = read_filter(FilterForm(QueryDict(query)), make_account("reader", Role.VIEWER))
    everything = list(
        Conversation.objects.order_by("-last_at", "-id").values_list("reference", flat=True)
    )
    seen, page = [], page_of(sought)
    assert page.newer is None
    seen += [found.reference for found in page.conversations]
    while page.older:
        page = page_of(sought, before=page.older)
        seen += [found.reference for found in page.conversations]
    assert seen == everything
    back = page_of(sought, after=page.newer)
    assert [found.reference for found in back.conversations] == everything[3:6]
    place = Place.of(Conversation.objects.get(reference=everything[4]))
    older, newer = (neighbour(sought, place, newer=newer) for newer in (False, True))
    assert older is not None
    assert newer is not None
    assert (older.reference, newer.reference) == (everything[5], everything[3])


@pytest.mark.parametrize("written", ["", "x", "1-", "-1", "1-2-3", f"{9**40}-1", "\u0661-\u0662"])
def test_a_damaged_place_is_the_beginning(written: str, staff: Staff) -> None:
    assert Place.read(written) is None
    assert staff(Role.VIEWER).get(LIST, {"before": written}).status_code == 200


def test_the_page_shows_them_and_the_access_log_who_looked(
    talks: dict[str, Conversation], staff: Staff
) -> None:
    client = staff(Role.VIEWER)
    page = client.get(LIST, {"kind": "emergency"}).content.decode()
    assert "NET-DDDD-DDD6?kind=emergency" in page
    assert "Flagged" in page
    client.get(LIST, {"words": "eat 757-555-0142"})
    listed, searched = Entry.objects.filter(account="viewer").order_by("number")
    assert (listed.action, listed.details["count"]) == (Action.LISTED, 1)
    assert searched.action == Action.SEARCHED
    assert "0142" not in searched.detail


@pytest.mark.parametrize(
    "query", ["since=yesterday", "low=200", "low=50&high=10", "kind=nonsense", "shortest=-1"]
)
def test_a_filter_that_makes_no_sense_says_so(query: str, staff: Staff) -> None:
    answer = staff(Role.VIEWER).get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert "Please look again" in answer.content.decode()


def test_the_list_asks_no_query_for_each_row(
    talks: dict[str, Conversation], staff: Staff, django_assert_max_num_queries: Any
) -> None:
    client = staff(Role.VIEWER)
    for number in range(30):
        make_talk(f"NET-JJJJ-JJ{number:02}", Said("staging", "staging", 0.9), at=timezone.now())
    with django_assert_max_num_queries(24):
        client.get(LIST)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only there plans are chosen")
def test_a_page_is_looked_up_row_by_row_and_nothing_after_it(talks: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert _find("kind=emergency&flag=yes") == [talks["alarm"].reference]
    sent = [each["sql"] for each in asked]
    begin, end = (
        next(n for n, sql in enumerate(sent) if f"enable_hashjoin TO {value}" in sql)
        for value in ("off", "DEFAULT")
    )
    assert any('"chat_facet"' in sql and "LIMIT 51" in sql for sql in sent[begin:end])
    with connection.cursor() as cursor:
        for name, value in (("enable_hashjoin", "on"), ("max_parallel_workers_per_gather", "2")):
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (value,)


def test_more_filters_are_open_only_when_one_of_them_is_set(db: None, staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    for path in (LIST, "/staff/records/exports"):
        for query, is_open in (
            ("kind=emergency&words=diet&since=2026-05-01", False),
            ("kind=emergency&topic=staging", True),
            ("flag=yes", True),
            ("since=2026-05-02&until=2026-05-01", True),
        ):
            page = client.get(f"{path}?{query}").content.decode()
            assert ("<details open><summary>More filters" in page) == is_open, query


def test_a_filter_is_kept_shown_shared_and_removed(staff: Staff) -> None:
    viewer, reviewer = staff(Role.VIEWER), staff(Role.REVIEWER)
    kept = {"query": "kind=emergency&before=1-1", "name": "Alarms", "shared": "on"}
    assert viewer.post(f"{LIST}/filters", kept)["Location"] == f"{LIST}?kind=emergency"
    found = SavedFilter.objects.get()
    assert (found.query, found.shared) == ("kind=emergency", True)
    assert "Alarms" in reviewer.get(LIST).content.decode()
    reviewer.post(f"{LIST}/filters/{found.pk}/remove")  # not hers
    viewer.post(f"{LIST}/filters", kept | {"query": "kind=crisis"})
    assert SavedFilter.objects.get().query == "kind=crisis"
    viewer.post(f"{LIST}/filters/{found.pk}/remove")
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("given", [{"query": "", "name": "All"}, {"query": "kind=crisis"}])
def test_an_empty_filter_or_name_is_not_kept(given: dict[str, str], staff: Staff) -> None:
    staff(Role.VIEWER).post(f"{LIST}/filters", given)
    assert not SavedFilter.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another plan for so few rows")
def test_a_latency_is_looked_up_in_its_index_alone(
    talks: dict[str, Conversation],
) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert _find("quickest=900") == [talks["diet"].reference]
    (query,) = (each["sql"] for each in asked if '"latency_ms" >=' in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        assert "turn_latency" in str(cursor.fetchall())
