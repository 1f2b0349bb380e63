"""Takes the pictures of dossiers in docs/.

    python scripts/make_dossier_picture.py rijnstreek/proof.html tekort/proof.html

Of the first, its beginning (dossier.png) and its weeks (dossier-weeks.png); of the second, which
must be one that says why not, that section in English (dossier-why-not.png). It needs Chromium and
shows pages as they are, but for what is hidden to show one section alone.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
NAMES = ("chromium", "chromium-browser", "google-chrome")
POLICY = 'http-equiv="Content-Security-Policy"'
ALONE = """
header, nav, footer, main > *:not(#{section}) {{ display: none; }}
main > #{section} {{ margin: 0; padding: 0; border: 0; }}
"""
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


def alone(page: Path, section: str, folder: Path, language: str = "nl") -> Path:
    """A copy that shows one section and nothing else; what may be shown is then no longer fixed."""
    text = page.read_text(encoding="utf-8")
    if f'<section id="{section}"' not in text:
        raise SystemExit(f"{page}: has no section {section}. Maybe another dossier was meant.")
    text = text.replace(POLICY, 'name="policy"').replace(" checked>", ">")
    text = text.replace(f'id="taal-{language}"', f'id="taal-{language}" checked')
    copy = folder / f"{section}.html"
    style = ALONE.format(section=section)
    copy.write_text(text.replace("</style>", f"{style}</style>"), encoding="utf-8")
    return copy


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    first, second = (Path(each).resolve() for each in sys.argv[1:])
    take(first, DOCS / "dossier.png", 1455)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take(alone(first, "weken", folder), DOCS / "dossier-weeks.png", 835)
        why_not = alone(second, "waarom-niet", folder, "en")
        take(why_not, DOCS / "dossier-why-not.png", 1596)


if __name__ == "__main__":
    main()
