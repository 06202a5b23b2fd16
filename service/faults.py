"""Faults that a person can mend, told in one line instead of a traceback."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

INTERRUPTED = 130  # what a shell reports for a command that Ctrl-C ended


class Fault(Exception):
    """What is wrong and what to do, in one line; `details` are lines that help to find the cause."""

    def __init__(self, line: str, details: Sequence[str] = ()) -> None:
        super().__init__(line)
        self.details = tuple(details)


def exit_code(main: Callable[[], int]) -> int:
    """What `main` gives; a fault is told on the standard error and gives 1, Ctrl-C gives 130.

    SIGTERM and the end of the terminal interrupt `main` as Ctrl-C does, so that it can end what it began.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return main()
    except Fault as fault:
        sys.stdout.flush()
        for line in fault.details:
            print(f"  | {line}", file=sys.stderr)
        print(f"error: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
