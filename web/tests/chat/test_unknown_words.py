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
PARTS = ("seen", "later", "apart")


def _percent(part: str, group: str, calls_for: str | None) -> float:
    """How many of these messages call for a text whose name begins so, or for any."""
    found = [read_rules().alarm(text) or "" for text in DATA[part][group]]
    return 100 * sum(bool(name) and name.startswith(calls_for or "") for name in found) / len(found)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", ["emergency", "crisis"])
def test_plain_alarms_are_caught(part: str, kind: str) -> None:
    assert _percent(part, f"{kind}_plain", kind) >= DATA["limits"][part]["caught"]


@pytest.mark.parametrize("part", PARTS)
def test_what_only_looks_alike_is_left_alone(part: str) -> None:
    assert _percent(part, "calm", None) <= DATA["limits"][part]["mistaken"]


def test_no_message_stands_there_twice_or_among_those_the_rules_were_made_with() -> None:
    known = yaml.safe_load(Path(__file__).with_name("alarms.yml").read_text(encoding="utf-8"))
    parts = [*(DATA[part] for part in PARTS), known]
    groups = [group for part in parts for group in part.values()]
    words = [text.lower() for group in groups for text in group]
    assert len(words) == len(set(words))
