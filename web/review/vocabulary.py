"""The names the staff choose from: kinds, topics, intents, passages, from the assistant's data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings

from chat.reply import KINDS
from netguide.practice import guide

KIND_TITLES = {
    "answer": "Answered",
    "clarify": "Clarified",
    "not_covered": "Not covered",
    "medical_advice": "Advice declined",
    "emergency": "Emergency",
    "crisis": "Crisis",
    "distress": "Distress",
    "handoff": "Wants a person",
    "out_of_scope": "Out of scope",
    "unsupported_language": "Other language",
    "chitchat": "Small talk",
    "error": "Failed",
}
LOOKS = {  # class of the badge
    "answer": "good",
    "clarify": "warn",
    "not_covered": "warn",
    "medical_advice": "warn",
    "emergency": "bad",
    "crisis": "bad",
    "distress": "bad",
    "error": "bad",
}
SAFETY = ("emergency", "crisis", "distress")
DECLINED = ("not_covered", "medical_advice", "out_of_scope", "unsupported_language")
TALK = ("chitchat", "handoff")
# What one can ask the list for besides a single kind.
KIND_GROUPS = {
    "declined": ("Any decline", DECLINED),
    "safety": ("Any alarm", SAFETY),
    "other": ("Small talk, or wants a person", TALK),
}


@dataclass(frozen=True)
class Target:
    """What a turn should have led to: a passage of the guide, or an intent."""

    intent: str
    passage: str
    title: str

    @property
    def label(self) -> str:
        """How it stands in the list, and what the form sends."""
        return f"{self.title} ({self.passage or self.intent})"


@cache
def intents() -> tuple[str, ...]:
    """Every intent of the assistant, in the order of domain.yml."""
    domain = yaml.safe_load((settings.ROOT / "domain.yml").read_text(encoding="utf-8"))
    return tuple(next(iter(i)) if isinstance(i, dict) else str(i) for i in domain["intents"])


@cache
def targets() -> tuple[Target, ...]:
    """What a reviewer may name as right: every passage, then every intent without one."""
    passages = [Target(p.topic, p.id, p.question) for p in guide().passages.values()]
    others = [i for i in intents() if i not in guide().by_topic]
    return (*passages, *(Target(i, "", intent_title(i)) for i in others))


def find_targets(written: str) -> list[Target]:
    """The targets this may mean: the one of this label or id, else those with all its words."""
    sought = written.strip().casefold()
    if not sought:
        return []
    for target in targets():
        names = (target.label, target.title, target.passage or target.intent)
        if sought in (name.casefold() for name in names):
            return [target]
    words = sought.split()
    return [t for t in targets() if all(word in t.label.casefold() for word in words)]


def target_label(intent: str, passage: str) -> str:
    """The label of what was named right once; what the guide no longer has is named by its id."""
    for target in targets():
        if target.passage == passage and (passage or target.intent == intent):
            return target.label
    return passage or intent


def kind_title(kind: str) -> str:
    """How a kind of reply is called on a page."""
    return KIND_TITLES.get(kind, kind)


def topic_title(topic: str) -> str:
    """The title of the guide's section."""
    section = guide().by_topic.get(topic)
    return section.title if section else topic


def intent_title(intent: str) -> str:
    """An intent in words."""
    return intent.replace("_", " ").capitalize()


def kinds() -> list[tuple[str, str]]:
    """Choices of a kind, the groups first."""
    groups = [(name, title) for name, (title, _) in KIND_GROUPS.items()]
    return [*groups, *((kind, kind_title(kind)) for kind in KINDS)]


def topics() -> list[tuple[str, str]]:
    """Choices of a topic."""
    return [(section.topic, section.title) for section in guide().sections]
