"""Asks the assistant, and is back in time whatever it does."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

from chat.models import Turn
from chat.reply import ReplyError, read_reply
from replies.reply import Reply

MODEL_HEADER = "Assistant-Model"
LONGEST_MODEL = 128


class AssistantError(Exception):
    """The assistant gave no reply; `outcome` says how it failed."""

    def __init__(self, outcome: Turn.Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True)
class Answer:
    """The assistant's reply, and the model that gave it, as the assistant names it."""

    reply: Reply
    model: str


def ask(sender: str, text: str, seconds: float) -> Answer:
    """The assistant's answer within this many seconds; raises AssistantError.

    A text that begins with `/` is a payload to Rasa, so it is sent behind a space.
    """
    safe = f" {text}" if text.startswith("/") else text
    path = urlsplit(settings.ASSISTANT_URL).path or "/"
    answer = _request("POST", path, {"sender": sender, "message": safe}, seconds)
    if answer.status != HTTPStatus.OK or len(answer.body) > settings.ASSISTANT_LONGEST:
        raise AssistantError(Turn.Outcome.NONSENSE)
    try:
        return Answer(read_reply(json.loads(answer.body)), answer.model)
    except (ReplyError, ValueError, RecursionError) as error:
        raise AssistantError(Turn.Outcome.NONSENSE) from error


def forget(sender: str, seconds: float) -> None:
    """Has the assistant delete what it keeps of this conversation; raises AssistantError."""
    folder = urlsplit(settings.ASSISTANT_URL).path.rpartition("/")[0]
    answer = _request("DELETE", f"{folder}/conversations/{sender}", None, seconds)
    if answer.status != HTTPStatus.NO_CONTENT:
        raise AssistantError(Turn.Outcome.NONSENSE)


@dataclass(frozen=True)
class _Response:
    status: int
    body: bytes
    model: str


def _request(method: str, path: str, body: object, seconds: float) -> _Response:
    deadline = monotonic() + seconds
    raw = None if body is None else json.dumps(body).encode()
    try:
        with _connection(seconds) as connection:
            connection.request(method, path, raw, {"Content-Type": "application/json"})
            with connection.getresponse() as response:
                found = _Response(
                    response.status,
                    response.read(settings.ASSISTANT_LONGEST + 1),
                    response.headers.get(MODEL_HEADER, "")[:LONGEST_MODEL],
                )
    except (OSError, HTTPException, ValueError) as error:
        late = isinstance(error, TimeoutError) or monotonic() >= deadline
        raise AssistantError(Turn.Outcome.TIMEOUT if late else Turn.Outcome.UNREACHABLE) from error
    if monotonic() >= deadline:
        raise AssistantError(Turn.Outcome.TIMEOUT)
    return found


@contextmanager
def _connection(seconds: float) -> Iterator[HTTPConnection]:
    """A connection that is cut when the time is up.

    A socket's timeout starts anew with every byte: a server that trickles would hold us for ever.
    """
    url = urlsplit(settings.ASSISTANT_URL)
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=seconds)
    deadline = monotonic() + seconds
    connection.connect()
    timer = Timer(max(0.0, deadline - monotonic()), _cut, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        connection.close()


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        connected.shutdown(socket.SHUT_RDWR)
