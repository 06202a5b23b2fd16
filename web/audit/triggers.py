"""Has the database itself refuse to change or delete an entry."""

from __future__ import annotations

from django.db import connections

REFUSED = "the access log cannot be changed"
SQLITE = (
    f"""CREATE TRIGGER IF NOT EXISTS audit_entry_no_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS audit_entry_no_delete BEFORE DELETE ON audit_entry
    WHEN OLD.number >= (SELECT first_number FROM audit_head)
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF NOT (OLD.number >= (SELECT first_number FROM audit_head)) THEN RETURN OLD; END IF;
      END IF;
      RAISE EXCEPTION '{REFUSED}';
    END $$""",
    """CREATE OR REPLACE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
)


def install(using: str = "default") -> None:
    """Sets the triggers, unless they stand."""
    _run(using, SQLITE, POSTGRESQL)


def drop(using: str = "default") -> None:
    """Takes the triggers away; a migration needs it."""
    sqlite = ("audit_entry_no_update", "audit_entry_no_delete")
    _run(
        using,
        tuple(f"DROP TRIGGER IF EXISTS {name}" for name in sqlite),
        ("DROP FUNCTION IF EXISTS audit_entry_refuse() CASCADE",),
    )


def _run(using: str, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    connection = connections[using]
    if "audit_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else postgresql:
            cursor.execute(statement)
