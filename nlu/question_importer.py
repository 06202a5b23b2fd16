"""Reads the training questions of `data/nlu/`, and refuses a malformed file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.question import Question

KEYS = {"intent", "metadata", "examples"}


class QuestionsError(RasaException):
    """A file of training questions cannot be used; the message says where and what to do."""


class QuestionImporter(RasaFileImporter):
    """Rasa's importer of files, which reads the questions with libyaml and as `Question`.

    Of Rasa's format for NLU it knows what the project uses: intents with plain examples, a line each, and
    with metadata for all of them.
    """

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The questions of all files; raises QuestionsError."""
        return TrainingData([question for path in self._nlu_files for question in read_questions(Path(path))])


def read_questions(path: Path) -> Iterator[Question]:
    """The questions of one file; raises QuestionsError."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path}: this is not YAML in UTF-8: {error}") from error
    blocks = content.get("nlu") if isinstance(content, dict) else None
    if not isinstance(blocks, list):
        raise QuestionsError(f"{path}: put the intents, each with a dash, under `nlu:`")
    for block in blocks:
        yield from _questions(path, block)


def _questions(path: Path, block: Any) -> Iterator[Question]:
    if not isinstance(block, dict) or not block.get("intent") or not {*block} <= KEYS:
        raise QuestionsError(f"{path}: a block has an `intent`, `examples` and perhaps `metadata`: {block}")
    examples = block.get("examples")
    if not isinstance(examples, str) or not examples.strip():
        raise QuestionsError(f"{path}: `{block['intent']}` needs `examples: |` with a question a line")
    labels: dict[str, Any] = {INTENT: block["intent"]}
    if block.get("metadata") is not None:
        labels[METADATA] = {METADATA_INTENT: block["metadata"]}
    for line in examples.splitlines():
        text = line.removeprefix("-").strip()
        if not line.startswith("-") or not text:
            raise QuestionsError(f"{path}: `{block['intent']}`: begin this line with a dash: {line!r}")
        yield Question({TEXT: text, **labels})
