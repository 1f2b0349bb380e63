"""Tables in both languages on a terminal: Dutch first, figures on the right."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from so247.cli.exits import harmless
from so247.cli.render import table
from so247.formats.sheets import Sheet, cell_text, cell_words
from so247.formats.words import Words, both


def show_sheet(sheet: Sheet, out: Console) -> None:
    out.print(_drawn(sheet))


def show_words(words: Words, out: Console, style: str = "") -> None:
    out.print(Text(harmless(both(words)), style=style))


def _drawn(sheet: Sheet) -> Table:
    rows = [[_cell(cell) for cell in row] for row in sheet.rows]
    drawn = table(both(sheet.title), [cell_text(each) for each in sheet.columns], rows)
    for at in sheet.figures:
        drawn.columns[at].justify = "right"
    return drawn


def _cell(cell: str | Words) -> str:
    """Several lines in Dutch, then the same in English; one line with a stroke between."""
    nl, en = cell_words(cell)
    return f"{nl}\n{en}" if nl != en and "\n" in nl else cell_text(cell)
