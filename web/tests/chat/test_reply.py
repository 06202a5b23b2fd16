"""Reading the assistant's reply object."""

from __future__ import annotations

from typing import Any

import pytest

from chat.reply import ReplyError, failure, greeting, read_reply

ANSWER: dict[str, Any] = {
    "kind": "answer",
    "topics": ["symptoms"],
    "passages": ["symptoms-list"],
    "text": "A < B & C",
    "blocks": [
        {"type": "paragraph", "text": "A < B"},
        {"type": "list", "items": ["one", "two"]},
        {"type": "alert", "text": "Call", "actions": [{"label": "911", "href": "tel:911"}]},
    ],
    "source": {"title": "T", "section": "S", "url": "https://p.example/x"},
    "suggestions": [{"title": "t", "message": "m"}],
    "nlu": {"intent": "symptoms", "confidence": 0.5, "runner_up": None},
}


def test_a_reply_is_read_whole() -> None:
    reply = read_reply([{"custom": ANSWER}]).as_dict()
    assert reply["blocks"] == ANSWER["blocks"]
    assert reply["text"] == "A < B\n\n- one\n- two\n\nCall"
    assert reply["source"] == ANSWER["source"]


def test_a_reply_of_text_alone_becomes_blocks() -> None:
    reply = read_reply([{"custom": {"kind": "answer", "text": "One.\n\n- a\n- b"}}]).as_dict()
    assert [block["type"] for block in reply["blocks"]] == ["paragraph", "list"]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "tel:9 11", "ftp://x"])
def test_a_link_that_is_not_safe_is_left_out(href: str) -> None:
    block = {"type": "alert", "text": "Call", "actions": [{"label": "x", "href": href}]}
    reply = read_reply([{"custom": ANSWER | {"blocks": [block]}}])
    assert reply.as_dict()["blocks"][0]["actions"] == []


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        [],
        [1],
        [{"text": "plain"}],
        [{"custom": ANSWER}, {"custom": ANSWER}],
        [{"custom": ANSWER | {"kind": "joke"}}],
        [{"custom": ANSWER | {"blocks": "x"}}],
        [{"custom": ANSWER | {"blocks": [{"type": "html", "text": "x"}]}}],
        [{"custom": ANSWER | {"blocks": [], "text": " "}}],
        [{"custom": ANSWER | {"blocks": [{"type": "paragraph", "text": 1}]}}],
        [{"custom": ANSWER | {"blocks": [], "text": "x" * 30_000}}],
    ],
)
def test_nonsense_is_refused(answer: object) -> None:
    with pytest.raises(ReplyError):
        read_reply(answer)


def test_the_failure_has_the_911_line_and_the_contact_route() -> None:
    links = [link for block in failure().as_dict()["blocks"] for link in block.get("actions", ())]
    assert links[0]["href"] == "tel:911"
    assert links[1]["href"].startswith("https://")


def test_the_greeting_offers_questions_of_the_section_being_read() -> None:
    assert "stag" in greeting("staging").suggestions[0].message.lower()
    assert greeting("nothing").suggestions == greeting().suggestions
