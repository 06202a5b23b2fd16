"""Words around a figure."""

from __future__ import annotations


def number_of(count: int, one: str, many: str = "") -> str:
    """`1 question`, `2 questions`; `many` where an s is not enough."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
