from __future__ import annotations

import pytest

from service import progress
from service.progress import Progress


def test_elsewhere_than_on_a_terminal_each_stage_is_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Progress("Training") as shown:
        shown.stage("reading")
        shown.stage("learning")
    assert capsys.readouterr().out == "Training\n    0 s  reading\n    0 s  learning\n"


def test_a_stage_that_takes_long_is_told_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "ON_TERMINAL", 0.01)
    monkeypatch.setattr(progress, "ELSEWHERE", 0.02)
    said = ""
    with Progress("Training") as shown:
        shown.stage("learning")
        while said.count("learning") < 3:
            said += capsys.readouterr().out
    assert "    0 s  learning\n" in said


def test_on_a_terminal_the_line_counts_on_and_ends_with_the_stage(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with Progress("Training") as shown:
        shown.stage("reading")
        shown.stage("learning")
    assert capsys.readouterr().out == "Training\n\r    0 s  reading\n\r    0 s  learning\n"
