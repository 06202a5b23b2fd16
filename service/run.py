"""Starts the assistant and the website, and says where they are (`make run`)."""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import yaml

from service import install, training, website
from service.environment import (
    LOOPBACK,
    ROOT,
    check_port_is_free,
    check_variables,
    free_port,
    read_environment,
    read_port,
)
from service.faults import Fault, exit_code
from service.progress import Progress
from service.servers import Server, probe, shown_path, wait_until_healthy
from service.website import Website

CREDENTIALS = "credentials.yml"
PORTS = ("RASA_PORT", "ACTION_PORT")
WEBHOOK = "/webhooks/rest/webhook"


class Assistant:
    """The action server and the Rasa server, running until the end of a `with` block.

    Without an environment it is one to test: on free ports, with conversations of its own that are gone
    afterwards, and its logs in var/log/test. Entering the block raises Fault when it cannot be started;
    inside it both servers can be stopped and started again (`assistant.actions.stop()`).
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory() if environment is None else None
        logs = ROOT / "var" / "log"
        if environment is None:
            assert self._folder is not None
            environment = _test_environment(Path(self._folder.name))
            logs = logs / "test"
        self._environment = dict(environment)
        rasa_port, action_port = (read_port(environment, name) for name in PORTS)
        self.url = f"http://{LOOPBACK}:{rasa_port}"
        self.action_url = f"http://{LOOPBACK}:{action_port}"
        self.actions = Server(
            "action server",
            [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(action_port)],
            environment,
            logs / "actions.log",
            f"{self.action_url}/health",
        )
        self.rasa = Server(
            "Rasa server",
            [sys.executable, "-m", "server", "run", "-i", LOOPBACK, "-p", str(rasa_port)]
            + ["--model", str(training.MODEL), "--credentials", CREDENTIALS]
            + ["--endpoints", environment["RASA_ENDPOINTS"]],
            environment,
            logs / "rasa.log",
            health_address(self.url),
        )
        self.servers = (self.actions, self.rasa)

    @property
    def webhook(self) -> str:
        """Where visitors' messages go."""
        return self.url + WEBHOOK

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where a message may leave a trace: the folders of the conversations and of the logs."""
        return ((ROOT / self._environment["CONVERSATIONS_DB"]).parent, self.rasa.log.parent)

    def __enter__(self) -> Assistant:
        check(self._environment)
        if reason := training.reason_to_train():
            raise Fault(f"the model must be trained ({reason}): run `make train`")
        try:
            for server in self.servers:
                server.start()
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def check_alive(self) -> None:
        """Raises Fault when a server has ended by itself."""
        for server in self.servers:
            server.check_alive()

    def _wait(self) -> None:
        with Progress("Starting the assistant") as progress:
            for server in self.servers:
                progress.stage(f"waiting for the {server.name}")
                wait_until_healthy(server, progress)
                if server is self.actions:
                    self._check_actions()
            progress.stage("ready")

    def _check_actions(self) -> None:
        """Raises Fault when domain.yml names an action that the action server does not have."""
        domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
        _, known = probe(f"{self.action_url}/actions") or (0, [])
        missing = set(domain.get("actions") or ()) - {action["name"] for action in known}
        if missing:
            names = ", ".join(sorted(missing))
            raise Fault(f"actions/ has no action named {names}, which domain.yml lists: add or remove it")

    def _stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()
        if self._folder:
            self._folder.cleanup()


def health_address(url: str) -> str:
    """Where an assistant tells how it is."""
    return f"{url}/webhooks/rest/"


def check(environment: Mapping[str, str]) -> None:
    """Raises Fault for what would keep the servers from starting: variables, ports, encoder files."""
    endpoints = ROOT / environment["RASA_ENDPOINTS"]
    check_variables(environment, (endpoints, ROOT / CREDENTIALS))
    for name in PORTS:
        check_port_is_free(read_port(environment, name), name)
    check_encoder()


def check_encoder() -> None:
    """Raises Fault when a file of the sentence encoder is missing or altered."""
    try:
        from nlu import encoder, encoder_file

        encoder_file.encoder_file(ROOT / encoder.PATH)
        encoder_file.tokenizer_file()
    except ImportError as error:
        install.ASSISTANT.forget()
        raise Fault(f"a package is missing ({error}): run `make install`") from None
    except encoder_file.EncoderError as error:
        install.ASSISTANT.forget()
        raise Fault(str(error)) from None


def _test_environment(folder: Path) -> dict[str, str]:
    rasa_port, action_port = free_port(), free_port()
    own = {
        "RASA_PORT": str(rasa_port),
        "ACTION_PORT": str(action_port),
        "ACTION_ENDPOINT": f"http://{LOOPBACK}:{action_port}/webhook",
        "CONVERSATIONS_DB": str(folder / "conversations.db"),
        "RASA_ENDPOINTS": "endpoints.yml",
    }
    return read_environment({**os.environ, **own})


def what_runs(assistant: Assistant, site: Website, environment: Mapping[str, str]) -> str:
    """The addresses of what runs, the page to open first, and what to type."""
    pages = "\n".join(f"  {name:14} {url}" for name, url in site.pages.items())
    logs = ", ".join(shown_path(s.log) for s in (site.server, assistant.rasa, assistant.actions))
    body = json.dumps({"sender": "me", "message": "What is a NET?"})
    port = environment["RASA_PORT"]
    chat = "make chat" if port == "5005" else f"RASA_PORT={port} make chat"
    return f"""
Open in a browser:
{pages}

Behind it:
  messages       {assistant.webhook}
  health         {assistant.rasa.health}
  action server  {assistant.action_url}
  logs           {logs}

Talk to the assistant in another terminal:
  {chat}
  curl -s {assistant.webhook} -H 'Content-Type: application/json' -d {shlex.quote(body)}

For the staff console:
  make account   an account, such as the first one
  make demo      made-up conversations, to look around

Ctrl-C stops everything."""


def main() -> int:
    """Trains when needed, starts everything, and runs until it is stopped; raises Fault."""
    environment = read_environment()
    website.check(environment)
    check(environment)
    training.train()
    try:
        with (
            Assistant(environment) as assistant,
            Website({"ASSISTANT_URL": assistant.webhook, **environment}) as site,
        ):
            print(what_runs(assistant, site, environment), flush=True)
            while True:
                assistant.check_alive()
                site.server.check_alive()
                time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
