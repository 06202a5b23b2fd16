from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

from server.action_response import install, validate_action_result

RASAS_OWN = RemoteAction._validate_action_result
ACTION = RemoteAction("action_answer", EndpointConfig("http://127.0.0.1:5055/webhook"))

GOOD: list[dict[str, Any]] = [
    {"events": [], "responses": []},
    {
        "events": [{"event": "slot", "name": "talk", "value": {"topic": "surgery"}}],
        "responses": [{"custom": {"kind": "answer"}}],
    },
    {"events": [], "responses": [{"text": "Hello."}], "another": 1},
]
BAD: list[dict[str, Any]] = [
    {"events": "none", "responses": []},
    {"events": [], "responses": {}},
    {"events": [{"name": "talk"}], "responses": []},
    {"events": ["slot"], "responses": []},
]


@pytest.mark.parametrize("result", GOOD)
def test_what_rasas_own_check_accepts_is_accepted(result: dict[str, Any]) -> None:
    assert RASAS_OWN(ACTION, result) is True
    assert validate_action_result(ACTION, result) is True


@pytest.mark.parametrize("result", BAD)
def test_what_rasas_own_check_refuses_is_refused_at_the_same_place(result: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError) as expected:
        RASAS_OWN(ACTION, result)
    with pytest.raises(jsonschema.ValidationError) as got:
        validate_action_result(ACTION, result)
    assert list(got.value.path) == list(expected.value.path)
    assert got.value.validator == expected.value.validator
    assert "Failed to validate Action server response" in got.value.message


def test_it_is_put_in_the_place_of_rasas_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RASAS_OWN)
    install()
    assert RemoteAction._validate_action_result is validate_action_result
