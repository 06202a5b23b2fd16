"""An assistant to test: the one at an address, or one started for the test."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from service import run
from service.faults import Fault
from tests.assistant import Assistant, AssistantError


@contextlib.contextmanager
def running(url: str | None) -> Iterator[Assistant]:
    """The assistant at this address; without one, an assistant that runs until the block ends.

    Raises AssistantError when none can be started.
    """
    with contextlib.ExitStack() as stack:
        try:
            address = url or stack.enter_context(run.Assistant()).url
        except Fault as fault:
            raise AssistantError(str(fault)) from None
        assistant = Assistant(address)
        stack.callback(assistant.close)
        yield assistant
