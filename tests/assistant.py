"""A running assistant, asked over HTTP as the website asks it."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PATH = "/webhooks/rest/webhook"
TIMEOUT = 30  # seconds


class AssistantError(RuntimeError):
    """The assistant cannot be reached, or what it sent is no reply."""


@dataclass(frozen=True)
class Weighed:
    """What a message comes to on either side of the threshold at which the guide answers.

    `answerable` is the probability of all sections and follow-ups together; the outcomes are those when
    that is enough to answer, and when it is not.
    """

    answerable: float
    answered: tuple[str, ...]
    declined: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One reply of the assistant, how sure of it the NLU was, and the seconds it took.

    `weighed` is known only of an assistant in this process (tests/offline.py), and not of alarms.
    """

    kind: str
    text: str
    name: str | None = None
    topics: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    intent: str | None = None
    confidence: float = 0.0
    runner_up: str | None = None
    seconds: float = 0.0
    weighed: Weighed | None = None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What came of the question, as tests expect it: `answer:TOPIC`, a kind, `chitchat:NAME`.

        A question about two things is answered from two sections, so either of them counts; so does
        `chitchat` for small talk of any name.
        """
        if self.kind == "answer":
            return tuple(f"answer:{topic}" for topic in self.topics[:2])
        return (f"{self.kind}:{self.name}", self.kind) if self.name else (self.kind,)


class Assistant:
    """An assistant at an address such as `http://127.0.0.1:5005`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url if "//" in url else f"http://{url}")
        if not parts.hostname:
            raise AssistantError(f"{url!r} is no address: give one such as http://127.0.0.1:5005")
        self._url = url
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=TIMEOUT)

    def ask(self, sender: str, text: str) -> Said:
        """The reply to this text in this sender's conversation.

        Raises AssistantError when there is no answer, or anything but one reply object.
        """
        body = json.dumps({"sender": sender, "message": text})
        started = time.perf_counter()
        status, answer = self._post(body)
        seconds = time.perf_counter() - started
        if status != http.client.OK:
            raise AssistantError(f"{self._url} answered {status}: {answer[:200]}")
        try:
            (message,) = json.loads(answer)
            return said(message["custom"], seconds)
        except (ValueError, TypeError, KeyError) as error:
            raise AssistantError(
                f"{self._url} sent something else than one reply ({error!r}): {answer[:200]}"
            ) from None

    def _post(self, body: str) -> tuple[int, str]:
        headers = {"Content-Type": "application/json"}
        for last in (False, True):
            try:
                self._connection.request("POST", PATH, body, headers)
                response = self._connection.getresponse()
                return response.status, response.read().decode("utf-8", "replace")
            except (OSError, http.client.HTTPException) as error:
                # A server may close a kept connection at any time: that alone is no failure.
                self._connection.close()
                if last:
                    raise AssistantError(
                        f"no answer from {self._url} ({error}): start the assistant with `make run`"
                    ) from None
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


def said(reply: dict[str, Any], seconds: float = 0.0) -> Said:
    """The reply object as tests look at it; raises KeyError when it lacks a field."""
    nlu = reply.get("nlu") or {}
    return Said(
        kind=reply["kind"],
        text=reply["text"],
        name=reply.get("name"),
        topics=tuple(reply["topics"]),
        passages=tuple(reply["passages"]),
        intent=nlu.get("intent"),
        confidence=nlu.get("confidence") or 0.0,
        runner_up=nlu.get("runner_up"),
        seconds=seconds,
    )
