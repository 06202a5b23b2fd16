from __future__ import annotations

from pathlib import Path

import pytest

from nlu.training_questions import Aim, QuestionsError, read_questions, training_questions

HEAD = 'version: "3.1"\nnlu:\n'


def test_the_projects_own_questions_are_read_without_marks() -> None:
    questions = list(training_questions())
    assert (Aim("symptoms", "passage", "symptoms-list"), "is stomach pain a symptom") in questions
    assert not [text for _, text in questions if "](" in text or "]{" in text]


def test_questions_of_one_aim_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "lessons.yml"
    block = "- intent: greet\n  examples: |\n    - hello\n"
    path.write_text(f"{HEAD}{block}{block.replace('hello', 'good day')}", encoding="utf-8")
    assert read_questions(path) == {Aim("greet"): ["hello", "good day"]}


@pytest.mark.parametrize(
    "content, expected",
    [
        ("", "under `nlu:`"),
        ("nlu: 7", "under `nlu:`"),
        ("nlu: [x]", "a block has an `intent`"),
        ("a: b: c", "mapping values are not allowed"),
        ("nlu:\n- intent: [", "while parsing"),
        ('version: "3.1"\n', "under `nlu:`"),
        (f"{HEAD}- examples: |\n    - hello\n", "a block has an `intent`"),
        (f"{HEAD}- synonym: net\n  examples: |\n    - nets\n", "a block has an `intent`"),
        (f"{HEAD}- intent: greet\n", "`greet` needs `examples: |`"),
        (f"{HEAD}- intent: greet\n  metadata: x\n  examples: |\n    - y\n", "one of `passage:` and `about:`"),
        (f"{HEAD}- intent: greet\n  metadata:\n    aim: x\n  examples: |\n    - y\n", "one of `passage:`"),
        (f"{HEAD}- intent: greet\n  examples:\n  - text: hello\n", "`greet` needs `examples: |`"),
        (
            f"{HEAD}- intent: greet\n  examples: |\n    hello\n",
            "`greet`: begin this line with a dash: 'hello'",
        ),
        (f"{HEAD}- intent: greet\n  examples: |\n    - hello\n    -\n", "begin this line with a dash: '-'"),
        (f"{HEAD}- intent: types\n  examples: |\n    - is a [NET](tumor) rare\n", "write plain text"),
    ],
)
def test_a_malformed_file_is_refused_with_what_to_do(tmp_path: Path, content: str, expected: str) -> None:
    path = tmp_path / "lessons.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionsError) as raised:
        read_questions(path)
    assert str(raised.value).startswith(f"{path} cannot be read as training data: ")
    assert expected in str(raised.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="cannot be read"):
        read_questions(tmp_path / "none.yml")
