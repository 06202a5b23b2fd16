"""A server as a child process: started, watched and stopped."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from service.environment import ROOT
from service.faults import Fault
from service.progress import Progress

LONGEST_START = 300.0  # seconds
PATIENCE_TO_STOP = 10.0  # seconds until a server that does not stop is killed
PROBE_TIMEOUT = 2.0
SHOWN_LINES = 8
# What a log holds besides what happened: warnings, progress bars, the frames of a traceback.
_NOISE = re.compile(r"^\s|^Traceback|Warning: |\d+%\||it/s|^During handling|^The above exception")
_COLOR = re.compile(r"\x1b\[[\d;]*m")


class Server:
    """A child process with its output in a log, and an address that answers 200 when it works."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        health: str,
        folder: Path = ROOT,
    ) -> None:
        self.name = name
        self.log = log
        self.health = health
        self._command = list(command)
        self._environment = dict(environment)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process, with an empty log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal reaches us alone, and we stop it in order.
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Stops the process, by force when it does not obey; does nothing when it has ended."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE_TO_STOP)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.kill()

    def kill(self) -> None:
        """Ends the process at once, as a crash would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def check_alive(self) -> None:
        """Raises Fault, with the end of the log, when the process has ended by itself."""
        code = self._process.poll() if self._process else None
        if code is not None:
            how = f"exit code {code}" if code >= 0 else f"signal {-code}"
            raise self.fault(f"ended by itself ({how})")

    def is_healthy(self) -> bool:
        """Whether it answers and works; raises Fault when it answers that it does not work."""
        answer = probe(self.health)
        if answer is None:
            return False
        status, body = answer
        if status == 200:
            return True
        said = body.get("fault") if isinstance(body, dict) else None
        raise self.fault(f"does not work: {said or f'{self.health} answers {status}'}")

    def fault(self, what: str) -> Fault:
        """What happened to this server as a fault, with the end of its log."""
        lines = last_lines(self.log)
        return Fault(f"the {self.name} {what}; its log is {shown_path(self.log)}", lines)


def wait_until_healthy(server: Server, progress: Progress) -> None:
    """Returns once the server works; raises Fault when it ends, fails or takes too long."""
    while not server.is_healthy():
        server.check_alive()
        if progress.seconds > LONGEST_START:
            raise server.fault(f"does not answer after {LONGEST_START:.0f} s")
        time.sleep(0.2)


def probe(url: str) -> tuple[int, Any] | None:
    """The status and the JSON body of an address; None when nothing answers there."""
    try:
        with urllib.request.urlopen(url, timeout=PROBE_TIMEOUT) as response:
            status, body = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    except (OSError, ValueError):
        return None
    try:
        return status, json.loads(body)
    except ValueError:
        return status, None


def last_lines(log: Path, count: int = SHOWN_LINES) -> list[str]:
    """The last lines of a log that say what happened."""
    if not log.is_file():
        return []
    lines = _COLOR.sub("", log.read_text(encoding="utf-8", errors="replace")).splitlines()
    return [line.rstrip() for line in lines if line.strip() and not _NOISE.search(line)][-count:]


def shown_path(path: Path) -> str:
    """A path as a person in the project's folder types it."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
