"""The visitor's message as the NLU understood it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nlu.terms import Term, read_terms
from replies.reply import Understanding


@dataclass(frozen=True)
class Message:
    """A message with its intents and aims, each with its probability, likeliest first.

    `spans` are the words its terms were named by; `parts` each of two things asked together, with its aims.
    """

    text: str
    intent: str
    intents: dict[str, float]
    aims: dict[str, float]
    terms: tuple[Term, ...] = ()
    spans: tuple[str, ...] = ()
    confidence: float = 0.0
    parts: tuple[tuple[str, dict[str, float]], ...] = ()

    @property
    def understanding(self) -> Understanding:
        """What the reply tells reviewers of it."""
        others = [(name, share) for name, share in self.intents.items() if name != self.intent]
        runner_up, share = others[0] if others else (None, 0.0)
        return Understanding(self.intent, round(self.confidence, 4), runner_up, round(share, 4))


def read_message(latest: dict[str, Any]) -> Message:
    """The message in a tracker's `latest_message`."""
    text = latest.get("text") or ""
    terms, spans = [], []
    for entity in latest.get("entities") or ():
        term = TERMS.get((entity["entity"], entity["value"]))
        if term and term not in terms:
            terms.append(term)
            spans.append(text[entity["start"] : entity["end"]] if "start" in entity else term.name)
    intent = latest.get("intent") or {}
    return Message(
        text=text,
        intent=intent.get("name") or "nlu_fallback",
        confidence=intent.get("confidence") or 0.0,
        intents={i["name"]: i["confidence"] for i in latest.get("intent_ranking") or ()},
        aims=dict(latest.get("aims") or {}),
        terms=tuple(terms),
        spans=tuple(spans),
        parts=tuple((part["text"], part["aims"]) for part in latest.get("parts") or ()),
    )


TERMS = {(term.entity, term.name): term for term in read_terms()}
