"""What the staff say of turns and conversations: kept with what was there before, and undone.

Every change carries the version it was made from. When the stored one is another, somebody was
faster: nothing is written, and the caller shows both.
"""

from __future__ import annotations

from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from audit.log import Action, record
from chat import facets
from chat.models import Conversation, Facet, Turn
from people.models import Account
from review.models import Change, Review

REVIEW_FIELDS = ("verdict", "right_intent", "right_passage", "note")
CONVERSATION_FIELDS = ("status", "flagged", "assignee", "tags")


class Overtaken(Exception):
    """Somebody else changed it since the form was opened."""


class NotUndone(Exception):
    """This change cannot be undone any more; the message says why."""


def judge(
    who: HttpRequest | Account, turn: Turn, seen: int, values: dict[str, str]
) -> Change | None:
    """Keeps the verdict on a turn; None when it says nothing new.

    `seen` is the version of the review that the form showed, 0 for none. A form that was sent twice
    gives the change of the first time. Raises Overtaken.
    """
    author = _author(who)
    values = {name: values.get(name, "") for name in REVIEW_FIELDS}
    with transaction.atomic():
        review = Review.objects.select_for_update().filter(turn=turn).first()
        before = _of_review(review)
        if (review.version if review else 0) != seen:
            if review and review.author_id == author.pk and before == values:
                return _last_change(turn)
            raise Overtaken
        if before == values:
            return None
        _write_review(turn, seen, values, author)
        change = Change.objects.create(
            conversation_id=turn.conversation_id,
            turn=turn,
            author=author,
            before=before,
            after=values,
        )
        _write_verdicts(turn.conversation)
        record(
            who,
            Action.CHANGED,
            turn.conversation,
            what="review",
            turn=turn.number,
            verdict=values["verdict"],
        )
    return change


def sort(
    who: HttpRequest | Account, conversation: Conversation, seen: int, values: dict[str, Any]
) -> Change | None:
    """Sets status, flag, assignee (a username) and tags; None when nothing changes.

    Raises Overtaken.
    """
    with transaction.atomic():
        before = of_conversation(conversation)
        if before == values:
            return None
        _write_conversation(conversation, seen, values)
        change = Change.objects.create(
            conversation=conversation, author=_author(who), before=before, after=values
        )
        changed = sorted(name for name in values if values[name] != before[name])
        record(who, Action.CHANGED, conversation, what="conversation", changed=changed)
    return change


def undo(who: HttpRequest | Account, change: Change) -> None:
    """Takes one's own change back; raises NotUndone when something was changed since."""
    if change.author_id != _author(who).pk:
        raise NotUndone("Only who made a change can undo it.")
    with transaction.atomic():
        open_changes = Change.objects.filter(pk=change.pk, undone_at=None)
        if not open_changes.update(undone_at=timezone.now()):
            raise NotUndone("This was undone already.")
        try:
            if change.turn:
                _undo_review(change, change.turn)
            else:
                _undo_conversation(change)
        except Overtaken as overtaken:
            raise NotUndone("It was changed again since; change it by hand.") from overtaken
        what = "review undone" if change.turn else "conversation undone"
        number = {"turn": change.turn.number} if change.turn else {}
        record(who, Action.CHANGED, change.conversation, what=what, **number)


def _last_change(turn: Turn) -> Change | None:
    return Change.objects.filter(turn=turn).order_by("-at", "-pk").first()


def of_conversation(conversation: Conversation) -> dict[str, Any]:
    """The staff's part of a conversation, by name."""
    tags = conversation.facets.filter(field=Facet.Field.TAG)
    return {
        "status": conversation.status,
        "flagged": conversation.flagged,
        "assignee": conversation.assignee.username if conversation.assignee else "",
        "tags": sorted(tags.values_list("value", flat=True)),
    }


def _undo_review(change: Change, turn: Turn) -> None:
    review = Review.objects.select_for_update().filter(turn=turn).first()
    if review is None or _of_review(review) != change.after:
        raise Overtaken
    if change.before:
        _write_review(turn, review.version, change.before, _author_before(change))
    else:
        review.delete()
        Turn.objects.filter(pk=turn.pk).update(reviewed=False)
    _write_verdicts(change.conversation)


def _undo_conversation(change: Change) -> None:
    conversation = Conversation.objects.get(pk=change.conversation_id)
    if of_conversation(conversation) != change.after:
        raise Overtaken
    _write_conversation(conversation, conversation.version, change.before)


def _of_review(review: Review | None) -> dict[str, str]:
    return {name: getattr(review, name) for name in REVIEW_FIELDS} if review else {}


def _write_review(turn: Turn, seen: int, values: dict[str, str], author: Account) -> None:
    if seen:
        found = Review.objects.filter(turn=turn, version=seen)
        stamp = timezone.now()
        if not found.update(**values, author=author, at=stamp, version=F("version") + 1):
            raise Overtaken
        return
    try:
        with transaction.atomic():
            Review.objects.create(turn=turn, author=author, **values)
    except IntegrityError as error:
        raise Overtaken from error
    Turn.objects.filter(pk=turn.pk).update(reviewed=True)


def _author_before(change: Change) -> Account:
    """Whose review comes back when a change of it is undone."""
    earlier = Change.objects.filter(
        turn=change.turn, pk__lt=change.pk, after=change.before, undone_at=None
    )
    found = earlier.select_related("author").order_by("-pk").first()
    return found.author if found else change.author


def _write_verdicts(conversation: Conversation) -> None:
    verdicts = Review.objects.filter(turn__conversation=conversation)
    facets.put(conversation, Facet.Field.VERDICT, verdicts.values_list("verdict", flat=True))


def _write_conversation(conversation: Conversation, seen: int, values: dict[str, Any]) -> None:
    assignee = Account.objects.filter(username=values["assignee"]).first()
    changed = Conversation.objects.filter(pk=conversation.pk, version=seen).update(
        status=values["status"],
        flagged=values["flagged"],
        assignee=assignee,
        version=F("version") + 1,
    )
    if not changed:
        raise Overtaken
    facets.put(conversation, Facet.Field.TAG, values["tags"])


def _author(who: HttpRequest | Account) -> Account:
    return who if isinstance(who, Account) else cast("Account", who.user)
