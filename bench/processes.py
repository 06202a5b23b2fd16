"""The memory of a program and all it started, read from Linux's /proc."""

from __future__ import annotations

import os
import re
from pathlib import Path

PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def descendants(pid: int) -> list[int]:
    """The processes that this one started, and those that they did."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text(encoding="ascii").split()):
            found += [child, *descendants(child)]
    return found


def peak_megabytes(pids: list[int]) -> dict[int, float]:
    """The most memory that each process has held so far, in MB of 2**20 bytes; none for one that ended."""
    peaks = {}
    for pid in pids:
        try:
            match = PEAK.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
        except OSError:
            continue
        if match:
            peaks[pid] = int(match[1]) / 1024
    return peaks


def own_peaks() -> dict[int, float]:
    """The peaks of all processes that this one started."""
    return peak_megabytes(descendants(os.getpid()))
