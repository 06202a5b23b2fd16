"""Checks everything that can be checked without a model (`make check`)."""

from __future__ import annotations

import sys

from service.environment import ROOT
from service.faults import exit_code
from service.install import WEB
from service.steps import Step, run_quietly

PACKAGES = ("actions", "bench", "guide", "nlu", "replies", "server", "service", "tests")


def steps() -> list[Step]:
    """The checks; a package that is not there yet is left out."""
    python = (sys.executable, "-m")
    packages = [name for name in PACKAGES if (ROOT / name).is_dir()]
    return [
        Step("lint", (*python, "ruff", "check", "--quiet", *packages)),
        Step("format", (*python, "ruff", "format", "--check", "--quiet", *packages)),
        Step("types", (*python, "mypy", *packages)),
        Step("guide", (*python, "guide.check")),
        Step("fixed texts", (*python, "service.texts")),
        Step("data and rules", (*python, "service.data")),
        *website_steps(),
    ]


def website_steps() -> list[Step]:
    """The checks of the website, in its own environment."""
    python = (str(WEB.python), "-m")
    manage = (str(WEB.python), "manage.py")
    deployed = ("check", "--deploy", "--fail-level", "WARNING")
    return [
        Step("website: lint", (*python, "ruff", "check", "--quiet", "."), WEB.folder),
        Step("website: format", (*python, "ruff", "format", "--check", "--quiet", "."), WEB.folder),
        Step("website: types", (*python, "mypy"), WEB.folder),
        Step("website: settings", ("env", "HTTPS=1", *manage, *deployed), WEB.folder),
        Step("website: migrations", (*manage, "makemigrations", "--check", "--dry-run"), WEB.folder),
    ]


def main() -> int:
    """1 when a check fails, else 0."""
    return run_quietly(steps())


if __name__ == "__main__":
    sys.exit(exit_code(main))
