"""The access log: unbroken when left alone, caught when not."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from audit import triggers
from audit.log import forget_before, record, verify
from audit.models import Action, Entry, Head, Immutable
from people.roles import Role
from tests.conftest import make_account


@pytest.fixture
def entries(db: None) -> list[Entry]:
    """Five entries."""
    ann = make_account("ann", Role.REVIEWER)  # writes the first
    return [Entry.objects.get()] + [
        record(ann, Action.VIEWED, f"NET-{number}", turn=number) for number in range(4)
    ]


@pytest.fixture
def laid_aside(entries: list[Entry]) -> Iterator[None]:
    """Somebody with the database's own password takes the triggers away."""
    triggers.drop()
    yield
    triggers.install()


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_entry_says_who_did_what_to_what(entries: list[Entry]) -> None:
    entry = Entry.objects.get(number=3)
    assert (entry.account, entry.roles, entry.action) == ("ann", "reviewer", Action.VIEWED)
    assert (entry.reference, entry.details) == ("NET-1", {"turn": 1})
    assert entry.previous == entries[1].hash


def test_a_chain_left_alone_is_intact(entries: list[Entry]) -> None:
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith("5 entries, intact. Head: 5:")
    assert verify(verify().head).is_intact


def test_the_model_refuses_change_and_deletion(entries: list[Entry]) -> None:
    entry = Entry.objects.get(number=2)
    with pytest.raises(Immutable):
        entry.save()
    with pytest.raises(Immutable):
        entry.delete()
    with pytest.raises(Immutable):
        Entry.objects.all().delete()
    with pytest.raises(Immutable):
        Entry.objects.update(account="bob")
    assert verify().count == 5


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET account = 'bob'", "DELETE FROM audit_entry"]
)
def test_the_database_refuses_change_and_deletion(entries: list[Entry], statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="access log cannot be changed"),
        transaction.atomic(),
    ):
        _sql(statement)
    assert verify().is_intact


@pytest.mark.usefixtures("laid_aside")
@pytest.mark.parametrize("column", ["account", "roles", "action", "reference", "detail", "address"])
def test_a_changed_word_is_found_at_its_entry(column: str) -> None:
    _sql(f"UPDATE audit_entry SET {column} = 'x' WHERE number >= 3")
    assert (verify().broken, verify().reason) == (3, "its words were changed")
    with pytest.raises(CommandError, match="broken at entry 3"):
        call_command("verify_audit")


@pytest.mark.usefixtures("laid_aside")
def test_a_changed_time_is_found() -> None:
    _sql("UPDATE audit_entry SET at = %s WHERE number = 4", timezone.now())
    assert verify().broken == 4


@pytest.mark.usefixtures("laid_aside")
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_missing_entry_is_found_at_either_end_too(number: int) -> None:
    _sql("DELETE FROM audit_entry WHERE number = %s", number)
    assert verify().broken == number


@pytest.mark.usefixtures("laid_aside")
def test_an_entry_hashed_anew_does_not_fit_the_next() -> None:
    entry = Entry.objects.get(number=3)
    entry.account = "bob"
    _sql("UPDATE audit_entry SET account = 'bob', hash = %s WHERE number = 3", entry.reckon())
    assert (verify().broken, verify().reason) == (4, "it does not follow the one before")


@pytest.mark.usefixtures("laid_aside")
def test_a_chain_written_anew_is_caught_by_an_anchor() -> None:
    anchor = verify().head
    last = Entry.objects.get(number=5)
    last.account = "bob"
    _sql("UPDATE audit_entry SET account = 'bob', hash = %s WHERE number = 5", last.reckon())
    Head.objects.update(hash=last.reckon())
    assert verify().is_intact
    assert verify(anchor).broken == 5
    _sql("DELETE FROM audit_entry WHERE number = 5")
    Head.objects.update(number=F("number") - 1, hash=Entry.objects.get(number=4).hash)
    assert verify().is_intact
    assert verify(anchor).reason == "the anchor's entry is missing"


def test_old_entries_go_and_the_rest_stays_verifiable(entries: list[Entry]) -> None:
    assert forget_before(entries[2].at) == 2
    state = verify()
    assert state.is_intact
    assert state.count == 3
    assert forget_before(timezone.now() + timedelta(seconds=1)) == 3
    record(None, Action.PURGED, count=3)
    assert verify().is_intact
    assert forget_before(entries[0].at) == 0


def test_an_entry_goes_the_way_of_its_transaction(entries: list[Entry]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(None, Action.CHANGED)
        raise ZeroDivisionError
    assert verify().count == 5
    record(None, Action.CHANGED)
    assert verify().count == 6


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain() -> None:
    failures: list[Exception] = []

    def write() -> None:
        try:
            for number in range(10):
                record(None, Action.LISTED, number=number)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    state = verify()
    assert (state.count, state.is_intact) == (60, True)
    assert re.fullmatch(r"60:[0-9a-f]{64}", state.head)
