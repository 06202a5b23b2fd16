"""Rasa's SpacyNLP, which loads the spaCy pipeline once where Rasa would load it twice (50 MB each)."""

from __future__ import annotations

from functools import cache

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyLanguage",
)
class SpacyLanguage(SpacyNLP):
    """Provides the spaCy pipeline, and each message's document."""

    @staticmethod
    @cache
    def load_model(spacy_model_name: str) -> SpacyModel:
        """The pipeline in this folder; raises InvalidModelError."""
        return SpacyNLP.load_model(spacy_model_name)
