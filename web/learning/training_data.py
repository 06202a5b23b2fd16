"""Reads what the assistant was trained on, and what it is tested with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

TRAINING_DATA = "data/nlu"
TESTS = ("tests/heldout", "tests/scenarios", "tests/stories")
ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
SAID = ("text", "user", "visitor")  # names under which tests keep what a visitor writes


def training_questions(root: Path) -> Iterator[tuple[str, str]]:
    """Each training question below `root` after its aim, without marks of entities."""
    for path in sorted((root / TRAINING_DATA).rglob("*.yml")):
        for block in _load(path)["nlu"]:
            if "intent" in block:
                about = block.get("metadata", {})
                aim = about.get("passage") or "/".join(
                    filter(None, (block["intent"], about.get("about")))
                )
                for line in block["examples"].splitlines():
                    yield aim, ENTITY.sub(r"\1", line.removeprefix("- "))


def test_texts(root: Path) -> Iterator[str]:
    """Everything a visitor says in the tests below `root`."""
    for folder in TESTS:
        for path in sorted((root / folder).rglob("*.yml")):
            yield from _said(_load(path))


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _said(entry)
    elif isinstance(value, dict):
        for name, entry in value.items():
            if name in SAID and isinstance(entry, str):
                yield ENTITY.sub(r"\1", entry)
            else:
                yield from _said(entry)


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
