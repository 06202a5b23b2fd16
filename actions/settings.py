"""The numbers the choice of an answer turns on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

WORD_LISTS = ("comparing_words", "pointing_back", "spanish_words", "words_of_both")
PATH = Path(__file__).parent / "settings.yml"


@dataclass(frozen=True)
class Settings:
    """As settings.yml explains them, probabilities from 0 to 1."""

    leaning: float
    unsure: float
    context_weight: float
    context_loss: float
    topics_in_context: float
    topics_alone: float
    decline: float
    second_topic: float
    second_passage: float
    general_passages: int
    compared_passages: int
    matter: float
    in_general: float
    suggestions: int
    clear_aim: float
    asked_together: float
    part_leaning: float
    pointing_back: frozenset[str]
    pointing_words: int
    pointing_leaning: float
    ordinals: dict[str, int]
    comparing_words: frozenset[str]
    spanish_words: frozenset[str]
    words_of_both: frozenset[str]
    spanish_share: float


@cache
def read_settings(path: Path = PATH) -> Settings:
    """The settings in this file."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    words = {name: frozenset(values[name]) for name in WORD_LISTS}
    return Settings(**values | words)
