"""How a failing test is shown: where it stands, what was expected and what came, side by side."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

WIDTH = 48  # characters of the columns that show expected and got
LONGEST = 200  # characters of a visitor's text that is shown whole


@dataclass(frozen=True)
class Failure:
    """What failed for one message: each row is a check, what was expected, and what came.

    `reply` is the whole text that came back, which the report shows.
    """

    name: str
    place: str
    visitor: str
    rows: tuple[tuple[str, str, str], ...]
    reply: str = ""

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.name}", f"  visitor: {_shortened(self.visitor)}"]
        lines.append(f"  {'':<14}{'expected':<{WIDTH}}  got")
        for check, expected, got in self.rows:
            left, right = _wrapped(expected), _wrapped(got)
            for number in range(max(len(left), len(right))):
                a, b = (side[number] if number < len(side) else "" for side in (left, right))
                lines.append(f"  {'' if number else check:<14}{a:<{WIDTH}}  {b}".rstrip())
        return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH) or [""]


def _shortened(text: str) -> str:
    line = repr(text)[1:-1]
    return line if len(line) <= LONGEST else f"{line[:160]} ... ({len(text)} characters)"
