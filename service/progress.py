"""Shows that a long step is alive: what it is at, and for how long."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

ON_TERMINAL, ELSEWHERE = 1.0, 30.0  # seconds between two signs of life


class Progress:
    """A title, then a line for each stage with the seconds since the beginning.

    On a terminal the line of the stage counts on; elsewhere the stage is told again from time to time.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._stage = ""
        self._started = self._shown = time.monotonic()
        self._terminal = sys.stdout.isatty()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    @property
    def seconds(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._started

    def __enter__(self) -> Progress:
        self._started = time.monotonic()
        print(self._title, flush=True)
        self._ticker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._ticker.join()
        self._end_line()

    def stage(self, text: str) -> None:
        """Tells what is done now."""
        with self._lock:
            self._end_line()
            self._stage = text
            self._show()

    def _tick(self) -> None:
        silence = ON_TERMINAL if self._terminal else ELSEWHERE
        while not self._over.wait(ON_TERMINAL):
            with self._lock:
                if self._stage and time.monotonic() - self._shown >= silence:
                    self._show()

    def _show(self) -> None:
        self._shown = time.monotonic()
        start, end = ("\r", "") if self._terminal else ("", "\n")
        print(f"{start}{self.seconds:5.0f} s  {self._stage}", end=end, flush=True)

    def _end_line(self) -> None:
        if self._terminal and self._stage:
            print(flush=True)
        self._stage = ""
