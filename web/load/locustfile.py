"""Visitors at a human pace: each opens the chat, says what a scenario says, and checks the log.

`make load` runs it (tests/load.py), with the limits by address lifted (LIMIT_ADDRESS,
LIMIT_SESSIONS): all visitors come from one address here.
"""

from __future__ import annotations

import os
import random
import uuid
from pathlib import Path
from typing import Any

import yaml
from locust import HttpUser, between, events, task
from locust.env import Environment

SCENARIOS = Path(__file__).resolve().parents[2] / "tests" / "scenarios"
LONGEST_TEXT = 1000  # characters; the chat takes no more
P95_LIMIT = int(os.environ.get("P95_LIMIT", "300"))  # ms; 0 while the assistant is being killed
PACE = between(4, 12)  # s that a person reads and types


def read_talks(folder: Path = SCENARIOS) -> list[list[str]]:
    """What the visitor of each scenario says, in order."""
    entries: list[dict[str, Any]] = [
        entry
        for file in sorted(folder.glob("*.yml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")) or []
    ]
    fragments = {entry["fragment"]: entry["steps"] for entry in entries if "fragment" in entry}

    def texts(steps: list[dict[str, Any]]) -> list[str]:
        said: list[str] = []
        for step in steps:
            if "fragment" in step:
                said += texts(fragments[step["fragment"]])
            elif isinstance(step.get("visitor"), str) and step["visitor"].strip():
                said.append(step["visitor"])
        return said

    talks = [texts(entry["steps"]) for entry in entries if "scenario" in entry]
    return [talk for talk in talks if talk and max(map(len, talk)) <= LONGEST_TEXT]


TALKS = read_talks()


class Visitor(HttpUser):
    """One visitor after another at a window; each finds all of the talk in the transcript."""

    wait_time = PACE

    def on_start(self) -> None:
        """Opens the chat."""
        answer = self.client.post("/api/chat/sessions", json={"page": "/nets"}, name="begin")
        self.session = answer.json()["session"]
        self.said: list[tuple[str, str]] = []
        self.talk = iter(random.choice(TALKS))  # noqa: S311

    @task
    def say(self) -> None:
        """Says what comes next; now and then twice, as after a lost answer."""
        text = next(self.talk, None)
        if text is None:
            self.on_stop()
            self.on_start()
            text = next(self.talk)
        message = {"session": self.session, "id": str(uuid.uuid4()), "text": text}
        with self.client.post(
            "/api/chat/messages", json=message, name="ask", catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")
                return
            (reply,) = answer.json()["messages"]
            if not reply["blocks"]:
                answer.failure("an empty reply")
            if reply["kind"] == "error" and P95_LIMIT:
                answer.failure("the assistant did not answer")
        self.said.append((message["id"], reply["id"]))
        if random.random() < 0.1:  # noqa: S311
            with self.client.post(
                "/api/chat/messages", json=message, name="ask again", catch_response=True
            ) as again:
                if again.json()["messages"][0]["id"] != reply["id"]:
                    again.failure("another answer to the same message")

    def on_stop(self) -> None:
        """The log has every turn once, in order."""
        headers = {"Authorization": f"Bearer {self.session}"}
        with self.client.get(
            "/api/chat/transcript", headers=headers, name="check", catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")
                return
            ids = [message["id"] for message in answer.json()["messages"][1:]]
            if ids != [part for turn in self.said for part in turn]:
                answer.failure("a turn was lost or doubled")


@events.quitting.add_listener
def judge(environment: Environment, **_: object) -> None:
    """The exit code: 1 for any failure, or for a 95th percentile beyond the limit."""
    asked = environment.stats.get("ask", "POST")
    p50, p95 = (asked.get_response_time_percentile(share) for share in (0.5, 0.95))
    failures = environment.stats.total.num_failures
    print(f"{asked.num_requests} messages, {failures} failures, p50 {p50} ms, p95 {p95} ms")
    slow = bool(P95_LIMIT) and p95 > P95_LIMIT
    environment.process_exit_code = int(slow or failures > 0 or not asked.num_requests)
