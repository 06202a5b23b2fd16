"""The five actions of domain.yml: read the message and the memory, choose, reply, remember."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import Answerer
from actions.choice import Chooser
from actions.decline import Decliner
from actions.memory import Memory, read_memory
from actions.message import Message, read_message
from actions.settings import read_settings
from guide.reader import read_guide
from replies.reply import Reply
from replies.texts import read_texts

GUIDE = read_guide()
SETTINGS = read_settings()
TEXTS = read_texts()
PASSAGE_OF = {p.question: p.id for p in GUIDE.passages.values()}
CHOOSER = Chooser(GUIDE, SETTINGS)
ANSWERER = Answerer(GUIDE, TEXTS, SETTINGS)
DECLINER = Decliner(GUIDE, TEXTS, SETTINGS)


def question_reply(message: Message, memory: Memory) -> Reply:
    """The reply to a question, in the light of the talk so far."""
    choice = CHOOSER.choose(message, memory)
    if choice.passages:
        return ANSWERER.answer(message, choice.passages, memory)
    if choice.intent == "nlu_fallback":
        return DECLINER.clarify(message, choice)
    return DECLINER.decline(message, choice)


def alarm_reply(message: Message) -> Reply:
    """The safety text, in Spanish for a message in Spanish."""
    name = message.intent + ("_spanish" if is_spanish(message.text) else "")
    return replace(TEXTS[name].reply(), nlu=message.understanding)


def is_spanish(text: str) -> bool:
    """Whether enough of the words are everyday Spanish ones, of those that are not English too."""
    words = set(re.findall(r"[^\W\d_]+", text.lower())) - SETTINGS.words_of_both
    return bool(words) and len(words & SETTINGS.spanish_words) / len(words) >= SETTINGS.spanish_share


def smalltalk_reply(message: Message, memory: Memory) -> Reply:
    """The fixed text of the intent; "yes" to an offered question gets that question's answer."""
    if message.intent == "affirm" and memory.offered in GUIDE.passages:
        passage = GUIDE.passages[memory.offered]
        return ANSWERER.answer(replace(message, terms=(), spans=()), [passage], memory)
    reply = TEXTS[message.intent].reply(practice=GUIDE.practice, source=GUIDE.source)
    return replace(reply, nlu=message.understanding)


def send(reply: Reply, memory: Memory, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Sends the reply as the turn's one message, and returns the slots that remember it."""
    dispatcher.utter_message(json_message=reply.as_dict())
    first = reply.suggestions[0].message if reply.suggestions else None
    return memory.after(reply, PASSAGE_OF.get(first or "")).events()


class Answer(Action):
    """Answers a question from the guide."""

    def name(self) -> str:
        """Its name in domain.yml."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Sends the answer; a question that leans on nothing said is asked back about."""
        memory = read_memory(tracker.slots)
        reply = question_reply(read_message(tracker.latest_message), memory)
        return send(reply, memory, dispatcher)


class Decline(Answer):
    """Declines a question, unless the talk so far makes it one that the guide answers."""

    def name(self) -> str:
        """Its name in domain.yml."""
        return "action_decline"


class Clarify(Answer):
    """Asks back, unless the talk so far makes clear what is meant."""

    def name(self) -> str:
        """Its name in domain.yml."""
        return "action_clarify"


class Alarm(Action):
    """Shows the safety text, first and alone."""

    def name(self) -> str:
        """Its name in domain.yml."""
        return "action_alarm"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Sends the text of the alarm."""
        reply = alarm_reply(read_message(tracker.latest_message))
        return send(reply, read_memory(tracker.slots), dispatcher)


class Smalltalk(Action):
    """Answers chitchat, grief and fear with their fixed texts."""

    def name(self) -> str:
        """Its name in domain.yml."""
        return "action_smalltalk"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Sends the text."""
        memory = read_memory(tracker.slots)
        reply = smalltalk_reply(read_message(tracker.latest_message), memory)
        return send(reply, memory, dispatcher)
