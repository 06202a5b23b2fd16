from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.question import Question

FILE = """version: "3.1"
nlu:
- intent: overview
  metadata:
    passage: overview-what
  examples: |
    - What is a NET?
    -   is it cancer
    - "quoted" words: and a colon
- intent: thanks
  examples: |
    - thank you - really
    - thank you - really
"""


def config() -> dict[str, Any]:
    """With our importer; anew each time, since Rasa takes the name out of it."""
    return {"importers": [{"name": "nlu.question_importer.QuestionImporter"}]}


def told(data: TrainingData) -> list[tuple[str, str, object]]:
    return [(e.get("text"), e.get("intent"), e.get("metadata")) for e in data.training_examples]


@pytest.mark.filterwarnings("ignore:the load_module:DeprecationWarning")  # pykwalify's
def test_it_reads_what_rasas_own_importer_reads(tmp_path: Path) -> None:
    (tmp_path / "questions.yml").write_text(FILE, encoding="utf-8")
    ours, rasas = (
        TrainingDataImporter.load_from_dict(given, training_data_paths=[str(tmp_path)]).get_nlu_data()
        for given in (config(), None)
    )
    assert told(ours) == told(rasas)
    assert sum(isinstance(example, Question) for example in ours.training_examples) == 4


def test_a_file_that_cannot_be_used_is_told_as_rasa_tells_it(tmp_path: Path) -> None:
    (tmp_path / "questions.yml").write_text(FILE.replace("- intent: thanks", "- thanks: 1"), encoding="utf-8")
    importer = TrainingDataImporter.load_from_dict(config(), training_data_paths=[str(tmp_path)])
    with pytest.raises(RasaException, match="questions.yml cannot be read as training data"):
        importer.get_nlu_data()
