"""What visitors say in the tests: nothing of it may be learned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from nlu.training_questions import ENTITY, LOADER

TESTS = ("tests/heldout", "tests/scenarios", "tests/stories")
SAID = ("text", "user", "visitor")  # names under which tests keep what a visitor writes


def said_in_tests(root: Path) -> Iterator[str]:
    """Everything a visitor says in the tests below `root`, without marks of entities."""
    for folder in TESTS:
        for path in sorted((root / folder).rglob("*.yml")):
            yield from _said(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))


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
