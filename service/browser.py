"""The browser that the website's tests drive: Chromium, installed from Debian's packages where that works."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping

from service.faults import Fault

NAMES = ("chromium", "chromium-browser", "google-chrome")
WAITS = "--option=DPkg::Lock::Timeout=300"  # for another installation to end, seconds
INSTALL = ("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", WAITS, "chromium")


def find_chromium(environment: Mapping[str, str]) -> str:
    """The path of Chromium: as CHROMIUM names it, else on the PATH, else installed; raises Fault for none."""
    if named := environment.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise Fault(f"CHROMIUM is `{named}`, which cannot be run: set it to the path of Chromium")
    if found := _on_path():
        return found
    if os.geteuid() == 0 and shutil.which(INSTALL[0]):
        print("Chromium is not installed: getting Debian's package", flush=True)
        # An update that fails (a source that is gone) need not keep the package away.
        subprocess.run((INSTALL[0], "update", "--quiet=2"))
        subprocess.run(INSTALL)
        if found := _on_path():
            return found
        raise Fault("Chromium could not be installed (see above): install it, or set CHROMIUM to its path")
    raise Fault(
        "Chromium is missing, which the website's browser tests drive: install it (on Debian: "
        "`apt-get install chromium` as root), or set CHROMIUM to its path"
    )


def _on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)
