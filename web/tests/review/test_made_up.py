"""The made-up conversations, for showing and for measuring, look like real ones to every page."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.utils import timezone

from appointments.models import AppointmentRequest
from audit.log import verify
from chat import words
from chat.models import Conversation, Facet, Feedback, Turn
from people.models import Account
from people.roles import Role
from review import demo
from review.models import Review
from review.queues import QUEUES, count

Staff = Callable[..., Client]


def test_the_demo_fills_every_page_once(
    db: None, staff: Staff, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.setattr(demo, "TALKS", 90)
    call_command("make_demo")
    total = Conversation.objects.count()
    assert total == 90
    kinds = set(Facet.objects.filter(field="kind").values_list("value", flat=True))
    assert {"answer", "clarify", "not_covered", "emergency", "error"} <= kinds
    assert Feedback.objects.exists()
    assert Review.objects.exclude(verdict="right").exists()
    assert AppointmentRequest.objects.exists()
    assert not Conversation.objects.filter(last_at__gt=timezone.now()).exists()
    assert not Conversation.objects.filter(last_at__lt=F("started_at")).exists()
    assert not Facet.objects.exclude(last_at=F("conversation__last_at")).exists()
    assert not Turn.objects.filter(text__contains="555-0142").exists()
    assert not Account.objects.get(username="demo-maria").has_usable_password()
    assert sum(count(queue, "all") for queue in QUEUES.values()) > 20
    assert verify().is_intact
    call_command("make_demo")
    assert "there already" in capsys.readouterr().out
    assert Conversation.objects.count() == total
    assert staff(Role.REVIEWER).get("/staff/conversations?words=diet").status_code == 200


@pytest.mark.parametrize("hour", [0, 5, 12, 23])
def test_the_demo_is_as_long_at_any_hour(hour: int) -> None:
    now = timezone.localtime().replace(hour=hour, minute=1)
    times = demo._times(random.Random(5), now)  # noqa: S311 - not for secrets
    assert len(times) == demo.TALKS
    assert max(times) < now


def test_every_made_up_question_is_right_about_guide_and_texts() -> None:
    for question in demo._words()["questions"]:
        if "fails" not in question:
            assert demo._reply(question, random.Random(1)).text  # noqa: S311
        if "right" in question:
            assert len(demo.find_targets(question["right"])) == 1, question["right"]


@pytest.mark.django_db(transaction=True)
def test_the_generator_makes_what_the_chat_would_have_stored(staff: Staff) -> None:
    call_command("make_conversations", turns=800, verbosity=0)
    assert Turn.objects.filter(number__gt=0).count() == 800
    for conversation in Conversation.objects.all()[:40]:
        turns = list(conversation.turns.filter(number__gt=0))
        assert conversation.turn_count == len(turns)
        sure = [turn.confidence for turn in turns if turn.intent]
        assert conversation.lowest_confidence == (min(sure) if sure else None)
        assert conversation.last_at == turns[-1].asked_at
        stored = set(conversation.facets.filter(field="kind").values_list("value", flat=True))
        assert stored == {turn.kind for turn in turns}
        judged = {turn.reviewed for turn in turns if hasattr(turn, "review")}
        assert judged <= {True}
    assert words.matching("tumor").exists()
    assert staff(Role.REVIEWER).get("/staff/conversations?words=tumor").status_code == 200
    # What comes after it gets keys of its own, and is found.
    fresh = Turn.objects.create(
        conversation=Conversation.objects.first(),  # type: ignore[misc]
        number=5_000,
        client_id="00000000-0000-4000-8000-000000000000",
        text="xylophone",
    )
    assert words.matching("xylophone").get() == fresh
    with pytest.raises(CommandError, match="already"):
        call_command("make_conversations", turns=5)
