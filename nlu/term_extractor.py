"""Finds the project's terms in a message: Rasa's spaCy extractor with the term's own name as value."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.extractors.spacy_entity_extractor import SpacyEntityExtractor
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False, model_from="SpacyLanguage"
)
class TermExtractor(SpacyEntityExtractor):
    """Adds an entity for each term: its kind, its name whatever was typed, and where it stands."""

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        """Adds the entities of each message's spaCy document."""
        for message in messages:
            doc = message.get(SPACY_DOCS[TEXT])
            found: list[dict[str, Any]] = [
                {
                    "entity": ent.label_,
                    "value": ent.ent_id_,
                    "start": ent.start_char,
                    "end": ent.end_char,
                    "confidence": None,
                }
                for ent in (doc.ents if doc is not None else ())
            ]
            found = self.add_extractor_name(found)
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
