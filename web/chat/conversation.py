"""One visitor's talk: begun, continued a turn at a time, read, judged and deleted."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from chat import assistant, facets, forgetting, keeping, safety
from chat.models import Conversation, Feedback, Turn
from chat.problems import NotFound, Problem, Unauthorized
from chat.redaction import Redacted, redact
from chat.reply import failure, greeting, safety_reply
from chat.sessions import SessionError, key_hash, new_reference, new_session
from replies.reply import Reply

logger = logging.getLogger(__name__)

PATIENCE = 4.6  # s until a visitor is answered, come what may; the rest of the five is for the way
LOOK_AGAIN = 0.03  # s between two looks at a turn that another request is answering
type Ask = Callable[[str, str, float], assistant.Answer]  # sender, text, seconds

KEPT = ("id", "conversation", "text", "redacted", "reviewed")  # what an answer leaves as it is
SHORTEST_ASK = 0.2  # s below which asking the assistant is pointless


@dataclass(frozen=True)
class Begun:
    """A new conversation, its token and its greeting."""

    conversation: Conversation
    token: str
    greeting: Turn


def begin(page: str) -> Begun:
    """A new conversation from this page (a path with, perhaps, `#` and the section being read)."""
    session = new_session()
    reply = greeting(page.partition("#")[2])
    with transaction.atomic():
        conversation = Conversation.objects.create(
            key_hash=session.key_hash, reference=new_reference(), page=redact(page).text
        )
        turn = Turn(conversation=conversation, number=0, client_id=uuid.uuid4())
        _fill(turn, reply, Turn.Outcome.ANSWERED)
        turn.save()
    return Begun(conversation, session.token, turn)


def find(token: str) -> Conversation:
    """The conversation of this token; raises Unauthorized."""
    try:
        return Conversation.objects.get(key_hash=key_hash(token))
    except (SessionError, Conversation.DoesNotExist) as error:
        raise Unauthorized from error


def say(
    conversation: Conversation, client_id: uuid.UUID, text: str, ask: Ask = assistant.ask
) -> Turn:
    """The answered turn of this message; the same `client_id` again gives the same turn.

    A message waits for those before it, so that the assistant gets them one at a time and in order.
    `ask` is whom to ask; raises AssistantError when there is no answer.
    """
    deadline = time.monotonic() + PATIENCE
    said = redact(text)
    turn, is_new = _enter(conversation, client_id, said)
    if not is_new:
        if turn.text != said.text:
            raise Problem("This `id` was used for another message.")
        return _await_answer(turn, deadline)
    _await_earlier(turn, deadline)
    return _answer(turn, deadline, ask)


def transcript(conversation: Conversation) -> list[dict[str, Any]]:
    """Everything said so far, oldest first."""
    messages: list[dict[str, Any]] = []
    for turn in conversation.turns.select_related("feedback"):
        if turn.number:
            messages.append(
                {
                    "from": "visitor",
                    "id": str(turn.client_id),
                    "at": turn.asked_at.isoformat(),
                    "text": turn.text,
                }
            )
        if turn.reply is not None:
            judged = getattr(turn, "feedback", None)
            messages.append(
                message(turn)
                | {"from": "guide", "at": _iso(turn)}
                | ({"helpful": judged.helpful} if judged else {})
            )
    return messages


def message(turn: Turn) -> dict[str, Any]:
    """The reply of an answered turn as the chat API gives it."""
    reply: dict[str, Any] = turn.reply or {}
    return {"id": str(turn.message_id)} | reply


def judge(conversation: Conversation, message_id: uuid.UUID, helpful: bool, comment: str) -> None:
    """Keeps the visitor's verdict on a reply of this conversation; raises NotFound."""
    turn = conversation.turns.filter(message_id=message_id).first()
    if turn is None:
        raise NotFound("No message of this conversation has that id.")
    with transaction.atomic():
        Feedback.objects.update_or_create(
            turn=turn, defaults={"helpful": helpful, "comment": redact(comment).text}
        )
        facets.write_feedback(conversation)


def forget(conversation: Conversation) -> None:
    """The visitor's wish that everything said be deleted, here and in the assistant."""
    keeping.clear(conversation)


def _iso(turn: Turn) -> str:
    return (turn.answered_at or turn.asked_at).isoformat()


def _enter(conversation: Conversation, client_id: uuid.UUID, said: Redacted) -> tuple[Turn, bool]:
    """The turn of this message, and whether it is a new one."""
    while True:
        known = conversation.turns.filter(client_id=client_id).first()
        if known:
            return known, False
        last = conversation.turns.aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                turn = Turn.objects.create(
                    conversation=conversation,
                    number=last + 1,
                    client_id=client_id,
                    text=said.text,
                    redacted=list(said.found),
                )
                Conversation.objects.filter(pk=conversation.pk).update(last_at=timezone.now())
                return turn, True
        except IntegrityError as error:
            # Another request took the number or brought the same message, or the talk was deleted.
            if not Conversation.objects.filter(pk=conversation.pk).exists():
                raise Unauthorized from error


def _await_earlier(turn: Turn, deadline: float) -> None:
    earlier = Turn.objects.filter(
        conversation_id=turn.conversation_id,
        number__lt=turn.number,
        outcome=Turn.Outcome.WAITING,
        asked_at__gt=timezone.now() - timedelta(seconds=PATIENCE),
    )
    while time.monotonic() < deadline and earlier.exists():
        time.sleep(LOOK_AGAIN)


def _await_answer(turn: Turn, deadline: float) -> Turn:
    while turn.outcome == Turn.Outcome.WAITING and time.monotonic() < deadline:
        if timezone.now() - turn.asked_at > timedelta(seconds=2 * PATIENCE):
            break  # whoever was answering it is gone
        time.sleep(LOOK_AGAIN)
        try:
            turn.refresh_from_db()
        except Turn.DoesNotExist as error:
            raise Unauthorized from error
    if turn.outcome == Turn.Outcome.WAITING:
        # Not asked again: the assistant may have heard it, and must not hear it twice.
        own = _own_reply(turn, safety.read_rules().alarm(turn.text))
        return _settle(turn, own, Turn.Outcome.INTERRUPTED)
    return turn


def _answer(turn: Turn, deadline: float, ask: Ask) -> Turn:
    start = time.monotonic()
    alarm = safety.read_rules().alarm(turn.text)
    seconds = min(_patience(alarm), deadline - start)
    outcome = Turn.Outcome.ANSWERED
    try:
        if seconds < SHORTEST_ASK:
            raise assistant.AssistantError(Turn.Outcome.TIMEOUT)
        answer = ask(str(turn.conversation.sender), turn.text, seconds)
        turn.model = answer.model
        reply = answer.reply
        if reply.kind == "error":
            reply = _own_reply(turn, alarm)
    except assistant.AssistantError as error:
        outcome = error.outcome
        reply = _own_reply(turn, alarm)
        logger.warning("turn %s: the assistant failed (%s)", turn.message_id, outcome)
    turn.latency_ms = round((time.monotonic() - start) * 1000)
    try:
        return _settle(turn, reply, outcome)
    except Unauthorized:
        # Deleted while it was asked: what the assistant has kept of it since must go too.
        forgetting.note([turn.conversation.sender])
        forgetting.settle()
        raise


def _patience(alarm: str | None) -> float:
    # In danger nobody should look at an empty screen while a better answer may come.
    most: float = settings.ASSISTANT_PATIENCE
    return min(most, settings.ALARM_PATIENCE) if alarm else most


def _own_reply(turn: Turn, alarm: str | None) -> Reply:
    turn.by_safety_rule = alarm is not None
    return safety_reply(alarm) if alarm else failure()


def _settle(turn: Turn, reply: Reply, outcome: Turn.Outcome) -> Turn:
    """Stores the reply, unless another request has stored one; raises Unauthorized if deleted."""
    _fill(turn, reply, outcome)
    names = [field.name for field in Turn._meta.concrete_fields if field.name not in KEPT]
    values = {name: getattr(turn, name) for name in names}
    waiting = Turn.objects.filter(pk=turn.pk, outcome=Turn.Outcome.WAITING)
    with transaction.atomic():
        is_stored = waiting.update(**values)
        if is_stored:
            facets.add_turn(turn)
    if not is_stored:
        try:
            turn.refresh_from_db()
        except Turn.DoesNotExist as error:
            raise Unauthorized from error
    return turn


def _fill(turn: Turn, reply: Reply, outcome: Turn.Outcome) -> None:
    turn.reply = reply.as_dict()
    turn.kind = reply.kind
    turn.topics = list(reply.topics)
    turn.passages = list(reply.passages)
    turn.intent = reply.nlu.intent or ""
    turn.confidence = reply.nlu.confidence
    turn.runner_up = reply.nlu.runner_up or ""
    turn.runner_up_confidence = reply.nlu.runner_up_confidence
    turn.outcome = outcome
    turn.answered_at = timezone.now()
