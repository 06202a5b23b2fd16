from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nlu.training_questions import Aim, Lessons, read_questions
from service import learning, training
from service.environment import ROOT
from service.faults import Fault
from service.learning import Measured, compared, sort_out, take_in, take_out, unknown_aims

EARLY = Aim("symptoms", "passage", "symptoms-early")
DIET = Aim("not_covered", "about", "diet")
GREET = Aim("greet")
NEW: Lessons = {EARLY: ["do rosy zebra cheeks mean it"], DIET: ["may a zebra eat it"], GREET: ["hello zebra"]}
FILE = """version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello zebra
    - hi
"""
TRAINED = "nlu:\n- intent: greet\n  examples: |\n    - hi\n"


def test_lessons_are_taken_in_with_their_metadata_and_out_again(tmp_path: Path) -> None:
    files = take_in(NEW, tmp_path)
    assert [file.name for file in files] == ["greet.yml", "not_covered.yml", "symptoms.yml"]
    assert read_questions(files[2]) == {EARLY: NEW[EARLY]}
    before = [file.read_bytes() for file in files]
    more = {EARLY: ["and stripes"], Aim("symptoms"): ["all zebra signs"]}
    take_in(more, tmp_path)
    assert read_questions(files[2]) == {
        EARLY: [*NEW[EARLY], "and stripes"],
        Aim("symptoms"): ["all zebra signs"],
    }
    assert take_out(more, tmp_path) == ([files[2]], 2)
    assert [file.read_bytes() for file in files] == before
    assert take_out(more, tmp_path) == ([], 0)
    assert take_out(NEW, tmp_path)[1] == 3
    assert not [file for file in files if file.exists()]


def test_what_is_known_tested_or_twice_is_left_out() -> None:
    kept, left_out = sort_out(
        {
            EARLY: ["do rosy zebra cheeks mean something early", "is stomach pain a symptom"],
            GREET: ["What exactly does neuroendocrine mean?", "Do rosy zebra cheeks mean something early?"],
        }
    )
    assert kept == {EARLY: ["do rosy zebra cheeks mean something early"]}
    assert [line.partition(": ")[2].split(",")[-1].strip() for line in left_out] == [
        "known as symptoms-list",
        "the same or nearly the same stands in the tests",
        "known as one of this export",
    ]


def test_an_aim_that_is_not_known_is_named() -> None:
    aims = [
        *NEW, Aim("nosuch"), Aim("types", "passage", "symptoms-early"), Aim("greet", "about", "zebras"),
        Aim("not_covered", "about", "nosuch"),
    ]  # fmt: skip
    assert [line.split(":")[0] for line in unknown_aims(aims)] == [
        "nosuch", "symptoms-early", "greet/zebras", "not_covered/nosuch",
    ]  # fmt: skip


def test_figures_stand_side_by_side() -> None:
    before = Measured({"accuracy": 90.0, "right section": 92.5}, "", True)
    after = Measured({"accuracy": 91.5, "right section": 92.5, "crisis recall": 99.0}, "", True)
    lines = [line.split() for line in compared(before, after).splitlines()]
    assert lines == [
        ["before", "after", "points"],
        ["accuracy", "90.0%", "91.5%", "+1.5"],
        ["right", "section", "92.5%", "92.5%", "="],
        ["crisis", "recall", "-", "-", "99.0%"],
    ]


# In the place of Python: what measures, with a figure for each line of training data, and validates.
FAKE_PYTHON = """#!/bin/sh
case "$2" in
tests.nlu) n=$(cat data/nlu/*.yml data/nlu/learned/*.yml 2>/dev/null | grep -c '^    - ')
    echo "Figures"; echo "  accuracy       $n.0%  ($n of 100)"
    [ -f closed ] && { echo "CLOSED  accuracy: $n.0%, at least 95 wanted"; echo "1 gates closed"; exit 1; }
    echo "All gates open"; [ -f broken ] && exit 2; exit 0 ;;
service.data) [ -f invalid ] && { echo "no such intent"; exit 1; }; exit 0 ;;
esac
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project whose training and measuring are stand-ins."""
    nlu = tmp_path / "data" / "nlu"
    nlu.mkdir(parents=True)
    (nlu / "a.yml").write_text(TRAINED, encoding="utf-8")
    (tmp_path / "domain.yml").write_text((ROOT / "domain.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "lessons-1.yml").write_text(FILE, encoding="utf-8")
    python = tmp_path / "python"
    python.write_text(FAKE_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr(learning, "ROOT", tmp_path)
    monkeypatch.setattr(training, "train", lambda: None)
    for name in ("unknown_aims", "sort_out", "take_in", "take_out"):
        function = getattr(learning, name)
        monkeypatch.setattr(learning, name, lambda given, function=function: function(given, tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["learning", *arguments])
    return learning.main()


def test_an_export_is_learned_and_the_figures_are_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("lessons-1.yml", monkeypatch=monkeypatch) == 0
    said = capsys.readouterr().out
    assert "left out  'hi': like 'hi', known as greet" in said
    assert "1 of 2 questions taken into" in said
    assert "accuracy    1.0%    2.0%    +1.0" in said
    assert "UNDO=1" in said
    assert read_questions(root / "data/nlu/learned/greet.yml") == {GREET: ["hello zebra"]}
    assert run("lessons-1.yml", monkeypatch=monkeypatch) == 0
    assert "Nothing to learn" in capsys.readouterr().out
    assert run("lessons-1.yml", "--undo", monkeypatch=monkeypatch) == 0
    assert "accuracy    2.0%    1.0%    -1.0" in capsys.readouterr().out
    assert not (root / "data/nlu/learned/greet.yml").exists()


def test_worse_figures_are_shown_and_nothing_is_undone(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trained = iter((None, root / "closed"))

    def train() -> None:
        if made := next(trained):
            made.touch()

    monkeypatch.setattr(training, "train", train)
    assert run("lessons-1.yml", monkeypatch=monkeypatch) == 1
    said = capsys.readouterr().out
    assert "CLOSED  accuracy: 2.0%, at least 95 wanted\n1 gates closed\nAn assistant" in said
    assert "answers by it when it is started again.\nIt stays so" in said
    assert (root / "data/nlu/learned/greet.yml").exists()


@pytest.mark.parametrize("trouble", ["invalid", "training"])
def test_what_cannot_be_learned_leaves_the_data_as_it_was_and_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], trouble: str
) -> None:
    take_in({GREET: ["zebra before"]}, root)
    was = (root / "data/nlu/learned/greet.yml").read_bytes()
    calls = []

    def train() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise Fault("training failed")

    if trouble == "training":
        monkeypatch.setattr(training, "train", train)
    else:
        (root / "invalid").touch()
    with pytest.raises(Fault):
        run("lessons-1.yml", monkeypatch=monkeypatch)
    assert "as it was" in capsys.readouterr().err
    assert (root / "data/nlu/learned/greet.yml").read_bytes() == was


def test_a_wrong_command_says_what_to_do(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Fault, match="make learn FILE="):
        run(monkeypatch=monkeypatch)
    with pytest.raises(Fault, match="download an export"):
        run("none.yml", monkeypatch=monkeypatch)
    (root / "lessons-1.yml").write_text(FILE.replace("greet", "nosuch"), encoding="utf-8")
    with pytest.raises(Fault, match="export it anew"):
        run("lessons-1.yml", monkeypatch=monkeypatch)
    (root / "broken").touch()
    (root / "lessons-1.yml").write_text(FILE, encoding="utf-8")
    with pytest.raises(Fault, match="could not be measured"):
        run("lessons-1.yml", monkeypatch=monkeypatch)
