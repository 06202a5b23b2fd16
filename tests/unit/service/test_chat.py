from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from service.chat import Conversation, check_assistant, main, shown_reply
from service.environment import free_port
from service.faults import Fault

REPLY: dict[str, Any] = {
    "kind": "answer",
    "text": "",
    "blocks": [
        {"type": "paragraph", "text": "The signs can include:"},
        {"type": "list", "items": ["Wheezing", "Intense skin flushing"]},
    ],
    "source": {"title": "NETs", "section": "Symptoms", "url": "https://example.org"},
    "suggestions": [{"title": "What tests?", "message": "Which tests are used?"}],
}
ALARM: dict[str, Any] = {
    "kind": "emergency",
    "blocks": [
        {
            "type": "alert",
            "text": "Call 911 now.\n\nTell them.",
            "actions": [{"label": "Call 911", "href": "tel:911"}],
        }
    ],
    "source": None,
    "suggestions": [],
}


class FakeAssistant(HTTPServer):
    """Answers every message with REPLY, and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), FakeHandler)
        self.sent: list[dict[str, str]] = []
        self.health: tuple[int, Any] = (200, {"status": "ok"})
        self.answer: Any = [{"recipient_id": "me", "custom": REPLY}]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class FakeHandler(BaseHTTPRequestHandler):
    server: FakeAssistant

    def do_GET(self) -> None:
        self._send(*self.server.health)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent.append(json.loads(body))
        self._send(200, self.server.answer)

    def _send(self, status: int, body: Any) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def assistant() -> Iterator[FakeAssistant]:
    with FakeAssistant() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_reply_shows_text_list_source_and_numbered_suggestions() -> None:
    assert shown_reply(REPLY).splitlines() == [
        "The signs can include:",
        "",
        "  - Wheezing",
        "  - Intense skin flushing",
        "",
        "  [Symptoms: https://example.org]",
        "",
        "  1  What tests?",
    ]


def test_an_alarm_stands_out_with_what_to_call() -> None:
    assert shown_reply(ALARM).splitlines() == ["! Call 911 now.", "! Tell them.", "! Call 911: tel:911"]


def test_long_lines_are_wrapped_under_their_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "21")
    reply = REPLY | {"blocks": [{"type": "list", "items": ["one two three four"]}], "suggestions": []}
    assert shown_reply(reply).splitlines()[:2] == ["  - one two three", "    four"]


def test_a_number_sends_the_suggestion_and_the_sender_stays(assistant: FakeAssistant) -> None:
    conversation = Conversation(assistant.url)
    for text in ("1", "hello", "1", "2"):
        conversation.say(text)
    assert [sent["message"] for sent in assistant.sent] == ["1", "hello", "Which tests are used?", "2"]
    assert len({sent["sender"] for sent in assistant.sent}) == 1


def test_two_conversations_have_two_senders(assistant: FakeAssistant) -> None:
    for _ in range(2):
        Conversation(assistant.url).say("hello")
    assert len({sent["sender"] for sent in assistant.sent}) == 2


def test_an_assistant_that_goes_away_is_a_fault() -> None:
    with pytest.raises(Fault, match="cannot be reached .*: start it with `make run`"):
        Conversation(f"http://127.0.0.1:{free_port()}").say("hello")


def test_something_else_than_a_reply_is_a_fault(assistant: FakeAssistant) -> None:
    assistant.answer = [{"text": "hello"}]
    with pytest.raises(Fault, match="sent something else than a reply"):
        Conversation(assistant.url).say("hello")


def test_an_assistant_is_there_when_it_says_so(assistant: FakeAssistant) -> None:
    assert check_assistant(assistant.url)
    assert not check_assistant(f"http://127.0.0.1:{free_port()}")


def test_an_assistant_that_does_not_work_is_a_fault_with_its_cause(assistant: FakeAssistant) -> None:
    assistant.health = (503, {"status": "failing", "fault": "no model is loaded"})
    with pytest.raises(Fault, match="does not work: no model is loaded"):
        check_assistant(assistant.url)


def test_something_else_on_the_port_is_a_fault(assistant: FakeAssistant) -> None:
    assistant.health = (200, ["hello"])
    with pytest.raises(Fault, match="is no assistant: set RASA_PORT"):
        check_assistant(assistant.url)


def test_the_talk_goes_on_until_quit(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = iter(["  ", "hello", "/QUIT", "never"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(lines))
    assert main(["--url", assistant.url + "/"]) == 0
    assert [sent["message"] for sent in assistant.sent] == ["hello"]
    assert "  - Wheezing" in capsys.readouterr().out


def test_the_talk_ends_with_the_input(assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", end)
    assert main(["--url", assistant.url]) == 0


def test_no_assistant_at_a_given_address_is_a_fault() -> None:
    with pytest.raises(Fault, match="no assistant answers at .*: start it with `make run`"):
        main(["--url", f"http://127.0.0.1:{free_port()}"])
