from __future__ import annotations

import asyncio
import itertools
import json
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from replies.texts import read_texts
from server.channel import LONGEST_SENDER, VisitorChannel, visitor_message

TEXTS = read_texts()
REPLY = {"kind": "answer", "text": "Yes."}
NUMBERS = itertools.count()

Handler = Callable[[UserMessage], Awaitable[None]]


@dataclass
class Store:
    """A tracker store that only knows whether it works."""

    fault: str | None = None


@dataclass
class FakeAgent:
    """An agent that takes every message for one intent."""

    intent: str = "surgery"
    ready: bool = True
    tracker_store: Store = field(default_factory=Store)

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


def request(
    body: str | None,
    handler: Handler = answers,
    agent: FakeAgent | None = None,
    **settings: Any,
) -> tuple[int, Any]:
    """Status and answer of one HTTP request to the channel; without a body, to its health address."""
    channel = VisitorChannel.from_credentials({"patience": 0.2, **settings})
    app = Sanic(f"channel_{next(NUMBERS)}", configure_logging=False)
    app.blueprint(channel.blueprint(handler), url_prefix="/webhooks/rest")
    app.ctx.agent = agent or FakeAgent()

    async def exchange() -> tuple[int, Any]:
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
            assert server is not None
            await server.startup()
            address = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/rest/"
            async with aiohttp.ClientSession() as session:
                if body is None:
                    response = await session.get(address)
                else:
                    response = await session.post(f"{address}webhook", data=body)
                got = response.status, json.loads(await response.text())
            server.close()
            await server.wait_closed()
            return got

    return asyncio.run(exchange())


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


def test_a_message_gets_the_reply() -> None:
    assert shown(request(asked())) == REPLY


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("sender=me&message=hello", "not JSON"),
        ("[]", "not a JSON object"),
        ('"hello"', "not a JSON object"),
        ("null", "not JSON|not a JSON object"),
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
def test_a_malformed_request_is_refused_with_what_is_wrong(body: str, problem: str) -> None:
    status, answer = request(body)
    assert status == 400
    assert any(part in answer["error"] for part in problem.split("|"))


def test_other_fields_of_a_request_are_not_used() -> None:
    seen: list[UserMessage] = []

    async def looks(message: UserMessage) -> None:
        seen.append(message)
        await answers(message)

    request(asked(metadata={"a": 1}, input_channel="other", stream=True), looks)
    assert (seen[0].metadata or {}, seen[0].input_channel) == ({}, "rest")


@pytest.mark.parametrize("handler", [is_too_slow, fails, says_nothing])
def test_a_message_without_an_answer_gets_the_error_text(handler: Handler) -> None:
    reply = shown(request(asked(), handler))
    assert (reply["kind"], reply["text"]) == ("error", TEXTS["error"].text)


@pytest.mark.parametrize("intent", ["emergency", "crisis"])
def test_an_alarm_without_an_answer_gets_its_safety_text(intent: str) -> None:
    reply = shown(request(asked(), is_too_slow, FakeAgent(intent)))
    assert (reply["kind"], reply["text"]) == (intent, TEXTS[intent].text)


def test_a_message_that_cannot_even_be_read_gets_the_error_text() -> None:
    reply = shown(request(asked(), fails, FakeAgent("broken")))
    assert reply["kind"] == "error"


@pytest.mark.parametrize(
    "text",
    ["/restart", "/back", "/session_start", '/inform{"topic": "surgery"}', "  /greet", "\n/greet", "//"],
)
def test_a_text_that_starts_with_a_slash_is_no_command_to_rasa(text: str) -> None:
    message = visitor_message(text, "visitor", "rest")
    # Rasa strips a text before it looks for the slash.
    assert not message.text.strip().startswith("/")
    assert text.strip().strip("/") in message.text


def test_control_characters_become_spaces() -> None:
    message = visitor_message("what\x00is\x1bit\n now", "visitor", "rest")
    assert message.text.split() == ["what", "is", "it", "now"]


def test_a_long_text_is_read_at_its_beginning_and_its_end() -> None:
    seen: list[str] = []

    async def looks(message: UserMessage) -> None:
        seen.append(message.text)
        await answers(message)

    text = "beginning " + "x" * 500 + " end"
    request(asked(message=text), looks, longest_text=100)
    assert seen[0].startswith("beginning ") and seen[0].endswith(" end")
    assert len(seen[0]) <= 101


def test_a_working_assistant_is_healthy() -> None:
    assert request(None) == (200, {"status": "ok"})


def test_an_assistant_without_a_model_is_failing() -> None:
    status, answer = request(None, agent=FakeAgent(ready=False))
    assert (status, answer["status"]) == (503, "failing")
    assert answer["fault"] == "no model is loaded"


def test_an_assistant_that_cannot_store_is_failing() -> None:
    status, answer = request(None, agent=FakeAgent(tracker_store=Store("disk full")))
    assert (status, answer["fault"]) == (503, "disk full")
