"""Asking the assistant: always back in time."""

from __future__ import annotations

import time
from http.client import HTTPConnection
from typing import Any

import pytest

from chat.assistant import AssistantError, ask, forget
from tests.conftest import FakeAssistant


def test_the_reply_is_given(assistant: FakeAssistant) -> None:
    assert ask("s", "hello", 2).reply.kind == "answer"
    assert assistant.asked == [{"sender": "s", "message": "hello"}]


def test_a_payload_is_sent_as_text(assistant: FakeAssistant) -> None:
    ask("s", "/restart", 2)
    assert assistant.texts == [" /restart"]


def _outcome(seconds: float = 0.5) -> tuple[str, float]:
    start = time.monotonic()
    with pytest.raises(AssistantError) as error:
        ask("s", "hello", seconds)
    return error.value.outcome.value, time.monotonic() - start


def test_a_slow_assistant_is_left_in_time(assistant: FakeAssistant) -> None:
    assistant.delay = 3
    outcome, seconds = _outcome()
    assert outcome == "timeout"
    assert seconds < 1


def test_an_assistant_that_trickles_is_left_in_time(assistant: FakeAssistant) -> None:
    assistant.trickle = True
    outcome, seconds = _outcome()
    assert outcome == "timeout"
    assert seconds < 1


def test_a_missing_assistant_is_told(settings: Any) -> None:
    settings.ASSISTANT_URL = "http://127.0.0.1:9/"
    assert _outcome()[0] == "unreachable"


@pytest.mark.parametrize("answer", ["<html>", [], [{"custom": {"kind": "x"}}], "x" * 300_000])
def test_nonsense_is_told(assistant: FakeAssistant, answer: object) -> None:
    assistant.answer = lambda _: answer
    assert _outcome()[0] == "nonsense"


def test_an_error_status_is_nonsense(assistant: FakeAssistant) -> None:
    assistant.status = 500
    assert _outcome()[0] == "nonsense"


def test_the_model_is_the_one_that_the_assistant_names(assistant: FakeAssistant) -> None:
    assert ask("s", "hello", 2).model == assistant.model
    assistant.model = "x" * 999
    assert len(ask("s", "hello", 2).model) == 128


def test_the_assistant_is_told_to_forget(assistant: FakeAssistant) -> None:
    forget("some-sender", 2)
    assert assistant.forgotten == ["some-sender"]


def test_an_assistant_that_does_not_forget_is_told(assistant: FakeAssistant) -> None:
    assistant.forgets = False
    with pytest.raises(AssistantError):
        forget("some-sender", 2)


def test_a_slow_connection_is_part_of_the_time(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = HTTPConnection.connect

    def late(connection: HTTPConnection) -> None:
        time.sleep(0.4)
        connect(connection)

    monkeypatch.setattr(HTTPConnection, "connect", late)
    assistant.delay = 3
    outcome, seconds = _outcome()
    assert outcome == "timeout"
    assert seconds < 0.7
