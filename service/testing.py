"""Everything that proves the assistant, in order, up to the first failure (`make test`)."""

from __future__ import annotations

import sys

from service.faults import exit_code
from service.install import ASSISTANT
from service.steps import Step, run_in_order

PYTHON = str(ASSISTANT.python)
STEPS = (
    Step("install", (sys.executable, "-m", "service.install")),
    Step(
        "train",
        (PYTHON, "-m", "service.training"),
        beside=(
            Step("check: lint, types, guide, data, rules", (PYTHON, "-m", "service.check")),
            Step("unit tests", (PYTHON, "-m", "pytest")),
        ),
    ),
    Step("story tests", (PYTHON, "-m", "tests.stories")),
    Step("NLU gate", (PYTHON, "-m", "tests.nlu", "--quiet")),
    Step("scenarios over HTTP", (PYTHON, "-m", "tests.scenarios", "--as-measured")),
    Step("report", (PYTHON, "-m", "tests.report")),
    Step("website, in a browser too", (PYTHON, "-m", "tests.web")),
)


def main() -> int:
    """The exit code of the first step that fails, else 0."""
    return run_in_order(STEPS)


if __name__ == "__main__":
    sys.exit(exit_code(main))
