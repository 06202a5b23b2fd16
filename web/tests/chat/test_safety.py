"""The website's own plain rules for emergencies and crises."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from chat.safety import read_rules
from netguide.practice import texts

ROWS: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("alarms.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", ROWS)
def test_each_message_calls_for_its_text_or_for_none(name: str) -> None:
    wanted = None if name == "none" else name
    wrong = {text: found for text in ROWS[name] if (found := read_rules().alarm(text)) != wanted}
    assert not wrong


@pytest.mark.parametrize("name", [name for name in ROWS if name != "none"])
def test_capitals_and_apostrophes_of_any_kind_change_nothing(name: str) -> None:
    for change in (str.upper, lambda text: text.replace("'", "\u2019")):
        wrong = [text for text in ROWS[name] if read_rules().alarm(change(text)) != name]
        assert not wrong


def test_every_text_it_may_call_for_is_in_the_domain() -> None:
    assert all(name in texts() for name, _ in read_rules().texts)


def test_a_thousand_characters_of_anything_are_read_at_once() -> None:
    rules = read_rules()
    for piece in (
        "chest pain ",
        "i want to ",
        "a ",
        "fever 102 ",
        "cause of ",
        "no ",
        "the blood ",
        "can it be ",
        "fainted last ",
        "my heart is ",
        "pain so bad i ",
        "took all ",
    ):
        start = time.perf_counter()
        rules.alarm((piece * 500)[:1000])
        assert time.perf_counter() - start < 0.2, piece
