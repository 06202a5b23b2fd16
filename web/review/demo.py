"""Made-up conversations of the last weeks, said through the chat's own functions.

Only their times are set afterwards. `demo.yml` has the words.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import F
from django.utils import timezone

from appointments.desk import file
from appointments.forms import AppointmentForm
from appointments.models import AppointmentRequest, Note
from chat import conversation as talk
from chat.assistant import Answer, AssistantError
from chat.models import Conversation, Facet, Feedback, Turn
from netguide.practice import guide, texts
from people.accounts import give_roles
from people.models import Account
from people.roles import Role
from replies.reply import Reply, Source, Suggestion, Understanding
from review.models import Change, Review
from review.verdicts import judge, of_conversation, sort
from review.vocabulary import find_targets

TAG = "made up"
DAYS = 42
TALKS = 260
NEWEST = timedelta(minutes=20)  # before now
PAGES = ("/nets", "/nets#symptoms", "/nets#staging", "/nets#clinical_trials")


def is_there() -> bool:
    """Whether the made-up conversations were made before."""
    return Facet.objects.filter(field=Facet.Field.TAG, value=TAG).exists()


def make(now: datetime, seed: int = 5) -> Iterator[int]:
    """Makes them, the oldest first; gives how many there are as it goes on."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    reviewers = [_reviewer(*item) for item in _words()["reviewers"].items()]
    for count, at in enumerate(_times(draw, now), 1):
        _Talk(draw, at, now, reviewers).hold()
        yield count


class _Talk:
    """One conversation: what is asked, how it is answered, and what the staff say of it."""

    def __init__(
        self, draw: random.Random, at: datetime, now: datetime, reviewers: list[Account]
    ) -> None:
        self._draw = draw
        self._at = at
        self._now = now
        self._reviewers = reviewers
        self._tags = {TAG}

    def hold(self) -> None:
        draw = self._draw
        begun = talk.begin(draw.choice(PAGES)).conversation
        _set_time(Turn.objects.filter(conversation=begun), self._at)
        Conversation.objects.filter(pk=begun.pk).update(started_at=self._at, last_at=self._at)
        at = self._at
        books = False
        for question in self._questions():
            at += timedelta(seconds=draw.randint(12, 110))
            turn = self._ask(begun, question, at)
            self._feel(begun, turn, question, at)
            if self._now - at > timedelta(days=1) and draw.random() < 0.45:
                self._judge(turn, question, at)
            books = books or (bool(question.get("books")) and draw.random() < 0.4)
        Conversation.objects.filter(pk=begun.pk).update(last_at=at)
        Facet.objects.filter(conversation=begun).update(last_at=at)
        if books:
            self._book(begun, at + timedelta(minutes=2))
        self._sort(begun)

    def _questions(self) -> list[dict[str, Any]]:
        pool: list[dict[str, Any]] = _words()["questions"]
        weights = [3 if "passage" in q and "right" not in q else 2 for q in pool]
        weights = [
            1 if "fails" in q or q.get("kind") in ("crisis",) else w
            for q, w in zip(pool, weights, strict=True)
        ]
        return self._draw.choices(pool, weights, k=min(9, 1 + int(self._draw.expovariate(0.45))))

    def _ask(self, begun: Conversation, question: dict[str, Any], at: datetime) -> Turn:
        draw = self._draw
        text = draw.choice(question["says"])
        if draw.random() < 0.02:
            text = draw.choice(_words()["personal"]) + text
        latency = 4_000 if "fails" in question else int(draw.lognormvariate(3.6, 0.4))
        answered = at + timedelta(milliseconds=latency)

        def answer(sender: str, text: str, seconds: float) -> Answer:
            if "fails" in question:
                raise AssistantError(Turn.Outcome(question["fails"]))
            return Answer(_reply(question, draw), "made-up")

        turn = talk.say(begun, uuid.UUID(int=draw.getrandbits(128)), text, ask=answer)
        Turn.objects.filter(pk=turn.pk).update(
            asked_at=at, answered_at=answered, latency_ms=latency
        )
        return turn

    def _feel(
        self, begun: Conversation, turn: Turn, question: dict[str, Any], at: datetime
    ) -> None:
        is_bad = "right" in question or "fails" in question
        if self._draw.random() > (0.3 if is_bad else 0.09):
            return
        is_helpful = self._draw.random() < (0.05 if is_bad else 0.85)
        words = _words()["comments"]
        comment = self._draw.choice(words) if not is_helpful and self._draw.random() < 0.5 else ""
        talk.judge(begun, turn.message_id, is_helpful, comment)
        Feedback.objects.filter(turn=turn).update(at=at + timedelta(seconds=9))

    def _judge(self, turn: Turn, question: dict[str, Any], at: datetime) -> None:
        draw = self._draw
        values = {"verdict": question.get("verdict", Review.Verdict.RIGHT.value)}
        if "right" in question:
            (target,) = find_targets(question["right"])
            values |= {"right_intent": target.intent, "right_passage": target.passage}
        if draw.random() < 0.1:
            values["note"] = draw.choice(_words()["notes"])
        when = min(_next_morning(at) + timedelta(minutes=draw.randint(0, 90)), self._now)
        judge(draw.choice(self._reviewers), turn, 0, values)
        Review.objects.filter(turn=turn).update(at=when)
        Change.objects.filter(turn=turn).update(at=when)
        if "tag" in question and draw.random() < 0.6:
            self._tags.add(question["tag"])

    def _sort(self, begun: Conversation) -> None:
        """Status, flag and tags as a team would have left them."""
        found = Conversation.objects.get(pk=begun.pk)
        values = of_conversation(found) | {"tags": sorted(self._tags)}
        turns = list(found.turns.filter(number__gt=0))
        if all(turn.reviewed for turn in turns):
            values["status"] = Conversation.Status.DONE.value
        elif any(turn.reviewed for turn in turns):
            values["status"] = Conversation.Status.IN_REVIEW.value
        values["flagged"] = self._draw.random() < 0.03
        who = self._draw.choice(self._reviewers)
        if values["status"] == Conversation.Status.IN_REVIEW and self._draw.random() < 0.5:
            values["assignee"] = who.username
        sort(who, found, found.version, values)
        Change.objects.filter(conversation=found, turn=None).update(at=found.last_at)

    def _book(self, begun: Conversation, at: datetime) -> None:
        draw = self._draw
        caller = draw.choice(_words()["callers"])
        form = AppointmentForm(
            {"request_id": uuid.UUID(int=draw.getrandbits(128)), "consent": True} | caller
        )
        if not form.is_valid():
            raise ValueError(form.errors.as_text())
        made = file(form, begun)
        Conversation.objects.filter(pk=begun.pk).update(appointment_at=at)
        requests = AppointmentRequest.objects.filter(pk=made.pk)
        requests.update(created_at=at, consent_at=at)
        if self._now - at < timedelta(days=3) or draw.random() < 0.1:
            return
        status = draw.choice(("contacted", "closed", "closed"))
        who, when = draw.choice(self._reviewers), _next_morning(at)
        requests.update(status=status, handled_by=who, handled_at=when, version=F("version") + 1)
        note = Note.objects.create(request=made, author=who, status=status, text="Called back.")
        Note.objects.filter(pk=note.pk).update(at=when)


def _reply(question: dict[str, Any], draw: random.Random) -> Reply:
    """What the assistant would have said."""
    confidence = question.get("confidence", 0.93)
    confidence = round(min(0.999, max(0.2, draw.gauss(confidence, 0.05))), 3)
    if "passage" in question:
        passage = guide().passages[question["passage"]]
        section = guide().by_topic[passage.topic]
        return Reply(
            "answer",
            passage.blocks,
            topics=(passage.topic,),
            passages=(passage.id,),
            source=Source(guide().title, section.title, guide().source),
            suggestions=tuple(
                Suggestion(other.question, other.question)
                for other in section.passages[:3]
                if other != passage
            ),
            nlu=_nlu(passage.topic, confidence, question, draw),
        )
    fixed = texts()[question["text"]]
    values = {"practice": guide().practice, "source": guide().source, "matter": ""}
    reply = fixed.reply(**values | {"matter": question.get("matter", "")})
    intent = question.get("intent", question["kind"])
    return replace(reply, nlu=_nlu(intent, confidence, question, draw))


def _nlu(
    intent: str, confidence: float, question: dict[str, Any], draw: random.Random
) -> Understanding:
    topics = [section.topic for section in guide().sections if section.topic != intent]
    other = question.get("runner_up") or draw.choice(topics)
    share = 0.9 if "runner_up" in question else draw.uniform(0.2, 0.7)
    return Understanding(intent, confidence, other, round((1 - confidence) * share, 3))


def _times(draw: random.Random, now: datetime) -> list[datetime]:
    """When conversations begin: more on weekdays, at midday and in the evening, and each day.

    What would lie ahead of `now` began a week earlier.
    """
    hours = [0.3 if hour < 7 else 2 + (hour in (10, 11, 13, 19, 20, 21)) for hour in range(24)]
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=back) for back in range(DAYS)]
    weights = [1.0 if day.weekday() < 5 else 0.45 for day in days]
    chosen = days[:3] * 5 + draw.choices(days, weights, k=TALKS - 15)
    times = [
        day + timedelta(hours=draw.choices(range(24), hours)[0], seconds=draw.randint(0, 3599))
        for day in chosen
    ]
    return sorted(at if at < now - NEWEST else at - timedelta(weeks=1) for at in times)


def _next_morning(at: datetime) -> datetime:
    day = timezone.localtime(at) + timedelta(days=1)
    return day.replace(hour=8, minute=15, second=0, microsecond=0)


def _set_time(turns: Any, at: datetime) -> None:
    turns.update(asked_at=at, answered_at=at, model="made-up")


def _reviewer(username: str, name: str) -> Account:
    """Somebody who reviewed; without a password nobody can sign in."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        account = Account.objects.create_user(username, None, name=name)
        give_roles(None, account, [Role.REVIEWER.value])
    return account


@cache
def _words() -> dict[str, Any]:
    file = Path(__file__).with_name("demo.yml")
    words: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return words
