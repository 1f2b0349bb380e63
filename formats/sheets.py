"""A table as people read it, in both languages; a terminal or page says how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from so247.formats.words import Words, both

Cell = str | Words
"""Data as it is (a name, a figure), or words in both languages."""


@dataclass(frozen=True)
class Sheet:
    """``figures``: the columns (from 0) that hold figures, to be aligned on the right."""

    title: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: tuple[int, ...] = ()


def cell_words(cell: Cell) -> Words:
    return (cell, cell) if isinstance(cell, str) else cell


def cell_text(cell: Cell) -> str:
    """``gedekt / covered``."""
    return both(cell_words(cell))


def stacked(cells: list[Words]) -> Words:
    """Some words under each other; the same words once."""
    kept = list(dict.fromkeys(cells))
    return "\n".join(nl for nl, _ in kept), "\n".join(en for _, en in kept)
