"""The reply object: the one contract between the assistant and what shows it (docs/reply.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from guide.model import Block, BulletList, Paragraph

Kind = Literal[
    "answer",
    "clarify",
    "not_covered",
    "medical_advice",
    "emergency",
    "crisis",
    "distress",
    "handoff",
    "out_of_scope",
    "unsupported_language",
    "chitchat",
    "error",
]


@dataclass(frozen=True)
class Link:
    """A link of an alert, such as `tel:911`."""

    label: str
    href: str


@dataclass(frozen=True)
class Alert:
    """A block that must stand out, with its links."""

    text: str
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A next question: what the button says, and the plain text it sends."""

    title: str
    message: str


@dataclass(frozen=True)
class Source:
    """Where on the page the answer stands."""

    title: str
    section: str
    url: str


@dataclass(frozen=True)
class Understanding:
    """What the NLU made of the message, for those who review the conversation."""

    intent: str | None = None
    confidence: float = 0.0
    runner_up: str | None = None
    runner_up_confidence: float = 0.0


@dataclass(frozen=True)
class Reply:
    """One turn of the bot. `name` is set for chitchat only; `passages` are the ids shown, best first."""

    kind: Kind
    blocks: tuple[Block | Alert, ...]
    name: str | None = None
    topics: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    source: Source | None = None
    suggestions: tuple[Suggestion, ...] = ()
    nlu: Understanding = field(default_factory=Understanding)

    @property
    def text(self) -> str:
        """The whole reply as plain text, for a channel that shows nothing else."""
        return "\n\n".join(_plain(self.blocks))

    def as_dict(self) -> dict[str, Any]:
        """The reply object as JSON values, field by field as docs/reply.md lists them."""
        reply: dict[str, Any] = {"kind": self.kind}
        if self.name:
            reply["name"] = self.name
        source = self.source
        return reply | {
            "topics": list(self.topics),
            "passages": list(self.passages),
            "text": self.text,
            "blocks": [_block_dict(block) for block in self.blocks],
            "source": vars(source) if source else None,
            "suggestions": [vars(suggestion) for suggestion in self.suggestions],
            "nlu": vars(self.nlu),
        }


def blocks_from_text(text: str) -> tuple[Block, ...]:
    """Paragraphs (parted by blank lines) and lists (lines that start with `- `) of a plain text."""
    blocks: list[Block] = []
    for part in text.strip().split("\n\n"):
        lines = [line.strip() for line in part.splitlines()]
        items = tuple(line[2:] for line in lines if line.startswith("- "))
        if before := " ".join(line for line in lines if not line.startswith("- ")):
            blocks.append(Paragraph(before))
        if items:
            blocks.append(BulletList(items))
    return tuple(blocks)


def _plain(blocks: Iterable[Block | Alert]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, BulletList):
            yield "\n".join(f"- {item}" for item in block.items)
        else:
            yield block.text


def _block_dict(block: Block | Alert) -> dict[str, Any]:
    if isinstance(block, BulletList):
        return {"type": "list", "items": list(block.items)}
    if isinstance(block, Alert):
        return {
            "type": "alert",
            "text": block.text,
            "actions": [vars(action) for action in block.actions],
        }
    return {"type": "paragraph", "text": block.text}
