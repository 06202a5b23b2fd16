from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from service import training
from service.faults import Fault

# In the place of Python: the guide's check, the language and Rasa, each as short as can be.
# $BROKEN names the one that fails; what Rasa is asked for is written to $ASKED.
FAKE_PYTHON = """#!/bin/sh
[ "$2" = "$BROKEN" ] && { echo "Traceback (most recent call last):"; echo "  File x"
    echo "InvalidRule: two rules contradict each other"; exit 1; }
case "$2" in
guide.check) ;;
nlu.language) mkdir -p "$3" && cat data/words.txt > "$3/words" ;;
rasa) echo "$@" >> "$ASKED"
    echo "INFO  Training on 12 questions, 34 n-grams"
    while [ "$1" != "--out" ]; do shift; done
    mkdir -p "$2" && echo "model of $(cat config.yml)" > "$2/net-guide.tar.gz" ;;
esac
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project that trains with stand-ins."""
    for name, text in {
        "config.yml": "one",
        "data/words.txt": "wheezing",
        "data/nlu/a.yml": "a",
        "nlu/network.py": "1",
        "requirements.txt": "rasa",
    }.items():
        write(tmp_path / name, text)
    python = tmp_path / "python"
    write(python, FAKE_PYTHON)
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setattr(training, "MODEL", tmp_path / "models" / "net-guide.tar.gz")
    monkeypatch.setattr(training, "STAMP", tmp_path / "models" / "net-guide.json")
    monkeypatch.setattr(training, "LANGUAGE", tmp_path / "var" / "language")
    monkeypatch.setattr(training, "LOG", tmp_path / "var" / "log" / "training.log")
    source_hashes = training.source_hashes
    monkeypatch.setattr(training, "source_hashes", lambda: source_hashes(tmp_path))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def trainings(root: Path) -> list[str]:
    """What Rasa was asked for, a line a training."""
    asked = root / "asked"
    return asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


def test_without_a_model_there_is_a_reason_to_train_and_afterwards_none(root: Path) -> None:
    assert training.reason_to_train() == "there is no model yet"
    training.train()
    assert training.reason_to_train() is None
    assert training.MODEL.read_text(encoding="utf-8") == "model of one\n"


def test_a_second_training_does_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    training.train()
    capsys.readouterr()
    assert training.main() == 0
    assert len(trainings(root)) == 1
    assert capsys.readouterr().out.endswith("net-guide.tar.gz is up to date.\n")


@pytest.mark.parametrize("name", ["config.yml", "data/nlu/a.yml", "nlu/network.py", "requirements.txt"])
def test_a_change_is_named_and_trained(root: Path, name: str) -> None:
    training.train()
    write(root / name, "changed")
    assert training.reason_to_train() == f"{name} changed"
    training.train()
    assert training.reason_to_train() is None
    assert len(trainings(root)) == 2


def test_files_that_come_or_go_are_changes(root: Path) -> None:
    training.train()
    write(root / "data" / "nlu" / "b.yml", "b")
    (root / "data" / "nlu" / "a.yml").unlink()
    assert training.reason_to_train() == "data/nlu/a.yml and 1 more changed"


def test_files_that_the_model_is_not_made_from_are_no_change(root: Path) -> None:
    training.train()
    write(root / "README.md", "new")
    write(root / "data" / ".a.yml.swp", "new")
    assert training.reason_to_train() is None


def test_a_model_that_was_altered_or_lost_its_language_is_trained_again(root: Path) -> None:
    training.train()
    write(training.MODEL, "half a model")
    assert "is not as it was made" in str(training.reason_to_train())
    training.train()
    (training.LANGUAGE / "words").unlink()
    assert "is not as it was made" in str(training.reason_to_train())


def test_a_stamp_that_cannot_be_read_is_a_reason_to_train(root: Path) -> None:
    training.train()
    for text in ("{", "[]", json.dumps({"sources": {}})):
        write(training.STAMP, text)
        assert "does not say what the model was made from" in str(training.reason_to_train())


def test_rasas_cache_is_used_only_when_it_can_see_what_changed(root: Path) -> None:
    training.train()
    for name in ("config.yml", "nlu/network.py", "requirements.txt", "data/asides.yml", "data/nlu/a.yml"):
        write(root / name, "changed")
        training.train()
    assert ["--force" in line for line in trainings(root)] == [True, False, True, True, True, False]


@pytest.mark.parametrize(
    ("broken", "said"),
    [("rasa", "training failed"), ("nlu.language", "the language was not built")],
)
def test_a_training_that_fails_says_why_and_keeps_the_model(
    root: Path, monkeypatch: pytest.MonkeyPatch, broken: str, said: str
) -> None:
    training.train()
    write(root / "config.yml", "two")
    write(root / "data" / "words.txt", "flushing")
    monkeypatch.setenv("BROKEN", broken)
    with pytest.raises(Fault, match=f"^{said}, the model there was is kept; its log is") as fault:
        training.train()
    assert fault.value.details == ("InvalidRule: two rules contradict each other",)
    assert training.MODEL.read_text(encoding="utf-8") == "model of one\n"
    assert (training.LANGUAGE / "words").read_text(encoding="utf-8") == "wheezing"
    assert "changed" in str(training.reason_to_train())
    assert not (training.MODEL.parent / ".new").exists()


def test_a_first_training_that_fails_says_that_there_is_no_model(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROKEN", "rasa")
    with pytest.raises(Fault, match="^training failed, there is no model; its log is"):
        training.train()


def test_a_guide_with_problems_is_not_trained(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROKEN", "guide.check")
    with pytest.raises(Fault, match="the guide must be mended first"):
        training.train()
    assert trainings(root) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("INFO hooks - Starting to train component 'RulePolicy'.", "checking and learning the rules"),
        ("INFO nlu - Training on 12 questions, 3 n-grams", "learning from 12 questions"),
        ("INFO nlu - epoch 3/10: loss 1.801", "epoch 3/10, loss 1.801"),
        ("INFO hooks - Restored component 'RulePolicy' from cache.", "RulePolicy is unchanged"),
        ("Processed rules:   0%|          | 0/35 [00:00<?, ?it/s]", None),
    ],
)
def test_what_rasa_says_is_told_in_plain_words(line: str, told: str | None) -> None:
    assert training.stage_of(line) == told
