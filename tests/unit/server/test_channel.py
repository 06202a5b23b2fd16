from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from sanic import Sanic

from replies.texts import read_texts
from server.channel import LONGEST_SENDER, VisitorChannel, visitor_message

TEXTS = read_texts()
REPLY = {"kind": "answer", "text": "Yes."}
HOST = "127.0.0.1"

Handler = Callable[[UserMessage], Awaitable[None]]


@dataclass
class Store:
    """A tracker store that only knows whether it works, and what it was told to forget."""

    fault: str | None = None
    forgotten: list[str] = field(default_factory=list)

    def forget(self, sender: str) -> None:
        if self.fault:
            raise RuntimeError(self.fault)
        self.forgotten.append(sender)


@dataclass
class Metadata:
    """What a model says of itself."""

    trained_at: datetime = datetime(2026, 11, 24, 1, 2, 3)
    model_id: str = "abcdef0123456789"


@dataclass
class Processor:
    """A processor that only knows its model."""

    model_metadata: Metadata = field(default_factory=Metadata)


@dataclass
class FakeAgent:
    """An agent that takes every message for one intent."""

    intent: str = "surgery"
    ready: bool = True
    tracker_store: Store = field(default_factory=Store)
    lock_store: InMemoryLockStore = field(default_factory=InMemoryLockStore)
    processor: Processor | None = field(default_factory=Processor)

    def is_ready(self) -> bool:
        return self.ready

    async def parse_message(self, text: str) -> dict[str, Any]:
        if self.intent == "broken":
            raise RuntimeError("no model")
        return {"intent": {"name": self.intent}}


async def answers(message: UserMessage) -> None:
    await message.output_channel.send_custom_json(message.sender_id, REPLY)


async def is_too_slow(message: UserMessage) -> None:
    await asyncio.sleep(5)


async def fails(message: UserMessage) -> None:
    raise RuntimeError("the action server is gone")


async def says_nothing(message: UserMessage) -> None:
    return None


class Desk:
    """The channel on a server of its own; what is behind it can be changed for each request.

    One server for all tests, because Sanic rewrites itself when it starts and cannot do so twice.
    """

    def __init__(self) -> None:
        self.handler: Handler = answers
        self.agent = FakeAgent()
        self.port = 0
        self.model: str | None = None  # what the last answer said of it
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self._done = asyncio.Event()

    def __enter__(self) -> Desk:
        self._thread.start()
        assert self._started.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        async def handle(message: UserMessage) -> None:
            await self.handler(message)

        channel = VisitorChannel.from_credentials({"patience": 0.3, "longest_text": 100})
        app = Sanic("visitor_channel_of_test", configure_logging=False)
        app.blueprint(channel.blueprint(handle), url_prefix="/webhooks/rest")
        with socket.socket() as listening:
            listening.bind((HOST, 0))
            self.port = listening.getsockname()[1]
            server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
            assert server is not None
            await server.startup()
            app.ctx.agent = _Behind(self)
            self._started.set()
            await self._done.wait()
            server.close()
            await server.wait_closed()

    def request(self, body: str | None) -> tuple[int, Any]:
        """Status and answer of the channel; without a body, of its health address."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        if body is None:
            connection.request("GET", "/webhooks/rest/")
        else:
            connection.request("POST", "/webhooks/rest/webhook", body.encode())
        response = connection.getresponse()
        got = response.status, json.loads(response.read())
        self.model = response.headers.get("Assistant-Model")
        connection.close()
        return got

    def forget(self, sender: str) -> int:
        """The status with which the channel answers the wish to delete a conversation."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        connection.request("DELETE", f"/webhooks/rest/conversations/{sender}")
        status = connection.getresponse().status
        connection.close()
        return status


class _Behind:
    """The agent that the desk has at the time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk.agent, name)


@pytest.fixture(scope="module")
def desk_of_all() -> Iterator[Desk]:
    with Desk() as desk:
        yield desk


@pytest.fixture
def desk(desk_of_all: Desk) -> Desk:
    desk_of_all.handler, desk_of_all.agent = answers, FakeAgent()
    return desk_of_all


def asked(**body: Any) -> str:
    return json.dumps({"sender": "visitor", "message": "is it cancer?", **body})


def shown(answer: tuple[int, Any]) -> dict[str, Any]:
    """The one reply object of an answer."""
    status, messages = answer
    assert status == 200
    (message,) = messages
    assert message["recipient_id"] == "visitor"
    custom: dict[str, Any] = message["custom"]
    return custom


def test_a_message_gets_the_reply(desk: Desk) -> None:
    assert shown(desk.request(asked())) == REPLY


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "not a JSON object"),
        ("{", "not JSON"),
        ("sender=me&message=hello", "not JSON"),
        ("[]", "not a JSON object"),
        ('"hello"', "not a JSON object"),
        ("null", "not a JSON object"),
        (asked(sender=None), "`sender`"),
        (asked(sender=""), "`sender`"),
        (asked(sender=7), "`sender`"),
        (asked(sender="x" * (LONGEST_SENDER + 1)), "`sender`"),
        (asked(message=None), "`message`"),
        (asked(message=["hello"]), "`message`"),
        (json.dumps({"message": "hello"}), "`sender`"),
        (json.dumps({"sender": "visitor"}), "`message`"),
    ],
)
def test_a_malformed_request_is_refused_with_what_is_wrong(desk: Desk, body: str, problem: str) -> None:
    status, answer = desk.request(body)
    assert status == 400
    assert problem in answer["error"]


def test_other_fields_of_a_request_are_not_used(desk: Desk) -> None:
    seen: list[UserMessage] = []

    async def looks(message: UserMessage) -> None:
        seen.append(message)
        await answers(message)

    desk.handler = looks
    desk.request(asked(metadata={"a": 1}, input_channel="other", stream=True))
    assert (seen[0].metadata or {}, seen[0].input_channel) == ({}, "rest")


@pytest.mark.parametrize("handler", [is_too_slow, fails, says_nothing])
def test_a_message_without_an_answer_gets_the_error_text(desk: Desk, handler: Handler) -> None:
    desk.handler = handler
    reply = shown(desk.request(asked()))
    assert (reply["kind"], reply["text"]) == ("error", TEXTS["error"].text)


@pytest.mark.parametrize("intent", ["emergency", "crisis"])
def test_an_alarm_without_an_answer_gets_its_safety_text(desk: Desk, intent: str) -> None:
    desk.handler, desk.agent = is_too_slow, FakeAgent(intent)
    reply = shown(desk.request(asked()))
    assert (reply["kind"], reply["text"]) == (intent, TEXTS[intent].text)


def test_a_message_that_cannot_even_be_read_gets_the_error_text(desk: Desk) -> None:
    desk.handler, desk.agent = fails, FakeAgent("broken")
    assert shown(desk.request(asked()))["kind"] == "error"


def test_after_a_message_without_an_answer_the_next_one_is_answered(desk: Desk) -> None:
    desk.handler = is_too_slow
    assert shown(desk.request(asked()))["kind"] == "error"
    desk.handler = answers
    assert shown(desk.request(asked())) == REPLY


@pytest.mark.parametrize(
    "text",
    ["/restart", "/back", '/inform{"topic": "surgery"}', "  /greet", "\n/greet", "\x00/greet", "//"],
)
def test_a_text_that_starts_with_a_slash_is_no_command_to_rasa(text: str) -> None:
    message = visitor_message(text, "visitor", "rest")
    # Rasa strips a text before it looks for the slash.
    assert not message.text.strip().startswith("/")
    assert text.strip("\x00 \n/") in message.text


def test_control_characters_become_spaces() -> None:
    message = visitor_message("what\x00is\x1bit\n now", "visitor", "rest")
    assert message.text.split() == ["what", "is", "it", "now"]


def test_a_long_text_is_read_at_its_beginning_and_its_end(desk: Desk) -> None:
    seen: list[str] = []

    async def looks(message: UserMessage) -> None:
        seen.append(message.text)
        await answers(message)

    desk.handler = looks
    desk.request(asked(message="beginning " + "x" * 500 + " end"))
    assert seen[0].startswith("beginning ") and seen[0].endswith(" end")
    assert len(seen[0]) <= 101


def test_a_working_assistant_is_healthy(desk: Desk) -> None:
    assert desk.request(None) == (200, {"status": "ok"})


def test_an_assistant_without_a_model_is_failing(desk: Desk) -> None:
    desk.agent = FakeAgent(ready=False)
    fault = "no model is loaded"
    assert desk.request(None) == (503, {"status": "failing", "fault": fault})


def test_an_assistant_that_cannot_store_is_failing(desk: Desk) -> None:
    desk.agent = FakeAgent(tracker_store=Store("the disk is full"))
    assert desk.request(None) == (503, {"status": "failing", "fault": "the disk is full"})


@pytest.mark.parametrize("handler", [answers, fails])
def test_an_answer_names_the_model_that_runs(desk: Desk, handler: Handler) -> None:
    desk.handler = handler
    desk.request(asked())
    assert desk.model == "20261124-010203-abcdef01"


def test_without_a_model_the_answer_names_none(desk: Desk) -> None:
    desk.handler, desk.agent = fails, FakeAgent(processor=None)
    desk.request(asked())
    assert desk.model == ""


def test_a_conversation_is_deleted(desk: Desk) -> None:
    assert desk.forget("visitor") == 204
    assert desk.agent.tracker_store.forgotten == ["visitor"]


def test_a_conversation_that_cannot_be_deleted_is_told(desk: Desk) -> None:
    desk.agent = FakeAgent(tracker_store=Store("the disk is full"))
    assert desk.forget("visitor") == 503


def test_a_conversation_is_deleted_after_the_message_that_is_being_answered(desk: Desk) -> None:
    order: list[str] = []

    async def is_at_work(message: UserMessage) -> None:
        async with desk.agent.lock_store.lock(message.sender_id):
            at_work.set()
            await asyncio.sleep(0.15)
            order.append("answered")
        await answers(message)

    desk.handler, at_work = is_at_work, threading.Event()
    desk.agent.tracker_store.forget = lambda sender: order.append("deleted")  # type: ignore[method-assign]
    asking = threading.Thread(target=desk.request, args=(asked(),))
    asking.start()
    assert at_work.wait(5)
    assert desk.forget("visitor") == 204
    asking.join()
    assert order == ["answered", "deleted"]
