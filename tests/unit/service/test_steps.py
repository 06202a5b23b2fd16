from __future__ import annotations

import sys
from pathlib import Path

import pytest

from service.steps import Step, run_in_order, run_quietly


def step(name: str, code: str) -> Step:
    return Step(name, (sys.executable, "-c", code))


GOOD = step("good", "print('all is well')")
BAD = step("bad", "import sys; print('it broke'); print('here', file=sys.stderr); sys.exit(3)")


def test_checks_that_pass_show_no_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_quietly([GOOD, GOOD]) == 0
    out = capfd.readouterr().out
    assert "all is well" not in out
    assert out.splitlines()[0].split() == ["[1/2]", "good", "ok", *out.splitlines()[0].split()[-2:]]
    assert out.splitlines()[-1] == "All 2 checks passed."


def test_a_step_runs_in_its_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = "import os; print(os.getcwd()); raise SystemExit(1)"
    where = Step("where", (sys.executable, "-c", code), tmp_path)
    assert (run_quietly([where]), run_in_order([where])) == (1, 1)
    assert capfd.readouterr().out.count(f"{tmp_path}\n") == 2


def test_checks_go_on_after_one_that_fails_and_shows_why(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_quietly([BAD, GOOD]) == 1
    out, err = capfd.readouterr()
    assert "it broke" in out and "here" in out
    assert "[2/2] good" in out
    assert err == "1 of 2 checks failed: bad\n"


def test_tests_stop_at_the_first_that_fails(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_in_order([GOOD, BAD, step("never", "print('ran')")]) == 3
    out = capfd.readouterr().out
    assert "ran" not in out
    assert "Stopped: the step `bad` failed (exit code 3)." in out
    assert out.splitlines()[-1] == "steps: 1 passed, 1 failed"


def test_tests_show_their_output_and_their_time(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_in_order([GOOD, GOOD]) == 0
    out = capfd.readouterr().out
    assert "== 1/2  good\nall is well\n" in out
    assert out.splitlines()[-2].endswith(" s  in all")
    assert out.splitlines()[-1] == "steps: 2 passed, 0 failed"


def test_what_runs_beside_a_step_is_shown_after_it_and_counted(capfd: pytest.CaptureFixture[str]) -> None:
    slow = Step(
        "slow", (sys.executable, "-c", "import time; time.sleep(0.5); print('done')"), beside=(GOOD, GOOD)
    )
    assert run_in_order([slow, GOOD]) == 0
    out = capfd.readouterr().out
    assert "== 1/4  slow\ndone\n\n== 2/4  good\nall is well\n\n== 3/4  good\nall is well\n" in out
    assert out.splitlines()[-1] == "steps: 4 passed, 0 failed"


def test_a_failure_beside_a_step_stops_the_tests(capfd: pytest.CaptureFixture[str]) -> None:
    never = step("never", "print('ran')")
    assert run_in_order([Step("good", GOOD.command, beside=(BAD, never)), never]) == 3
    out = capfd.readouterr().out
    assert "it broke" in out and "ran" not in out
    assert "Stopped: the step `bad` failed (exit code 3)." in out
    assert out.splitlines()[-1] == "steps: 1 passed, 1 failed"


def test_steps_run_at_the_same_time(tmp_path: Path) -> None:
    wait = "import pathlib, time\nwhile not pathlib.Path('here').exists(): time.sleep(0.01)"
    made = Step("made", (sys.executable, "-c", "open('here', 'w').close()"), tmp_path)
    assert run_in_order([Step("waits", (sys.executable, "-c", wait), tmp_path, beside=(made,))]) == 0
