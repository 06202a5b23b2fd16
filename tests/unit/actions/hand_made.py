"""Messages and settings made by hand, for tests of what the actions make of them."""

from __future__ import annotations

from dataclasses import replace

from actions.message import TERMS, Message
from actions.settings import read_settings
from nlu.terms import Term

SETTINGS = replace(
    read_settings(),
    leaning=0.2,
    unsure=0.45,
    context_weight=30,
    context_loss=0.9,
    topics_in_context=0.5,
    topics_alone=0.5,
    decline=0.25,
    second_topic=0.25,
    second_passage=0.3,
    general_passages=2,
    compared_passages=3,
    matter=0.4,
    in_general=0.25,
    suggestions=3,
    asked_together=0.45,
    pointing_words=8,
    pointing_leaning=0.4,
    ordinals={"first": 0, "second": 1, "third": 2, "last": -1},
    comparing_words=frozenset({"vs", "difference", "or"}),
    spanish_words=frozenset({"puedo"}),
    words_of_both=frozenset({"no"}),
    spanish_share=0.4,
)


def term(entity: str, name: str) -> Term:
    """The project's term of this name."""
    return TERMS[entity, name]


def message(
    intents: dict[str, float],
    aims: dict[str, float] | None = None,
    text: str = "some text",
    named: dict[str, Term] | None = None,
    parts: tuple[tuple[str, dict[str, float]], ...] = (),
) -> Message:
    """A message of the likeliest of these intents; `named`: its terms by the words that name them."""
    intent = max(intents, key=intents.__getitem__)
    named = named or {}
    return Message(
        text=text,
        intent=intent,
        intents=intents,
        aims=aims or {},
        terms=tuple(named.values()),
        spans=tuple(named),
        confidence=intents[intent],
        parts=parts,
    )
