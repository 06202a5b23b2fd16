"""What the website's own rules do while the assistant can be asked."""

from __future__ import annotations

import pytest

from chat.models import Turn
from tests.conftest import Chat, FakeAssistant


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("emergency", "my chest hurts and I cant breathe"),
        ("unsupported_language", "me duele el pecho"),
        ("answer", "I want to die"),
    ],
)
def test_whether_it_is_an_alarm_is_left_to_the_assistant(
    chat: Chat, assistant: FakeAssistant, kind: str, said: str
) -> None:
    assistant.answer = lambda _: [{"custom": {"kind": kind, "text": "In English."}}]
    reply = chat.reply(said)
    assert (reply["kind"], reply["text"]) == (kind, "In English.")
    assert not Turn.objects.get(number=1).by_safety_rule


def test_an_alarm_that_the_assistant_failed_at_is_marked_as_answered_by_the_rules(
    chat: Chat, assistant: FakeAssistant
) -> None:
    assistant.answer = lambda _: [{"custom": {"kind": "error", "text": "Sorry."}}]
    assert chat.reply("my chest hurts and I cant breathe")["kind"] == "emergency"
    assert Turn.objects.get(number=1).by_safety_rule
    assert chat.reply("what is staging")["kind"] == "error"
    assert not Turn.objects.get(number=2).by_safety_rule
