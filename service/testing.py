"""Everything that proves the assistant, in order, up to the first failure (`make test`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from service.faults import exit_code
from service.install import ASSISTANT
from service.steps import Step, run_in_order

PYTHON = str(ASSISTANT.python)
# Names a server of PostgreSQL, on which the tests of the website's database are run too.
DATABASE = "TEST_DATABASE_URL"


def steps(given: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps in order, with these environment variables."""
    website = (PYTHON, "-m", "tests.web")
    on_server = ("--database", given.get(DATABASE, ""), "--ignore=tests/browser", "--quiet")
    again = Step("website on PostgreSQL", (*website, *on_server))
    return (
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
        Step("website, in a browser too", website, beside=(again,) if given.get(DATABASE) else ()),
    )


def main() -> int:
    """The exit code of the first step that fails, else 0."""
    return run_in_order(steps(os.environ))


if __name__ == "__main__":
    sys.exit(exit_code(main))
