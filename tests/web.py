"""The website's tests, in its own environment, with the real assistant behind the browser tests.

`python -m tests.web [--url URL] [--database URL] [PYTEST ARGUMENT ...]`
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack

from service.browser import find_chromium
from service.faults import exit_code
from service.install import WEB
from service.run import WEBHOOK, Assistant

# A person's settings of the website (.env) must not change what is tested.
PASSED_ON = ("PATH", "HOME", "LANG", "TERM", "TMPDIR", "DATABASE_URL", "REDIS_URL")


def environment_of_tests(given: Mapping[str, str], url: str, folders: str, chromium: str) -> dict[str, str]:
    """The variables for the tests; `folders` are where the assistant writes, joined by `:`."""
    passed = {name: given[name] for name in PASSED_ON if name in given}
    return passed | {"ASSISTANT_URL": url + WEBHOOK, "ASSISTANT_FOLDERS": folders, "CHROMIUM": chromium}


def main() -> int:
    """Runs the tests and gives pytest's exit code; raises Fault when they cannot be run."""
    parser = argparse.ArgumentParser(prog="python -m tests.web", description=__doc__)
    parser.add_argument("--url", help="a running assistant; without it one is started")
    parser.add_argument("--database", help="a server of PostgreSQL; without it DATABASE_URL, or SQLite")
    options, rest = parser.parse_known_args()
    chromium = find_chromium(os.environ)
    with ExitStack() as stack:
        url, folders = options.url, ""
        if not url:
            assistant = stack.enter_context(Assistant())
            url, folders = assistant.url, os.pathsep.join(map(str, assistant.folders))
        given = {**os.environ, "DATABASE_URL": options.database} if options.database else os.environ
        environment = environment_of_tests(given, url, folders, chromium)
        return subprocess.run([WEB.python, "-m", "pytest", *rest], cwd=WEB.folder, env=environment).returncode


if __name__ == "__main__":
    sys.exit(exit_code(main))
