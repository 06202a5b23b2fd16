"""The tracker store: SQL, bounded in what a message loads, and open about being lost."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

logger = logging.getLogger(__name__)

LISTEN = "action_listen"
LOCK_TIMEOUT = 5  # seconds to wait for another writer
DAY = 86_400  # seconds
LAST_EVENTS = sa.text("SELECT data FROM events WHERE sender_id = :sender_id ORDER BY id DESC LIMIT :count")
LAST_EVENT = sa.text(
    "SELECT type_name, timestamp FROM events WHERE sender_id = :sender_id ORDER BY id DESC LIMIT 1"
)
FORGET = sa.text("DELETE FROM events WHERE sender_id = :sender_id")
TIME_INDEX = sa.text("CREATE INDEX IF NOT EXISTS events_timestamp ON events (timestamp)")
PURGE = sa.text("DELETE FROM events WHERE timestamp < :border")


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store with four differences.

    - A message loads the last `loaded_events` events only (two turns; the talk's memory is in a slot set
      at every turn), so that the hundredth message costs what the first did. Older ones stay stored.
    - SQLite writes ahead (WAL) and waits for a lock rather than failing.
    - When the database fails the visitor is still answered, without memory of the talk; the fault is
      logged and stands in `fault` (shown by the channel's health address) until a message is stored
      again. Rasa would go on in memory and say nothing.
    - What is older than `kept_days` is deleted, at the start and once a day; a single conversation can be
      deleted at any time.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        db: str = "var/conversations.db",
        loaded_events: int = 12,
        kept_days: float = 90,
        **options: Any,
    ) -> None:
        """`db` is the path of an SQLite file, or the address of a PostgreSQL database."""
        self.fault: str | None = None
        self.engine: sa.engine.Engine
        self._loaded_events = loaded_events
        self._kept_seconds = float(kept_days) * DAY
        self._purged_at = 0.0
        if "://" in db:
            options["host"] = db
        else:
            Path(db).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, event_broker=event_broker, db=db, **options)
        if self.engine.dialect.name == "sqlite":
            self.engine.dispose()
            self.engine = sa.create_engine(
                self.engine.url,
                poolclass=sa.pool.QueuePool,
                connect_args={"check_same_thread": False, "timeout": LOCK_TIMEOUT},
            )
            sa.event.listen(self.engine, "connect", _write_ahead)
            self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        with self.engine.begin() as connection:
            connection.execute(TIME_INDEX)
            self._purge(connection)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        if fetch_events_from_all_sessions:
            tracker: DialogueStateTracker | None = await super()._retrieve(sender_id, True)
            return tracker
        try:
            with self.engine.connect() as connection:
                rows = connection.execute(
                    LAST_EVENTS, {"sender_id": sender_id, "count": self._loaded_events}
                ).all()
        except sa.exc.SQLAlchemyError as error:
            self._report("read", error)
            return None
        events = _from_turn_start([json.loads(row.data) for row in reversed(rows)])
        if not events or self.domain is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the events of the tracker that are not stored yet."""
        await self.stream_events(tracker)
        try:
            with self.engine.begin() as connection:
                last = connection.execute(LAST_EVENT, {"sender_id": tracker.sender_id}).first()
                fresh = _after(list(tracker.events), last)
                if fresh:
                    rows = [_row(tracker.sender_id, event) for event in fresh]
                    connection.execute(self.SQLEvent.__table__.insert(), rows)
                self._purge(connection)
        except sa.exc.SQLAlchemyError as error:
            self._report("write", error)
        else:
            self.fault = None

    def forget(self, sender_id: str) -> None:
        """Deletes everything of this conversation; raises sqlalchemy's errors."""
        with self.engine.begin() as connection:
            connection.execute(FORGET, {"sender_id": sender_id})

    def _purge(self, connection: sa.engine.Connection) -> None:
        """Deletes what has been kept long enough, once a day."""
        now = time.time()
        if now - self._purged_at >= DAY:
            connection.execute(PURGE, {"border": now - self._kept_seconds})
            self._purged_at = now

    def _report(self, doing: str, error: Exception) -> None:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        self.fault = f"conversations cannot be {'read' if doing == 'read' else 'stored'}: {cause}"
        logger.error(
            "%s. Visitors are answered without memory of the talk, and their turns are lost, until the "
            "database in endpoints.yml (tracker_store) is back.",
            self.fault,
        )


def _write_ahead(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    # What is deleted is overwritten, not only marked as free.
    connection.execute("PRAGMA secure_delete=ON")


def _after(events: list[Event], last: Any) -> list[Event]:
    """The events after the one that was stored last; all of them when it is not among them."""
    for index in range(len(events) - 1, -1, -1):
        event = events[index]
        if last and (event.type_name, event.timestamp) == (last.type_name, last.timestamp):
            return events[index + 1 :]
    return events


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _from_turn_start(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events from the first whole turn on; a turn starts where the bot listens."""
    for index, event in enumerate(events):
        if event.get("event") == "session_started" or (
            event.get("event") == ActionExecuted.type_name and event.get("name") == LISTEN
        ):
            return events[index:]
    return events
