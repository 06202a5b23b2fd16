from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from server.tracker_store import ConversationStore

LOADED = 12

# Rasa calls SQLAlchemy 1.4 in ways that version 2 will not know.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")


def domain() -> Domain:
    talk = {"type": "any", "mappings": [{"type": "custom"}]}
    with warnings.catch_warnings():
        # Rasa warns of what slots did before its version 3, whatever they are like.
        warnings.simplefilter("ignore")
        return Domain.from_dict({"intents": ["ask"], "actions": ["action_answer"], "slots": {"talk": talk}})


DOMAIN = domain()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "conversations.db"


@pytest.fixture
def store(path: Path) -> Iterator[ConversationStore]:
    store = ConversationStore(DOMAIN, db=str(path), loaded_events=LOADED)
    yield store
    store.engine.dispose()


def turn(number: int) -> list[Event]:
    at = 1000.0 + 10 * number
    return [
        UserUttered(f"question {number}", {"name": "ask"}, timestamp=at),
        ActionExecuted("action_answer", timestamp=at + 1),
        SlotSet("talk", {"topic": f"topic {number}"}, timestamp=at + 2),
        ActionExecuted("action_listen", timestamp=at + 3),
    ]


def opened(sender: str) -> DialogueStateTracker:
    tracker = DialogueStateTracker.from_events(sender, [], slots=DOMAIN.slots)
    tracker.update(SessionStarted(timestamp=1.0))
    tracker.update(ActionExecuted("action_listen", timestamp=2.0))
    return tracker


def talk(store: ConversationStore, sender: str, turns: int) -> None:
    """Stores this many turns, loading the conversation before each as Rasa does."""
    for number in range(turns):
        tracker = asyncio.run(store.retrieve(sender)) or opened(sender)
        for event in turn(number):
            tracker.update(event)
        asyncio.run(store.save(tracker))


def loaded(store: ConversationStore, sender: str) -> DialogueStateTracker:
    tracker = asyncio.run(store.retrieve(sender))
    assert tracker is not None
    return tracker


def stored(path: Path, sender: str) -> list[tuple[str, str | None]]:
    with sqlite3.connect(path) as connection:
        query = "SELECT type_name, action_name FROM events WHERE sender_id = ? ORDER BY id"
        rows = connection.execute(query, (sender,)).fetchall()
    connection.close()
    return rows


def test_an_unknown_conversation_is_none(store: ConversationStore) -> None:
    assert asyncio.run(store.retrieve("nobody")) is None


def test_what_was_stored_is_loaded_with_its_slots(store: ConversationStore) -> None:
    talk(store, "visitor", 1)
    tracker = loaded(store, "visitor")
    assert tracker.latest_message is not None
    assert tracker.latest_message.text == "question 0"
    assert tracker.get_slot("talk") == {"topic": "topic 0"}


def test_sqlite_writes_ahead(store: ConversationStore, path: Path) -> None:
    talk(store, "visitor", 1)
    with store.engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        timeout = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert (mode, timeout) == ("wal", 5000)


def test_a_long_conversation_loads_no_more_than_its_end(store: ConversationStore) -> None:
    talk(store, "visitor", 30)
    tracker = loaded(store, "visitor")
    assert len(tracker.events) <= LOADED
    assert tracker.latest_message is not None
    assert tracker.latest_message.text == "question 29"
    assert tracker.get_slot("talk") == {"topic": "topic 29"}


def test_what_is_loaded_begins_where_the_bot_listened(store: ConversationStore) -> None:
    talk(store, "visitor", 30)
    first = loaded(store, "visitor").events[0]
    assert isinstance(first, ActionExecuted)
    assert first.action_name == "action_listen"


def test_nothing_is_stored_twice_and_nothing_is_lost(store: ConversationStore, path: Path) -> None:
    talk(store, "visitor", 30)
    rows = stored(path, "visitor")
    assert [kind for kind, _ in rows].count("user") == 30
    assert len(rows) == len(opened("visitor").events) + 30 * len(turn(0))


def test_saving_the_same_conversation_again_stores_nothing(store: ConversationStore, path: Path) -> None:
    talk(store, "visitor", 2)
    before = stored(path, "visitor")
    asyncio.run(store.save(loaded(store, "visitor")))
    assert stored(path, "visitor") == before


def test_conversations_are_kept_apart(store: ConversationStore) -> None:
    talk(store, "one", 1)
    talk(store, "two", 3)
    assert loaded(store, "one").get_slot("talk") == {"topic": "topic 0"}
    assert loaded(store, "two").get_slot("talk") == {"topic": "topic 2"}


def test_the_whole_conversation_can_be_loaded_for_review(store: ConversationStore) -> None:
    talk(store, "visitor", 30)
    tracker = asyncio.run(store.retrieve_full_tracker("visitor"))
    assert tracker is not None
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == 30


def test_a_broken_database_is_reported_and_mended_when_it_is_back(
    store: ConversationStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    talk(store, "visitor", 1)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE events RENAME TO hidden")
    connection.close()
    with caplog.at_level(logging.ERROR):
        assert asyncio.run(store.retrieve("visitor")) is None
    assert store.fault is not None and store.fault.startswith("conversations cannot be read: ")
    assert "no such table: events" in caplog.text and "tracker_store" in caplog.text
    asyncio.run(store.save(opened("visitor")))
    assert store.fault.startswith("conversations cannot be stored: ")
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE hidden RENAME TO events")
    connection.close()
    talk(store, "visitor", 1)
    assert store.fault is None
    assert asyncio.run(store.retrieve("visitor")) is not None


def test_the_folder_of_the_database_is_made(store: ConversationStore, path: Path) -> None:
    assert path.is_file()


def test_a_conversation_is_forgotten_and_no_other(store: ConversationStore, path: Path) -> None:
    talk(store, "one", 3)
    talk(store, "two", 1)
    store.forget("one")
    store.forget("nobody")
    assert stored(path, "one") == []
    assert asyncio.run(store.retrieve("one")) is None
    assert loaded(store, "two").get_slot("talk") == {"topic": "topic 0"}
    talk(store, "one", 1)
    assert loaded(store, "one").get_slot("talk") == {"topic": "topic 0"}


def test_what_was_kept_long_enough_is_deleted_at_the_start_and_every_day(
    store: ConversationStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(store, "old", 1)  # at the time 1000
    monkeypatch.setattr("time.time", lambda: 1000.0 + 89 * 86_400)
    again = ConversationStore(DOMAIN, db=str(path), kept_days=90)
    assert stored(path, "old") != []
    monkeypatch.setattr("time.time", lambda: 1000.0 + 91 * 86_400)
    talk(again, "other", 1)
    assert stored(path, "old") == []
    talk(store, "old", 1)
    ConversationStore(DOMAIN, db=str(path), kept_days=90).engine.dispose()
    again.engine.dispose()
    assert stored(path, "old") == []


def test_a_days_setting_that_is_text_is_read_as_a_number(path: Path) -> None:
    ConversationStore(DOMAIN, db=str(path), kept_days="90").engine.dispose()  # type: ignore[arg-type]


@pytest.fixture
def address() -> Iterator[str]:
    """A new database on the PostgreSQL server that is given for tests."""
    given = sa.engine.make_url(os.environ["TEST_DATABASE_URL"].replace("postgres://", "postgresql://"))
    server = sa.create_engine(given, isolation_level="AUTOCOMMIT")
    name = f"net_guide_{uuid.uuid4().hex}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield given.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name}")
    server.dispose()


@pytest.mark.skipif("TEST_DATABASE_URL" not in os.environ, reason="no PostgreSQL server is given")
def test_on_postgresql_a_talk_is_kept_and_forgotten_too(address: str) -> None:
    store = ConversationStore(DOMAIN, db=address, loaded_events=LOADED)
    talk(store, "visitor", 30)
    talk(store, "other", 1)
    assert loaded(store, "visitor").get_slot("talk") == {"topic": "topic 29"}
    store.forget("visitor")
    assert asyncio.run(store.retrieve("visitor")) is None
    assert loaded(store, "other").get_slot("talk") == {"topic": "topic 0"}
    assert store.fault is None
    store.engine.dispose()
