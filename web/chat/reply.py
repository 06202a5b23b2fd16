"""Reads the assistant's reply object, and makes the website's own.

Nothing is passed on as it came: what is not of the contract's shape is refused, so that
a widget can draw whatever this module gives.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from guide.model import Block, BulletList, Paragraph
from netguide.practice import contact_url, guide, texts
from replies.reply import (
    Alert,
    Kind,
    Link,
    Reply,
    Source,
    Suggestion,
    Understanding,
    blocks_from_text,
)

KINDS: tuple[str, ...] = get_args(Kind)
SAFE_LINK = re.compile(r"(?:https?://|tel:|sms:|/)[^\s<>\"']*", re.ASCII)
UNKEPT = re.compile("[\ud800-\udfff\x00]")
LONGEST_REPLY = 20_000  # characters


class ReplyError(ValueError):
    """The assistant's answer is not a reply object."""


def read_reply(answer: object) -> Reply:
    """The one reply in the answer of the assistant's REST channel; raises ReplyError."""
    if not isinstance(answer, list) or len(answer) != 1 or not isinstance(answer[0], dict):
        raise ReplyError("not one message")
    custom = answer[0].get("custom")
    if not isinstance(custom, dict):
        raise ReplyError("no reply object")
    kind = custom.get("kind")
    if kind not in KINDS:
        raise ReplyError("unknown kind")
    blocks = tuple(_block(block) for block in _list(custom, "blocks"))
    reply = Reply(
        kind=kind,
        blocks=blocks or blocks_from_text(_text(custom, "text")),
        name=_text(custom, "name") or None,
        topics=tuple(_string(topic) for topic in _list(custom, "topics")),
        passages=tuple(_string(passage) for passage in _list(custom, "passages")),
        source=_source(custom.get("source")),
        suggestions=tuple(
            Suggestion(_text(item, "title"), _text(item, "message"))
            for item in _list(custom, "suggestions")
            if isinstance(item, dict)
        ),
        nlu=_understanding(custom.get("nlu")),
    )
    if not reply.text.strip():
        raise ReplyError("no words")
    if len(reply.text) > LONGEST_REPLY:
        raise ReplyError("too long")
    return reply


def greeting(topic: str = "") -> Reply:
    """The first words; of a section that is being read, its questions are offered."""
    reply = texts()["greet"].reply(practice=guide().practice, source=guide().source)
    section = guide().by_topic.get(topic)
    if section is None:
        return reply
    questions = [passage.question for passage in section.passages[:3]]
    suggestions = tuple(Suggestion(question, question) for question in questions)
    return replace(reply, topics=(topic,), suggestions=suggestions)


def safety_reply(name: str) -> Reply:
    """A fixed safety text of domain.yml."""
    return texts()[name].reply()


def failure() -> Reply:
    """What a visitor reads when the assistant fails: the contact route and the 911 line."""
    paragraphs = texts()["error"].reply(practice=guide().practice, source=guide().source).blocks
    links = (Link("Call 911", "tel:911"), Link(f"Contact {guide().practice}", contact_url()))
    alert = Alert("In an emergency, call 911. For anything else, contact the practice.", links)
    return Reply("error", (*paragraphs, alert))


def _block(block: object) -> Block | Alert:
    if not isinstance(block, dict):
        raise ReplyError("a block is no object")
    match block.get("type"):
        case "paragraph":
            return Paragraph(_text(block, "text"))
        case "list":
            return BulletList(tuple(_string(item) for item in _list(block, "items")))
        case "alert":
            links = [item for item in _list(block, "actions") if isinstance(item, dict)]
            return Alert(
                _text(block, "text"),
                tuple(
                    Link(_text(link, "label"), _text(link, "href"))
                    for link in links
                    if SAFE_LINK.fullmatch(_text(link, "href"))
                ),
            )
    raise ReplyError("unknown block")


def _source(source: object) -> Source | None:
    if not isinstance(source, dict):
        return None
    url = _text(source, "url")
    if not SAFE_LINK.fullmatch(url):
        return None
    return Source(_text(source, "title"), _text(source, "section"), url)


def _understanding(nlu: object) -> Understanding:
    if not isinstance(nlu, dict):
        return Understanding()
    return Understanding(
        intent=_text(nlu, "intent")[:64] or None,
        confidence=_share(nlu.get("confidence")),
        runner_up=_text(nlu, "runner_up")[:64] or None,
        runner_up_confidence=_share(nlu.get("runner_up_confidence")),
    )


def _share(value: object) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0


def _text(owner: dict[str, Any], name: str) -> str:
    value = owner.get(name)
    return "" if value is None else _string(value)


def _string(value: object) -> str:
    # Half of a pair, or a zero: JSON can write them, but no database keeps them.
    if not isinstance(value, str) or UNKEPT.search(value):
        raise ReplyError("not a text")
    return value


def _list(owner: dict[str, Any], name: str) -> list[object]:
    value = owner.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ReplyError(f"`{name}` is no list")
    return value
