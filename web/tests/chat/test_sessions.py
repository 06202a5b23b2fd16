"""Session tokens."""

from __future__ import annotations

from typing import Any

import pytest

from chat.sessions import SessionError, key_hash, new_reference, new_session


def test_a_token_leads_to_its_hash_and_does_not_contain_it() -> None:
    session = new_session()
    assert key_hash(session.token) == session.key_hash
    assert session.key_hash not in session.token


def test_two_sessions_differ() -> None:
    assert new_session().token != new_session().token


@pytest.mark.parametrize("token", ["", "a:b:c", "x" * 500, "a\x00b"])
def test_a_damaged_token_is_refused(token: str) -> None:
    with pytest.raises(SessionError):
        key_hash(token)


def test_a_changed_token_is_refused() -> None:
    with pytest.raises(SessionError):
        key_hash("x" + new_session().token)


def test_an_expired_token_is_refused(settings: Any) -> None:
    settings.SESSION_SECONDS = -1
    with pytest.raises(SessionError):
        key_hash(new_session().token)


def test_a_reference_can_be_read_out_on_the_telephone() -> None:
    reference = new_reference()
    assert len(reference) == 13
    assert not set(reference[4:]) & set("AEIOU01258BSZ")
