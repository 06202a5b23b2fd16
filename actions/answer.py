"""Says what was chosen from the guide: the fact first, then the way to the rest of the section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.memory import Memory
from actions.message import Message
from actions.settings import Settings
from guide.model import Block, Guide, Paragraph, Passage
from nlu.terms import Term
from replies.reply import Reply, Source, Suggestion
from replies.texts import Texts

# The lists of names that a question can ask about one by one.
LISTS = {
    "symptom": "symptoms-list",
    "test": "diagnosis-tests",
    "tumor_type": "types-list",
}


class Answerer:
    """Builds answers from one guide and the fixed texts."""

    def __init__(self, guide: Guide, texts: Texts, settings: Settings) -> None:
        self._guide = guide
        self._texts = texts
        self._settings = settings

    def answer(self, message: Message, passages: Sequence[Passage], memory: Memory) -> Reply:
        """The reply that shows these passages, the first being the main one."""
        ids = tuple(dict.fromkeys(passage.id for passage in passages))
        topics = tuple(dict.fromkeys(passage.topic for passage in passages))
        blocks: list[Block] = []
        for passage in dict.fromkeys(passages):
            blocks.extend(self._membership(message, passage) or passage.blocks)
        return Reply(
            "answer",
            tuple(blocks),
            topics=topics,
            passages=ids,
            source=self.source(topics[0]),
            suggestions=self.suggestions(topics, (*memory.shown, *ids)),
            nlu=message.understanding,
        )

    def source(self, topic: str) -> Source:
        """Where on the page the section of this topic stands."""
        guide = self._guide
        return Source(guide.title, guide.by_topic[topic].title, guide.source)

    def suggestions(self, topics: Sequence[str], shown: Sequence[str]) -> tuple[Suggestion, ...]:
        """The next questions: those of the topics' passages that were not shown yet."""
        fresh = [
            passage
            for topic in topics
            for passage in self._guide.by_topic[topic].passages
            if passage.id not in shown
        ]
        chosen = fresh[: self._settings.suggestions]
        return tuple(Suggestion(passage.question, passage.question) for passage in chosen)

    def _membership(self, message: Message, passage: Passage) -> list[Block]:
        """Whether each thing named is on the passage's list, when the passage is one of the lists."""
        entity = next((kind for kind, name in LISTS.items() if name == passage.id), None)
        named = [
            (term, span)
            for term, span in zip(message.terms, message.spans, strict=True)
            if term.entity == entity
        ]
        if entity is None or not named:
            return []
        blocks: list[Block] = []
        missing = False
        for term, span in named:
            item = list_item(passage, term)
            missing = missing or item is None
            name = f"utter_{'un' if item is None else ''}listed_{entity}".removeprefix("utter_")
            thing = span[:1].upper() + span[1:]
            blocks.append(Paragraph(self._texts[name].fill(item=item or "", thing=thing)))
        return blocks + (list(passage.blocks) if missing else [])


def list_item(passage: Passage, term: Term) -> str | None:
    """The item of the passage's list that names the term, or None when the list does not have it.

    The item is the one that has most words of the term's name, and of several the shortest.
    """
    if term.passage != passage.id or not passage.items:
        return None
    name = _words(term.name)

    def fit(item: str) -> tuple[int, int]:
        return len(name & _words(item)), -len(_words(item))

    best = max(passage.items, key=fit)
    return best if fit(best)[0] > 0 else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
