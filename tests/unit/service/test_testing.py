from __future__ import annotations

import re
from pathlib import Path

from service.environment import ROOT
from service.testing import DATABASE, steps

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_everything_runs_in_the_order_in_which_it_is_needed() -> None:
    assert _modules() == [
        "service.install", "service.training", "service.check", "pytest", "tests.stories", "tests.nlu",
        "tests.scenarios", "tests.report", "tests.web",
    ]  # fmt: skip


def test_every_module_that_a_command_runs_is_there() -> None:
    modules = re.findall(r" -m ([a-z.]+)", MAKEFILE) + _modules()
    paths = {ROOT / Path(*name.split(".")) for name in modules if name != "pytest"}
    there = [p for p in paths if p.with_suffix(".py").is_file() or (p / "__main__.py").is_file()]
    assert paths - set(there) == set()


def test_every_command_says_what_it_does() -> None:
    targets = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.* ## \S", MAKEFILE, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert targets == explained
    assert phony and phony[1].split() == targets


def test_the_website_is_tested_on_a_server_that_is_given_too() -> None:
    *_, website = steps({DATABASE: "postgres://a/b"})
    (again,) = website.beside
    assert again.command[2:5] == ("tests.web", "--database", "postgres://a/b")
    assert steps({DATABASE: ""}) == steps({})


def _modules() -> list[str]:
    return [one.command[2] for step in steps({}) for one in (step, *step.beside)]
