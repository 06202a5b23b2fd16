from __future__ import annotations

from xml.etree import ElementTree

import pytest

from dashboard import charts
from dashboard.charts import Chart, Series


def shapes(chart: Chart, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(chart.svg).iter(tag))  # noqa: S314 - written by us


def test_columns_are_as_high_as_their_values_and_stand_on_each_other() -> None:
    chart = charts.columns(
        "So many.", ["a", "b"], [Series("x", [10, 5]), Series("y", [10, 0], "s2")]
    )
    low, high, alone = chart.bars
    assert low.height == high.height == alone.height * 2
    assert high.y + high.height == pytest.approx(low.y)
    assert low.y + low.height == charts.HEIGHT - charts.BOTTOM
    assert [bar.get("class") for bar in shapes(chart, "rect")] == ["s1", "s2", "s1"]
    assert [title.text for title in shapes(chart, "title")] == ["a, x: 10", "a, y: 10", "b, x: 5"]


def test_nothing_is_drawn_outside() -> None:
    values = [0, 1, 3_999, 17]
    for chart in (
        charts.columns("", list("abcd"), [Series("x", values)], [Series("y", [9_000, 0, 1, 2])]),
        charts.curves("", list("abcd"), [Series("x", [0, 50, 100, 20])], 100),
        charts.rows("", ["a", "b" * 99, "", "d"], values),
        charts.week("", [n % 7 for n in range(168)]),
        charts.columns("", [], [Series("x", [])]),
        charts.week("", [0] * 168),
        charts.rows("", ["none"], [0]),
    ):
        for bar in chart.bars:
            assert bar.x >= 0
            assert bar.y >= 0
            assert bar.x + bar.width <= chart.width
            assert bar.y + bar.height <= chart.height
        for line in (*chart.grid, *chart.lines):
            for point in line.points.split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= chart.width
                assert 0 <= y <= chart.height


def test_a_line_is_drawn_over_the_bars_and_these_over_the_grid() -> None:
    chart = charts.columns("", ["a"], [Series("x", [9])], [Series("y", [1], "s2")])
    drawn = ElementTree.fromstring(chart.svg)  # noqa: S314 - written by us
    classes = [shape.get("class") for shape in drawn if shape.tag != "text"]
    assert classes.index("grid") < classes.index("s1") < classes.index("line s2")


def test_what_is_written_in_a_chart_is_escaped() -> None:
    chart = charts.rows('<b>"', ["<script>&"], [1])
    assert "<script>" not in chart.svg
    assert shapes(chart, "text")[0].text == "<script>&"
    assert ElementTree.fromstring(chart.svg).get("aria-label") == '<b>"'  # noqa: S314


@pytest.mark.parametrize(
    ("least", "step"), [(0, 1), (1, 1), (1.1, 2), (3, 5), (7, 10), (10, 10), (260, 500)]
)
def test_steps_of_an_axis_are_round(least: float, step: float) -> None:
    assert charts.round_step(least) == step


def test_a_long_axis_does_not_name_every_day() -> None:
    chart = charts.columns("", [str(n) for n in range(366)], [Series("x", [1] * 366)])
    below = [word for word in chart.words if word.y > charts.HEIGHT - charts.BOTTOM + 5]
    assert len(below) <= charts.SHOWN_LABELS
