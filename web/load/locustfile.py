"""Visitors at a human pace: each opens the chat, asks the guide's questions, and checks the log.

docs/web.md has the command. The site's limits by address must be lifted for it (LIMIT_ADDRESS,
LIMIT_SESSIONS): all visitors come from one address here.
"""

from __future__ import annotations

import os
import random
import sys
import uuid
from pathlib import Path

from locust import HttpUser, between, events, task
from locust.env import Environment

sys.path.append(str(Path(__file__).resolve().parents[2]))

from guide.reader import read_guide

QUESTIONS = [passage.question for passage in read_guide().passages.values()]
P95_LIMIT = int(os.environ.get("P95_LIMIT", "300"))  # ms; 0 while the assistant is being killed
PACE = between(4, 12)  # s that a person reads and types


class Visitor(HttpUser):
    """One visitor, who remembers what was said and finds it again in the transcript."""

    wait_time = PACE

    def on_start(self) -> None:
        """Opens the chat."""
        answer = self.client.post("/api/chat/sessions", json={"page": "/nets"}, name="begin")
        self.session = answer.json()["session"]
        self.said: list[tuple[str, str]] = []

    @task
    def ask(self) -> None:
        """Asks; now and then the same message is sent twice, as after a lost answer."""
        message = {
            "session": self.session,
            "id": str(uuid.uuid4()),
            "text": random.choice(QUESTIONS),  # noqa: S311
        }
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
    p95 = asked.get_response_time_percentile(0.95)
    failures = environment.stats.total.num_failures
    print(f"{asked.num_requests} questions, {failures} failures, p95 {p95} ms")
    slow = bool(P95_LIMIT) and p95 > P95_LIMIT
    environment.process_exit_code = int(slow or failures > 0)
