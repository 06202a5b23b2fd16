"""From a filtered list to the turns that a conversation stands in it for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chat import facets
from chat.models import Conversation, Facet, Feedback
from people.roles import Role
from review.models import Review
from tests.conftest import make_account
from tests.review.talks import Said, make_talk

Staff = Callable[..., Client]
TALK = "/staff/conversations/NET-AAAA-AAA3"


@pytest.fixture
def talk(db: None) -> Conversation:
    """Thirty answers, in the midst of which something happened; begun on a Friday at 20:29."""
    said = [Said("What is staging?") for _ in range(30)]
    said[5] = Said("May I drink wine?", "not_covered", 0.4, "not_covered")
    said[28] = Said("Is wine allowed?", "medical_advice", 0.8, "medical_advice")
    said[29] = Said("hello", "", 0, "error", "timeout", 4_001)
    at = datetime(2026, 11, 6, 20, 59, tzinfo=timezone.get_current_timezone())
    made = make_talk("NET-AAAA-AAA3", *said, at=at)
    Feedback.objects.create(turn=made.turns.get(number=7), helpful=False)
    rita = make_account("rita", Role.REVIEWER)
    Review.objects.create(turn=made.turns.get(number=8), verdict="unsafe", author=rita)
    facets.write_feedback(made)
    facets.put(made, Facet.Field.VERDICT, ["unsafe"])
    return made


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("kind=declined", [6, 29, 6]),
        ("kind=declined&words=allowed", [29, 29]),
        ("words=wine", [6, 29]),
        ("high=50", [6, 6]),
        ("feedback=down", [7]),
        ("verdict=wrong", [8]),
        ("failure=any", [30]),
        ("intent=staging&low=50", [1, 2]),
        ("topic=staging", [1, 2]),
        ("feedback=down&verdict=unsafe", [7, 8]),  # no turn has both
        ("since=2026-11-01&until=2026-11-30&hour=116", [1, 2]),
        ("kind=declined&tag=diet", [6]),
        ("quickest=4001", [30]),
    ],
)
def test_one_turn_after_another_fits(
    talk: Conversation, staff: Staff, query: str, numbers: list[int]
) -> None:
    client = staff(Role.VIEWER)
    seen = 0
    for number in numbers:
        target = client.get(f"{TALK}/fit?{query}&turn={seen}")["Location"]
        assert target.endswith(f"&turn={number}#turn-{number}")
        page = client.get(target.partition("#")[0]).content.decode()
        assert f'id="turn-{number}"' in page
        assert f"turn={number}" in page.partition("To the next turn that fits")[0]
        seen = number


def test_a_filter_of_the_conversation_alone_leads_to_no_turn(
    talk: Conversation, staff: Staff
) -> None:
    client = staff(Role.VIEWER)
    assert "that fits" not in client.get(f"{TALK}?status=open&tag=diet").content.decode()
    answer: Any = client.get(f"{TALK}/fit?kind=crisis", follow=True)
    assert "No single turn fits" in answer.content.decode()


def test_small_talk_is_shown_when_there_was_nothing_else(db: None, staff: Staff) -> None:
    make_talk("NET-CCCC-CCC4", Said("hello", "greet", 0.9, "chitchat"))
    page = staff(Role.VIEWER).get("/staff/conversations").content.decode()
    assert '<li class="badge ">Small talk</li>' in page
