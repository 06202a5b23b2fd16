"""How often one may ask."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from chat.limits import CacheCounter, TableCounter, address, check
from chat.models import Count
from chat.problems import TooMany
from tests.conftest import Chat


@pytest.fixture
def _few(settings: Any) -> None:
    settings.LIMITS = settings.LIMITS | {"session": (2, 3600), "address": (5, 3600)}


@pytest.mark.parametrize("counter", ["chat.limits.TableCounter", "chat.limits.CacheCounter"])
@pytest.mark.usefixtures("_few")
def test_beyond_the_limit_one_must_wait(db: None, settings: Any, counter: str) -> None:
    settings.COUNTER = counter
    check("session", counter)
    check("session", counter)
    check("session", "another")
    with pytest.raises(TooMany) as problem:
        check("session", counter)
    assert 0 < int(problem.value.headers["Retry-After"]) <= 3600


@pytest.mark.usefixtures("_few")
def test_a_session_that_asks_too_often_is_told_when_to_come_back(chat: Chat) -> None:
    answers = [chat.say("hello") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.usefixtures("_few")
def test_an_address_is_counted_before_anything_is_read(chat: Chat) -> None:
    answers = [chat.post("chat/messages", "nonsense").status_code for _ in range(6)]
    assert answers == [400] * 5 + [429]


def test_the_address_is_not_stored(chat: Chat, settings: Any) -> None:
    settings.COUNTER = "chat.limits.TableCounter"
    chat.client.get("/api/chat/transcript", REMOTE_ADDR="203.0.113.77")
    assert Count.objects.exists()
    assert not any("203.0.113.77" in str(row) for row in Count.objects.values_list())


def test_ended_windows_are_removed(db: None) -> None:
    TableCounter().add("old", 1.0)
    TableCounter().add("new", 2.0)
    assert [row.key for row in Count.objects.all()] == ["new"]


def test_the_cache_counts_up() -> None:
    import time

    counted = [CacheCounter().add("key", time.time() + 60) for _ in range(3)]
    assert counted == [1, 2, 3]


def test_a_forwarded_address_counts_only_behind_a_proxy_of_ours(settings: Any) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "9.9.9.9, 203.0.113.5"})
    assert address(request) == "127.0.0.1"
    settings.PROXIES = 1
    assert address(request) == "203.0.113.5"
