"""Migrations are complete, and go forward over conversations that were there before."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chat import words
from chat.models import Conversation, Facet


@pytest.mark.django_db
def test_no_model_lacks_a_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_conversations_from_before_the_console_are_counted() -> None:
    before = [("chat", "0001_initial"), ("review", None), ("appointments", "0001_initial")]
    executor = MigrationExecutor(connection)
    words.lay_aside()
    executor.migrate(before)
    apps: Any = executor.loader.project_state([("chat", "0001_initial")]).apps
    old = apps.get_model("chat", "Conversation").objects.create(key_hash="k", reference="NET-1")
    for number, kind in enumerate(("chitchat", "answer", "not_covered")):
        apps.get_model("chat", "Turn").objects.create(
            conversation=old,
            number=number,
            client_id=uuid.uuid4(),
            text="What is carcinoid?",
            kind=kind,
            intent="types",
            confidence=0.9 - number / 10,
            topics=["types"],
            outcome="answered",
        )
    call_command("migrate", verbosity=0)
    conversation = Conversation.objects.get()
    assert conversation.turn_count == 2
    assert conversation.lowest_confidence == pytest.approx(0.7)
    assert conversation.last_kind == "not_covered"
    assert {str(facet) for facet in Facet.objects.all()} == {
        "kind:answer",
        "kind:not_covered",
        "intent:types",
        "topic:types",
    }
    words.rebuild()
    assert words.matching("carcinoid").count() == 3
