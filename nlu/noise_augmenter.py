"""Adds copies of training questions as people also type them: with slips, and with asides."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.typing_noise import retype

ASIDES = Path(__file__).parent.parent / "data" / "asides.yml"

Change = Callable[[str, random.Random], str]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NoiseAugmenter(GraphComponent):
    """Copies shares of the training questions, changed; leaves visitors' messages alone."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._changes: list[tuple[float, Change]] = [
            (config["slips"], retype),
            (config["asides"], Asides(yaml.safe_load(ASIDES.read_text(encoding="utf-8")))),
        ]
        self._seed: int = config["seed"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Shares of the questions to copy with `slips` and with `asides`, 0 to 1, and the `seed` of both."""
        return {"slips": 0.1, "asides": 0.06, "seed": 7}

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
        examples = sorted(training_data.intent_examples, key=lambda e: str(e.get(TEXT)))
        copies = [
            Message({**example.data, TEXT: change(example.get(TEXT), draw)})
            for share, change in self._changes
            for example in examples
            if draw.random() < share
        ]
        return training_data.merge(TrainingData(copies))

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages as they are."""
        return messages


class Asides:
    """Puts a sentence that changes nothing before or after a question."""

    def __init__(self, asides: dict[str, list[str]]) -> None:
        """`asides` to put `before` and `after`."""
        self._asides = asides

    def __call__(self, text: str, draw: random.Random) -> str:
        """The question with an aside before or after it, as carelessly typed as the question itself."""
        before = draw.random() < 0.5
        aside = draw.choice(self._asides["before" if before else "after"])
        if text == text.lower():
            aside = aside.lower()
        end = "" if text[-1:] in ".?!" else draw.choice((".", "?", ",", ""))
        return f"{aside} {text}" if before else f"{text}{end} {aside}"
