"""Plain emergencies and crises, recognised without the assistant (safety.yml)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

RULES_PATH = Path(__file__).with_name("safety.yml")


@dataclass(frozen=True)
class Rules:
    """What is taken out of a text first, and the texts with the patterns that call for them."""

    unless: re.Pattern[str]
    texts: tuple[tuple[str, re.Pattern[str]], ...]

    def alarm(self, text: str) -> str | None:
        """The name of the safety text this message calls for, if any."""
        plain = self.unless.sub(" ", _plain(text))
        return next((name for name, pattern in self.texts if pattern.search(plain)), None)


def _plain(text: str) -> str:
    """In lower case, without accents and apostrophes, with single spaces."""
    letters = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"['\u2018\u2019\u00b4`]", "", bare).split())


@cache
def read_rules(path: Path = RULES_PATH) -> Rules:
    """The rules of this file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Rules(
        unless=_any(data["unless"]),
        texts=tuple((entry["text"], _any(entry["any"])) for entry in data["texts"]),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns))
