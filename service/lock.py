"""Writes the lock files from what requirements*.in ask for (`make lock`)."""

from __future__ import annotations

import subprocess
import sys

from service.environment import ROOT
from service.faults import Fault, exit_code
from service.install import PYTHON, find_uv

# In this order: the test tools are chosen to fit what the assistant runs with.
LOCKS = {
    "requirements": (),
    "requirements-dev": ("-c", "requirements.txt"),
    "requirements-encoder": ("--no-deps",),
    "requirements-tools": (),
}


def main() -> int:
    """Writes each lock file, keeping what is locked already where it still fits; raises Fault."""
    compile_ = [find_uv(), "pip", "compile", "--quiet", "--generate-hashes"]
    compile_ += ["--python-version", PYTHON, "--custom-compile-command", "make lock"]
    for name, options in LOCKS.items():
        print(f"{name}.in -> {name}.txt", flush=True)
        command = [*compile_, f"{name}.in", *options, "-o", f"{name}.txt", *sys.argv[1:]]
        if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
            raise Fault(f"{name}.txt was not written (see above): mend {name}.in and try again")
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
