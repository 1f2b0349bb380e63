"""Takes the pictures of a dossier: docs/dossier.png (its beginning) and docs/dossier-weeks.png.

    python scripts/make_dossier_picture.py out/proof.html

It needs Chromium and shows the page as it is; for the second picture other sections are hidden.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
NAMES = ("chromium", "chromium-browser", "google-chrome")
POLICY = 'http-equiv="Content-Security-Policy"'
ONLY_WEEKS = "header, nav, footer, main > *:not(#weken) { display: none; }"
WIDTH = 1040


def take(page: Path, picture: Path, height: int) -> None:
    """A picture of the upper part of a page."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise SystemExit("Chromium is not installed. Maybe apt-get install chromium.")
    with tempfile.TemporaryDirectory() as profile:
        options = (
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={profile}", f"--window-size={WIDTH},{height}"),
            f"--screenshot={picture}",
        )
        subprocess.run([program, *options, page.as_uri()], check=True, capture_output=True)
    print(f"{picture.name}: {picture.stat().st_size // 1000} kB")


def weeks_alone(page: Path, folder: Path) -> Path:
    """A copy that shows the weeks and nothing else; what may be shown is then no longer fixed."""
    text = page.read_text(encoding="utf-8").replace(POLICY, 'name="policy"')
    copy = folder / "weeks.html"
    copy.write_text(text.replace("</style>", f"{ONLY_WEEKS}</style>"), encoding="utf-8")
    return copy


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    page = Path(sys.argv[1]).resolve()
    take(page, DOCS / "dossier.png", 1500)
    with tempfile.TemporaryDirectory() as folder:
        take(weeks_alone(page, Path(folder)), DOCS / "dossier-weeks.png", 1000)


if __name__ == "__main__":
    main()
