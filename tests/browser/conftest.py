"""A headless Chromium, and the hand-made proofs of tests/formats/dossier to show it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "formats" / "dossier"))

from made_dossiers import kinds

from so247.formats.dossier.html import proof_to_html

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-dev-shm-usage", "--no-pdf-header-footer"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""What keeps Chromium from asking for things of its own; and no name leads anywhere."""

NO_ORIGIN = "not an origin"


class Browser:
    """One Chromium; every call starts it anew, with a profile of its own."""

    def __init__(self, program, folder):
        self.program, self.folder, self.calls = program, folder, 0

    def run(self, page, *options):
        """Standard output and errors of a visit to a local file."""
        self.calls += 1
        profile = f"--user-data-dir={self.folder / f'profile-{self.calls}'}"
        done = subprocess.run(
            [self.program, *QUIET, profile, *options, page.as_uri()],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout, done.stderr

    def asked_for(self, page):
        """Every address that the page asked the network for while it was shown.

        Chromium also asks for things of its own (the time, its updates): those have no origin,
        whatever a page asks for has one.
        """
        log = self.folder / f"net-{self.calls}.json"
        self.run(page, f"--log-net-log={log}", "--virtual-time-budget=2000", "--dump-dom")
        found = json.loads(log.read_text(encoding="utf-8"))
        assert found["events"], "the log of the network is empty: nothing can be concluded from it"
        asked = [event["params"] for event in found["events"] if "params" in event]
        urls = {each["url"] for each in asked if each.get("initiator", NO_ORIGIN) != NO_ORIGIN}
        return {url for url in urls if not url.startswith(("file:", "data:"))}


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Skipped without Chromium, unless ``SO247_REQUIRE_BROWSER`` is set."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        message = "Chromium is not installed (on Debian: apt-get install chromium)"
        if os.environ.get("SO247_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return Browser(program, tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """proof.html of every verdict, and of one whose names are all markup, by name."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, proof in {**kinds.every_verdict(), "nasty": kinds.nasty()}.items():
        found[name] = folder / f"{name}.html"
        found[name].write_bytes(proof_to_html(proof))
    return found
