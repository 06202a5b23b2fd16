"""How a conversation ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit.models import Action, Entry
from chat import keeping
from chat.models import Conversation, Facet, Feedback, Turn
from chat.sessions import new_reference, read_reference
from tests.conftest import Chat, FakeAssistant


def test_clearing_leaves_nothing_but_an_entry_in_the_log(
    chat: Chat, assistant: FakeAssistant
) -> None:
    message = chat.reply("what is staging?")["id"]
    chat.post("chat/feedback", {"session": chat.session, "message": message, "helpful": True})
    found = Conversation.objects.get()
    assert chat.forget().status_code == 204
    for model in (Conversation, Turn, Facet, Feedback):
        assert not model.objects.exists()
    entry = Entry.objects.get(reference=found.reference)
    assert (entry.account, entry.action, entry.details) == (
        "",
        Action.DELETED,
        {"by": "visitor"},
    )
    assert assistant.forgotten == [str(found.sender)]


def test_a_held_conversation_that_is_cleared_is_closed_to_its_visitor_and_kept(
    chat: Chat, assistant: FakeAssistant
) -> None:
    chat.reply("what is staging?")
    Conversation.objects.update(held=True)
    assert chat.forget().status_code == 204
    found = Conversation.objects.get()
    assert found.cleared_at
    assert found.turns.count() == 2
    assert chat.transcript().status_code == 401
    assert chat.say("hello?").status_code == 401
    assert assistant.forgotten == [str(found.sender)]
    assert Entry.objects.get(reference=found.reference).action == Action.CHANGED


def test_a_cleared_one_may_go_when_the_hold_ends_whatever_its_age(chat: Chat) -> None:
    border = timezone.now() - timedelta(days=90)
    Conversation.objects.update(held=True)
    chat.forget()
    assert not keeping.expired(border).exists()
    Conversation.objects.update(held=False)
    assert keeping.expired(border).count() == 1


def test_a_held_one_is_never_deleted(chat: Chat) -> None:
    Conversation.objects.update(held=True)
    with transaction.atomic():
        assert keeping.delete(Conversation.objects.all()) == []
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("NET-4K7M-QX9C", "NET-4K7M-QX9C"),
        (" net 4k7m qx9c ", "NET-4K7M-QX9C"),
        ("4k7mqx9c", "NET-4K7M-QX9C"),
        ("req-4K7M-QX9C", "REQ-4K7M-QX9C"),
        ("NET-4K7M", ""),
        ("NET-4K7M-QX9CC", ""),
        ("Jo Doe Doe", ""),
        ("", ""),
    ],
)
def test_a_code_is_understood_however_it_was_typed(written: str, reference: str) -> None:
    assert read_reference(written) == reference


def test_every_code_that_is_given_is_understood() -> None:
    for _ in range(200):
        reference = new_reference()
        assert read_reference(reference) == reference
