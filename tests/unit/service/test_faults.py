from __future__ import annotations

import os
import signal

import pytest

from service.faults import INTERRUPTED, Fault, exit_code


def faulty() -> int:
    raise Fault("port 1 is taken: choose another one", ["the log's last line"])


def test_a_command_without_a_fault_gives_its_own_code() -> None:
    assert exit_code(lambda: 3) == 3


def test_a_fault_is_one_line_after_its_details_and_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exit_code(faulty) == 1
    assert capsys.readouterr().err.splitlines() == [
        "  | the log's last line",
        "error: port 1 is taken: choose another one",
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_a_command_after_it_has_cleaned_up(number: signal.Signals) -> None:
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    # A shell that starts a program in the background has it ignore this one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cleaned = []

    def interrupted() -> int:
        try:
            os.kill(os.getpid(), number)
            signal.pause()
        finally:
            cleaned.append(number)
        return 0

    try:
        assert exit_code(interrupted) == INTERRUPTED
    finally:
        for n, handler in before.items():
            signal.signal(n, handler)
    assert cleaned == [number]
