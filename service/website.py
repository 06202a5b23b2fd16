"""The website as a child process: its database and files made ready, started, watched and stopped."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from types import TracebackType

from service.environment import LOOPBACK, ROOT, check_port_is_free, read_port
from service.faults import Fault
from service.install import WEB
from service.progress import Progress
from service.servers import Server, last_lines, shown_path, wait_until_healthy

PORT = "WEB_PORT"
# What is done before each start; each takes a second when there is nothing to do.
PREPARATIONS = {
    "bringing the database up to date": ("migrate", "--verbosity", "0"),
    "collecting the files that browsers get": ("collectstatic", "--noinput", "--verbosity", "0"),
}
# The pages a person opens, by name; the first is the one to begin with.
PAGES = {"demonstration": "/", "staff console": "/staff/"}


class Website:
    """The website, running until the end of a `with` block, which raises Fault when it cannot start."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self.url = f"http://{LOOPBACK}:{read_port(environment, PORT)}"
        self.server = Server(
            "website",
            [str(WEB.python), "-m", "gunicorn"],
            environment,
            ROOT / "var" / "log" / "website.log",
            f"{self.url}/healthz",
            WEB.folder,
        )

    @property
    def pages(self) -> dict[str, str]:
        """The addresses of its pages, by name."""
        return {name: self.url + path for name, path in PAGES.items()}

    def __enter__(self) -> Website:
        check(self._environment)
        with Progress("Starting the website") as progress:
            for stage, command in PREPARATIONS.items():
                progress.stage(stage)
                self._manage(*command)
            try:
                self.server.start()
                progress.stage("waiting for the website")
                wait_until_healthy(self.server, progress)
            except BaseException:
                self.server.stop()
                raise
            progress.stage("ready")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.stop()

    def _manage(self, *command: str) -> None:
        """Runs a command of manage.py; raises Fault with the end of what it said."""
        log = self.server.log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            done = subprocess.run(
                [str(WEB.python), "manage.py", *command],
                cwd=WEB.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if done.returncode:
            raise Fault(f"`manage.py {command[0]}` failed; its log is {shown_path(log)}", last_lines(log))


def check(environment: Mapping[str, str]) -> None:
    """Raises Fault when the website's port is in use."""
    check_port_is_free(read_port(environment, PORT), PORT)
