"""The reply objects that peers answer with, so that all are judged alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guide.model import Paragraph, Passage
from replies.reply import Reply
from replies.texts import read_texts

DECLINED = Paragraph("The page does not cover this.")
# What an intent leads to when it has no fixed text of its own.
KINDS = {"other_disease": "out_of_scope", "followup": "clarify", "nlu_fallback": "clarify"}


def answer(passages: Sequence[Passage]) -> dict[str, Any]:
    """The reply that shows these passages."""
    blocks = tuple(block for passage in passages for block in passage.blocks)
    topics = tuple(dict.fromkeys(passage.topic for passage in passages))
    return Reply("answer", blocks, topics=topics, passages=tuple(p.id for p in passages)).as_dict()


def fixed(intent: str) -> dict[str, Any]:
    """The reply of the kind that belongs to an intent which is no section of the guide."""
    texts = read_texts()
    kind, name = KINDS.get(intent, intent), None
    if intent in texts:
        kind, name = texts[intent].kind, texts[intent].name
    return Reply(kind, (DECLINED,), name=name).as_dict()  # type: ignore[arg-type]
