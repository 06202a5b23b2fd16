"""Turns that went wrong, made without the assistant."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat.models import Conversation, Turn
from chat.sessions import new_reference
from people.models import Account
from people.roles import Role
from review.models import Review
from tests.conftest import make_account

Ask = Callable[..., Turn]


@pytest.fixture
def ask(db: None) -> Ask:
    """Stores a turn: `ask("does it hurt", kind="clarify")`, each in a conversation of its own."""

    def asked(text: str, kind: str = "not_covered", days_ago: float = 1, **fields: Any) -> Turn:
        conversation = fields.pop("conversation", None) or Conversation.objects.create(
            key_hash=uuid.uuid4().hex, reference=new_reference()
        )
        number = conversation.turns.count() + 1
        fields.setdefault("reply", {"kind": kind, "text": "The page does not say."})
        fields.setdefault("intent", kind)
        turn = Turn.objects.create(
            conversation=conversation,
            number=number,
            client_id=uuid.uuid4(),
            text=text,
            kind=kind,
            confidence=0.5,
            outcome=Turn.Outcome.ANSWERED,
            **fields,
        )
        # By the clock on the wall: a day has 25 hours when clocks change.
        at = timezone.localtime() - timedelta(days=days_ago)
        Turn.objects.filter(pk=turn.pk).update(asked_at=at)
        return turn

    return asked


def judge(turn: Turn, verdict: str, intent: str = "", passage: str = "") -> Review:
    """A reviewer's verdict on a turn."""
    author = Account.objects.filter(username="judge").first()
    author = author or make_account("judge", Role.REVIEWER)
    Turn.objects.filter(pk=turn.pk).update(reviewed=True)
    return Review.objects.create(
        turn=turn, verdict=verdict, right_intent=intent, right_passage=passage, author=author
    )
