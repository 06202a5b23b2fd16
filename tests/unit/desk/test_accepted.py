from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.accepted import (
    CHANCE,
    accepted_from,
    chance_of,
    changes,
    differences,
    keyed,
    read_accepted,
    worse_than_accepted,
    write_accepted,
)
from tests.located import FormatError
from tests.run import Row, Run
from tests.unit.desk.hand_made import row

SURGERY, DECLINED = "answer:surgery", "not_covered"


def run_of(rows: Sequence[Row]) -> Run:
    return Run(tuple(rows), {"capitals": tuple(rows)})


def rows_of(right: int, wrong: int) -> list[Row]:
    return [row(f"q{n}", SURGERY, SURGERY if n < right else DECLINED) for n in range(right + wrong)]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    run = run_of(
        [row("a", SURGERY, SURGERY, passages=("surgery-first",)), row("b", "crisis", DECLINED, "crisis")]
    )
    write_accepted(run, tmp_path / "a.json")
    assert read_accepted(tmp_path / "a.json") == accepted_from(run)


def test_each_row_has_a_line_of_its_own_for_the_diff(tmp_path: Path) -> None:
    write_accepted(run_of(rows_of(3, 0)), tmp_path / "a.json")
    lines = (tmp_path / "a.json").read_text().splitlines()
    assert sum('"answer:surgery"' in line for line in lines) == 3


def test_there_may_be_no_accepted_run_yet(tmp_path: Path) -> None:
    assert read_accepted(tmp_path / "none.json") is None


def test_a_file_that_is_none_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("<<<<<<< HEAD")
    with pytest.raises(FormatError, match="make accept"):
        read_accepted(tmp_path / "a.json")


def test_the_same_text_twice_has_two_keys() -> None:
    assert len(keyed([row("and the last?", SURGERY, SURGERY), row("and the last?", DECLINED, DECLINED)])) == 2


def test_the_rows_that_got_worse_come_first() -> None:
    before = accepted_from(
        run_of([row("a", SURGERY, DECLINED), row("b", SURGERY, SURGERY), row("c", SURGERY, SURGERY)])
    )
    now = run_of(
        [
            row("a", SURGERY, SURGERY),
            row("b", SURGERY, DECLINED),
            row("c", SURGERY, SURGERY),
            row("d", SURGERY, DECLINED),
        ]
    )
    assert [(c.question.text, c.worse, c.better) for c in changes(now, before)] == [
        ("b", True, False),
        ("a", False, True),
    ]


@pytest.mark.parametrize(
    ("worse", "better", "chance"), [(0, 0, 1), (1, 0, 0.5), (7, 0, 1 / 128), (8, 2, 56 / 1024)]
)
def test_the_chance_is_that_of_the_exact_test(worse: int, better: int, chance: float) -> None:
    assert chance_of(worse, better) == pytest.approx(chance)


@pytest.mark.parametrize(("lost", "told"), [(6, False), (7, True)])
def test_only_what_exceeds_the_noise_is_worse(lost: int, told: bool) -> None:
    before = accepted_from(run_of(rows_of(50, 0)))
    lines = worse_than_accepted(differences(run_of(rows_of(50 - lost, lost)), before))
    named = {line.split(": ")[0] for line in lines}
    assert (chance_of(lost, 0) < CHANCE) == told
    assert named == ({"accuracy", "right section", "wrongly declined", "capitals"} if told else set())


def test_what_got_better_is_no_reason_to_close() -> None:
    before = accepted_from(run_of(rows_of(20, 30)))
    assert worse_than_accepted(differences(run_of(rows_of(50, 0)), before)) == []


def test_an_expectation_that_was_widened_counts_for_both_runs() -> None:
    before = accepted_from(run_of([row("a", SURGERY, DECLINED)]))
    now = run_of([row("a", f"{SURGERY} {DECLINED}", DECLINED)])
    assert differences(now, before)["accuracy"].before == 100
