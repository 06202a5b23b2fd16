"""The API does what its description says, whatever is sent (schemathesis)."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from pytest_django.live_server_helper import LiveServer

from chat.views import LONGEST_SESSION, OPENAPI
from tests.conftest import Chat, FakeAssistant

# That 413 refuses a text that is too long is the design's wish; schemathesis does not expect it.
REFUSALS = {"expected-statuses": [400, 401, 403, 404, 405, 413, 415, 429]}
# No schema says what a telephone number is, or that a message of spaces is empty.
ACCEPTED = {"expected-statuses": ["2xx", 400, 401, 404]}
schema = schemathesis.openapi.from_dict(
    yaml.safe_load(OPENAPI.read_text(encoding="utf-8")),
    config=schemathesis.Config.from_dict(
        {
            "checks": {
                "negative_data_rejection": REFUSALS,
                "positive_data_acceptance": ACCEPTED,
            }
        }
    ),
)


@pytest.fixture
def _lenient(settings: Any) -> None:
    settings.LIMITS = dict.fromkeys(settings.LIMITS, (1_000_000, 60))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_lenient")
@schema.parametrize()
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_call_keeps_to_the_description(
    case: schemathesis.Case, live_server: LiveServer, chat: Chat, assistant: FakeAssistant
) -> None:
    if case.method == "DELETE":
        chat.begin()
    if case.operation.definition.raw.get("security"):
        case.headers["Authorization"] = f"Bearer {chat.session}"
    session = case.body.get("session") if isinstance(case.body, dict) else None
    if isinstance(session, str) and len(session) <= LONGEST_SESSION:
        case.body["session"] = chat.session
    case.call_and_validate(base_url=live_server.url)
