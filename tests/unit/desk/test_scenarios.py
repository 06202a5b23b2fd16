from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests import scenarios
from tests.assistant import Assistant, AssistantError, Said
from tests.located import FormatError
from tests.scenarios import Exchange, failed_checks, play, read_scenarios

GOOD = """\
- fragment: a greeting
  steps:
    - visitor: hello
    - bot: {kind: chitchat, name: greet}

- scenario: A question after a greeting is answered
  steps:
    - fragment: a greeting
    - visitor: no
    - visitor: {repeat: "ab ", times: 3}
    - bot:
        kind: [answer, clarify]
        contains: "Yes, it is"
"""
SAID = Said(
    kind="answer",
    text="The side effects are\n\n- Fatigue\n- Nausea",
    topics=("radiation", "chemotherapy"),
    passages=("radiation-side-effects",),
)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Reads scenarios from a folder with only this file."""
    monkeypatch.setattr(scenarios, "FOLDER", tmp_path)

    def read(text: str) -> list[scenarios.Scenario]:
        (tmp_path / "talks.yml").write_text(text, encoding="utf-8")
        return read_scenarios()

    return read


def test_a_scenario_is_read_with_its_fragments_and_lines(read: Callable[..., Any]) -> None:
    (scenario,) = read(GOOD)
    greeting, plain, checked = scenario.exchanges
    assert scenario.name == "A question after a greeting is answered"
    assert scenario.place.endswith("talks.yml:6")
    assert (greeting.visitor, greeting.wanted.place[-11:]) == ("hello", "talks.yml:4")
    assert plain == Exchange("no")
    assert checked.visitor == "ab ab ab "
    assert checked.wanted.checks == {"kind": ("answer", "clarify"), "contains": ("Yes, it is",)}


def test_fragments_of_other_files_can_be_used_by_one_file(read: Callable[..., Any], tmp_path: Path) -> None:
    read(GOOD)
    other = tmp_path / "other.yml"
    other.write_text("- scenario: Another\n  steps:\n    - fragment: a greeting\n", encoding="utf-8")
    (scenario,) = read_scenarios([other])
    assert (scenario.name, scenario.exchanges[0].visitor) == ("Another", "hello")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- scenari: x\n", "talks.yml:1: start the entry with"),
        ("- scenario: x\n", "talks.yml:1: `steps:` must list"),
        ("- scenario: x\n  steps:\n    - bot: {kind: a}\n", "talks.yml:3: no `visitor:` line"),
        ("- scenario: x\n  steps:\n    - guest: hi\n", "talks.yml:3: a step is"),
        ("- scenario: x\n  steps:\n    - fragment: y\n", "talks.yml:3: there is no fragment 'y'"),
        (
            "- scenario: x\n  steps:\n    - visitor: hi\n    - bot: {kid: a}\n",
            "talks.yml:4: kid can be checked",
        ),
        ("- scenario: x\n  steps:\n    - visitor: hi\n    - bot: yes\n", "talks.yml:4: nothing can"),
        ("- scenario: x\n  steps:\n    - visitor: {repeat: a}\n", "talks.yml:3: a long text is"),
        ("- fragment: a\n  steps: []\n- fragment: a\n  steps: []\n", "talks.yml:3: another fragment"),
        ("- scenario: x\n  bot: {a: b?, c: ?}\n  - x\n", "talks.yml:2: not valid YAML"),
        ("just a text", "talks.yml: entry 1 is no mapping"),
    ],
)
def test_what_is_not_allowed_is_refused_with_its_line(
    read: Callable[..., Any], text: str, problem: str
) -> None:
    with pytest.raises(FormatError) as error:
        read(text)
    assert problem in str(error.value)


@pytest.mark.parametrize(
    "checks",
    [
        {"kind": ("clarify", "answer")},
        {"topic": ("chemotherapy",)},
        {"passages": ("radiation-side-effects",)},
        {"contains": ("side EFFECTS are", "- fatigue - nausea")},
        {"contains_any": ("pain", "nausea")},
        {"not_contains": ("pain",)},
    ],
)
def test_a_check_that_holds_passes(checks: dict[str, tuple[str, ...]]) -> None:
    assert failed_checks(SAID, checks) == []


@pytest.mark.parametrize(
    ("check", "values", "got"),
    [
        ("kind", ("clarify",), "answer"),
        ("name", ("greet",), "none"),
        ("topic", ("radiation", "surgery"), "radiation, chemotherapy"),
        ("passages", ("radiation-when",), "radiation-side-effects"),
        ("contains", ("fatigue", "pain"), SAID.text),
        ("contains_any", ("pain", "fever"), SAID.text),
        ("not_contains", ("nausea",), SAID.text),
    ],
)
def test_a_check_that_does_not_hold_says_what_was_expected_and_what_came(
    check: str, values: tuple[str, ...], got: str
) -> None:
    assert failed_checks(SAID, {check: values}) == [(check, ", ".join(values), got)]


class Bot(BaseHTTPRequestHandler):
    """Says what it was told to say, whatever it is asked."""

    protocol_version = "HTTP/1.1"
    status, answer = 200, "[]"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = self.answer.encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    reply = {"kind": "chitchat", "name": "greet", "text": "Hello.", "topics": [], "passages": []}
    monkeypatch.setattr(Bot, "answer", json.dumps([{"custom": reply}]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bot)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    assistant = Assistant(f"http://127.0.0.1:{server.server_port}")
    yield assistant
    assistant.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_scenario_that_holds_has_no_failures(read: Callable[..., Any], bot: Assistant) -> None:
    (scenario,) = read(GOOD[: GOOD.index("    - visitor: no")])
    assert play(bot, scenario) == []


def test_a_failure_shows_place_visitor_expected_and_got(read: Callable[..., Any], bot: Assistant) -> None:
    (scenario,) = read("- scenario: It is sad\n  steps:\n    - visitor: hi\n    - bot: {kind: distress}\n")
    (failure,) = play(bot, scenario)
    shown = [line.split() for line in str(failure).splitlines()]
    assert shown[0][0].endswith("talks.yml:4:") and shown[0][1:] == ["It", "is", "sad"]
    assert shown[1:] == [["visitor:", "hi"], ["expected", "got"], ["kind", "distress", "chitchat"]]


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [
        (500, "Traceback (most recent call last)", "answered 500: Traceback"),
        (200, "[]", "something else than one reply"),
        (200, "<html>", "something else than one reply"),
        (200, '[{"text": "hello"}]', "something else than one reply"),
    ],
)
def test_what_is_no_reply_is_a_failure(
    read: Callable[..., Any],
    bot: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    answer: str,
    problem: str,
) -> None:
    monkeypatch.setattr(Bot, "status", status)
    monkeypatch.setattr(Bot, "answer", answer)
    (scenario,) = read("- scenario: x\n  steps:\n    - visitor: hi\n")
    (failure,) = play(bot, scenario)
    assert problem in failure.rows[0][2]


def test_an_assistant_that_does_not_run_is_told_with_what_to_do() -> None:
    with pytest.raises(AssistantError, match="no answer from .*make run"):
        Assistant("http://127.0.0.1:9").ask("me", "hello")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(AssistantError, match="is no address"):
        Assistant("http://")
