"""What a member of staff reads when something is amiss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.test import Client, RequestFactory

from netguide import errors
from people.roles import Role

Staff = Callable[..., Client]


def test_a_page_that_is_not_there_is_shown_in_the_staffs_style(staff: Staff) -> None:
    answer = staff(Role.SCHEDULER).get("/staff/requests/REQ-XXXX-XXXX")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "There is nothing here" in page
    assert "Sign out" in page
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_a_stranger_learns_nothing_from_a_page_that_is_not_there(client: Client, db: None) -> None:
    answer = client.get("/staff/nowhere")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
    assert "Sign out" not in answer.content.decode()


def test_a_visitor_and_the_widget_get_their_own(client: Client, db: None) -> None:
    assert "NET Guide</a>" not in client.get("/nowhere").content.decode()
    assert client.get("/api/nowhere").json()["status"] == 404


def test_what_is_forbidden_says_so(rf: RequestFactory, staff: Staff) -> None:
    request = rf.get("/staff/x")
    request.user = staff(Role.VIEWER).get("/staff/").wsgi_request.user  # type: ignore[attr-defined]
    answer = errors.forbidden(request, PermissionDenied())
    assert answer.status_code == 403
    assert b"This is not allowed" in answer.content
    assert errors.forbidden(rf.get("/x"), PermissionDenied()).status_code == 403


def test_a_broken_page_is_shown_though_the_database_is_gone(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = staff(Role.SCHEDULER)
    client.raise_request_exception = False

    def gone(*args: Any, **options: Any) -> Any:
        raise DatabaseError("the secret of the database")

    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
        answer = client.get("/staff/requests/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in page
    assert "secret" not in page
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
