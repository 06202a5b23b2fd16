"""What a question can be meant for: a passage, a section, a matter that is declined, an intent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from netguide.practice import guide, texts
from review.vocabulary import intent_title, intents

# Intents whose questions name, in the training data, what they are about.
WITH_MATTER = ("not_covered", "medical_advice")
OTHER = "other"
# Nothing is taught of these: what a message says depends on the talk, or on the model alone.
NOT_TAUGHT = ("followup", "nlu_fallback")


@dataclass(frozen=True)
class Aim:
    """What the classifier is to make of a question; `id` as it names aims itself."""

    id: str
    intent: str
    metadata: tuple[str, str] | None  # such as ("passage", "symptoms-list")
    title: str

    @property
    def label(self) -> str:
        """How it stands in a list to choose from."""
        return f"{self.title} ({self.id})"


@cache
def aims() -> dict[str, Aim]:
    """Every aim by its id: passages and sections in the order of the page, then the rest."""
    found: list[Aim] = []
    for section in guide().sections:
        title = f"{section.title}, in general"
        found.append(Aim(section.topic, section.topic, None, title))
        for passage in section.passages:
            found.append(Aim(passage.id, section.topic, ("passage", passage.id), passage.question))
    for intent, matter in _matters():
        title = f"{intent_title(intent)}: {matter.replace('_', ' ')}"
        found.append(Aim(f"{intent}/{matter}", intent, ("about", matter), title))
    # A matter is always named for these, so the bare intent is none.
    plain = [i for i in intents() if i not in (*guide().by_topic, *WITH_MATTER, *NOT_TAUGHT)]
    found += [Aim(intent, intent, None, intent_title(intent)) for intent in plain]
    return {aim.id: aim for aim in found}


def find(written: str) -> Aim | None:
    """The aim of this id, or of this label as a list filled it in."""
    written = written.strip()
    by_label = {aim.label.casefold(): aim for aim in aims().values()}
    return aims().get(written) or by_label.get(written.casefold())


def corrected(intent: str, passage: str) -> str:
    """The id of what a reviewer named as right; empty when that says too little."""
    if passage in guide().passages:
        return passage
    name = f"{intent}/{OTHER}" if intent in WITH_MATTER else intent
    return name if name in aims() else ""


@cache
def declines() -> dict[str, str]:
    """The matter that a decline names, by the words of the reply; the nameless one is not in it."""
    values = {"practice": guide().practice, "source": guide().source}
    return {
        texts()[f"not_covered_{matter['who']}"].reply(matter=matter["text"], **values).text: name
        for name, matter in _read("data/matters.yml").items()
        if name != OTHER
    }


@cache
def _matters() -> tuple[tuple[str, str], ...]:
    """Pairs of intent and matter, as the training data has them."""
    found: dict[tuple[str, str], None] = {}
    for intent in WITH_MATTER:
        for entry in _read(f"data/nlu/limits/{intent}.yml")["nlu"]:
            if about := entry.get("metadata", {}).get("about"):
                found[intent, about] = None
    return tuple(found)


def _read(name: str) -> Any:
    text = (settings.ROOT / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)
