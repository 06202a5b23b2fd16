"""The page of one conversation: both sides, what was understood, parts, print."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from audit.models import Action, Entry
from chat.models import Conversation, Feedback
from people.roles import Role
from review.transcript import PART
from tests.review.talks import Said, make_talk

Staff = Callable[..., Client]
ADDRESS = "/staff/conversations/NET-CCCC-CCC4"


@pytest.fixture
def talk(db: None) -> Conversation:
    return make_talk(
        "NET-CCCC-CCC4",
        Said("What may I eat?", "not_covered", 0.7, kind="not_covered", latency_ms=41),
        Said("and the <b>stages</b>?", "staging", 0.4),
    )


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{ADDRESS}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_both_sides_are_shown_with_what_was_understood(talk: Conversation, staff: Staff) -> None:
    turn = talk.turns.get(number=1)
    turn.runner_up, turn.runner_up_confidence, turn.model = "symptoms", 0.2, "net-guide-1"
    turn.redacted = ["e-mail"]
    turn.save()
    Feedback.objects.create(turn=turn, helpful=False, comment="not what I asked")
    found = page(staff(Role.VIEWER))
    told = [
        "What may I eat?",
        "70%",
        "Runner-up",
        "20%",
        "41 ms",
        "net-guide-1",
        "e-mail",
        "not what I asked",
    ]
    assert [text for text in told if text not in found] == []
    assert "and the &lt;b&gt;stages&lt;/b&gt;?" in found


def test_who_may_only_read_is_offered_no_verdict(talk: Conversation, staff: Staff) -> None:
    assert "Judge" not in page(staff(Role.VIEWER))
    assert "Judge" in page(staff(Role.REVIEWER))


@pytest.mark.parametrize(
    ("outcome", "told"),
    [("answered", ">Error<"), ("timeout", ">Timeout<")],
    ids=["error", "timeout"],
)
def test_an_alarm_that_the_websites_rules_answered_says_so(
    outcome: str, told: str, talk: Conversation, staff: Staff
) -> None:
    client = staff(Role.VIEWER)
    assert "safety rules" not in page(client)
    talk.turns.filter(number=1).update(outcome=outcome, by_safety_rule=True)
    found = page(client)
    assert told in found
    assert "answered by the website's own safety rules" in found


def test_a_long_one_loads_in_parts_and_an_address_leads_to_its_turn(db: None, staff: Staff) -> None:
    make_talk("NET-CCCC-CCC4", *(Said(f"question number {n};") for n in range(1, PART + 11)))
    client = staff(Role.VIEWER)
    first, second = page(client), page(client, f"?turn={PART + 3}")
    shown = [f"number {PART};" in first, f"number {PART + 1};" in first]
    assert shown == [True, False]
    shown = [f"number {PART};" in second, f"number {PART + 10};" in second]
    assert shown == [False, True]
    assert f'id="turn-{PART + 3}"' in second
    assert f"turn={PART + 1}" in first


@pytest.mark.parametrize("turn", ["0", "-1", "x", "99999999999", "400"])
def test_a_turn_that_is_not_there_breaks_nothing(
    turn: str, talk: Conversation, staff: Staff
) -> None:
    assert "Conversation NET-CCCC-CCC4" in page(staff(Role.VIEWER), f"?turn={turn}")


def test_a_printed_one_has_all_turns_and_nothing_to_press(db: None, staff: Staff) -> None:
    make_talk("NET-CCCC-CCC4", *(Said(f"question number {n};") for n in range(1, PART + 11)))
    found = page(staff(Role.REVIEWER), "?print=1")
    assert [n for n in range(1, PART + 11) if f"number {n};" not in found] == []
    assert [pressed for pressed in ("Judge", 'name="status"', "Undo") if pressed in found] == []
    assert json.loads(Entry.objects.get(action=Action.VIEWED).detail) == {"how": "print"}


def test_the_way_on_keeps_the_filter(talk: Conversation, staff: Staff) -> None:
    found = page(staff(Role.VIEWER), "?kind=not_covered")
    ways = ("older", "newer", "fit")
    assert [way for way in ways if f"{ADDRESS}/{way}?kind=not_covered" not in found] == []


def test_each_look_stands_in_the_access_log(talk: Conversation, staff: Staff) -> None:
    page(staff(Role.VIEWER))
    assert Entry.objects.filter(action=Action.VIEWED).count() == 1


def test_an_unknown_code_is_not_found(db: None, staff: Staff) -> None:
    assert staff(Role.VIEWER).get(ADDRESS).status_code == 404
