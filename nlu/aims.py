"""What a message aims at: a passage, a section, or a matter that the page does not cover."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from guide.model import TOPICS
from guide.reader import read_guide
from nlu.decision import FOLLOWUP
from nlu.network import Array


def aim_of(example: Message) -> str:
    """What a training question aims at: a passage, a section, or a matter as `intent/matter`."""
    intent: str = example.get(INTENT)
    metadata = (example.get("metadata") or {}).get("intent") or {}
    if passage := metadata.get("passage"):
        return str(passage)
    about = metadata.get("about")
    if intent == FOLLOWUP:
        return str(about)
    return f"{intent}/{about}" if about else intent


class AimReader:
    """Reads what the aims say of the intents, and weighs it with what the intents say themselves.

    The network learns both from the same questions, yet they err on different messages: together they are
    right more often (docs/measuring.md). Whether a message is a follow-up only the intents say.
    """

    def __init__(self, intents: Sequence[str], aims: Sequence[str], weight: float) -> None:
        """`weight` of the aims against the intents, 0 to 1."""
        topics = {passage.id: passage.topic for passage in read_guide().passages.values()}
        topics |= {topic: topic for topic in TOPICS}
        self._weight = weight
        self._followup = intents.index(FOLLOWUP) if FOLLOWUP in intents else None
        self._belongs = np.zeros((len(aims), len(intents)), np.float32)
        for row, aim in enumerate(aims):
            intent = topics.get(aim) or aim.split("/")[0]
            if intent in intents:
                self._belongs[row, intents.index(intent)] = 1

    def weigh(self, intents: Array, aims: Array) -> Array:
        """The probabilities of the intents in the light of the aims, one row a message."""
        said = aims @ self._belongs
        if self._followup is None:
            rest = np.ones((len(intents), 1), np.float32)
        else:
            said[:, self._followup] = 0
            rest = 1 - intents[:, [self._followup]]
        said *= rest / np.maximum(said.sum(axis=1, keepdims=True), np.float32(1e-9))
        if self._followup is not None:
            said[:, self._followup] = intents[:, self._followup]
        weighed: Array = (1 - self._weight) * intents + self._weight * said
        return weighed
