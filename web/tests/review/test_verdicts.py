"""Judging, being overtaken, undoing; a conversation's status, flag, assignee and tags."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Action, Entry
from chat.models import Conversation, Facet, Turn
from people.models import Account
from people.roles import Role
from review.models import Change, Review
from review.verdicts import NotUndone, Overtaken, judge, of_conversation, sort, undo
from tests.conftest import make_account
from tests.review.talks import Said, make_talk

WRONG = {
    "verdict": "wrong_passage",
    "right_intent": "staging",
    "right_passage": "staging-why",
    "note": "She asked why.",
}
RIGHT = {"verdict": "right"}


@pytest.fixture
def rita(db: None) -> Account:
    """A reviewer."""
    return make_account("rita", Role.REVIEWER)


@pytest.fixture
def omar(db: None) -> Account:
    """Another one."""
    return make_account("omar", Role.REVIEWER)


@pytest.fixture
def turn(db: None) -> Turn:
    """The first of two turns."""
    return make_talk("NET-KKKK-KKK3", Said("Why stage?"), Said("And when?")).turns.get(number=1)


def _verdicts(turn: Turn) -> set[str]:
    facets = Facet.objects.filter(conversation=turn.conversation_id, field="verdict")
    return set(facets.values_list("value", flat=True))


def test_a_verdict_is_kept_with_its_author_and_written_to_the_access_log(
    rita: Account, turn: Turn
) -> None:
    assert judge(rita, turn, 0, WRONG) is not None
    review = Review.objects.get(turn=turn)
    assert (review.author, review.right_passage, review.version) == (rita, "staging-why", 1)
    turn.refresh_from_db()
    assert turn.reviewed
    assert _verdicts(turn) == {"wrong_passage"}
    entry = Entry.objects.get(action=Action.CHANGED)
    assert (entry.account, entry.reference) == ("rita", "NET-KKKK-KKK3")
    assert entry.details == {"what": "review", "turn": 1, "verdict": "wrong_passage"}
    assert "asked why" not in entry.detail


def test_the_same_verdict_again_changes_nothing(rita: Account, omar: Account, turn: Turn) -> None:
    judge(rita, turn, 0, WRONG)
    assert judge(omar, turn, 1, WRONG) is None
    assert Review.objects.get().author == rita
    assert Change.objects.count() == 1


def test_a_form_that_was_sent_twice_is_kept_once(rita: Account, omar: Account, turn: Turn) -> None:
    first = judge(rita, turn, 0, WRONG)
    assert judge(rita, turn, 0, WRONG) == first  # can still be undone
    assert (Review.objects.get().version, Change.objects.count()) == (1, 1)
    with pytest.raises(Overtaken):
        judge(omar, turn, 0, WRONG)


def test_two_reviewers_do_not_overwrite_each_other(
    rita: Account, omar: Account, turn: Turn
) -> None:
    judge(rita, turn, 0, WRONG)
    with pytest.raises(Overtaken):
        judge(omar, turn, 0, RIGHT)
    judge(rita, turn, 1, WRONG | {"note": "Twice."})
    with pytest.raises(Overtaken):
        judge(omar, turn, 1, RIGHT)
    review = Review.objects.get()
    assert (review.author, review.note, review.version) == (rita, "Twice.", 2)
    judge(omar, turn, 2, RIGHT)  # having seen it
    assert Review.objects.get().author == omar
    assert _verdicts(turn) == {"right"}


def test_undo_brings_back_what_was_there_and_whose_it_was(
    rita: Account, omar: Account, turn: Turn
) -> None:
    first = judge(rita, turn, 0, WRONG)
    second = judge(omar, turn, 1, RIGHT)
    assert first is not None
    assert second is not None
    with pytest.raises(NotUndone, match="Only who made"):
        undo(rita, second)
    with pytest.raises(NotUndone, match="changed again"):
        undo(rita, first)
    undo(omar, second)
    review = Review.objects.get()
    assert (review.verdict, review.note, review.author) == ("wrong_passage", WRONG["note"], rita)
    undo(rita, first)
    assert not Review.objects.exists()
    turn.refresh_from_db()
    assert not turn.reviewed
    assert _verdicts(turn) == set()
    with pytest.raises(NotUndone, match="already"):
        undo(rita, first)


def test_an_undo_that_fails_leaves_no_trace(rita: Account, turn: Turn) -> None:
    change = judge(rita, turn, 0, WRONG)
    assert change is not None
    Review.objects.update(note="somebody else's")
    count = Entry.objects.count()
    with pytest.raises(NotUndone):
        undo(rita, change)
    change.refresh_from_db()
    assert change.undone_at is None
    assert Entry.objects.count() == count


def test_a_conversation_is_sorted_once_per_version_and_undone(
    rita: Account, omar: Account, turn: Turn
) -> None:
    conversation = Conversation.objects.get()
    before = of_conversation(conversation)
    values: dict[str, Any] = {
        "status": "done",
        "flagged": True,
        "assignee": "omar",
        "tags": ["costs", "diet"],
    }
    change = sort(rita, conversation, 0, values)
    assert change is not None
    conversation = Conversation.objects.get()
    assert of_conversation(conversation) == values
    assert conversation.version == 1
    with pytest.raises(Overtaken):
        sort(omar, conversation, 0, values | {"status": "open"})
    assert sort(omar, conversation, 1, values) is None
    undo(rita, change)
    assert of_conversation(Conversation.objects.get()) == before
    assert Entry.objects.filter(reference=conversation.reference).count() == 2
