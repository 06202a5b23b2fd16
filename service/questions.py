"""The questions the assistant was trained on, and what visitors say in its tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from service.likeness import ENTITY

TRAINING_DATA = "data/nlu"
TESTS = ("tests/heldout", "tests/scenarios", "tests/stories")
SAID = ("text", "user", "visitor")  # names under which tests keep what a visitor writes
# The same loader in C, many times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class QuestionsError(ValueError):
    """A file is not NLU training data."""


@dataclass(frozen=True)
class Aim:
    """What questions are for: an intent and, mostly, the passage or matter they ask for."""

    intent: str
    key: str = ""
    value: str = ""

    def __str__(self) -> str:
        return self.value if self.key == "passage" else "/".join(filter(None, (self.intent, self.value)))


Lessons = dict[Aim, list[str]]


def read_questions(path: Path) -> Lessons:
    """The questions of a file of NLU training data, by what they are for; raises QuestionsError."""
    try:
        found: Lessons = {}
        for block in _load(path)["nlu"]:
            if block.get("intent"):
                (metadata,) = (block.get("metadata") or {"": ""}).items()
                lines = block["examples"].splitlines()
                aim = Aim(block["intent"], *metadata)
                found.setdefault(aim, []).extend(line.removeprefix("- ").strip() for line in lines)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise QuestionsError(f"{path} cannot be read as training data ({error})") from error
    return found


def training_questions(root: Path) -> Iterator[tuple[Aim, str]]:
    """Each training question below `root` after what it is for, without marks of entities."""
    for path in sorted((root / TRAINING_DATA).rglob("*.yml")):
        for aim, texts in read_questions(path).items():
            for text in texts:
                yield aim, ENTITY.sub(r"\1", text)


def test_texts(root: Path) -> Iterator[str]:
    """Everything a visitor says in the tests below `root`."""
    for folder in TESTS:
        for path in sorted((root / folder).rglob("*.yml")):
            yield from _said(_load(path))


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, entry in value.items():
            if name in SAID and isinstance(entry, str):
                yield ENTITY.sub(r"\1", entry)
            else:
                yield from _said(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _said(entry)


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
