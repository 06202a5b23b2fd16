"""Adds copies of training questions as people also type them: with slips, and with asides."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.decision import ALARMS, DISTRESS
from nlu.question import Question
from nlu.terms import read_other_diseases, read_terms
from nlu.typing_noise import retype

ASIDES = Path(__file__).parent.parent / "data" / "asides.yml"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
WORDS_OF_AN_ASIDE = (4, 22)  # at least and at most
# Words that tell what a message is about, besides the names of data/terms.
TELLING = {
    "cancer",
    "tumor",
    "tumors",
    "net",
    "nets",
    "treatment",
    "scan",
    "scans",
    "test",
    "tests",
    "spread",
}

OUT_OF_SCOPE = "out_of_scope"

Change = Callable[[str, random.Random], str]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NoiseAugmenter(GraphComponent):
    """Copies shares of the training questions, changed; leaves visitors' messages alone."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._shares: dict[str, float] = {name: config[name] for name in ("slips", "asides")}
        self._seed: int = config["seed"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Shares of the questions to copy with `slips` and with `asides`, 0 to 1, and the `seed` of both.

        The own asides are added by themselves, too, as matters beside the page.
        """
        return {"slips": 0.1, "asides": 0.08, "seed": 7}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NoiseAugmenter:
        """The component with this configuration."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training data with the copies at its end."""
        draw = random.Random(self._seed)
        asides = Asides(read_asides(), told_asides(training_data))
        changes: dict[str, Change] = {"slips": retype, "asides": asides}
        examples = sorted(_questions(training_data), key=lambda e: str(e.get(TEXT)))
        copies = [
            Question({**example.data, TEXT: change(example.get(TEXT), draw)})
            for name, change in changes.items()
            for example in examples
            if draw.random() < self._shares[name]
        ]
        alone = [Question({TEXT: aside, INTENT: OUT_OF_SCOPE}) for aside in asides.own]
        # Rasa's own merge copies every example and compares all of them, which takes longer than this.
        training_data.training_examples.extend(copies + alone)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages as they are."""
        return messages


def read_asides() -> dict[str, list[str]]:
    """The asides of data/asides.yml, those that come `before` a question and those that come `after`."""
    asides: dict[str, list[str]] = yaml.safe_load(ASIDES.read_text(encoding="utf-8"))
    return asides


def _questions(training_data: TrainingData) -> list[Message]:
    """The texts with an intent. Not `intent_examples`, which would not know those added later."""
    return [e for e in training_data.training_examples if e.get(INTENT) and e.get(TEXT)]


def told_asides(training_data: TrainingData) -> list[str]:
    """What the training questions tell besides asking: calm statements without a medical name."""
    names = {name.lower() for term in read_terms() for name in (term.name, *term.words)}
    names |= {*read_other_diseases(), *TELLING}
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    told = {
        sentence: None
        for example in _questions(training_data)
        if example.get(INTENT) not in (*ALARMS, DISTRESS)
        for sentence in SENTENCE_END.split(example.get(TEXT))[:-1]
        if sentence.endswith((".", "!"))
        and WORDS_OF_AN_ASIDE[0] <= len(sentence.split()) <= WORDS_OF_AN_ASIDE[1]
        and not named.search(sentence.lower())
    }
    return sorted(told)


class Asides:
    """Puts a sentence that changes nothing before or after a question."""

    def __init__(self, own: dict[str, list[str]], told: list[str]) -> None:
        """`own` asides to put `before` and `after`, and those that were `told`, which come before."""
        self._own = own
        self._told = told

    @property
    def own(self) -> list[str]:
        """The own asides, before and after.

        What was told is not safe by itself: "I cannot keep water down" is told as "my wife asks" is.
        """
        return [*self._own["before"], *self._own["after"]]

    def __call__(self, text: str, draw: random.Random) -> str:
        """The question with an aside before or after it, as carelessly typed as the question itself."""
        before = draw.random() < 0.5
        told = before and self._told and draw.random() < 0.5
        aside = draw.choice(self._told if told else self._own["before" if before else "after"])
        if text == text.lower():
            aside = aside.lower()
        end = "" if text[-1:] in ".?!" else draw.choice((".", "?", ",", ""))
        return f"{aside} {text}" if before else f"{text}{end} {aside}"
