"""Sentences and tables in both languages on a terminal: Dutch first, figures on the right."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text as Styled

from so247.cli.exits import harmless
from so247.cli.render import table
from so247.formats.dossier.blocks import Block, Bullets, Cell, Heading, Table, Text
from so247.formats.words import Words, both


def show_words(words: Words, out: Console, style: str = "") -> None:
    out.print(Styled(harmless(both(words)), style=style))


def show_block(block: Block, out: Console) -> None:
    """A sentence, a list or a table; what only a page can draw is left out."""
    if isinstance(block, Text):
        show_words(block.words, out)
    elif isinstance(block, Heading):
        show_words(block.words, out, style="bold")
    elif isinstance(block, Bullets):
        for each in block.items:
            out.print(Styled(harmless(f"- {both(each)}")))
    elif isinstance(block, Table):
        out.print(_drawn(block))


def _drawn(block: Table) -> Drawn:
    rows = [[_text(cell) for cell in row.cells] for row in block.rows]
    drawn = table(both(block.caption), [_under(each) for each in block.head], rows)
    for at, cell in enumerate(block.rows[0].cells if block.rows else ()):
        if cell.number:
            drawn.columns[at].justify = "right"
    return drawn


def _under(words: Words) -> str:
    """English under Dutch: columns of figures stay narrow."""
    return "\n".join(dict.fromkeys(words))


def _text(cell: Cell) -> str:
    return "\n".join(dict.fromkeys(both(each.words) for each in cell.lines))
