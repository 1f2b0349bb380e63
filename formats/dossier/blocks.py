"""What the dossier is made of, before it is a page or a PDF: sections of plain blocks.

Both are drawn from these, so that both say the same. Text is always ``Words``: Dutch and English.
"""

from __future__ import annotations

from dataclasses import dataclass

from so247.formats.dossier.drawing import Strip
from so247.formats.words import Words

NOTHING: Words = ("–", "–")


@dataclass(frozen=True)
class Line:
    """One line in a cell. ``sign`` names the sign before it (``Status`` and the like); ``anchor``
    the row of the dossier that it leads to. ``inline``: on one line with others like it."""

    words: Words
    sign: str = ""
    small: bool = False
    anchor: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Cell:
    lines: tuple[Line, ...]
    number: bool = False
    """Written to the right, so that figures stand under each other."""


@dataclass(frozen=True)
class Row:
    """``anchor`` is what lines elsewhere lead to; ``part`` a row that belongs to the one before it;
    ``total`` one that adds up those before it."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    part: bool = False
    total: bool = False


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading. ``widths`` are shares of the page's width.

    ``folded``: long, and unfolded by whoever wants it; left out of the PDF.
    """

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    folded: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class Text:
    """A paragraph. ``tone``: ``plain``, ``lead``, ``note`` or ``warning``."""

    words: Words
    tone: str = "plain"
    kind: str = "text"


@dataclass(frozen=True)
class Bullets:
    items: tuple[Words, ...]
    kind: str = "bullets"


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is."""

    items: tuple[tuple[Words, Words], ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Heading:
    """A heading within a section. ``footing``: what this part rests on, unlike the section."""

    words: Words
    footing: Words | None = None
    kind: str = "heading"


@dataclass(frozen=True)
class Timeline:
    strips: tuple[Strip, ...]
    kind: str = "timeline"


Block = Text | Bullets | Facts | Heading | Table | Timeline


@dataclass(frozen=True)
class Section:
    """``footing`` says whether it can be computed again, or rests on the solver's word."""

    anchor: str
    title: Words
    blocks: tuple[Block, ...]
    footing: Words | None = None


@dataclass(frozen=True)
class Figure:
    """A figure worth a large type: how many, and of what."""

    value: Words
    label: Words


@dataclass(frozen=True)
class Page:
    """The whole dossier. ``banner`` stands on every page and in every section, because of
    ``basis``; ``sign`` is that of the verdict."""

    site: str
    facts: Facts
    basis: str
    banner: Words | None
    sign: str
    verdict: Words
    until: Words
    summary: tuple[Words, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]


def line(words: Words | str, *, sign: str = "", small: bool = False, anchor: str = "") -> Line:
    """A line; text that is the same in both languages may be given once."""
    pair = (words, words) if isinstance(words, str) else words
    return Line(words=pair, sign=sign, small=small, anchor=anchor)


def cell(*lines: Line | Words | str) -> Cell:
    """A cell of these lines; a dash where there are none."""
    found = tuple(each if isinstance(each, Line) else line(each) for each in lines)
    return Cell(lines=found or (line(NOTHING),))


def figure(value: Words | str | int) -> Cell:
    """A cell with a number."""
    words = value if isinstance(value, tuple) else str(value)
    return Cell(lines=(line(words),), number=True)
