"""Each role against every staff page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Action, Entry
from people.duties import Duty
from people.roles import ALLOWED, Role, problem_of
from tests.people.pages import OPEN, PAGES

Staff = Callable[..., Client]


def _names(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback
        else:
            yield from _names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def _staff_pages() -> dict[str, Any]:
    (root,) = (e for e in get_resolver().url_patterns if str(e.pattern) == "staff/")
    assert isinstance(root, URLResolver)
    return dict(_names(root))


def _ask(client: Client, name: str) -> Any:
    page = PAGES[name]
    return getattr(client, page.method)(reverse(name, kwargs=page.make()))


def test_every_staff_page_is_in_the_table_and_guarded() -> None:
    pages = _staff_pages()
    assert set(pages) == set(PAGES) | OPEN
    assert [name for name, view in pages.items() if not hasattr(view, "needs")] == []
    assert {name for name, view in pages.items() if view.needs == "anyone"} == OPEN


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_its_roles_only(role: Role, name: str, staff: Staff) -> None:
    answer = _ask(staff(role), name)
    assert answer.status_code == (PAGES[name].status if role in PAGES[name].roles else 403)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    refusals = Entry.objects.filter(action=Action.REFUSED).count()
    assert refusals == (0 if role in PAGES[name].roles else 1)


@pytest.mark.parametrize("name", PAGES)
def test_nobody_opens_a_page_without_signing_in(name: str, db: None) -> None:
    answer = _ask(Client(), name)
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/staff/sign-in?next=/staff/")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.roles != set(Role)])
def test_a_person_without_a_role_opens_nothing(name: str, staff: Staff) -> None:
    assert _ask(staff(), name).status_code == 403


def test_an_administrator_reads_no_conversations() -> None:
    assert Duty.READ_CONVERSATIONS not in ALLOWED[Role.ADMINISTRATOR]
    assert ALLOWED[Role.SCHEDULER] == {Duty.HANDLE_REQUESTS}
    assert "second account" in problem_of({Role.ADMINISTRATOR, Role.REVIEWER})
    assert problem_of({Role.REVIEWER, Role.PRIVACY_OFFICER}) == ""
    assert problem_of(set())


def test_the_menu_shows_what_a_role_may_open(staff: Staff) -> None:
    accounts = reverse("people:accounts")
    assert accounts in staff(Role.ADMINISTRATOR).get("/staff/").content.decode()
    assert accounts not in staff(Role.REVIEWER).get("/staff/").content.decode()


def test_a_closed_account_is_signed_out_at_once(staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    from people.models import Account

    Account.objects.update(is_active=False)
    assert client.get("/staff/").status_code == 302
