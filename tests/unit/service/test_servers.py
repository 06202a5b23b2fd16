from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service import servers
from service.environment import LOOPBACK, ROOT, free_port
from service.faults import Fault
from service.servers import Server, last_lines, probe, shown_path

# A server of one address. `{status}` and `{body}` are what it answers, `{first}` what it does first.
CODE = """
import http.server, signal, sys
{first}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response({status})
        self.end_headers()
        self.wfile.write(b'{body}')
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@contextmanager
def server(folder: Path, status: int = 200, body: str = "{}", first: str = "") -> Iterator[Server]:
    port = free_port()
    code = CODE.format(status=status, body=body, first=first)
    made = Server(
        "test server",
        [sys.executable, "-c", code, str(port)],
        os.environ,
        folder / "log" / "test.log",
        f"http://{LOOPBACK}:{port}/",
    )
    try:
        yield made
    finally:
        made.stop()


def wait(running: Server) -> None:
    until = time.monotonic() + 20
    while not running.is_healthy():
        running.check_alive()
        assert time.monotonic() < until
        time.sleep(0.02)


def wait_for_death(running: Server) -> Fault:
    until = time.monotonic() + 20
    with pytest.raises(Fault) as fault:
        while time.monotonic() < until:
            running.check_alive()
            time.sleep(0.02)
    return fault.value


def test_a_server_is_healthy_once_it_answers_and_gone_when_stopped(tmp_path: Path) -> None:
    with server(tmp_path) as running:
        assert not running.is_healthy()
        running.start()
        wait(running)
        running.stop()
        assert not running.is_healthy()
        running.start()
        wait(running)


def test_a_server_that_says_what_is_wrong_with_it_is_a_fault(tmp_path: Path) -> None:
    with server(tmp_path, 503, '{"status": "failing", "fault": "no model is loaded"}') as running:
        running.start()
        with pytest.raises(Fault, match="the test server does not work: no model is loaded; its log is"):
            wait(running)


def test_a_server_that_fails_without_a_word_is_a_fault(tmp_path: Path) -> None:
    with server(tmp_path, 500, "oops") as running:
        running.start()
        with pytest.raises(Fault, match=f"does not work: {running.health} answers 500; its log"):
            wait(running)


def test_a_server_that_ends_is_a_fault_with_what_its_log_says(tmp_path: Path) -> None:
    with server(tmp_path, first="print('starting'); import nothing_there") as running:
        running.start()
        fault = wait_for_death(running)
    assert str(fault).startswith("the test server ended by itself (exit code 1); its log is ")
    assert fault.details[-1] == "ModuleNotFoundError: No module named 'nothing_there'"
    assert not any("Traceback" in line or "File" in line for line in fault.details)


def test_a_server_that_is_killed_is_a_fault(tmp_path: Path) -> None:
    kill = f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})"
    with server(tmp_path, first=kill) as running:
        running.start()
        assert "ended by itself (signal 9)" in str(wait_for_death(running))


def test_a_server_that_does_not_obey_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "PATIENCE_TO_STOP", 0.2)
    with server(tmp_path, first="signal.signal(signal.SIGTERM, signal.SIG_IGN)") as running:
        running.start()
        wait(running)
        running.stop()
        assert not running.is_healthy()


def test_nothing_at_an_address_is_none() -> None:
    assert probe(f"http://{LOOPBACK}:{free_port()}/") is None


def test_an_answer_that_is_no_json_has_no_body(tmp_path: Path) -> None:
    with server(tmp_path, body="hello") as running:
        running.start()
        wait(running)
        assert probe(running.health) == (200, None)


def test_the_end_of_a_log_leaves_out_noise(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text(
        "one\n\nsite.py:1: DeprecationWarning: old\n  old()\nrules:  50%|##\n9it [1, 2it/s]\n"
        "Traceback (most recent\n  File x\n\x1b[91mValueError: two\x1b[0m\nthree\n",
        encoding="utf-8",
    )
    assert last_lines(log) == ["one", "ValueError: two", "three"]
    assert last_lines(log, 1) == ["three"]
    assert last_lines(tmp_path / "none.log") == []


def test_paths_are_shown_from_the_project_on() -> None:
    assert shown_path(ROOT / "var" / "log" / "a.log") == "var/log/a.log"
    assert shown_path(Path("/elsewhere/a.log")) == "/elsewhere/a.log"
