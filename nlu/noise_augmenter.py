"""Adds misspelt copies of the training questions, so that slips are nothing new to the classifier."""

from __future__ import annotations

import random
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.typing_noise import retype


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NoiseAugmenter(GraphComponent):
    """Copies a share of the training questions with typing slips; leaves visitors' messages alone."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._share: float = config["share"]
        self._seed: int = config["seed"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`share` of the questions to copy, 0 to 1, and the `seed` of the slips."""
        return {"share": 0.25, "seed": 7}

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
        copies = [
            Message({**example.data, TEXT: retype(example.get(TEXT), draw)})
            for example in sorted(training_data.intent_examples, key=lambda e: str(e.get(TEXT)))
            if draw.random() < self._share
        ]
        return training_data.merge(TrainingData(copies))

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages as they are."""
        return messages
