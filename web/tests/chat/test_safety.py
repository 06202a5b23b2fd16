"""The website's own plain rules for emergencies and crises."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
import yaml

from chat.safety import RULES_PATH, Rules, read_rules
from netguide.practice import texts


def _read(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


ROWS: dict[str, list[str]] = _read("alarms.yml")
# Those that rules may be made by; what is `apart` stays so.
MADE_BY: list[dict[str, list[str]]] = [ROWS, *itemgetter("seen", "later")(_read("messages.yml"))]
PATTERNS = yaml.safe_load(RULES_PATH.read_text(encoding="utf-8"))
NOTHING = re.compile(r"(?!)")


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns))


def _rules_of(pattern: str, unless: re.Pattern[str] = NOTHING) -> Rules:
    """Rules with this pattern alone."""
    return Rules(unless, ((pattern, _any([pattern])),))


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


def test_every_pattern_is_there_for_a_message() -> None:
    said = list(chain(*(chain(*part.values()) for part in MADE_BY)))
    unless = read_rules().unless
    patterns = chain(*(entry["any"] for entry in PATTERNS["texts"]))
    idle = [each for each in patterns if not any(map(_rules_of(each, unless).alarm, said))]
    assert not idle


def test_every_exception_is_there_for_a_message() -> None:
    calm = list(chain(*([*part.get("none", ()), *part.get("calm", ())] for part in MADE_BY)))
    rules, idle = read_rules(), []
    for pattern in PATTERNS["unless"]:
        concerned = filter(_rules_of(pattern).alarm, calm)
        less = replace(rules, unless=_any([each for each in PATTERNS["unless"] if each != pattern]))
        if not any(map(less.alarm, concerned)):
            idle.append(pattern)
    assert not idle


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
