"""What the plain rules do with words that they were not made for (messages.yml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from chat.safety import read_rules

DATA: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("messages.yml").read_text(encoding="utf-8")
)
HALVES = ("seen", "apart")


def _percent(half: str, group: str, calls_for: str | None) -> float:
    """How many of these messages call for a text whose name begins so, or for any."""
    found = [read_rules().alarm(text) or "" for text in DATA[half][group]]
    return 100 * sum(bool(name) and name.startswith(calls_for or "") for name in found) / len(found)


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("kind", ["emergency", "crisis"])
def test_plain_alarms_are_caught(half: str, kind: str) -> None:
    assert _percent(half, f"{kind}_plain", kind) >= DATA["limits"][half]["caught"]


@pytest.mark.parametrize("half", HALVES)
def test_what_only_looks_alike_is_left_alone(half: str) -> None:
    assert _percent(half, "calm", None) <= DATA["limits"][half]["mistaken"]


def test_no_message_stands_in_both_halves_or_among_the_known_ones() -> None:
    known = yaml.safe_load(Path(__file__).with_name("alarms.yml").read_text(encoding="utf-8"))
    groups = [*DATA["seen"].values(), *DATA["apart"].values(), *known.values()]
    words = [text.lower() for group in groups for text in group]
    assert len(words) == len(set(words))
