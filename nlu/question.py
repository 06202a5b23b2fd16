"""A training question: Rasa's message, quick to copy and to fingerprint."""

from __future__ import annotations

import hashlib
from typing import Any

from rasa.nlu.constants import SPACY_DOCS, TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

# Made from the text by components that Rasa fingerprints by themselves.
MADE_OF_THE_TEXT = (TOKENS_NAMES[TEXT], SPACY_DOCS[TEXT])


class Question(Message):
    """A message that shares what nobody changes with its copies.

    Rasa copies and compares all training data at each of four merges and fingerprints it after every step,
    down to each token: for tens of thousands of questions a third of the whole training (docs/measuring.md).
    """

    _cached_fingerprint: str | None

    def __deepcopy__(self, memo: dict[int, Any]) -> Question:
        return Question(self.data, set(self.output_properties), self.time, list(self.features))

    def fingerprint(self) -> str:
        """Changes with the text, the labels and the features."""
        if self._cached_fingerprint is None:
            told = sorted((name, value) for name, value in self.data.items() if name not in MADE_OF_THE_TEXT)
            features = [feature.fingerprint() for feature in self.features]
            self._cached_fingerprint = hashlib.md5(repr((told, features)).encode()).hexdigest()
        return self._cached_fingerprint
