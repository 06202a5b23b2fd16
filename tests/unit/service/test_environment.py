from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from service.environment import (
    DEFAULTS,
    LOOPBACK,
    ROOT,
    check_port_is_free,
    check_variables,
    free_port,
    read_environment,
    read_port,
)
from service.faults import Fault


def with_env_file(folder: Path, text: str) -> Path:
    (folder / ".env").write_text(text, encoding="utf-8")
    return folder


def test_without_settings_the_defaults_hold(tmp_path: Path) -> None:
    environment = read_environment({"HOME": "/home/me"}, tmp_path)
    assert environment["RASA_PORT"] == "5005"
    assert environment["ACTION_ENDPOINT"] == "http://127.0.0.1:5055/webhook"
    assert environment["HOME"] == "/home/me"


def test_the_address_of_the_action_server_follows_its_port(tmp_path: Path) -> None:
    environment = read_environment({"ACTION_PORT": "6055"}, tmp_path)
    assert environment["ACTION_ENDPOINT"] == "http://127.0.0.1:6055/webhook"


def test_what_is_given_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    root = with_env_file(tmp_path, "RASA_PORT=6005\nACTION_PORT=6055\n")
    environment = read_environment({"RASA_PORT": "7005"}, root)
    assert (environment["RASA_PORT"], environment["ACTION_PORT"]) == ("7005", "6055")


def test_a_variable_set_to_nothing_counts_as_not_set(tmp_path: Path) -> None:
    root = with_env_file(tmp_path, "ACTION_PORT=\n")
    environment = read_environment({"RASA_PORT": ""}, root)
    assert (environment["RASA_PORT"], environment["ACTION_PORT"]) == ("5005", "5055")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=a b", "a b"),
        ("  export NAME = a  ", "a"),
        ("NAME=a # why", "a"),
        ("NAME='a # b' # why", "a # b"),
        ('NAME="a"', "a"),
        ("NAME=postgresql://me:x#y@host/db", "postgresql://me:x#y@host/db"),
    ],
)
def test_the_file_takes_what_such_files_have(tmp_path: Path, line: str, value: str) -> None:
    root = with_env_file(tmp_path, f"# comment\n\n{line}\n")
    assert read_environment({}, root)["NAME"] == value


def test_a_line_that_sets_nothing_is_refused_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"^\.env:2: `RASA_PORT 5` sets no variable: write `NAME=value`$"):
        read_environment({}, with_env_file(tmp_path, "A=b\nRASA_PORT 5\n"))


def test_the_example_has_every_variable_with_its_default(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    with_env_file(tmp_path, example)
    assert read_environment({}, tmp_path) == read_environment({}, tmp_path / "nothing")
    assert set(re.findall(r"^(\w+)=", example, re.MULTILINE)) == set(DEFAULTS)


def test_the_example_has_every_variable_that_the_endpoints_need() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    known = {name: "x" for name in re.findall(r"^(?:# )?(\w+)=", example, re.MULTILINE)}
    check_variables(known, (ROOT / "endpoints.yml", ROOT / "deploy" / "endpoints.yml"))


def test_a_variable_the_endpoints_need_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "endpoints.yml"
    path.write_text("a: ${SET}\n# ${COMMENT}\nb: ${DB_PASSWORD} # ${NOTE}\n", encoding="utf-8")
    with pytest.raises(Fault) as fault:
        check_variables({"SET": "x"}, [path])
    assert str(fault.value).startswith(
        "endpoints.yml needs the variable DB_PASSWORD, which is not set: put `DB_PASSWORD=...` into"
    )
    check_variables({"SET": "x", "DB_PASSWORD": "y"}, [path])


def test_endpoints_that_are_not_there_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="none.yml is not there"):
        check_variables({}, [tmp_path / "none.yml"])


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "5005.0", " 5"])
def test_what_is_no_port_is_refused(value: str) -> None:
    with pytest.raises(Fault, match=f"RASA_PORT is `{re.escape(value)}`, which is no port"):
        read_port({"RASA_PORT": value}, "RASA_PORT")


@pytest.mark.parametrize("address", [LOOPBACK, "0.0.0.0"])
def test_a_port_in_use_is_named_with_how_to_take_another(address: str) -> None:
    with socket.socket() as other:
        other.bind((address, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Fault) as fault:
            check_port_is_free(port, "RASA_PORT")
    assert str(fault.value).startswith(f"port {port} cannot be used (Address already in use)")
    assert re.search(r"`RASA_PORT=\d+ make run`$", str(fault.value))
    check_port_is_free(port, "RASA_PORT")


def test_a_free_port_is_free() -> None:
    check_port_is_free(free_port(), "RASA_PORT")
