from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import install, run, training
from service.environment import LOOPBACK, ROOT, free_port, read_environment
from service.faults import Fault
from service.run import Assistant, check_encoder, what_runs
from service.website import Website


@pytest.fixture
def environment() -> dict[str, str]:
    """Free ports and a database that is not there."""
    ports = {name: str(free_port()) for name in ("RASA_PORT", "ACTION_PORT", "WEB_PORT")}
    return read_environment({**os.environ, **ports, "CONVERSATIONS_DB": "var/none.db"})


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something listens on."""
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        yield other.getsockname()[1]


def refused(environment: dict[str, str]) -> str:
    """Why an assistant is not started with this environment."""
    with pytest.raises(Fault) as fault:
        Assistant(environment).__enter__()
    return str(fault.value)


@pytest.mark.parametrize("name", ["RASA_PORT", "ACTION_PORT"])
def test_a_port_in_use_is_refused(environment: dict[str, str], taken: int, name: str) -> None:
    assert refused(environment | {name: str(taken)}).startswith(f"port {taken} cannot be used")


def test_a_variable_that_is_missing_is_refused(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "endpoints.yml"
    path.write_text("tracker_store:\n  password: ${NET_GUIDE_NONE}\n", encoding="utf-8")
    said = refused(environment | {"RASA_ENDPOINTS": str(path)})
    assert said.startswith("endpoints.yml needs the variable NET_GUIDE_NONE, which is not set")


def test_a_model_that_is_not_trained_is_refused(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MODEL", tmp_path / "none.tar.gz")
    said = "the model must be trained (there is no model yet): run `make train`"
    assert refused(environment) == said


def test_an_altered_encoder_file_is_refused_and_installed_again(
    monkeypatch: pytest.MonkeyPatch, quick_encoder: Path
) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(install.Venv, "forget", lambda venv: forgotten.append(venv is install.ASSISTANT))
    monkeypatch.setattr("nlu.encoder.PATH", quick_encoder)
    monkeypatch.setattr("nlu.encoder_file.TOKENIZER_SHA256", "0" * 64)
    with pytest.raises(Fault, match="encoder file .* was altered .*`make install`"):
        check_encoder()
    assert forgotten == [True]


def test_a_missing_encoder_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quick_encoder: Path
) -> None:
    monkeypatch.setattr(install.Venv, "forget", lambda venv: None)
    monkeypatch.setattr("nlu.encoder.PATH", tmp_path / "none.onnx")
    with pytest.raises(Fault, match=r"encoder file .*none.onnx is missing: run `make train`"):
        check_encoder()
    monkeypatch.setattr("nlu.encoder.PATH", quick_encoder)
    monkeypatch.setattr("nlu.encoder_file.TOKENIZER_PACKAGE", "nothing_there")
    with pytest.raises(Fault, match="encoder file nothing_there/.* is missing: run `make install`"):
        check_encoder()


def test_the_right_encoder_files_are_fine(monkeypatch: pytest.MonkeyPatch, quick_encoder: Path) -> None:
    monkeypatch.setattr("nlu.encoder.PATH", quick_encoder)
    check_encoder()


def test_an_action_server_that_does_not_start_is_a_fault_and_nothing_stays_running(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "reason_to_train", lambda: None)
    assistant = Assistant(environment)
    for server in assistant.servers:
        server.log = tmp_path / f"{server.name}.log"
    assistant.actions._command = [sys.executable, "-c", "import nothing_there"]
    assistant.rasa._command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(Fault, match="the action server ended by itself") as fault:
        assistant.__enter__()
    assert fault.value.details == ("ModuleNotFoundError: No module named 'nothing_there'",)
    assert assistant.rasa._process is not None
    assert assistant.rasa._process.poll() == -signal.SIGTERM


def test_an_action_of_the_domain_that_the_server_lacks_is_a_fault(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [{"name": "action_answer"}, {"name": "action_decline"}]
    monkeypatch.setattr(run, "probe", lambda url: (200, known))
    with pytest.raises(Fault, match=r"^actions/ has no action named .*action_alarm"):
        Assistant(environment)._check_actions()


def test_an_assistant_to_test_has_ports_and_conversations_of_its_own() -> None:
    one, other = Assistant(), Assistant()
    assert one.url != other.url
    assert one.webhook == f"{one.url}/webhooks/rest/webhook"
    stores = {a._environment["CONVERSATIONS_DB"] for a in (one, other)}
    assert len(stores) == 2 and "var/conversations.db" not in stores
    for assistant in (one, other):
        assistant.__exit__(None, None, None)
        assert not Path(assistant._environment["CONVERSATIONS_DB"]).parent.exists()


def test_what_is_printed_begins_with_the_page_to_open_and_says_how_to_talk(
    environment: dict[str, str],
) -> None:
    text = what_runs(Assistant(environment), Website(environment), environment)
    addresses = re.findall(r"https?://\S+", text)
    assert addresses[0] == f"http://127.0.0.1:{environment['WEB_PORT']}/"
    assert f"http://127.0.0.1:{environment['RASA_PORT']}/webhooks/rest/webhook" in text
    assert f"RASA_PORT={environment['RASA_PORT']} make chat" in text
    assert "curl -s http://127.0.0.1" in text
    assert "make account" in text and "/staff/" in text


@pytest.mark.parametrize("name", ["RASA_PORT", "WEB_PORT"])
def test_the_command_tells_a_port_in_use_in_one_line(
    environment: dict[str, str], taken: int, name: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "service.run"],
        cwd=ROOT,
        env=environment | {name: str(taken)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: port {taken} cannot be used")
