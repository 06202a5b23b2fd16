"""Gives each message its sentence vector, from its text with misspelt words corrected, and its terms."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
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
from spacy.tokens import Doc

from nlu.encoder import PATH, SentenceEncoder, Vectors
from nlu.encoder_file import encoder_hash
from nlu.spelling import respell
from nlu.terms import ENTITIES, OTHER_DISEASE, read_terms
from nlu.vector_cache import encode_cached

Encode = Callable[[Sequence[str]], Vectors]

RESPELLED = "respelled"
PARTS = "parts"
SENTENCES = "sentences"
TERM_WEIGHT = 0.2
PART_END = re.compile(r"[.?!]+\s+|,?\s+and\s+(?:also\s+)?", re.IGNORECASE)
SHORTEST_PART, LONGEST_IN_PARTS = 3, 30  # words
MOST_SENTENCES = 8
NET_WORDS = {"net", "nets", "neuroendocrine", "carcinoid", "carcinoids"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(GraphComponent):
    """Adds a dense sentence feature, and the corrected text as `respelled`.

    The feature is the sentence vector (384 numbers), then for each kind of entity whether a term that
    the page names occurs and whether one that it does not, and whether another disease is named.
    """

    def __init__(self, config: dict[str, Any], encoder: SentenceEncoder) -> None:
        self._alias: str = config["alias"]
        self._file: str = config["encoder"]
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
        """The file of the `encoder` (made by `python -m nlu.language`) and the `alias` of the feature."""
        return {"encoder": str(PATH), "alias": "sentence_vector"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """The component with a loaded encoder; raises EncoderError for a missing or altered file."""
        return cls(config, SentenceEncoder(Path(config["encoder"])))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Gives every question its vector, from the last training's where it had it already."""
        encode = partial(self._encoder.encode, threads=os.cpu_count() or 1)
        made_by = encoder_hash(Path(self._file))
        self._featurize(training_data.training_examples, lambda texts: encode_cached(texts, encode, made_by))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Gives every message its vector, its corrected text, and the same of its parts and sentences."""
        self._featurize(messages, self._encoder.encode)
        for message in messages:
            parts = split_parts(message.get(RESPELLED))
            no_terms = np.zeros(len(COLUMNS), np.float32)
            message.set(PARTS, self._rows(parts, [no_terms] * len(parts)))
            sentences = split_sentences(message.get(SPACY_DOCS[TEXT]))
            texts = [respell(sentence) for sentence in sentences]
            message.set(SENTENCES, self._rows(texts, [term_features(sentence) for sentence in sentences]))
        return messages

    def _rows(self, texts: list[str], terms: list[Vectors]) -> list[tuple[str, Vectors]]:
        """Each text with its feature row: its sentence vector and its terms."""
        vectors = self._encoder.encode([text.lower() for text in texts])
        rows = [np.concatenate(pair)[np.newaxis, :] for pair in zip(vectors, terms, strict=True)]
        return list(zip(texts, rows, strict=True))

    def _featurize(self, messages: list[Message], encode: Encode) -> list[Message]:
        texts = []
        for message in messages:
            text = respell(message.get(SPACY_DOCS[TEXT])) if message.get(TEXT) else ""
            message.set(RESPELLED, text)
            texts.append(text.lower())
        different = list(dict.fromkeys(texts))
        vectors = dict(zip(different, encode(different), strict=True))
        for message, text in zip(messages, texts, strict=True):
            vector = np.concatenate([vectors[text], term_features(message.get(SPACY_DOCS[TEXT]))])
            row = vector[np.newaxis, :]
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._alias))
        return messages


def split_parts(text: str) -> list[str]:
    """The questions of a short message that may ask two things; nothing for one that asks one."""
    if len(text.split()) > LONGEST_IN_PARTS:
        return []
    parts = [part.strip(" ,.?!") for part in PART_END.split(text)]
    parts = [part for part in parts if len(part.split()) >= SHORTEST_PART]
    return parts if len(parts) > 1 else []


def split_sentences(doc: Doc | None) -> list[Doc]:
    """The sentences of a message that has several, the last ones of a long one; nothing for a single one."""
    sentences = [span.as_doc() for span in doc.sents if span.text.strip(" .?!")] if doc is not None else []
    return sentences[-MOST_SENTENCES:] if len(sentences) > 1 else []


def is_beside_disease(message: Message) -> bool:
    """Whether the message names another disease, and neither a NET nor a tumor that the page names."""
    doc = message.get(SPACY_DOCS[TEXT])
    if doc is None or not any(ent.label_ == OTHER_DISEASE for ent in doc.ents):
        return False
    is_named = any(ent.label_ == "tumor_type" and (ent.label_, ent.ent_id_) in NAMED for ent in doc.ents)
    return not is_named and not NET_WORDS & {token.norm_ for token in doc}


def term_features(doc: Doc | None) -> Vectors:
    """Which kinds of terms occur in the document: named on the page, not named there, other disease."""
    features = np.zeros(len(COLUMNS), np.float32)
    for ent in doc.ents if doc is not None else ():
        named = (ent.label_, ent.ent_id_) in NAMED
        features[COLUMNS[ent.label_, named]] = TERM_WEIGHT
    return features


NAMED = {(term.entity, term.name) for term in read_terms() if term.passage}
COLUMNS = {
    key: column
    for column, key in enumerate(
        [(entity, named) for entity in ENTITIES for named in (True, False)] + [(OTHER_DISEASE, False)]
    )
}
