"""What the talk was about, kept in one slot between turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from replies.reply import Reply

SLOT = "talk"
REMEMBERED_PASSAGES = 12


@dataclass(frozen=True)
class Memory:
    """The section talked about last, the passages shown so far, and the question last offered."""

    topic: str | None = None
    shown: tuple[str, ...] = ()
    offered: str | None = None

    def after(self, reply: Reply, offered: str | None) -> Memory:
        """The memory after this reply."""
        if reply.kind != "answer":
            return replace(self, offered=offered)
        shown = [p for p in self.shown if p not in reply.passages] + list(reply.passages)
        return Memory(reply.topics[0], tuple(shown[-REMEMBERED_PASSAGES:]), offered)

    def events(self) -> list[EventType]:
        """The slot to set."""
        talk = {"topic": self.topic, "shown": list(self.shown), "offered": self.offered}
        return [SlotSet(SLOT, talk)]


def read_memory(slots: Mapping[str, Any]) -> Memory:
    """The memory in a tracker's slots."""
    talk = slots.get(SLOT) or {}
    return Memory(talk.get("topic"), tuple(talk.get("shown") or ()), talk.get("offered"))
