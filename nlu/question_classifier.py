"""The intent classifier: which intent a message has, and which passage or matter it aims at."""

from __future__ import annotations

import json
import logging
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

from nlu.aims import AimReader, aim_of
from nlu.confidence import Confidence
from nlu.decision import (
    ALARMS,
    BESIDE_THE_PAGE,
    Decision,
    Thresholds,
    decide,
    decide_part,
    sole_question,
)
from nlu.encoder import DIMENSIONS
from nlu.network import Array, Network, Training, train
from nlu.ngrams import NgramCounter
from nlu.question_bank import Nearness, QuestionBank
from nlu.sentence_featurizer import (
    PARTS,
    RESPELLED,
    SENTENCES,
    SentenceFeaturizer,
    is_beside_disease,
)

logger = logging.getLogger(__name__)

AIMS = "aims"
PART_AIMS = 8
# Unit vectors have entries of about 0.05; the network learns faster from larger ones.
VECTOR_SCALE = 3.0


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(IntentClassifier, GraphComponent):
    """Classifies by n-grams and sentence vector, and decides by thresholds (nlu/decision.py).

    Sets `intent`, as often right as its confidence says (nlu/confidence.py); `intent_ranking`, with the
    network's own probabilities, which the choice of an answer adds up; `aims`, the passages and matters asked
    for, likeliest first; and `parts`, the aims of each part of a message that may ask two things.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        ngrams: NgramCounter | None = None,
        network: Network | None = None,
        labels: dict[str, list[str]] | None = None,
        bank: QuestionBank | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._ngrams = ngrams or NgramCounter()
        self._network = network
        self._labels = labels or {}
        self._bank = bank
        self._aim_reader = self._read_aims()
        self._thresholds = Thresholds(**config["thresholds"])
        self._confidence = Confidence(**config["confidence"])

    @classmethod
    def required_components(cls) -> list[type]:
        """The sentence vectors."""
        return [SentenceFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`training` of the network, `thresholds` of the decision, its `confidence`, and how much is ranked.

        `neighbours` is how many training questions are asked about a doubtful alarm; `aim_weight`, 0 to 1,
        how much the aims say in which intent it is.
        """
        return {
            "training": {},
            "thresholds": {},
            "neighbours": 10,
            "aim_weight": 0.5,
            "confidence": {},
            "ranked_intents": 10,
            "ranked_aims": 30,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        """The trained classifier of the model."""
        with model_storage.read_from(resource) as folder:
            state = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            network = Network(load_file(folder / "network.safetensors"))
            bank = QuestionBank(**load_file(folder / "bank.safetensors"))
        ngrams = NgramCounter.restore(state["ngrams"])
        return cls(config, model_storage, resource, ngrams, network, state["labels"], bank)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the questions; a question's metadata names the passage or matter it aims at."""
        # In one order wherever the files came from, so that the same data gives the same network.
        examples = sorted(training_data.intent_examples, key=lambda e: (e.get(INTENT), e.get(TEXT)))
        intents = [example.get(INTENT) for example in examples]
        aims = [aim_of(example) for example in examples]
        self._labels = {"intents": sorted(set(intents)), "aims": sorted(set(aims))}
        self._aim_reader = self._read_aims()
        texts = [example.get(RESPELLED) for example in examples]
        ngrams = self._ngrams.fit_count(texts)
        logger.info("Training on %d questions, %d n-grams", len(texts), self._ngrams.size)
        vectors = np.concatenate([_vector(example) for example in examples])
        self._bank = QuestionBank.of(_unit(vectors), [intent in ALARMS for intent in intents])
        self._network = train(
            ngrams,
            vectors,
            [self._labels["intents"].index(intent) for intent in intents],
            [self._labels["aims"].index(aim) for aim in aims],
            Training(**self._config["training"]),
            logger.info,
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._persist(folder)
        return self._resource

    def _persist(self, folder: Path) -> None:
        assert self._network is not None and self._bank is not None
        save_file(self._network.parameters, folder / "network.safetensors")
        save_file(self._bank.arrays, folder / "bank.safetensors")
        state = {"labels": self._labels, "ngrams": self._ngrams.state()}
        (folder / "labels.json").write_text(json.dumps(state), encoding="utf-8")

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets what each message means."""
        for message in messages:
            intents, aims, decision = self._read(message)
            parts = [(text, *self._predict(text, scaled(row)), row) for text, row in message.get(PARTS) or ()]
            for _, part_intents, _, row in parts:
                if decision.intent not in ALARMS:
                    near = partial(self._nearness, scaled(row))
                    decision = decide_part(part_intents, self._thresholds, near) or decision
            ranked = {decision.intent: decision.confidence}
            ranked |= dict(list(intents.items())[: self._config["ranked_intents"]])
            sure = Decision(decision.intent, self._confidence.of(decision.confidence))
            message.set(INTENT, _entry(sure), add_to_output=True)
            ranking = [_entry(Decision(*ranked_intent)) for ranked_intent in ranked.items()]
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(AIMS, _rounded(aims, self._config["ranked_aims"]), add_to_output=True)
            if parts:
                shown = [
                    {"text": text, AIMS: _rounded(part_aims, PART_AIMS)} for text, _, part_aims, _ in parts
                ]
                message.set(PARTS, shown, add_to_output=True)
        return messages

    def _read(self, message: Message) -> tuple[dict[str, float], dict[str, float], Decision]:
        """Its intents and aims and what they decide: those of its one question beside things off the page."""
        intents, aims = self._rank(message)
        near, beside_disease = partial(self._nearness_of, message), is_beside_disease(message)
        decision = decide(intents, self._thresholds, near, beside_disease)
        if decision.intent in BESIDE_THE_PAGE:
            read = [self._predict(text, scaled(row)) for text, row in message.get(SENTENCES) or ()]
            asking = sole_question([found for found, _ in read], self._thresholds)
            if asking is not None:
                intents, aims = read[asking]
                decision = decide(intents, self._thresholds, near, beside_disease)
        return intents, aims, decision

    def _rank(self, message: Message) -> tuple[dict[str, float], dict[str, float]]:
        if not message.get(TEXT) or self._network is None:
            return {}, {}
        return self._predict(message.get(RESPELLED), _vector(message))

    def _nearness_of(self, message: Message) -> Nearness:
        return self._nearness(_vector(message))

    def _nearness(self, vector: Array) -> Nearness:
        assert self._bank is not None
        return self._bank.nearness(_unit(vector)[0], self._config["neighbours"])

    def _predict(self, text: str, vector: Array) -> tuple[dict[str, float], dict[str, float]]:
        assert self._network is not None
        intents, aims = self._network.predict(self._ngrams.count([text]), vector)
        intents = self._aim_reader.weigh(intents, aims)
        return _ranked(self._labels["intents"], intents), _ranked(self._labels["aims"], aims)

    def _read_aims(self) -> AimReader:
        labels = self._labels
        return AimReader(labels.get("intents", []), labels.get("aims", []), self._config["aim_weight"])


def _vector(message: Message) -> Array:
    features = message.get_dense_features(TEXT)[1]
    return scaled(features.features)


def scaled(vector: Array) -> Array:
    """A feature row as the network takes it."""
    row: Array = vector.astype(np.float32) * np.float32(VECTOR_SCALE)
    return row


def _unit(vectors: Array) -> Array:
    """The sentence vectors in feature rows: unit vectors again, without the terms."""
    return vectors[:, :DIMENSIONS] / np.float32(VECTOR_SCALE)


def _rounded(shares: dict[str, float], count: int) -> dict[str, float]:
    return {name: round(share, 4) for name, share in list(shares.items())[:count]}


def _ranked(names: list[str], shares: Array) -> dict[str, float]:
    row = shares[0]
    return {names[i]: float(row[i]) for i in np.argsort(-row)}


def _entry(decision: Decision) -> dict[str, Any]:
    return {"name": decision.intent, "confidence": decision.confidence}
