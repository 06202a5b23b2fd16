"""Full text of what visitors said: FTS5 on SQLite, a GIN index on PostgreSQL.

Both stem English. The index is kept by the database itself; `install` runs after every migration.
"""

from __future__ import annotations

import re

from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from chat.models import Turn

TABLE = "chat_turn_words"
DELETE = f"INSERT INTO {TABLE}({TABLE}, rowid, text) VALUES ('delete', OLD.id, OLD.text);"
INSERT = f"INSERT INTO {TABLE}(rowid, text) VALUES (NEW.id, NEW.text);"
TRIGGERS = (
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_insert AFTER INSERT ON chat_turn
    WHEN NEW.text <> '' BEGIN {INSERT} END""",
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_delete AFTER DELETE ON chat_turn
    WHEN OLD.text <> '' BEGIN {DELETE} END""",
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_update AFTER UPDATE OF text ON chat_turn
    WHEN OLD.text <> NEW.text BEGIN {DELETE} {INSERT} END""",
)
# PostgreSQL would read `2-4` as 2 and -4, and `and/or` as a file.
POSTGRESQL_WORDS = "to_tsvector('english', translate(text, '-/.@:+', '      '))"
POSTGRESQL_SEARCH = (
    f"SELECT id FROM chat_turn WHERE {POSTGRESQL_WORDS} @@ websearch_to_tsquery('english', %s)"
)
PIECE = re.compile(r'"([^"]+)"|(\S+)')
LONGEST = 200  # characters of a search


def matching(search: str) -> QuerySet[Turn]:
    """Turns whose text has all these words, in any form; words in quotes must stand together.

    A search without a letter or digit matches nothing.
    """
    query = _query(search)
    if not query:
        return Turn.objects.none()
    if connection.vendor == "sqlite":
        found = RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [query])  # noqa: S611
    else:
        found = RawSQL(POSTGRESQL_SEARCH, [query])  # noqa: S611
    return Turn.objects.filter(pk__in=found)


def are_many(search: str, most: int) -> bool:
    """Whether more turns than this match; asked of the index alone where the database can."""
    query = _query(search)
    if not query:
        return False
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            # Looking at even a few of a frequent word's turns takes longer than the estimate.
            cursor.execute(f"EXPLAIN (FORMAT JSON) {POSTGRESQL_SEARCH}", [query])
            if cursor.fetchone()[0][0]["Plan"]["Plan Rows"] > most:
                return True
            cursor.execute(
                f"SELECT count(*) FROM ({POSTGRESQL_SEARCH} LIMIT %s) found", [query, most + 1]
            )
            return int(cursor.fetchone()[0]) > most
        cursor.execute(
            f"SELECT count(*) FROM (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s)",
            [query, most + 1],
        )
        return int(cursor.fetchone()[0]) > most


def _query(search: str) -> str:
    return " ".join(f'"{piece}"' for piece in _pieces(search))


def _pieces(search: str) -> list[str]:
    """Words and phrases without a sign that a query language knows."""
    raw = (phrase or word for phrase, word in PIECE.findall(search[:LONGEST]))
    plain = (" ".join(re.findall(r"[\w]+", piece)) for piece in raw)
    return [piece for piece in plain if piece]


def install(using: str = "default") -> None:
    """Makes the index, unless it stands; fills it when it is new."""
    database = connections[using]
    tables = database.introspection.table_names()
    if "chat_turn" not in tables:
        return
    with database.cursor() as cursor:
        if database.vendor != "sqlite":
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {TABLE} ON chat_turn USING gin ({POSTGRESQL_WORDS})"
            )
            return
        if TABLE not in tables:
            cursor.execute(
                f"CREATE VIRTUAL TABLE {TABLE} USING fts5(text, content='chat_turn',"
                " content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
            )
            rebuild(using)
        for trigger in TRIGGERS:
            cursor.execute(trigger)


def rebuild(using: str = "default") -> None:
    """Fills SQLite's index anew, such as after rows were loaded with the triggers laid aside."""
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")


def lay_aside(using: str = "default") -> None:
    """Drops SQLite's triggers, before a migration or a bulk load; `install` sets them again."""
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for name in ("insert", "delete", "update"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")
