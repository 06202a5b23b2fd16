"""Queries that walk through an index and stop early, planned as they are meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# PostgreSQL takes conditions for independent of one another, and then reads and joins all there is.
OTHER_PLANS = ("enable_hashjoin", "enable_mergejoin")
NO_WORKERS = "max_parallel_workers_per_gather"


@contextmanager
def row_by_row() -> Iterator[None]:
    """Within it a database looks each condition up for one row after another, in one process."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        _set(dict.fromkeys(OTHER_PLANS, "off") | {NO_WORKERS: "0"})
        yield
        _set(dict.fromkeys((*OTHER_PLANS, NO_WORKERS), "DEFAULT"))


def _set(values: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} TO {value}" for name, value in values.items()))
