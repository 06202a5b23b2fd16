from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from guide.model import Paragraph
from replies.reply import Alert, Kind, Link, Suggestion
from replies.texts import FixedText, TextError, read_texts

DOMAIN = """\
responses:
  utter_emergency:
    - text: Call 911 now.
      custom:
        kind: emergency
        links:
          - {label: Call 911, href: "tel:911"}
  utter_greet:
    - text: |-
        Hello from $practice.
      custom:
        kind: chitchat
        name: greet
        suggestions:
          - {title: "What is a NET?", message: "What is a neuroendocrine tumor?"}
"""
TEXTS = read_texts()


@pytest.fixture
def domain(tmp_path: Path) -> Path:
    path = tmp_path / "domain.yml"
    path.write_text(DOMAIN, encoding="utf-8")
    return path


def test_a_text_with_links_becomes_an_alert(domain: Path) -> None:
    reply = read_texts(domain)["emergency"].reply()
    assert reply.kind == "emergency"
    assert reply.blocks == (Alert("Call 911 now.", (Link("Call 911", "tel:911"),)),)


def test_a_gap_is_filled_and_the_rest_of_the_reply_follows(domain: Path) -> None:
    reply = read_texts(domain)["greet"].reply(practice="The Practice", source="unused")
    assert (reply.kind, reply.name) == ("chitchat", "greet")
    assert reply.blocks == (Paragraph("Hello from The Practice."),)
    suggestion = Suggestion("What is a NET?", "What is a neuroendocrine tumor?")
    assert reply.suggestions == (suggestion,)


def test_a_gap_without_a_value_is_refused(domain: Path) -> None:
    with pytest.raises(KeyError, match="practice"):
        read_texts(domain)["greet"].reply()


def test_a_missing_text_is_named_with_what_to_do(domain: Path) -> None:
    texts = read_texts(domain)
    assert "greet" in texts and "deny" not in texts
    with pytest.raises(TextError, match="no response `utter_deny`: add it"):
        texts["deny"]


def test_a_dollar_sign_in_a_value_is_no_gap() -> None:
    text = FixedText("Not covered: $matter.", "not_covered")
    assert text.fill(matter="$practice") == "Not covered: $practice."


@pytest.mark.parametrize("name", TEXTS.names())
def test_every_text_of_the_domain_is_of_a_kind_and_chitchat_has_a_name(name: str) -> None:
    text = TEXTS[name]
    assert text.kind in get_args(Kind)
    assert bool(text.name) == (text.kind == "chitchat")


@pytest.mark.parametrize("name", TEXTS.names())
def test_every_suggestion_of_the_domain_is_plain_text(name: str) -> None:
    assert not any(s.message.startswith("/") for s in TEXTS[name].suggestions)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("emergency", ("911", "neuroendocrine tumor")),
        ("emergency_spanish", ("911", "tumor neuroendocrino")),
        ("crisis", ("988", "Call or text", "911")),
        ("crisis_spanish", ("988", "911")),
        ("error", ("911", "practice")),
        ("distress", ("988",)),
    ],
)
def test_the_texts_for_safety_say_what_they_must(name: str, wanted: tuple[str, ...]) -> None:
    assert [words for words in wanted if words not in TEXTS[name].text] == []
