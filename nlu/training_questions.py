"""The training questions of `data/nlu/`: reads their files, and refuses a malformed one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TRAINING_DATA = Path("data/nlu")
# The same loader in C, many times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BLOCK_KEYS = {"intent", "metadata", "examples"}
AIM_KEYS = ("passage", "about")
# How Rasa marks a name within a text.
ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


class QuestionsError(ValueError):
    """A file of training questions cannot be used; the message says which, and what to do."""


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
    """The questions of one file, by what they are for; raises QuestionsError.

    Of Rasa's format it knows what the project uses: intents with plain examples, a line each, and with
    metadata for all of them.
    """
    lessons: Lessons = {}
    try:
        for block in _blocks(path):
            lessons.setdefault(_aim(block), []).extend(_texts(block))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, QuestionsError) as error:
        raise QuestionsError(f"{path} cannot be read as training data: {error}") from error
    return lessons


def training_questions(folder: Path = TRAINING_DATA) -> Iterator[tuple[Aim, str]]:
    """Each training question below the folder after what it is for; raises QuestionsError."""
    for path in sorted(folder.rglob("*.yml")):
        for aim, texts in read_questions(path).items():
            for text in texts:
                yield aim, text


def _blocks(path: Path) -> list[dict[str, Any]]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    blocks = content.get("nlu") if isinstance(content, dict) else None
    if not isinstance(blocks, list):
        raise QuestionsError("put the intents, each with a dash, under `nlu:`")
    for block in blocks:
        if not isinstance(block, dict) or not block.get("intent") or not {*block} <= BLOCK_KEYS:
            raise QuestionsError(f"a block has an `intent`, `examples` and perhaps `metadata`: {block}")
    return blocks


def _aim(block: dict[str, Any]) -> Aim:
    metadata = block.get("metadata")
    if metadata is None:
        return Aim(block["intent"])
    if not isinstance(metadata, dict) or len(metadata) != 1 or not {*metadata} <= {*AIM_KEYS}:
        raise QuestionsError(f"`{block['intent']}`: the metadata is one of `passage:` and `about:`")
    ((key, value),) = metadata.items()
    return Aim(block["intent"], key, value)


def _texts(block: dict[str, Any]) -> Iterator[str]:
    intent, examples = block["intent"], block.get("examples")
    if not isinstance(examples, str) or not examples.strip():
        raise QuestionsError(f"`{intent}` needs `examples: |` with a question a line")
    for line in examples.splitlines():
        text = line.removeprefix("-").strip()
        if not line.startswith("-") or not text:
            raise QuestionsError(f"`{intent}`: begin this line with a dash: {line!r}")
        if ENTITY.search(text):
            raise QuestionsError(f"`{intent}`: names are found by data/terms, write plain text: {line!r}")
        yield text
