"""The dossier as one page that needs nothing else: no script, no font, no picture from elsewhere.

The same proof gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from so247.formats.dossier.plain import straight
from so247.formats.dossier.view import view
from so247.formats.dossier.words import DOSSIER
from so247.models.proof import Proof

TEMPLATES = files("so247.formats.dossier") / "templates"
LANGUAGES = (("nl", "Nederlands"), ("en", "English"), ("nl-en", "Nederlands + English"))
"""What a reader may choose; the first is shown until somebody does."""


def proof_to_html(proof: Proof) -> bytes:
    """The page, in Dutch and in English.

    Raises ``InputError`` for a proof whose roster is another region's.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_straight,
    )
    style = _template("dossier.css") + _widths()
    page = environment.get_template("dossier.html").render(
        page=view(proof),
        dossier=DOSSIER,
        languages=LANGUAGES,
        style=Markup(style),  # ours, and no text of anybody's
        policy=_policy(style),
    )
    return page.encode("utf-8")


def _straight(value: object) -> object:
    """What is drawn, without what turns the direction of writing. Markup of ours has none."""
    return straight(value) if type(value) is str else value


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _widths() -> str:
    """A class for each width that a column may have: style in an attribute would be refused."""
    return "".join(f".w{width} {{ width: {width}%; }}\n" for width in range(1, 101))


def _policy(style: str) -> str:
    """Nothing may be loaded or run, but for the one style sheet that is in the page."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
