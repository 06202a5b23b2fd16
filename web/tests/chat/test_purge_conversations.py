"""Conversations are kept as long as the setting says."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from chat.models import Conversation
from tests.conftest import Chat, FakeAssistant


def test_old_conversations_go_and_a_preview_only_counts_them(chat: Chat) -> None:
    old = Conversation.objects.get()
    chat.begin()
    Conversation.objects.filter(pk=old.pk).update(last_at=timezone.now() - timedelta(days=91))
    out = StringIO()
    call_command("purge_conversations", "--preview", stdout=out)
    assert "1 conversations" in out.getvalue()
    assert Conversation.objects.count() == 2
    call_command("purge_conversations", stdout=out)
    assert list(Conversation.objects.values_list("pk", flat=True)) != [old.pk]
    assert Conversation.objects.count() == 1


def test_what_is_purged_is_forgotten_by_the_assistant_and_a_failure_is_told(
    chat: Chat, assistant: FakeAssistant
) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    senders = {str(sender) for sender in Conversation.objects.values_list("sender", flat=True)}
    Conversation.objects.update(last_at=long_ago)
    call_command("purge_conversations", "--preview", stdout=StringIO())
    assert assistant.forgotten == []
    assistant.forgets = False
    out = StringIO()
    call_command("purge_conversations", stdout=out)
    assert "1 of those deleted are still kept by the assistant" in out.getvalue()
    assistant.forgets = True
    again = StringIO()
    call_command("purge_conversations", stdout=again)
    assert "still kept" not in again.getvalue()
    assert set(assistant.forgotten) == senders
