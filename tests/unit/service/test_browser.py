from __future__ import annotations

from pathlib import Path

import pytest

from service.browser import find_chromium
from service.faults import Fault

# Installs by putting a program where the PATH finds it.
APT = """#!/bin/sh
echo "$@" >> "$ASKED"
[ "$1" = install ] && [ -n "$INSTALLED" ] && printf '#!/bin/sh\n' > "$INSTALLED" && chmod +x "$INSTALLED"
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder of the PATH, without a browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}")
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    return folder


def program(path: Path, text: str = "#!/bin/sh\n") -> str:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_browser_on_the_path_is_used(programs: Path) -> None:
    path = program(programs / "google-chrome")
    assert find_chromium({}) == path


def test_the_one_that_is_named_is_used(programs: Path, tmp_path: Path) -> None:
    program(programs / "chromium")
    path = program(tmp_path / "another")
    assert find_chromium({"CHROMIUM": path}) == path


def test_a_name_that_leads_nowhere_is_a_fault(programs: Path) -> None:
    program(programs / "chromium")
    with pytest.raises(Fault, match="CHROMIUM is `/none`, which cannot be run"):
        find_chromium({"CHROMIUM": "/none"})


def test_a_missing_browser_is_installed_where_that_is_allowed(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(programs / "apt-get", APT.replace("chmod", "/bin/chmod"))
    monkeypatch.setenv("INSTALLED", str(programs / "chromium"))
    assert find_chromium({}) == str(programs / "chromium")
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[0].startswith("update") and asked[1].startswith("install") and "chromium" in asked[1]


def test_a_browser_that_cannot_be_installed_is_a_fault(programs: Path) -> None:
    program(programs / "apt-get", APT)
    with pytest.raises(Fault, match="Chromium could not be installed"):
        find_chromium({})


@pytest.mark.parametrize("user", [0, 1000])
def test_without_the_right_or_the_installer_it_is_a_fault_that_says_what_to_install(
    programs: Path, monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    if user:
        program(programs / "apt-get", APT)
    with pytest.raises(Fault, match="Chromium is missing.*apt-get install chromium.*CHROMIUM"):
        find_chromium({})
