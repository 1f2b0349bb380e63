"""Questions to the solver as a table."""

from __future__ import annotations

from collections.abc import Sequence

from so247.formats.dossier.blocks import Row, Table, cell, line
from so247.formats.dossier.words import ANSWERED, ANSWERED_SIGN, solver_words
from so247.formats.words import Words
from so247.models.proof import Solve


def solve_table(solves: Sequence[Solve], caption: Words) -> Table:
    return Table(
        caption=caption,
        head=(
            ("Vraag", "Question"),
            ("Instelling van de zoekmotor", "Configuration of the solver"),
            ("Antwoord", "Answer"),
        ),
        rows=tuple(
            Row(
                (
                    cell(solver_words(each.question)),
                    cell(solver_words(each.configuration)),
                    cell(line(ANSWERED[each.answer], sign=ANSWERED_SIGN[each.answer])),
                )
            )
            for each in solves
        ),
        widths=(44, 32, 24),
    )
