"""How kinds, shares, passages and badges are written on a page."""

from __future__ import annotations

from typing import Any

from django import template

from chat.models import Conversation, Facet
from netguide.practice import guide
from review import vocabulary
from review.models import Review

register = template.Library()
register.filter("kind_title", vocabulary.kind_title)
register.filter("topic_title", vocabulary.topic_title)
register.filter("intent_title", vocabulary.intent_title)

THUMBS = {"up": "Helpful", "down": "Not helpful"}
VERDICT_LOOKS = {
    Review.Verdict.RIGHT: "good",
    Review.Verdict.UNSAFE: "bad",
}


@register.filter
def kind_look(kind: str) -> str:
    """The class of a kind's badge."""
    return vocabulary.LOOKS.get(kind, "")


@register.filter
def verdict_look(verdict: str) -> str:
    """The class of a verdict's badge."""
    return VERDICT_LOOKS.get(Review.Verdict(verdict), "warn")


@register.filter
def share(value: float | None) -> str:
    """A confidence as a percentage."""
    return "" if value is None else f"{value:.0%}"


@register.filter
def question_of(passage_id: str) -> str:
    """The question that a passage answers; the id of one that the guide no longer has."""
    passage = guide().passages.get(passage_id)
    return passage.question if passage else passage_id


@register.filter
def badges(conversation: Conversation) -> list[dict[str, str]]:
    """What happened in it, the gravest first; small talk only when there was nothing else."""
    kinds = {f.value for f in conversation.facets.all() if f.field == Facet.Field.KIND}
    order = {"bad": 0, "warn": 1, "": 2, "good": 3}
    shown = [kind for kind in vocabulary.KIND_TITLES if kind in kinds and kind != "chitchat"]
    shown = shown or sorted(kinds)
    shown.sort(key=lambda kind: order[kind_look(kind)])
    return [{"title": vocabulary.kind_title(kind), "look": kind_look(kind)} for kind in shown]


@register.filter
def values_of(conversation: Conversation, field: str) -> list[str]:
    """The values of one field, from what was read with the list."""
    return sorted(facet.value for facet in conversation.facets.all() if facet.field == field)


@register.filter
def thumb(value: str) -> str:
    """A thumb in words."""
    return THUMBS.get(value, value)


@register.inclusion_tag("review/said.html")
def said_by_guide(reply: dict[str, Any] | None) -> dict[str, Any]:
    """A reply as the visitor saw it."""
    return {"reply": reply or {}}
