"""Chooses what to answer: which sections, which of their passages, or which kind of decline.

Pure: it reads a message and a memory, and knows nothing of Rasa or of texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actions.memory import Memory
from actions.message import TERMS, Message
from actions.settings import Settings
from guide.model import TOPICS, Guide, Passage

FOLLOWUP = "followup"
RECENT_PASSAGES = 3
PUNCTUATION = str.maketrans("", "", ".,;:?!")
DECLINES = ("not_covered", "medical_advice", "other_disease", "out_of_scope")


@dataclass(frozen=True)
class Choice:
    """What to do with a message: an intent to act on, and the passages to show for each topic.

    `matter` is what a declined question was about, `near` the topics that come nearest to it, `in_general`
    what the guide says in general of what somebody wants advice on.
    """

    intent: str
    passages: tuple[Passage, ...] = ()
    matter: str | None = None
    near: tuple[str, ...] = ()
    in_general: Passage | None = None


class Chooser:
    """Chooses from one guide, with these settings."""

    def __init__(self, guide: Guide, settings: Settings) -> None:
        self._guide = guide
        self._settings = settings
        self._topic_of = {p.id: p.topic for p in guide.passages.values()} | {t: t for t in TOPICS}

    def choose(self, message: Message, memory: Memory) -> Choice:
        """What to do with the message after what was talked about."""
        if message.intent not in (*TOPICS, FOLLOWUP, *DECLINES, "nlu_fallback"):
            return Choice(message.intent)
        if message.intent == FOLLOWUP and (pointed := self._pointed_at(message, memory)):
            return Choice(pointed.topic, (pointed,))
        if together := self._asked_together(message):
            return Choice(together[0].topic, together)
        leaning = self._leaning(message)
        leans = memory.topic is not None and (
            leaning >= self._settings.leaning or message.confidence < self._settings.unsure
        )
        aims = self._in_context(message.aims, memory, leaning) if leans else message.aims
        outcomes = self._outcomes(message, aims, leans)
        answered = {name: share for name, share in outcomes.items() if name in TOPICS}
        near = tuple(sorted(answered, key=answered.__getitem__, reverse=True)[:3])
        topics = [*near[:1], *(name for name in near[1:2] if answered[name] >= self._settings.second_topic)]
        if leans:
            answers = sum(answered.values()) >= self._settings.topics_in_context
        elif message.intent == FOLLOWUP:
            answers = sum(answered[topic] for topic in topics) >= self._settings.topics_alone
        else:
            answers = message.intent in TOPICS
        if answers and near:
            return Choice(near[0], tuple(self._passages(message, memory, aims, topics, leans)))
        intent = message.intent
        if leans or intent in (*TOPICS, FOLLOWUP):
            others = {name: share for name, share in outcomes.items() if name in DECLINES}
            intent = max(others, key=others.__getitem__) if others else "nlu_fallback"
            if not leans and others.get(intent, 0.0) < self._settings.decline:
                intent = "nlu_fallback"
        matter = self._matter(aims, intent)
        return Choice(intent, matter=matter, near=near, in_general=self._in_general(aims, intent))

    def _leaning(self, message: Message) -> float:
        """How much the message leans on the talk: at least so much when it names nothing but "it"."""
        leaning = message.intents.get(FOLLOWUP, 0.0)
        words = message.text.lower().translate(PUNCTUATION).split()
        points = bool(set(words) & self._settings.pointing_back) and not message.terms
        if points and len(words) <= self._settings.pointing_words:
            return max(leaning, self._settings.pointing_leaning)
        return leaning

    def _asked_together(self, message: Message) -> tuple[Passage, ...]:
        """The passages of two or more things asked in one message, when each is clear by itself."""
        if message.intent not in (*TOPICS, FOLLOWUP) or self._compares(message):
            return ()
        whole = Memory(topic=message.intent)
        clear = []
        for text, aims in message.parts:
            if set(text.lower().split()) & self._settings.pointing_back:
                aims = self._in_context(aims, whole, self._settings.part_leaning)
            aim = max(aims, key=aims.__getitem__)
            if aim in self._topic_of and aims[aim] >= self._settings.asked_together:
                clear.append(aim)
        passages = {
            aim: self._guide.passages.get(aim) or self._guide.by_topic[aim].passages[0] for aim in clear
        }
        different = tuple({passage.id: passage for passage in passages.values()}.values())
        return different[: self._settings.compared_passages] if len(different) > 1 else ()

    def _pointed_at(self, message: Message, memory: Memory) -> Passage | None:
        """The passage about the item that "the second one" points at in the list shown last."""
        words = message.text.lower().translate(PUNCTUATION).split()
        places = [self._settings.ordinals[word] for word in words if word in self._settings.ordinals]
        recent = [self._guide.passages[name] for name in memory.shown[-RECENT_PASSAGES:]]
        last = next((passage for passage in reversed(recent) if passage.items), None)
        if not places or last is None or len(words) > self._settings.pointing_words:
            return None
        try:
            item = last.items[places[0]].lower()
        except IndexError:
            return None
        named = [term for term in TERMS.values() if term.passage and term.name.lower() in item]
        passages = {t.passage: t for t in sorted(named, key=lambda term: len(term.name))}
        best = next((name for name in reversed(passages) if name != last.id), None)
        return self._guide.passages.get(best) if best else None

    def _in_context(self, aims: dict[str, float], memory: Memory, leaning: float) -> dict[str, float]:
        """The aims weighed by what was talked about: the more the message leans on it, the more.

        A section that was not talked about loses; what the page does not cover neither gains nor loses.
        """
        talked_about = 1 + self._settings.context_weight * leaning
        other = 1 - self._settings.context_loss * leaning
        weighed = {}
        for aim, share in aims.items():
            topic = self._topic_of.get(aim)
            weight = 1.0 if topic is None else talked_about if topic == memory.topic else other
            weighed[aim] = share * weight
        whole = sum(weighed.values()) or 1
        ranked = sorted(weighed, key=weighed.__getitem__, reverse=True)
        return {aim: weighed[aim] / whole for aim in ranked}

    def _outcomes(self, message: Message, aims: dict[str, float], leans: bool) -> dict[str, float]:
        """Probabilities of the sections and kinds of decline, a follow-up shared out by its aims."""
        by_aims: dict[str, float] = {}
        for aim, share in aims.items():
            name = self._topic_of.get(aim) or aim.split("/")[0]
            by_aims[name] = by_aims.get(name, 0.0) + share
        if leans:
            return by_aims
        followup = message.intents.get(FOLLOWUP, 0.0)
        names = [name for name in (*message.intents, *by_aims) if name != FOLLOWUP]
        return {name: message.intents.get(name, 0.0) + followup * by_aims.get(name, 0.0) for name in names}

    def _passages(
        self,
        message: Message,
        memory: Memory,
        aims: dict[str, float],
        topics: list[str],
        leans: bool,
    ) -> Iterable[Passage]:
        compared = self._compared(message, topics)
        if compared:
            yield from compared
            return
        for topic in topics:
            section = self._guide.by_topic[topic]
            shares = {aim: s for aim, s in aims.items() if self._topic_of.get(aim) == topic}
            best = max(shares, key=shares.__getitem__, default=topic)
            others = {aim: s for aim, s in shares.items() if aim not in (best, topic)}
            second = max(others, key=others.__getitem__, default=None)
            is_likely = second and others[second] / sum(shares.values()) >= self._settings.second_passage
            if best != topic:
                yield self._guide.passages[best]
                if second and is_likely and len(topics) == 1:
                    yield self._guide.passages[second]
                continue
            first = [self._guide.passages[second]] if second and is_likely else []
            fresh = [p for p in section.passages if p.id not in memory.shown]
            start = fresh if leans and memory.topic == topic and fresh else section.passages
            yield from dict.fromkeys([*first, *start[: self._settings.general_passages - len(first)]])

    def _compared(self, message: Message, topics: list[str]) -> list[Passage]:
        """The passages of the things compared, when two or more of one kind are named together."""
        if not self._compares(message):
            return []
        named = [
            self._guide.passages[term.passage]
            for term in message.terms
            if term.passage in self._guide.passages and term.entity in ("medication", "treatment", "test")
        ]
        different = {p.id: p for p in named}
        compared_topics = {p.topic for p in named}
        one_passage_compares = max(message.aims.values(), default=0) >= self._settings.clear_aim
        if len(different) < 2 or not compared_topics & set(topics):
            return []
        if len(compared_topics) > 1 and one_passage_compares:
            return []
        return list(different.values())[: self._settings.compared_passages]

    def _compares(self, message: Message) -> bool:
        words = set(message.text.lower().translate(PUNCTUATION).split())
        return bool(words & self._settings.comparing_words)

    def _in_general(self, aims: dict[str, float], intent: str) -> Passage | None:
        if intent != "medical_advice":
            return None
        passages = {aim: share for aim, share in aims.items() if aim in self._guide.passages}
        best = max(passages, key=passages.__getitem__, default="")
        return self._guide.passages[best] if passages.get(best, 0.0) >= self._settings.in_general else None

    def _matter(self, aims: dict[str, float], intent: str) -> str | None:
        for aim, share in aims.items():
            name, _, matter = aim.partition("/")
            if name == intent and matter:
                return matter if share >= self._settings.matter else None
        return None
