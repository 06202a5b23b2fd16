"""Full text finds what was said, and only that."""

from __future__ import annotations

import pytest
from django.db import connection

from chat import words
from chat.models import Conversation, Turn
from tests.conftest import Chat


@pytest.fixture
def talk(chat: Chat) -> Chat:
    """A conversation of three questions."""
    chat.say("What are the symptoms of carcinoid tumors?")
    chat.say("Is surgery always needed?")
    chat.say("¿Cuáles son los síntomas? 2-4 times")
    return chat


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("carcinoid", [1]),
        ("CARCINOID symptom", [1]),
        ("tumor", [1]),
        ('"carcinoid tumors"', [1]),
        ('"tumors carcinoid"', []),
        ("surgery carcinoid", []),
        ("surgeries", [2]),
        ("síntomas", [3]),
        ("2-4", [3]),
        ("nothing-of-the-kind", []),
        ("", []),
        ('" * ( ) : ^ - NEAR', []),
        ("'; DROP TABLE chat_turn; --", []),
        ("*", []),
        ('"', []),
    ],
)
def test_a_search_finds_the_turns_with_all_its_words(
    talk: Chat, search: str, numbers: list[int]
) -> None:
    found = words.matching(search).order_by("number").values_list("number", flat=True)
    assert list(found) == numbers


def test_the_guides_own_words_are_not_searched(talk: Chat) -> None:
    assert not words.matching("spread").exists()


def test_what_is_deleted_is_found_no_more(talk: Chat) -> None:
    talk.forget()
    assert not words.matching("carcinoid").exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {words.TABLE} WHERE {words.TABLE} MATCH 'tumor'")
            assert cursor.fetchone() == (0,)
            cursor.execute(
                f"INSERT INTO {words.TABLE}({words.TABLE}, rank) VALUES ('integrity-check', 1)"
            )


def test_a_changed_text_is_found_by_its_new_words(talk: Chat) -> None:
    Turn.objects.filter(number=1).update(text="Is flushing one?")
    assert not words.matching("carcinoid").exists()
    assert words.matching("flushing").count() == 1


def test_the_index_is_used(talk: Chat) -> None:
    plan = words.matching("carcinoid").values("pk").explain()
    if connection.vendor == "sqlite":
        assert "VIRTUAL TABLE" in plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert words.TABLE in words.matching("carcinoid").values("pk").explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's index needs no triggers")
def test_rows_loaded_past_the_triggers_are_found_after_a_rebuild(talk: Chat) -> None:
    words.lay_aside()
    conversation = Conversation.objects.get()
    Turn.objects.create(
        conversation=conversation, number=9, client_id=conversation.sender, text="octreotide"
    )
    words.install()
    words.rebuild()
    assert words.matching("octreotide").count() == 1
    assert words.matching("carcinoid").count() == 1
