"""The dossier as a PDF/A that a screen reader can read (extra ``pdf``: the typst package).

Fonts come with typst: with one version of it the same proof gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from so247.formats.dossier.plain import straight
from so247.formats.dossier.view import view
from so247.formats.dossier.words import DOSSIER
from so247.models.errors import InputError, Problem
from so247.models.proof import Proof

if TYPE_CHECKING:
    from types import ModuleType

TEMPLATES = files("so247.formats.dossier") / "templates"
STANDARDS = ["a-2a", "ua-1"]
"""PDF/A to keep, PDF/UA to be read by everybody."""
LETTERS = (
    *(range(0x20, 0x7F), range(0xA0, 0x250), range(0x391, 0x3A2), range(0x3A3, 0x3CA)),
    *(range(0x400, 0x460), range(0x1E00, 0x1F00), range(0x2010, 0x2028)),
    *(range(0x20AC, 0x20AD), range(0x2190, 0x2200), range(0x25A0, 0x2600)),
)
"""What the fonts have. A PDF/A may hold no character that it cannot draw."""


def proof_to_pdf(proof: Proof) -> bytes:
    """The PDF: all of it in Dutch, then all of it in English. Dated at the start of the period.

    Raises ``InputError`` where typst is not installed, and for a proof whose roster is another
    region's.
    """
    typst = typesetter()
    content = {"dossier": DOSSIER, "page": asdict(view(proof))}
    made: bytes = typst.compile(
        (TEMPLATES / "dossier.typ").read_bytes(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        sys_inputs={"content": json.dumps(_drawable(content))},
        pdf_standards=STANDARDS,
        timestamp=int(proof.period.start.timestamp()),
    )
    return made


def typesetter() -> ModuleType:
    """What sets the PDF. Raises ``InputError`` where it is not installed."""
    try:
        import typst
    except ImportError:
        problem = Problem(
            message="a PDF needs the typst package, which is not installed",
            advice="Maybe pip install 'so247[pdf]'; the page (proof.html) needs nothing.",
        )
        raise InputError([problem]) from None
    return typst


def _drawable(value: Any) -> Any:
    """The same data with text that the fonts can draw."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: _drawable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(each) for each in value]
    return value


def drawable(text: str) -> str:
    """The text on one line; a character that no font has by its number, ``[U+4E2D]``."""
    plain = " ".join(unicodedata.normalize("NFC", straight(text)).split())
    return "".join(
        each if any(ord(each) in letters for letters in LETTERS) else f"[U+{ord(each):04X}]"
        for each in plain
    )
