"""The tracker store: SQL, bounded in what a message loads, and open about being lost."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
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


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store with three differences.

    - A message loads the last `loaded_events` events of the session only, so that the hundredth message
      costs what the first did. Older ones stay stored.
    - SQLite writes ahead (WAL) and waits for a lock rather than failing.
    - When the database fails the visitor is still answered, without memory of the talk; the fault is
      logged and stands in `fault` (shown by the channel's health address) until a message is stored
      again. Rasa would go on in memory and say nothing.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        db: str = "var/conversations.db",
        dialect: str = "sqlite",
        loaded_events: int = 60,
        **options: Any,
    ) -> None:
        self.fault: str | None = None
        self._loaded_events = loaded_events
        if dialect == "sqlite":
            Path(db).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(
            domain=domain, event_broker=event_broker, db=db, dialect=dialect, **options
        )
        if dialect == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        if fetch_events_from_all_sessions:
            tracker: DialogueStateTracker | None = await super()._retrieve(sender_id, True)
            return tracker
        try:
            with self.session_scope() as session:
                query = self._event_query(session, sender_id, False).order_by(None)
                rows = query.order_by(self.SQLEvent.id.desc()).limit(self._loaded_events).all()
        except sa.exc.SQLAlchemyError as error:
            self._report("read", error)
            return None
        events = _from_turn_start([json.loads(row.data) for row in reversed(rows)])
        if not events or self.domain is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the events of the tracker that are not stored yet."""
        try:
            await super().save(tracker)
        except sa.exc.SQLAlchemyError as error:
            self._report("write", error)
        else:
            self.fault = None

    def _additional_events(
        self, session: sa.orm.Session, tracker: DialogueStateTracker
    ) -> Iterator[Event]:
        last = (
            session.query(self.SQLEvent)
            .filter(self.SQLEvent.sender_id == tracker.sender_id)
            .order_by(self.SQLEvent.id.desc())
            .first()
        )
        events = list(tracker.events)
        for index in range(len(events) - 1, -1, -1):
            if last and (events[index].type_name, events[index].timestamp) == (
                last.type_name,
                last.timestamp,
            ):
                return iter(events[index + 1 :])
        return iter(events)

    def _report(self, doing: str, error: Exception) -> None:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        self.fault = f"conversations cannot be {'read' if doing == 'read' else 'stored'}: {cause}"
        logger.error(
            "%s. Visitors are answered without memory of the talk, and their turns are lost, until the "
            "database in endpoints.yml (tracker_store) is back.",
            self.fault,
        )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")


def _from_turn_start(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events from the first whole turn on; a turn starts where the bot listens."""
    for index, event in enumerate(events):
        if event.get("event") == "session_started" or (
            event.get("event") == ActionExecuted.type_name and event.get("name") == LISTEN
        ):
            return events[index:]
    return events
