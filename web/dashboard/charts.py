"""Charts as SVG, drawn on the server with the classes of console.css."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from review.filters import WEEKDAYS

# As wide as a telephone: its words are read there in the size they have, elsewhere a little larger.
WIDTH, HEIGHT = 360.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 8.0, 12.0, 24.0
ROW, NAME = 36.0, 16.0  # heights of a lying bar with its name, and of the name above it
VALUES = 48.0  # width that lying bars leave for their values
LONGEST_NAME = 42  # characters
SHOWN_LABELS = 6
HALF_A_LABEL = 24.0  # width

BAR = (
    '<rect class="{}" x="{}" y="{}" width="{}" height="{}" fill-opacity="{}">'
    "<title>{}</title></rect>"
)


@dataclass(frozen=True)
class Bar:
    """A rectangle; `title` is shown where the mouse rests."""

    x: float
    y: float
    width: float
    height: float
    title: str
    style: str = "s1"
    opacity: float = 1.0

    @property
    def values(self) -> tuple[str, ...]:
        """What fills the gaps of BAR."""
        places = (self.x, self.y, self.width, self.height)
        return (self.style, *(f"{n:.1f}" for n in places), f"{self.opacity:.2f}", self.title)


@dataclass(frozen=True)
class Word:
    """A text; `anchor` says which of its ends stands at x."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Line:
    """Points joined by straight lines."""

    points: str
    style: str


@dataclass
class Chart:
    """Everything that is drawn, and what it shows in a sentence."""

    summary: str
    width: float = WIDTH
    height: float = HEIGHT
    bars: list[Bar] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    grid: list[Line] = field(default_factory=list)  # beneath the bars
    lines: list[Line] = field(default_factory=list)  # over them

    @property
    def svg(self) -> SafeString:
        """The chart as markup, everything in it escaped."""
        grid, lines = _polylines(self.grid), _polylines(self.lines)
        bars = format_html_join("", BAR, (bar.values for bar in self.bars))
        words = format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="{}">{}</text>',
            ((f"{w.x:.1f}", f"{w.y:.1f}", w.anchor, w.text) for w in self.words),
        )
        return format_html(
            '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}">{}{}{}{}</svg>',
            self.summary, f"{self.width:.0f}", f"{self.height:.0f}", grid, bars, lines, words,
        )  # fmt: skip


@dataclass(frozen=True)
class Series:
    """Values under a name; `style` is a class of console.css."""

    name: str
    values: Sequence[float]
    style: str = "s1"


def columns(
    summary: str, labels: Sequence[str], stacked: Sequence[Series], lines: Sequence[Series] = ()
) -> Chart:
    """Standing bars, one a label, the series on top of each other; and lines over them."""
    chart = Chart(summary)
    sums = [sum(series.values[i] for series in stacked) for i in range(len(labels))]
    top = _axis(chart, max([*sums, *(value for line in lines for value in line.values)], default=0))
    step = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    for i, label in enumerate(labels):
        x, y = LEFT + i * step, HEIGHT - BOTTOM
        for series in stacked:
            if value := series.values[i]:
                height = (HEIGHT - TOP - BOTTOM) * value / top
                y -= height
                title = f"{label}, {series.name}: {value:g}"
                chart.bars.append(Bar(x + step * 0.1, y, step * 0.8, height, title, series.style))
    for line in lines:
        chart.lines.append(_line(line, step, top))
    _labels(chart, labels, step)
    return chart


def curves(summary: str, labels: Sequence[str], lines: Sequence[Series], top: float) -> Chart:
    """Lines from label to label; `top` is the highest value of the axis."""
    chart = Chart(summary)
    top = _axis(chart, top)
    step = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    chart.lines += [_line(line, step, top) for line in lines]
    _labels(chart, labels, step)
    return chart


def rows(summary: str, names: Sequence[str], values: Sequence[int]) -> Chart:
    """Lying bars, each below its name, with its value at its end."""
    chart = Chart(summary, height=ROW * len(names) + 4)
    longest = max([*values, 1])
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        width = (WIDTH - VALUES) * value / longest
        y = i * ROW + NAME
        chart.bars.append(Bar(0, y + 2, width, ROW - NAME - 4, f"{name}: {value}"))
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        chart.words.append(Word(2, y - 2, short, "start"))
        chart.words.append(Word(round(width + 6, 1), y + 15, f"{value}", "start"))
    return chart


def week(summary: str, values: Sequence[int]) -> Chart:
    """The 168 hours of a week, Monday 0 h first: the fuller the busier."""
    cell, high = (WIDTH - LEFT - RIGHT) / 24, 20.0
    chart = Chart(summary, height=high * 7 + BOTTOM)
    busiest = max([*values, 1])
    for hour, value in enumerate(values):
        day, of_day = divmod(hour, 24)
        title = f"{WEEKDAYS[day]} {of_day} h: {value}"
        opacity = round(0.06 + 0.94 * value / busiest, 2)
        x, y = round(LEFT + of_day * cell + 1, 1), day * high + 1
        chart.bars.append(Bar(x, y, round(cell - 2, 1), high - 2, title, opacity=opacity))
    chart.words += [Word(LEFT - 8, i * high + 15, name, "end") for i, name in enumerate(WEEKDAYS)]
    hours = range(0, 24, 3)
    chart.words += [Word(round(LEFT + (h + 0.5) * cell, 1), high * 7 + 16, f"{h}") for h in hours]
    return chart


def _axis(chart: Chart, highest: float) -> float:
    """Draws lines at round values; gives the value at the top."""
    step = round_step(highest / 4)
    marks = max(ceil(highest / step - 1e-9), 1)
    for i in range(marks + 1):
        y = round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * i / marks, 1)
        chart.grid.append(Line(f"{LEFT},{y} {WIDTH - RIGHT},{y}", "grid" if i else "axis"))
        chart.words.append(Word(LEFT - 6, y + 4, f"{i * step:g}", "end"))
    return marks * step


def round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, ... that is not below this; 1 for less."""
    if least <= 1:
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next(f * power for f in (1, 2, 5, 10) if f * power >= least - 1e-9)


def _polylines(lines: Sequence[Line]) -> SafeString:
    shapes = ((line.style, line.points) for line in lines)
    return format_html_join("", '<polyline class="{}" points="{}"></polyline>', shapes)


def _line(series: Series, step: float, top: float) -> Line:
    high = HEIGHT - TOP - BOTTOM
    points = (
        f"{LEFT + (i + 0.5) * step:.1f},{HEIGHT - BOTTOM - high * value / top:.1f}"
        for i, value in enumerate(series.values)
    )
    return Line(" ".join(points), f"line {series.style}")


def _labels(chart: Chart, labels: Sequence[str], step: float) -> None:
    each = max(1, ceil(len(labels) / SHOWN_LABELS))
    for i in range(0, len(labels), each):
        x = round(LEFT + (i + 0.5) * step, 1)
        is_at_the_end = x + HALF_A_LABEL > WIDTH
        place = (WIDTH - 2, "end") if is_at_the_end else (x, "middle")
        chart.words.append(Word(place[0], HEIGHT - 6, labels[i], place[1]))
