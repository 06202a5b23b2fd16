"""Writes the lock files from what requirements*.in ask for (`make lock`)."""

from __future__ import annotations

import os
import subprocess
import sys

from service.environment import ROOT
from service.faults import Fault, exit_code
from service.install import ASSISTANT, WEB, Venv, find_uv

# In this order: the test tools are chosen to fit what runs (the website's .in file names its lock itself).
LOCKS: dict[Venv, dict[str, tuple[str, ...]]] = {
    ASSISTANT: {
        "requirements": (),
        "requirements-dev": ("-c", "requirements.txt"),
        "requirements-encoder": ("--no-deps",),
        "requirements-tools": (),
    },
    WEB: {"requirements": (), "requirements-dev": ()},
}


def main() -> int:
    """Writes each lock file, keeping what is locked already where it still fits; raises Fault."""
    uv = find_uv()
    for venv, locks in LOCKS.items():
        compile_ = [uv, "pip", "compile", "--quiet", "--generate-hashes"]
        compile_ += ["--python-version", venv.version, "--custom-compile-command", "make lock"]
        for name, options in locks.items():
            path = os.path.relpath(venv.folder / name, ROOT)
            print(f"{path}.in -> {path}.txt", flush=True)
            command = [*compile_, f"{name}.in", *options, "-o", f"{name}.txt", *sys.argv[1:]]
            if subprocess.run(command, cwd=venv.folder, stdout=subprocess.DEVNULL).returncode:
                raise Fault(f"{path}.txt was not written (see above): mend {path}.in and try again")
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
