"""Fixtures that tests of several rooms share: a digest, the command run as a process, a browser."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import jinja2
import pytest

from tests.support.digest import Digest, Write
from tests.support.examples import MORE
from tests.support.program import Broadsheet, needed, run_broadsheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WITHOUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
"""Features of Chromium that are off. The first two draw pages below the address bar: no test looks at them,
and they take half the time of a window. Playwright turns the others off, by an option that ours replaces."""

# a loaded machine is no failure, so there is no deadline; CI judges a change, so it looks at the same
# examples each time
hypothesis.settings.register_profile(
    "any machine", deadline=None, max_examples=100 * MORE, derandomize=os.environ.get("CI") == "true"
)
hypothesis.settings.load_profile("any machine")


# Tests write some hundred thousand files. To make one takes half a millisecond on the disk of many a machine,
# and a hundredth of that in memory.
IN_MEMORY = Path("/dev/shm")
if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > 4e9:
    os.environ["TMPDIR"] = str(IN_MEMORY)
    tempfile.tempdir = None  # it is asked for again


@pytest.fixture(scope="session", autouse=True)
def _each_template_is_compiled_once() -> Iterator[None]:
    """Compile a template once: it depends on its source alone, and takes most of a small build's time."""
    known: dict[tuple[Any, ...], Any] = {}
    compile_ = jinja2.Environment.compile

    def compiled(environment: jinja2.Environment, *template: Any, **named: Any) -> Any:
        if type(environment) is jinja2.Environment:  # a test's own, with any settings
            return compile_(environment, *template, **named)
        key = type(environment), template, *named.items()
        if key not in known:
            known[key] = compile_(environment, *template, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compiled)
        yield


@pytest.fixture
def digest(tmp_path: Path) -> Write:
    """Return a function that writes a digest: site and themes, and the files that its text holds."""
    found = Digest(tmp_path)

    def write(text: str = "") -> Path:
        return found.write(text).root

    return write


@pytest.fixture
def broadsheet() -> Broadsheet:
    """Return a function that runs the command as a process of its own and returns how it ended."""
    return run_broadsheet


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Return Chromium: one for a process, since Playwright starts but once in each."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = needed(next(filter(None, map(shutil.which, names)), None), "Chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", f"--disable-features={','.join(WITHOUT)}"]
        )
        yield found
        found.close()
