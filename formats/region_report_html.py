"""A region report as one page that needs nothing else, in the dress of the dossier."""

from __future__ import annotations

import base64
import hashlib

from so247.formats.dossier.html import LANGUAGES, TEMPLATES
from so247.formats.region_report import TITLE, region_page
from so247.models.region import Region
from so247.models.region_report import RegionReport

OWN_STYLE = """
@page { @bottom-left { content: "Regiobeeld 24/7"; } }
"""
"""What differs from the dossier: the name at the foot of a printed page."""


def region_report_to_html(region: Region, report: RegionReport) -> bytes:
    """The page, in Dutch and in English; the same report gives the same bytes."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = _template("dossier.css") + _widths() + OWN_STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    page = environment.get_template("dossier.html").render(
        page=region_page(region, report),
        dossier=TITLE,
        languages=LANGUAGES,
        style=Markup(style),  # ours, and no text of anybody's
        # Nothing may be loaded or run, but for the one style sheet that is in the page.
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
    )
    return page.encode("utf-8")


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _widths() -> str:
    """A class for each width that a column may have: style in an attribute would be refused."""
    return "".join(f".w{width} {{ width: {width}%; }}\n" for width in range(1, 101))
