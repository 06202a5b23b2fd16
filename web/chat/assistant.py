"""Asks the assistant, and is back in time whatever it does."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

from chat.models import Turn
from chat.reply import ReplyError, read_reply
from replies.reply import Reply


class AssistantError(Exception):
    """The assistant gave no reply; `outcome` says how it failed."""

    def __init__(self, outcome: Turn.Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def ask(sender: str, text: str, seconds: float) -> Reply:
    """The assistant's reply within this many seconds; raises AssistantError.

    A text that begins with `/` is a payload to Rasa, so it is sent behind a space.
    """
    deadline = monotonic() + seconds
    safe = f" {text}" if text.startswith("/") else text
    body = json.dumps({"sender": sender, "message": safe}).encode()
    try:
        with _connection(seconds) as connection:
            path = urlsplit(settings.ASSISTANT_URL).path or "/"
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            with connection.getresponse() as response:
                status = response.status
                raw = response.read(settings.ASSISTANT_LONGEST + 1)
    except (OSError, HTTPException, ValueError) as error:
        late = isinstance(error, TimeoutError) or monotonic() >= deadline
        raise AssistantError(Turn.Outcome.TIMEOUT if late else Turn.Outcome.UNREACHABLE) from error
    if monotonic() >= deadline:
        raise AssistantError(Turn.Outcome.TIMEOUT)
    if status != 200 or len(raw) > settings.ASSISTANT_LONGEST:
        raise AssistantError(Turn.Outcome.NONSENSE)
    try:
        return read_reply(json.loads(raw))
    except (ReplyError, ValueError, RecursionError) as error:
        raise AssistantError(Turn.Outcome.NONSENSE) from error


def model_version() -> str:
    """The model that answers: as the settings name it, else the newest trained file."""
    if settings.ASSISTANT_MODEL:
        return str(settings.ASSISTANT_MODEL)
    files = sorted(settings.MODELS.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    return files[-1].name.removesuffix(".tar.gz") if files else ""


@contextmanager
def _connection(seconds: float) -> Iterator[HTTPConnection]:
    """A connection that is cut when the time is up.

    A socket's timeout starts anew with every byte: a server that trickles would hold us for ever.
    """
    url = urlsplit(settings.ASSISTANT_URL)
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=seconds)
    connection.connect()
    timer = Timer(seconds, _cut, [connection.sock])
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
