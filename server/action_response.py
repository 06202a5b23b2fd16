"""Makes Rasa check an action server's response against its schema without compiling it every time.

Rasa 3.6 calls `jsonschema.validate`, which checks the schema itself at each message: the largest part of
a message's time when it was profiled (docs/measuring.md). The schema never changes: it is compiled once.
"""

from __future__ import annotations

from typing import Any

import jsonschema
from rasa.core.actions.action import RemoteAction

_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = jsonschema.validators.validator_for(_SCHEMA)(_SCHEMA)


def validate_action_result(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """True for a valid response; raises jsonschema.ValidationError for another, as Rasa's own does."""
    error = jsonschema.exceptions.best_match(_VALIDATOR.iter_errors(result))
    if error is not None:
        error.message += (
            " Failed to validate Action server response from API, make sure your response"
            " from the Action endpoint is valid."
        )
        raise error
    return True


def install() -> None:
    """Puts the compiled check in the place of Rasa's."""
    RemoteAction._validate_action_result = validate_action_result
