"""Conversations by the hundred thousand, for measuring; quick, and the same for the same seed.

Shares are those of a busy practice as we guess them: three in five questions answered, one in five
declined, one in fifty an alarm. Words follow Zipf's law, so that a search may be for a rare one.
"""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate

from chat import facets
from chat.models import Conversation, Facet, Feedback, Turn
from chat.sessions import REFERENCE_LETTERS
from netguide.practice import guide, texts
from people.models import Account
from replies.reply import Reply
from review.models import Review
from review.vocabulary import DECLINED, SAFETY

DAYS = 90
TURNS_EACH = 5  # on average
KINDS = {
    "answer": 600,
    "not_covered": 100,
    "clarify": 90,
    "medical_advice": 50,
    "out_of_scope": 40,
    "chitchat": 60,
    "emergency": 14,
    "crisis": 4,
    "distress": 10,
    "handoff": 20,
    "unsupported_language": 8,
    "error": 4,
}
INTENTS = {
    "clarify": ("followup", "types", "symptoms"),
    "chitchat": ("greet", "thanks", "goodbye", "affirm", "deny", "help"),
    "out_of_scope": ("out_of_scope", "other_disease"),
    "error": ("",),
}
TAGS = ("diet", "costs", "wording", "forward to doctor", "page should say this", "test call")
RARE_WORDS = 20_000
FAILED = (Turn.Outcome.TIMEOUT, Turn.Outcome.UNREACHABLE, Turn.Outcome.NONSENSE)


@dataclass
class Lot:
    """Some conversations with all that belongs to them, to be stored together."""

    conversations: list[Conversation] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)


class Maker:
    """Makes conversations, the oldest first, with primary keys from 1 on."""

    def __init__(self, turns: int, end: datetime, reviewers: list[Account], seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - not for secrets
        self._end = end
        self._total = turns
        self._reviewers = reviewers
        self._turn = self._conversation = self._asked = 0
        self._kinds = list(KINDS)
        self._kind_weights = list(accumulate(KINDS.values()))
        self._passages = list(guide().passages.values())
        self._passage_weights = list(accumulate(1 / (n + 3) for n in range(len(self._passages))))
        words = sorted({w for p in self._passages for w in p.text.lower().split() if w.isalpha()})
        self._random.shuffle(words)
        self._words = words + [f"word{n}" for n in range(RARE_WORDS)]
        self._word_weights = list(accumulate(1 / (n + 10) for n in range(len(self._words))))
        self._replies = {p.id: _reply(p.id) for p in self._passages}
        self._others = {kind: _other(kind) for kind in KINDS}

    def lots(self, size: int = 1_000) -> Iterator[Lot]:
        """Lots of this many conversations until there are turns enough."""
        while self._asked < self._total:
            lot = Lot()
            while len(lot.conversations) < size and self._asked < self._total:
                self._add_conversation(lot)
            yield lot

    def _add_conversation(self, lot: Lot) -> None:
        draw = self._random
        self._conversation += 1
        count = min(1 + int(draw.expovariate(1 / (TURNS_EACH - 1))), self._total - self._asked)
        if self._conversation % 20_000 == 7:
            count = min(1_200, self._total - self._asked)  # somebody who never stops
        left = timedelta(days=DAYS) * (1 - self._asked / self._total)
        at = self._end - left
        conversation = Conversation(
            id=self._conversation,
            key_hash=hashlib.sha256(str(self._conversation).encode()).hexdigest(),
            sender=uuid.UUID(int=self._conversation),
            reference=_reference(self._conversation),
            page=draw.choice(("/nets", "/nets#symptoms", "/nets#treatment_overview")),
            started_at=at,
            status=draw.choices(("open", "in_review", "done"), (60, 5, 35))[0],
            flagged=draw.random() < 0.01,
            assignee=draw.choice(self._reviewers) if draw.random() < 0.08 else None,
        )
        turns = [self._greeting(conversation, at)]
        found: set[tuple[str, str]] = set()
        reviewed_share = 0.3 if left > timedelta(days=3) else 0.02
        for number in range(1, count + 1):
            at += timedelta(seconds=draw.uniform(5, 90) if count < 500 else 3)
            turn = self._ask(conversation, number, at)
            turns.append(turn)
            found |= facets.of_turn(turn)
            if draw.random() < 0.06:
                helpful = draw.random() < 0.7
                lot.feedback.append(Feedback(turn_id=turn.pk, helpful=helpful, at=at))
                found.add((Facet.Field.FEEDBACK, "up" if helpful else "down"))
            if draw.random() < reviewed_share:
                verdict = draw.choices(Review.Verdict.values, (80, 8, 5, 6, 1))[0]
                review = Review(
                    turn_id=turn.pk,
                    verdict=verdict,
                    author=draw.choice(self._reviewers),
                    at=min(at + timedelta(days=1), self._end),
                )
                lot.reviews.append(review)
                turn.reviewed = True
                found.add((Facet.Field.VERDICT, verdict))
        if draw.random() < 0.03:
            found.add((Facet.Field.TAG, draw.choice(TAGS)))
        sure = [turn.confidence for turn in turns if turn.intent]
        conversation.last_at = at
        conversation.turn_count = count
        conversation.lowest_confidence = min(sure) if sure else None
        conversation.last_kind = turns[-1].kind
        lot.conversations.append(conversation)
        lot.turns += turns
        lot.facets += [
            Facet(conversation_id=conversation.pk, field=str(name), value=value, last_at=at)
            for name, value in sorted(found)
        ]
        self._asked += count

    def _ask(self, conversation: Conversation, number: int, at: datetime) -> Turn:
        draw = self._random
        kind = draw.choices(self._kinds, cum_weights=self._kind_weights)[0]
        passage = draw.choices(self._passages, cum_weights=self._passage_weights)[0]
        said = draw.choices(self._words, cum_weights=self._word_weights, k=draw.randint(2, 12))
        intent = passage.topic
        reply, topics, passages = self._others[kind], [], []
        if kind == "answer":
            reply, topics, passages = self._replies[passage.id], [passage.topic], [passage.id]
        elif kind in DECLINED or kind in SAFETY or kind in INTENTS or kind == "handoff":
            intent = draw.choice(INTENTS.get(kind, (kind,)))
        confidence = draw.betavariate(9, 1.5) if kind == "answer" else draw.betavariate(4, 3)
        failed = kind == "error"
        turn = self._new_turn(conversation, number, at, reply)
        turn.text = f"{passage.question[: draw.randint(8, 60)].lower()} {' '.join(said)}"
        turn.kind, turn.topics, turn.passages, turn.intent = kind, topics, passages, intent
        turn.confidence = 0.0 if failed else round(confidence, 4)
        turn.runner_up = "" if failed else draw.choice(guide().sections).topic
        turn.runner_up_confidence = 0.0 if failed else round((1 - confidence) * 0.6, 4)
        turn.outcome = draw.choice(FAILED) if failed else Turn.Outcome.ANSWERED
        turn.latency_ms = 4_000 if failed else int(draw.lognormvariate(3.6, 0.5))
        turn.answered_at = at + timedelta(milliseconds=turn.latency_ms)
        return turn

    def _greeting(self, conversation: Conversation, at: datetime) -> Turn:
        turn = self._new_turn(conversation, 0, at, self._others["chitchat"])
        turn.kind, turn.outcome, turn.answered_at = "chitchat", Turn.Outcome.ANSWERED, at
        return turn

    def _new_turn(
        self, conversation: Conversation, number: int, at: datetime, reply: dict[str, object]
    ) -> Turn:
        self._turn += 1
        return Turn(
            id=self._turn,
            conversation=conversation,
            number=number,
            message_id=uuid.UUID(int=self._turn),
            client_id=uuid.UUID(int=self._turn),
            reply=reply,
            model="generated",
            asked_at=at,
        )


def _reference(number: int) -> str:
    # An odd factor without a common divisor spreads the codes, each of which occurs once.
    number = number * 2_654_435_761 % len(REFERENCE_LETTERS) ** 8
    letters = ""
    for _ in range(8):
        number, rest = divmod(number, len(REFERENCE_LETTERS))
        letters += REFERENCE_LETTERS[rest]
    return f"NET-{letters[:4]}-{letters[4:]}"


def _reply(passage_id: str) -> dict[str, object]:
    passage = guide().passages[passage_id]
    reply = Reply("answer", passage.blocks, topics=(passage.topic,), passages=(passage.id,))
    return reply.as_dict()


def _other(kind: str) -> dict[str, object]:
    name = {
        "not_covered": "not_covered_office",
        "answer": "greet",
        "chitchat": "greet",
    }.get(kind, kind)
    values = {"practice": guide().practice, "source": guide().source, "matter": "this"}
    return texts()[name].reply(**values).as_dict()
