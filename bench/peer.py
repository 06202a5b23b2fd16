"""What is measured: how each contestant is trained, and run behind Rasa's REST path."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import rasa_project
from nlu.vector_cache import PATH as VECTORS
from service import run, training
from service.environment import LOOPBACK, ROOT, free_port
from service.progress import Progress
from service.servers import Server

FOLDER = ROOT / "var" / "bench"
LOGS = ROOT / "var" / "log" / "bench"
LONGEST_START = 300.0  # seconds
DEFAULT, FLOOR = FOLDER / "rasa-default", FOLDER / "keywords"


@dataclass(frozen=True)
class Peer:
    """One contestant: `train` prepares it, `run` gives its address while its block lasts."""

    name: str
    about: str
    run: Callable[[], contextlib.AbstractContextManager[str]]
    train: Callable[[], None] | None = None


def peers(epochs: int) -> list[Peer]:
    """All contestants; `epochs` is how long Rasa's default networks learn."""
    return [
        Peer("net-guide", "this assistant, Rasa server and action server", _run_own, _train_own),
        Peer(
            "rasa-default",
            f"Rasa's default: DIET, ResponseSelector, TED, UnexpecTED, {epochs} epochs, the same questions",
            lambda: _run_rasa("rasa-default"),
            lambda: _train_default(epochs),
        ),
        Peer("bm25", "best passage by BM25 (bm25s)", lambda: _run_search("bm25")),
        Peer("nearest", "nearest passage by the sentence encoder", lambda: _run_search("nearest")),
        Peer("keywords", "Rasa's floor: keywords and rules", lambda: _run_rasa("keywords"), _train_floor),
    ]


def _train_own() -> None:
    # Everything anew, as on a fresh machine: neither the model nor the vectors kept from it count.
    for made in (training.STAMP, ROOT / VECTORS):
        made.unlink(missing_ok=True)
    training.train()


def _train_default(epochs: int) -> None:
    rasa_project.write_default(DEFAULT, epochs)
    rasa_project.train(DEFAULT, LOGS / "rasa-default-train.log")


def _train_floor() -> None:
    rasa_project.write_floor(FLOOR)
    rasa_project.train(FLOOR, LOGS / "keywords-train.log")


@contextlib.contextmanager
def _run_own() -> Iterator[str]:
    with run.Assistant() as assistant:
        yield assistant.url


def _run_rasa(name: str) -> contextlib.AbstractContextManager[str]:
    folder, port = FOLDER / name, free_port()
    options = {
        "-i": LOOPBACK,
        "-p": str(port),
        "--model": str(folder / "models" / "bench.tar.gz"),
        "--credentials": str(folder / "credentials.yml"),
        "--endpoints": str(folder / "endpoints.yml"),
    }
    command = [sys.executable, "-m", "rasa", "run", *(word for option in options.items() for word in option)]
    return _running(name, command, port, "/webhooks/rest/")


def _run_search(method: str) -> contextlib.AbstractContextManager[str]:
    port = free_port()
    return _running(method, [sys.executable, "-m", "bench.search_server", method, str(port)], port, "/")


@contextlib.contextmanager
def _running(name: str, command: list[str], port: int, health: str) -> Iterator[str]:
    url = f"http://{LOOPBACK}:{port}"
    server = Server(name, command, dict(os.environ), LOGS / f"{name}.log", url + health)
    server.start()
    try:
        with Progress(f"Starting {name}") as progress:
            while not server.is_healthy():
                server.check_alive()
                if progress.seconds > LONGEST_START:
                    raise server.fault(f"does not answer after {LONGEST_START:.0f} s")
                time.sleep(0.1)
        yield url
    finally:
        server.stop()
