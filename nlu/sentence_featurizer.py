"""Gives each message its sentence vector, from its text with misspelt words corrected."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.encoder import SentenceEncoder
from nlu.spelling import respell

RESPELLED = "respelled"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False
)
class SentenceFeaturizer(GraphComponent):
    """Adds a dense sentence feature of 384 numbers, and the corrected text as `respelled`."""

    def __init__(self, config: dict[str, Any], encoder: SentenceEncoder) -> None:
        self._alias: str = config["alias"]
        self._encoder = encoder

    @classmethod
    def required_components(cls) -> list[type]:
        """The documents of SpacyNLP, whose tokens know their correct spelling."""
        return [SpacyNLP]

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that must be installed."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threads` a sentence is encoded with, and the `alias` of the feature."""
        return {"threads": 2, "alias": "sentence_vector"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """The component with a loaded encoder; raises EncoderError for a missing or altered file."""
        return cls(config, SentenceEncoder(config["threads"]))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Gives every question its vector; questions that differ in case only share one."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Gives every message its vector and its corrected text."""
        texts = []
        for message in messages:
            text = respell(message.get(SPACY_DOCS[TEXT])) if message.get(TEXT) else ""
            message.set(RESPELLED, text)
            texts.append(text.lower())
        different = list(dict.fromkeys(texts))
        vectors = dict(zip(different, self._encoder.encode(different)))
        for message, text in zip(messages, texts):
            vector = vectors[text][np.newaxis, :]
            message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, self._alias))
        return messages
