"""What the talk was about, kept in three slots between turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from replies.reply import Reply

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
        """The slots to set."""
        return [
            SlotSet("topic", self.topic),
            SlotSet("shown", list(self.shown)),
            SlotSet("offered", self.offered),
        ]


def read_memory(slots: Mapping[str, Any]) -> Memory:
    """The memory in a tracker's slots."""
    return Memory(slots.get("topic"), tuple(slots.get("shown") or ()), slots.get("offered"))
