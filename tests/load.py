"""Many visitors at a human pace on a website and an assistant of their own (`make load`).

`python -m tests.load [--visitors N] [--seconds N] [--kill]`: with `--kill` the assistant is killed in the
middle and started again; then no turn may be lost or doubled, and every visitor must be answered.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from service.environment import free_port, read_environment
from service.faults import exit_code
from service.install import WEB
from service.run import Assistant
from service.website import Website

P95 = 300  # ms
OUTAGE = 5.0  # seconds until the killed assistant is started again
STARTED_A_SECOND = 5  # visitors
# All visitors come from one address here.
LIMITS = {"LIMIT_ADDRESS": "1000000", "LIMIT_SESSIONS": "1000000"}


def website_environment(folder: str, assistant: Assistant) -> Mapping[str, str]:
    """The variables of a website with a folder of its own, which asks this assistant."""
    own = {"WEB_VAR": folder, "WEB_PORT": str(free_port()), "ASSISTANT_URL": assistant.webhook}
    return read_environment({**os.environ, **LIMITS, **own})


def main() -> int:
    """Runs it and gives locust's exit code: 1 for a failure or a 95th percentile beyond the limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=90)
    parser.add_argument("--kill", action="store_true", help="kill the assistant in the middle")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Assistant() as assistant:
        environment = website_environment(folder, assistant)
        with Website(environment) as site:
            locust = [
                str(WEB.python),
                "-m",
                "locust",
                "-f",
                "load/locustfile.py",
                "--headless",
                "--only-summary",
            ]
            locust += ["--users", str(options.visitors), "--spawn-rate", str(STARTED_A_SECOND)]
            locust += ["--run-time", f"{options.seconds}s", "--stop-timeout", "15", "--reset-stats"]
            limit = {"P95_LIMIT": "0" if options.kill else str(P95)}
            with subprocess.Popen(
                [*locust, "--host", site.url], cwd=WEB.folder, env={**environment, **limit}
            ) as visitors:
                if options.kill:
                    time.sleep(options.seconds / 2)
                    assistant.rasa.kill()
                    time.sleep(OUTAGE)
                    assistant.rasa.start()
            return visitors.returncode


if __name__ == "__main__":
    sys.exit(exit_code(main))
