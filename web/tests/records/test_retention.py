"""What has been kept long enough goes; what is held stays."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from appointments.models import AppointmentRequest, Note
from audit.log import record, verify
from audit.models import Action, Entry
from chat.models import Conversation, Facet, Forgetting, Turn
from people.roles import Role
from records import retention
from records.retention import Borders, preview, purge
from review.models import Change, Review
from tests.appointments.test_queue import make_request
from tests.conftest import Chat, FakeAssistant, RealAssistant, make_account

Staff = Callable[..., Client]
URL = "/staff/records/retention"


def _conversation(days: int, **fields: Any) -> Conversation:
    """One that was last used so many days ago, with a turn that was reviewed."""
    key = uuid.uuid4().hex
    made = Conversation.objects.create(key_hash=key, reference=f"NET-{key[:9]}", **fields)
    at = timezone.now() - timedelta(days=days)
    Conversation.objects.filter(pk=made.pk).update(last_at=at, turn_count=1)
    turn = Turn.objects.create(conversation=made, number=1, client_id=uuid.uuid4(), text="what?")
    Facet.objects.create(conversation=made, field="kind", value="answer", last_at=at)
    author = make_account(key[:12], Role.REVIEWER)
    Review.objects.create(turn=turn, verdict="right", author=author)
    Change.objects.create(conversation=made, turn=turn, author=author)
    return made


def _borders() -> Borders:
    return Borders.of(timezone.now())


@pytest.mark.django_db
def test_the_preview_counts_what_the_purge_removes(assistant: FakeAssistant) -> None:
    old, held, young = _conversation(91), _conversation(91, held=True), _conversation(89)
    cleared = _conversation(1, cleared_at=timezone.now())
    ago = timezone.now() - timedelta(days=181)
    request = make_request(status="closed", handled_at=ago)
    Note.objects.create(request=request, author=make_account("ann", Role.SCHEDULER), text="x")
    make_request(status="new", created_at=ago)
    seen = preview(_borders())
    assert (seen.conversations, seen.questions, seen.cleared, seen.held) == (2, 2, 1, 1)
    assert (seen.requests, seen.entries, seen.waiting) == (1, 0, 0)
    assert Conversation.objects.count() == 4
    done = purge(None, _borders())
    assert (done.conversations, done.requests, done.entries, done.is_done) == (2, 1, 0, True)
    assert set(Conversation.objects.all()) == {held, young}
    assert set(Turn.objects.values_list("conversation", flat=True)) == {held.pk, young.pk}
    assert AppointmentRequest.objects.get().status == "new"
    assert set(assistant.forgotten) == {str(old.sender), str(cleared.sender)}
    assert preview(_borders()).is_empty


@pytest.mark.django_db
def test_the_log_names_what_was_purged_and_stays(assistant: FakeAssistant) -> None:
    before = [_conversation(91).reference for _ in range(3)]
    record(None, Action.VIEWED, before[0])
    purge(None, _borders())
    entry = Entry.objects.get(action=Action.PURGED)
    assert entry.details["references"] == sorted(before)
    assert Entry.objects.filter(reference=before[0], action=Action.VIEWED).exists()
    assert verify().is_intact


@pytest.mark.django_db
def test_a_purge_goes_in_parts_and_stops_where_it_is_told(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PART", 2)
    for _ in range(5):
        _conversation(91)
    done = purge(None, _borders(), most=3)
    assert (done.conversations, done.is_done) == (4, False)
    assert Entry.objects.filter(action=Action.PURGED).count() == 2
    assert purge(None, _borders()).is_done


@pytest.mark.django_db
def test_a_purge_that_breaks_off_has_logged_what_it_did(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PART", 2)
    for _ in range(5):
        _conversation(91)
    written = []

    def fail(*args: Any, **options: Any) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(record(*args, **options))

    monkeypatch.setattr(retention, "record", fail)
    with pytest.raises(KeyboardInterrupt):
        purge(None, _borders())
    assert Conversation.objects.count() == 3
    assert len(Entry.objects.get(action=Action.PURGED).details["references"]) == 2


@pytest.mark.django_db
def test_old_entries_of_the_log_go_and_the_rest_is_intact(
    assistant: FakeAssistant, settings: Any
) -> None:
    for _ in range(5):
        record(None, Action.LISTED)
    settings.AUDIT_KEPT_DAYS = 0
    done = purge(None, _borders())
    assert done.entries == 5
    assert Entry.objects.get().details["count"] == 5
    assert verify().is_intact


@pytest.mark.django_db
def test_the_command_previews_and_purges(assistant: FakeAssistant) -> None:
    _conversation(91)
    out = io.StringIO()
    call_command("purge", "--preview", stdout=out)
    assert "conversations  1 last used before" in out.getvalue()
    assert "Nothing was deleted" in out.getvalue()
    assert Conversation.objects.count() == 1
    call_command("purge", stdout=out)
    assert "Deleted 1 conversations" in out.getvalue()
    assert not Conversation.objects.exists()


@pytest.mark.django_db
def test_the_command_fails_when_the_assistant_keeps_what_was_deleted(
    assistant: FakeAssistant,
) -> None:
    sender = str(_conversation(91).sender)
    assistant.forgets = False
    with pytest.raises(CommandError, match="still keeps 1"):
        call_command("purge", stdout=io.StringIO())
    assert not Conversation.objects.exists()
    assistant.forgets = True
    call_command("purge", stdout=io.StringIO())
    assert assistant.forgotten == [sender]


def test_the_page_purges_only_when_it_is_confirmed(assistant: FakeAssistant, staff: Staff) -> None:
    officer = staff(Role.PRIVACY_OFFICER)
    assert "Nothing is old enough" in officer.get(URL).content.decode()
    old = _conversation(91)
    assert "Purge now" in officer.get(URL).content.decode()
    assert officer.post(f"{URL}/purge").status_code == 400
    assert Conversation.objects.count() == 1
    page = officer.post(f"{URL}/purge", {"purge-sure": "on"}, follow=True).content.decode()
    assert "Deleted: 1 conversation, 0 appointment requests, 0 log entries" in page
    assert not Conversation.objects.exists()
    entry = Entry.objects.get(action=Action.PURGED)
    assert (entry.account, entry.details["references"]) == ("privacy_officer", [old.reference])


def test_each_count_leads_to_its_conversations(assistant: FakeAssistant, staff: Staff) -> None:
    for days in (2, 91, 92):
        _conversation(days)
    _conversation(1, cleared_at=timezone.now())
    _conversation(93, held=True)
    officer = staff(Role.PRIVACY_OFFICER)
    page = officer.get(URL).content.decode()
    found = re.findall(r'href="(/staff/conversations\?retention=[^"]+)">(\d+)</a>', page)
    assert [count for _, count in found] == ["3", "1", "1"]
    for link, count in found:
        shown = officer.get(link).content.decode().count('<th scope="row"')
        assert shown == int(count), link


def test_the_page_says_when_the_assistant_does_not_answer(
    assistant: FakeAssistant, staff: Staff
) -> None:
    officer = staff(Role.PRIVACY_OFFICER)
    _conversation(91)
    assistant.forgets = False
    page = officer.post(f"{URL}/purge", {"purge-sure": "on"}, follow=True).content.decode()
    assert "The assistant still keeps 1" in page
    assistant.forgets = True
    officer.post(f"{URL}/purge", {"purge-sure": "on"})
    assert not Forgetting.objects.exists()


def test_what_is_held_outlives_the_purge_and_goes_when_it_is_released(
    chat: Chat, assistant: FakeAssistant, staff: Staff
) -> None:
    officer = staff(Role.PRIVACY_OFFICER)
    chat.reply("what is staging?")
    found = Conversation.objects.get()
    code = found.reference.lower()
    answer = officer.post(f"{URL}/hold", {"codes": f"{code}\n", "reason": "No. 12, 757-555-0123"})
    assert answer.status_code == 302
    held = Entry.objects.get(action=Action.HELD)
    assert (held.reference, held.details) == (
        found.reference,
        {"held": True, "reason": "No. 12, [phone]"},
    )
    Conversation.objects.update(last_at=timezone.now() - timedelta(days=1000))
    call_command("purge", stdout=io.StringIO())
    page = officer.get(URL).content.decode()
    assert "No. 12" in page
    one = f"/staff/records/one/{found.reference}"
    refused = officer.post(f"{one}/delete", {"reason": "x", "sure": "on"}, follow=True)
    assert "is on legal hold and was not deleted" in refused.content.decode()
    assert Turn.objects.count() == 2
    officer.post(f"{one}/release", {"reason": "Matter closed"})
    assert not Conversation.objects.get().held
    call_command("purge", stdout=io.StringIO())
    assert not Turn.objects.exists()


def test_a_code_that_is_nobodys_holds_nothing(chat: Chat, staff: Staff) -> None:
    officer = staff(Role.PRIVACY_OFFICER)
    found = Conversation.objects.get()
    codes = f"{found.reference}, NET-3333-3333, nonsense"
    answer = officer.post(f"{URL}/hold", {"codes": codes, "reason": "Matter 12"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "There is no conversation NET-3333-3333, nonsense" in page
    assert "Matter 12" in page
    assert not Conversation.objects.get().held


@pytest.mark.assistant
def test_a_purge_reaches_the_real_assistant_and_a_hold_keeps_the_talk(
    client: Client, real_assistant: RealAssistant, db: None
) -> None:
    old, held = Chat(client), Chat(client)
    for visitor in (old, held):
        visitor.begin()
        assert visitor.reply("what is staging?")["kind"] == "answer"
    gone, stays = Conversation.objects.order_by("pk")
    assert real_assistant.events(str(gone.sender))
    Conversation.objects.update(last_at=timezone.now() - timedelta(days=91))
    Conversation.objects.filter(pk=stays.pk).update(held=True)
    call_command("purge", stdout=io.StringIO())
    assert Conversation.objects.get() == stays
    assert not Forgetting.objects.exists()
    assert not real_assistant.events(str(gone.sender))
    assert real_assistant.events(str(stays.sender))
    assert held.forget().status_code == 204
    assert Turn.objects.filter(conversation=stays).count() == 2
    assert not real_assistant.events(str(stays.sender))
