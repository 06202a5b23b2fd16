"""Files to take away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

from console.downloads import csv_file, json_lines_file, neutral


@pytest.mark.parametrize(
    "cell",
    ["=1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", "\n1", "  =1", "\u00a0=1", "\uff1d1", "\uff201"],
)
def test_a_formula_is_made_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["plain", "a=b", "1-2", "'=1", "", "¿Qué es?"])
def test_a_text_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert [neutral(-0.5), neutral(3), neutral(None)] == ["-0.5", "3", ""]


def test_a_csv_file_is_read_by_csv_as_it_was_meant() -> None:
    rows = [["a,b", 'says "no"'], ["two\nlines", "=1"], ["ñ", "😀"]]
    answer = csv_file("x", ["one", "two"], rows)
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["one", "two"], ["a,b", 'says "no"'], ["two\nlines", "'=1"], ["ñ", "😀"]]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="x.csv"'


def test_a_file_is_sent_while_it_is_written() -> None:
    made = []

    def rows() -> Iterator[list[str]]:
        for number in range(3):
            made.append(number)
            yield [str(number)]

    answer = csv_file("x", ["n"], rows())
    assert made == []
    sent = iter(answer)
    next(sent)
    next(sent)
    assert made == [0]


def test_each_line_of_json_lines_is_an_object() -> None:
    objects = [{"text": "two\nlines"}, {"text": "ñ\u2028"}]
    text = b"".join(json_lines_file("x", objects)).decode()  # type: ignore[arg-type]
    assert [json.loads(line) for line in text.rstrip("\n").split("\n")] == objects
