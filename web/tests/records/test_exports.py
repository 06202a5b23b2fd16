"""Conversations that are taken away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Action, Entry
from chat.models import Conversation, Turn
from people.roles import Role
from records import exports
from review.models import Review
from tests.conftest import Chat, make_account

Staff = Callable[..., Client]
FILE = "/staff/records/exports/file"


@pytest.fixture
def talks(chat: Chat) -> list[str]:
    """Two conversations; the first has a formula, a comma, feedback and a review."""
    message = chat.reply('=HYPERLINK("http://x"), what is "staging"?')["id"]
    body = {"session": chat.session, "message": message, "helpful": False, "comment": "+1 no"}
    chat.post("chat/feedback", body)
    turn = Turn.objects.get(number=1)
    author = make_account("rita", Role.REVIEWER)
    Review.objects.create(
        turn=turn, verdict="wrong_passage", right_passage="staging-what", author=author, note="n!"
    )
    chat.begin()
    chat.reply("call me at 757-555-0123")
    return list(Conversation.objects.order_by("pk").values_list("reference", flat=True))


@pytest.fixture
def reviewer(staff: Staff) -> Client:
    """Somebody who may export."""
    return staff(Role.REVIEWER)


def _text(answer: Any) -> str:
    return b"".join(answer).decode("utf-8-sig")


def _rows(client: Client, **given: str) -> list[dict[str, str]]:
    text = _text(client.get(FILE, {"format": "csv"} | given))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_has_a_row_for_each_turn_and_no_formula(talks: list[str], reviewer: Client) -> None:
    rows = _rows(reviewer)
    assert [(row["reference"], row["turn"]) for row in rows] == [
        (talks[0], "0"),
        (talks[0], "1"),
        (talks[1], "0"),
        (talks[1], "1"),
    ]
    asked = rows[1]
    assert asked["visitor"] == '\'=HYPERLINK("http://x"), what is "staging"?'
    assert (asked["feedback"], asked["comment"]) == ("down", "'+1 no")
    assert (asked["verdict"], asked["right_passage"]) == ("wrong_passage", "staging-what")
    assert (asked["kind"], asked["topics"], asked["confidence"]) == ("answer", "staging", "0.9")
    assert rows[3]["visitor"] == "call me at [phone]"


def test_the_count_leads_to_the_same_conversations(talks: list[str], reviewer: Client) -> None:
    for query, count in (("format=csv", 2), ("words=staging&kind=&feedback=down&format=jsonl", 1)):
        page = reviewer.get(f"/staff/records/exports?{query}").content.decode()
        assert f"{count} conversation" in page
        (link,) = re.findall(r'href="(/staff/conversations\?[^"]*)"', page)
        shown = reviewer.get(link.replace("&amp;", "&"))
        assert shown.status_code == 200
        assert shown.content.decode().count('<th scope="row"') == count


def test_an_hour_is_offered_only_when_the_list_led_here_with_one(reviewer: Client) -> None:
    assert 'name="hour"' not in reviewer.get("/staff/records/exports").content.decode()
    assert 'name="hour"' in reviewer.get("/staff/records/exports?hour=3").content.decode()


def test_json_lines_has_an_object_for_each_conversation(talks: list[str], reviewer: Client) -> None:
    text = _text(reviewer.get(FILE, {"format": "jsonl"}))
    found = [json.loads(line) for line in text.splitlines()]
    assert [one["reference"] for one in found] == talks
    turn = found[0]["turns"][1]
    assert turn["visitor"].startswith("=HYPERLINK")
    assert turn["feedback"] == {"helpful": False, "comment": "+1 no"}
    assert turn["review"]["verdict"] == "wrong_passage"
    assert found[1]["turns"][1]["review"] is None
    assert "n!" not in text


def test_the_log_names_each_conversation_when_its_part_is_sent(
    talks: list[str], reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PART", 1)
    answer = reviewer.get(FILE, {"format": "jsonl"})
    exported = Entry.objects.filter(action=Action.EXPORTED)
    sent = iter(answer)  # type: ignore[call-overload]
    next(sent)
    assert [entry.reference for entry in exported] == talks[:1]
    next(sent)
    assert [entry.reference for entry in exported.all()] == talks
    assert exported[0].account == "reviewer"


def test_many_in_one_part_are_named_in_one_entry(talks: list[str], reviewer: Client) -> None:
    _rows(reviewer, feedback="")
    entry = Entry.objects.get(action=Action.EXPORTED)
    assert entry.details == {"what": "conversations", "format": "csv", "references": talks}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"feedback": "down"}, [0]),
        ({"feedback": "up"}, []),
        ({"kind": "answer"}, [0, 1]),
        ({"kind": "answer", "feedback": "down", "topic": "staging"}, [0]),
        ({"topic": "surgery"}, []),
        ({"status": "open"}, [0, 1]),
        ({"flag": "yes"}, [1]),
        ({"words": "hyperlink"}, [0]),
        ({"words": "nobody said this"}, []),
        ({"high": "10"}, []),
        ({"flag": "no"}, [0]),
    ],
)
def test_what_is_chosen_is_what_leaves(
    talks: list[str], reviewer: Client, given: dict[str, str], expected: list[int]
) -> None:
    Conversation.objects.filter(reference=talks[1]).update(flagged=True)
    found = {row["reference"] for row in _rows(reviewer, **given)}
    assert found == {talks[number] for number in expected}
    page = reviewer.get("/staff/records/exports", {"format": "csv"} | given)
    assert page.context["count"] == len(expected)
    last = Entry.objects.filter(action=Action.EXPORTED).order_by("-number")[0]
    assert last.details["filter"] == given


def test_days_are_those_of_the_practice(talks: list[str], reviewer: Client) -> None:
    today = timezone.localdate(Conversation.objects.earliest("last_at").last_at)
    yesterday = str(today - timedelta(days=1))
    assert len(_rows(reviewer, since=str(today), until=str(today + timedelta(days=1)))) == 4
    assert _rows(reviewer, until=yesterday) == []
    # By the clock on the wall: a day has 25 hours when clocks change.
    Conversation.objects.update(last_at=timezone.localtime() - timedelta(days=3))
    assert _rows(reviewer, since=yesterday) == []


def test_a_conversation_in_which_nothing_was_said_stays(chat: Chat, reviewer: Client) -> None:
    assert _rows(reviewer) == []
    assert Entry.objects.get(action=Action.EXPORTED).details["references"] == []


def test_a_condition_that_makes_no_sense_sends_no_file(reviewer: Client) -> None:
    answer = reviewer.get(FILE, {"format": "csv", "since": "2026-02-02", "until": "2026-02-01"})
    assert answer.status_code == 400
    assert "before where the range begins" in answer.content.decode()
    assert not Entry.objects.filter(action=Action.EXPORTED).exists()


def test_a_condition_that_is_not_known_here_lets_nothing_leave(
    talks: list[str], reviewer: Client
) -> None:
    answer = reviewer.get(FILE, {"format": "csv", "mood": "low"})
    assert answer.status_code == 400
    assert "cannot be used for an export: mood" in answer.content.decode()


def test_queries_do_not_grow_with_the_conversations(
    talks: list[str], reviewer: Client, django_assert_max_num_queries: Any
) -> None:
    turns = list(Turn.objects.filter(number=1))
    for number in range(40):
        made = Conversation.objects.create(
            key_hash=f"k{number}", reference=f"NET-{number}", turn_count=1
        )
        Turn.objects.create(conversation=made, number=1, client_id=turns[0].client_id, text="x")
    with django_assert_max_num_queries(24):
        assert len(_rows(reviewer)) == 44


def test_the_list_leads_to_an_export_of_what_it_shows(
    talks: list[str], reviewer: Client, staff: Staff
) -> None:
    page = reviewer.get("/staff/conversations", {"feedback": "down"}).content.decode()
    assert 'href="/staff/records/exports?feedback=down&amp;format=csv"' in page
    counted = reviewer.get("/staff/records/exports?feedback=down&format=csv")
    assert counted.context["count"] == 1
    viewer = staff(Role.VIEWER).get("/staff/conversations").content.decode()
    assert "/staff/records/exports" not in viewer
