from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.question import Question
from nlu.question_importer import QuestionsError, read_questions

HEAD = 'version: "3.1"\nnlu:\n'
FILE = f"""{HEAD}- intent: overview
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


def told(data: TrainingData) -> list[tuple[str, str, object]]:
    return [(e.get("text"), e.get("intent"), e.get("metadata")) for e in data.training_examples]


@pytest.mark.filterwarnings("ignore:the load_module:DeprecationWarning")  # pykwalify's
def test_it_reads_what_rasas_own_importer_reads(tmp_path: Path) -> None:
    config = {"importers": [{"name": "nlu.question_importer.QuestionImporter"}]}
    (tmp_path / "questions.yml").write_text(FILE, encoding="utf-8")
    ours, rasas = (
        TrainingDataImporter.load_from_dict(given, training_data_paths=[str(tmp_path)])
        for given in (config, None)
    )
    assert told(ours.get_nlu_data()) == told(rasas.get_nlu_data())
    assert sum(isinstance(e, Question) for e in ours.get_nlu_data().training_examples) == 4


@pytest.mark.parametrize(
    "content, expected",
    [
        ("nlu:\n- intent: [", "this is not YAML"),
        ('version: "3.1"\n', "under `nlu:`"),
        (f"{HEAD}- examples: |\n    - hello\n", "a block has an `intent`"),
        (f"{HEAD}- synonym: net\n  examples: |\n    - nets\n", "a block has an `intent`"),
        (f"{HEAD}- intent: greet\n", "`greet` needs `examples: |`"),
        (f"{HEAD}- intent: greet\n  examples:\n  - text: hello\n", "`greet` needs `examples: |`"),
        (
            f"{HEAD}- intent: greet\n  examples: |\n    hello\n",
            "`greet`: begin this line with a dash: 'hello'",
        ),
        (f"{HEAD}- intent: greet\n  examples: |\n    - hello\n    -\n", "begin this line with a dash: '-'"),
    ],
)
def test_a_malformed_file_is_refused_with_what_to_do(tmp_path: Path, content: str, expected: str) -> None:
    path = tmp_path / "questions.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionsError) as raised:
        list(read_questions(path))
    assert str(raised.value).startswith(f"{path}: ")
    assert expected in str(raised.value)
