"""The first page: what waits for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chat.models import Conversation, Feedback, Turn
from console.waiting import MANY, counted
from people.models import Account
from people.roles import Role
from tests.appointments.test_queue import make_request
from tests.review.talks import Said, make_talk

Staff = Callable[..., Client]
PILE = re.compile(
    r'<h3>([^<]+)</h3><p class="figure">(?:<a href="([^"]+)">)?([\w, ]+?)'
    r"(?:<span[^>]*> [^<]*</span></a>)?</p>"
)


def _piles(client: Client) -> dict[str, tuple[str, str]]:
    """Each pile's count, and where it leads."""
    found = PILE.findall(client.get("/staff/").content.decode())
    return {title: (count, url.replace("&amp;", "&")) for title, url, count in found}


@pytest.fixture
def work(staff: Staff) -> Client:
    """Something for everybody; a client of a reviewer who also calls back."""
    now = timezone.now()
    client = staff(Role.REVIEWER, Role.SCHEDULER)
    reader = Account.objects.get()
    made = make_talk(
        "NET-AAAA-AAA3",
        Said("I cannot breathe", "emergency", kind="emergency"),
        Said("may I eat?", "not_covered", 0.4, "not_covered"),
        Said("thanks", "thanks", kind="chitchat"),
        at=now,
    )
    Feedback.objects.create(turn=made.turns.get(number=2), helpful=False)
    Conversation.objects.update(assignee=reader)
    done = make_talk("NET-CCCC-CCC4", Said("staging?"), at=now - timedelta(days=4))
    Conversation.objects.filter(pk=done.pk).update(assignee=reader, status="done")
    make_talk("NET-DDDD-DDD6", Said("types?"), at=now - timedelta(days=91))
    make_request(status="new")
    make_request(status="new", created_at=now - timedelta(days=30))
    return client


def test_each_pile_is_counted_and_leads_to_as_many_rows(work: Client) -> None:
    piles = _piles(work)
    assert {title: count for title, (count, _) in piles.items()} == {
        "Overdue requests": "1",
        "New requests": "2",
        "Safety": "1",
        "Thumbs down": "1",
        "Declined or clarified": "1",
        "Low confidence": "1",
        "Not yet reviewed": "2",
        "Assigned to you": "1",
    }
    for title, (count, url) in piles.items():
        page: Any = work.get(url)
        assert page.content.decode().count('<th scope="row"') == int(count), title


def test_nobody_sees_the_work_of_another_role(work: Client, staff: Staff) -> None:
    assert set(_piles(staff(Role.SCHEDULER))) == {"Overdue requests", "New requests"}
    assert set(_piles(staff(Role.VIEWER))) == {"Assigned to you"}
    assert _piles(staff(Role.PRIVACY_OFFICER))["To be purged"] == ("1", "/staff/records/retention")
    assert _piles(staff(Role.ADMINISTRATOR)) == {}
    assert "What waits" not in staff(Role.ADMINISTRATOR).get("/staff/").content.decode()


def test_nothing_to_do_leads_nowhere(staff: Staff) -> None:
    assert set(_piles(staff(Role.SCHEDULER)).values()) == {("0", "")}


def test_what_was_judged_waits_no_more(work: Client) -> None:
    Turn.objects.update(reviewed=True)
    assert _piles(work)["Not yet reviewed"] == ("0", "")


def test_a_pile_is_not_counted_to_its_end() -> None:
    assert [counted(n) for n in (0, MANY, MANY + 1)] == ["0", "1,000", "over 1,000"]
