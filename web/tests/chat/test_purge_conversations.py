"""Conversations are kept as long as the setting says."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from chat.models import Conversation
from tests.conftest import Chat


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
