"""The environment the assistant runs in: what is set, what .env sets, and the defaults."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterable, Mapping
from pathlib import Path

from service.faults import Fault

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
# .env.example says what each is for.
DEFAULTS = {
    "RASA_PORT": "5005",
    "ACTION_PORT": "5055",
    "ACTION_ENDPOINT": f"http://{LOOPBACK}:{{ACTION_PORT}}/webhook",
    "CONVERSATIONS_DB": "var/conversations.db",
    "KEPT_DAYS": "90",
    "RASA_ENDPOINTS": "endpoints.yml",
    "WEB_PORT": "8000",
    "SANIC_HOST": LOOPBACK,
    "PYTHONPATH": ".",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore::DeprecationWarning",
}
_ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)")
_QUOTED = re.compile(r"([\"'])(.*)\1\s*(?:#.*)?")
_REFERENCE = re.compile(r"\$\{(\w+)\}")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def read_environment(given: Mapping[str, str] | None = None, root: Path = ROOT) -> dict[str, str]:
    """All variables for the servers: those given, then those of .env, then the defaults.

    A variable that is set to nothing counts as not set. Raises Fault for a line of .env that is none of
    `NAME=value`, a comment or blank.
    """
    given = os.environ if given is None else given
    path = root / ".env"
    values = {name: value for name, value in given.items() if value}
    for name, value in (_read_assignments(path) if path.is_file() else {}).items():
        if value:
            values.setdefault(name, value)
    for name, value in DEFAULTS.items():
        values.setdefault(name, value.format_map(values))
    return values


def _read_assignments(path: Path) -> dict[str, str]:
    assignments = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = _ASSIGNMENT.fullmatch(line)
        if not match:
            raise Fault(f"{path.name}:{number}: `{line}` sets no variable: write `NAME=value`")
        name, value = match.groups()
        quoted = _QUOTED.fullmatch(value)
        assignments[name] = quoted[2] if quoted else _COMMENT.sub("", value).strip()
    return assignments


def check_variables(environment: Mapping[str, str], paths: Iterable[Path]) -> None:
    """Raises Fault for the first `${NAME}` in these files that is not set."""
    for path in paths:
        if not path.is_file():
            raise Fault(f"{path} is not there: restore it, or set RASA_ENDPOINTS to another file")
        text = "\n".join(_COMMENT.sub("", line) for line in path.read_text("utf-8").splitlines())
        for name in _REFERENCE.findall(text):
            if not environment.get(name):
                raise Fault(
                    f"{path.name} needs the variable {name}, which is not set: put `{name}=...` into "
                    "the file .env (.env.example tells what each is for) or before the command"
                )


def read_port(environment: Mapping[str, str], name: str) -> int:
    """The port this variable holds; raises Fault when it holds something else."""
    value = environment[name]
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise Fault(f"{name} is `{value}`, which is no port: set it to a number from 1 to 65535")
    return int(value)


def check_port_is_free(port: int, name: str) -> None:
    """Raises Fault when something else listens on this port; `name` is the variable that holds it."""
    with socket.socket() as probe:
        # Without this a port that was closed a moment ago counts as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            other = port + 1 if port < 65535 else port - 1
            raise Fault(
                f"port {port} cannot be used ({error.strerror}): stop what runs there, or take "
                f"another one with `{name}={other} make run`"
            ) from None


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
