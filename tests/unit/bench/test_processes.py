from __future__ import annotations

import os
import subprocess
import sys

from bench.processes import descendants, own_peaks, peak_megabytes

HOLD = "import sys; held = bytearray(60_000_000); print('ready', flush=True); sys.stdin.read()"
START = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])"


def test_the_memory_of_what_a_program_started_counts_too() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin and program.stdout
        assert program.stdout.readline() == b"ready\n"
        assert program.pid in descendants(os.getpid())
        (grandchild,) = descendants(program.pid)
        assert own_peaks()[grandchild] > 55
        program.stdin.close()


def test_a_process_that_has_ended_holds_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as program:
        program.wait()
    assert peak_megabytes([program.pid]) == {}
