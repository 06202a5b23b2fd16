"""The numbers the choice of an answer turns on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PATH = Path(__file__).parent / "settings.yml"


@dataclass(frozen=True)
class Settings:
    """As settings.yml explains them, probabilities from 0 to 1."""

    leaning: float
    unsure: float
    context_weight: float
    context_loss: float
    topics_in_context: float
    second_topic: float
    second_passage: float
    general_passages: int
    compared_passages: int
    matter: float
    suggestions: int
    pointing_words: int
    ordinals: dict[str, int]
    comparing_words: frozenset[str]


@cache
def read_settings(path: Path = PATH) -> Settings:
    """The settings in this file."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Settings(**values | {"comparing_words": frozenset(values["comparing_words"])})
