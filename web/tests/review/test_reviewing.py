"""The reviewer's pages: queues in their order, one turn after another, what was overtaken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Action, Entry
from chat.models import Conversation, Feedback, Turn
from people.roles import Role
from review import queues
from review.models import Review
from review.queues import QUEUES, count, waiting
from tests.review.talks import Said, make_talk

Staff = Callable[..., Client]
REVIEW, TALKS = "/staff/review", "/staff/conversations"


@pytest.fixture
def day(db: None) -> None:
    """What waits on an ordinary morning, and one thing from last week."""
    now = timezone.localtime().replace(hour=0, minute=30) - timedelta(hours=12)
    make_talk(
        "NET-LLLL-LLL3",
        Said("What may I eat?", "not_covered", 0.8, kind="not_covered"),
        Said("hm?", "followup", 0.3, kind="clarify"),
        Said("thanks", "thanks", 0.4, kind="chitchat"),
        Said("I cannot breathe", "emergency", 0.9, kind="emergency"),
        at=now,
    )
    make_talk("NET-MMMM-MMM3", Said("Staging?", "staging", 0.45), at=now - timedelta(hours=1))
    make_talk(
        "NET-NNNN-NNN3", Said("Diet?", "diet", 0.2, kind="not_covered"), at=now - timedelta(5)
    )
    Feedback.objects.create(turn=Turn.objects.get(text="Staging?"), helpful=False)
    Feedback.objects.create(turn=Turn.objects.get(text="thanks"), helpful=True)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("safety", ["I cannot breathe"]),
        ("thumbs-down", ["Staging?"]),
        ("declined", ["What may I eat?", "hm?"]),
        ("unsure", ["hm?", "thanks", "Staging?"]),
        ("unreviewed", ["Staging?", "What may I eat?", "hm?", "I cannot breathe"]),
    ],
)
def test_a_queue_has_its_turns_in_order_and_is_left_by_judging(
    day: None, name: str, found: list[str]
) -> None:
    queue = QUEUES[name]
    assert [turn.text for turn in waiting(queue, "2", size=9)] == found
    assert count(queue, "2") == len(found)
    seen, place = [], None
    while turns := waiting(queue, "2", place):
        seen.append(turns[0].text)
        place = queues.place_of(queue, turns[0])
    assert seen == found
    Turn.objects.update(reviewed=True)
    assert waiting(queue, "all") == []
    assert count(queue, "all") == 0


def test_a_longer_period_shows_older_turns(day: None) -> None:
    assert "Diet?" in [turn.text for turn in waiting(QUEUES["declined"], "7", size=9)]
    assert waiting(QUEUES["declined"], "all")[0].text == "Diet?"


def test_a_count_stops_at_many(day: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(queues, "MANY", 2)
    assert count(QUEUES["unreviewed"], "2") == 3


def test_a_reviewer_walks_through_a_queue_and_undoes(day: None, staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    assert "Declined or clarified" in client.get(REVIEW).content.decode()
    at = client.get(f"{REVIEW}/declined/next?days=2")["Location"]
    page = client.get(at).content.decode()
    assert "What may I eat?" in page
    assert "2 left" in page
    given = {"version": "0", "verdict": "should_answer", "target": "types-list", "note": "x"}
    at = client.post(at, given)["Location"]
    page = client.get(at).content.decode()
    assert "hm?" in page
    assert "Saved: NET-LLLL-LLL3, turn 1." in page
    review = Review.objects.get()
    assert (review.right_intent, review.right_passage) == ("types", "types-list")
    at = client.post(at, {"version": "0", "verdict": "right"})["Location"]
    assert at.startswith(f"{REVIEW}?days=2&saved=")
    page = client.get(at).content.decode()
    assert "That was the last one" in page
    change = review.turn.changes.get()
    back = client.post(f"{REVIEW}/changes/{change.pk}/undo", {"back": "https://evil.example/"})
    assert back["Location"] == f"{TALKS}/NET-LLLL-LLL3"
    assert Review.objects.count() == 1


def test_skipping_goes_on_without_a_verdict(day: None, staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    for name in ("declined", "unsure"):
        first = client.get(f"{REVIEW}/{name}/next?days=2")["Location"]
        page = client.get(first).content.decode()
        skip = page.split('class="button quiet" href="')[1].split('"')[0].replace("&amp;", "&")
        second = client.get(skip)["Location"]
        assert second.split("?")[0] != first.split("?")[0]
    assert not Review.objects.exists()


def test_words_that_fit_several_offer_them_and_none_says_so(day: None, staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    address = f"{REVIEW}/turns/{Turn.objects.get(text='Staging?').pk}"
    given = {"version": "0", "verdict": "wrong_passage", "target": "octreotide"}
    several = client.post(address, given | {"target": "embolization"})
    assert several.status_code == 400
    page = several.content.decode()
    assert "Which of these?" in page
    assert "What is bland embolization? (liver-bland)" in page
    many = client.post(address, given | {"target": "what"}).content.decode()
    assert "12 are shown; one more word helps." in many
    assert many.count('name="candidate"') == 12
    none = client.post(address, given | {"target": "xylophone"})
    assert "No passage or intent has these words" in none.content.decode()
    assert not Review.objects.exists()
    candidate = "What is embolization? (liver-embolization)"
    chosen = given | {"target": "embolization", "candidate": candidate}
    assert client.post(address, chosen).status_code == 302
    assert Review.objects.get().right_passage == "liver-embolization"


def test_a_verdict_is_needed_and_names_in_notes_are_redacted(day: None, staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    address = f"{REVIEW}/turns/{Turn.objects.get(text='Staging?').pk}"
    assert "Choose a verdict" in client.post(address, {"version": "0"}).content.decode()
    client.post(address, {"version": "0", "verdict": "right", "note": "call 757-555-0142"})
    assert Review.objects.get().note == "call [phone]"
    assert Review.objects.get().right_passage == ""


def test_who_was_overtaken_sees_both_and_may_save_on_purpose(day: None, staff: Staff) -> None:
    from tests.conftest import make_account, sign_in

    rita, omar = staff(Role.REVIEWER), sign_in(Client(), make_account("omar", Role.REVIEWER))
    address = f"{REVIEW}/turns/{Turn.objects.get(text='Staging?').pk}"
    rita.post(address, {"version": "0", "verdict": "right", "note": "fits"})
    answer = omar.post(address, {"version": "0", "verdict": "unsafe", "note": "mine"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody was faster" in page
    assert "fits" in page
    assert "mine" in page
    assert Review.objects.get().verdict == "right"
    assert 'name="version" value="1"' in page
    omar.post(address, {"version": "1", "verdict": "unsafe", "note": "mine"})
    assert Review.objects.get().verdict == "unsafe"


def test_a_conversation_is_sorted_from_its_page(day: None, staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    address = f"{TALKS}/NET-MMMM-MMM3"
    given = {"version": "0", "status": "done", "tags": " Diet,, costs ", "flagged": "on"}
    client.post(f"{address}/sort", given | {"assignee": "reviewer"})
    found = Conversation.objects.get(reference="NET-MMMM-MMM3")
    assert (found.status, found.flagged, str(found.assignee)) == ("done", True, "Reviewer")
    page = client.get(address).content.decode()
    assert "costs, diet" in page
    client.post(f"{address}/sort", given | {"status": "open"})
    assert "somebody changed this conversation" in client.get(address).content.decode()
    client.post(f"{address}/sort", given | {"version": "1", "assignee": "nobody-here"})
    assert "Nobody has this name" in client.get(address).content.decode()
    found.refresh_from_db()
    assert found.status == "done"


def test_a_viewer_reads_and_is_offered_nothing_to_change(day: None, staff: Staff) -> None:
    page = staff(Role.VIEWER).get(f"{TALKS}/NET-LLLL-LLL3").content.decode()
    assert "What may I eat?" in page
    assert "Judge" not in page
    assert "<form" not in page.split("<main")[1]


def test_a_long_conversation_comes_in_parts_and_a_link_leads_to_a_turn(
    db: None, staff: Staff
) -> None:
    said = [Said(f"question {number}") for number in range(1, 61)]
    make_talk("NET-QQQQ-QQQ3", *said)
    client = staff(Role.VIEWER)
    first = client.get(f"{TALKS}/NET-QQQQ-QQQ3").content.decode()
    assert "question 25<" in first
    assert "question 26<" not in first
    assert "Turns 51\u201360" in first
    part = client.get(f"{TALKS}/NET-QQQQ-QQQ3?turn=33&kind=answer").content.decode()
    assert 'id="turn-33"' in part
    assert 'id="turn-25"' not in part
    assert "?kind=answer&amp;turn=51" in part
    printed = client.get(f"{TALKS}/NET-QQQQ-QQQ3?print=1").content.decode()
    assert all(f'id="turn-{number}"' in printed for number in range(61))
    for damaged in ("x", "-3", "99999999999", "0"):
        assert client.get(f"{TALKS}/NET-QQQQ-QQQ3?turn={damaged}").status_code == 200
    viewed = Entry.objects.filter(action=Action.VIEWED, reference="NET-QQQQ-QQQ3")
    assert viewed.count() == 7
    assert client.get(f"{TALKS}/NET-XXXX-XXX3").status_code == 404


def test_the_transcript_escapes_what_a_visitor_wrote(db: None, staff: Staff) -> None:
    make_talk("NET-RRRR-RRR3", Said("<script>alert(1)</script>"))
    page = staff(Role.VIEWER).get(f"{TALKS}/NET-RRRR-RRR3").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_older_and_newer_stay_within_the_filter(day: None, staff: Staff) -> None:
    client = staff(Role.VIEWER)
    step = f"{TALKS}/NET-LLLL-LLL3/older?kind=not_covered"
    assert client.get(step)["Location"] == f"{TALKS}/NET-NNNN-NNN3?kind=not_covered"
    end = client.get(f"{TALKS}/NET-NNNN-NNN3/older?kind=not_covered", follow=True)
    assert "There is no older conversation in this list" in end.content.decode()
    assert client.get(f"{TALKS}/NET-NNNN-NNN3/sideways").status_code == 404
