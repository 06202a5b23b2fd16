"""Charts as SVG text, drawn here so that the page needs no script and no other file.

Every chart has a table beside it with the same numbers; to a screen reader it is one image with a name.
Colours come from the page's CSS by class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 440, 300
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 42

Point = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """A chart's axis: what it measures, its ends, its steps, and how a value is written."""

    title: str
    low: float
    high: float
    steps: int
    write: Callable[[float], str] = "{:g}".format

    def share(self, value: float) -> float:
        """Where the value lies between the ends, 0 to 1."""
        return (value - self.low) / (self.high - self.low or 1)

    @property
    def ticks(self) -> list[float]:
        """The values at the steps."""
        return [self.low + (self.high - self.low) * n / self.steps for n in range(self.steps + 1)]


def chart(name: str, across: Axis, up: Axis, body: str) -> str:
    """The axes with a body drawn by the functions below."""
    ticks = [
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(up, v)}" y2="{_y(up, v)}"/>'
        f'<text x="{LEFT - 6}" y="{_y(up, v)}" dy=".32em" text-anchor="end">{up.write(v)}</text>'
        for v in up.ticks
    ] + [
        f'<text x="{_x(across, v)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{across.write(v)}</text>'
        for v in across.ticks
    ]
    titles = (
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">'
        f"{escape(across.title)}</text>"
        f'<text transform="translate(11 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">'
        f"{escape(up.title)}</text>"
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(name)}">'
        f"{''.join(ticks)}{titles}{body}</svg>"
    )


def bars(across: Axis, up: Axis, values: Sequence[tuple[float, float, float, str]], kind: str) -> str:
    """A bar for each (from, to, height, what it says when pointed at)."""
    return "".join(
        f'<rect class="{kind}" x="{_x(across, low) + 1:.1f}" y="{_y(up, height)}" '
        f'width="{_x(across, high) - _x(across, low) - 2:.1f}" '
        f'height="{max(_y(up, up.low) - _y(up, height), 0):.1f}"><title>{escape(words)}</title></rect>'
        for low, high, height, words in values
    )


def line(across: Axis, up: Axis, points: Sequence[Point], kind: str) -> str:
    """A line through the points."""
    path = " ".join(f"{_x(across, x)},{_y(up, y)}" for x, y in points)
    return f'<polyline class="line {kind}" points="{path}"/>'


def dots(across: Axis, up: Axis, points: Sequence[tuple[float, float, float, str]], kind: str) -> str:
    """A dot for each (across, up, radius in pixels, what it says when pointed at)."""
    return "".join(
        f'<circle class="{kind}" cx="{_x(across, x)}" cy="{_y(up, y)}" r="{radius:.1f}">'
        f"<title>{escape(words)}</title></circle>"
        for x, y, radius, words in points
    )


def label(across: Axis, up: Axis, at: Point, words: str, kind: str, end: bool = False) -> str:
    """Words at a point."""
    anchor = "end" if end else "start"
    return (
        f'<text class="label {kind}" x="{_x(across, at[0])}" y="{_y(up, at[1])}" dy="-.5em" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _x(axis: Axis, value: float) -> float:
    return round(LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT), 1)


def _y(axis: Axis, value: float) -> float:
    return round(HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM), 1)
