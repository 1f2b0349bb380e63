"""The lines of a generated region and the pattern that cuts them."""

from __future__ import annotations

from datetime import time

from so247.models.lines import Line, Pattern, Position, Window
from so247.models.people import SO, Role
from so247.scenarios.landscape import Area, Landscape
from so247.scenarios.spec import Backups, Spec

PATTERN = Pattern(
    id="standaard",
    workday=(time(8), time(17)),
    saturday=(time(10),),
    sunday=(time(9),),
    holiday=(time(10),),
)
"""Seven on-call duties a week, none longer than 24 hours, not even on the night of 25 hours."""

PHONE_MINUTES = 15


def build(spec: Spec, land: Landscape) -> tuple[Line, ...]:
    """Per area: office hours and out of hours (or one line for both), then the backups."""
    backup_of = _backups(spec, land)
    lines: list[Line] = []
    for area in land.areas:
        backup = backup_of.get(area.index)
        roles: tuple[Role, ...] = (SO,)
        if backup is not None and spec.trainees + spec.nurse_practitioners:
            roles = (SO, Role.TRAINEE, Role.NURSE_PRACTITIONER)
        if spec.split_office:
            lines.append(_line(f"{area.word}-dag", "Dagdienst", (area,), Window.OFFICE_HOURS))
            lines.append(
                _line(f"{area.word}-anw", "Voorwacht", (area,), Window.OUT_OF_HOURS, backup, roles)
            )
        else:
            lines.append(
                _line(f"{area.word}-voorwacht", "Voorwacht", (area,), Window.ALWAYS, backup, roles)
            )
    window = Window.OUT_OF_HOURS if spec.split_office else Window.ALWAYS
    for backup in sorted(set(backup_of.values())):
        served = tuple(area for area in land.areas if backup_of.get(area.index) == backup)
        lines.append(_line(backup, "Achterwacht", served, window, position=Position.BACKUP))
    numbered = [
        line.model_copy(update={"phone": f"088-000{1000 + at}"}) for at, line in enumerate(lines)
    ]
    return _combined(spec, numbered)


def _backups(spec: Spec, land: Landscape) -> dict[int, str]:
    """Index of each area with a backup -> id of that line."""
    words = [area.word for area in land.areas]
    if spec.backups is Backups.OWN:
        return {index: f"{word}-achterwacht" for index, word in enumerate(words)}
    if spec.backups is Backups.SHARED:
        pairs = ["-".join(words[index - index % 2 :][:2]) for index in range(len(words))]
        return {index: f"{pair}-achterwacht" for index, pair in enumerate(pairs)}
    return {}


def _line(
    line: str,
    word: str,
    areas: tuple[Area, ...],
    window: Window,
    backup: str | None = None,
    roles: tuple[Role, ...] = (SO,),
    position: Position = Position.FIRST_LINE,
) -> Line:
    return Line(
        id=line,
        name=f"{word} {' en '.join(area.word for area in areas)}",
        sites=tuple(site for area in areas for site in area.sites),
        window=window,
        position=position,
        pattern=PATTERN.id,
        roles=roles,
        escalation=(line,) if backup is None else (line, backup),
        phone_minutes=PHONE_MINUTES,
    )


def _combined(spec: Spec, lines: list[Line]) -> tuple[Line, ...]:
    """Neighbours' own backups combine; without those, their out-of-hours first lines do."""
    if not spec.combinable:
        return tuple(lines)
    position = Position.BACKUP if spec.backups is Backups.OWN else Position.FIRST_LINE
    able = [
        line
        for line in lines
        if line.position is position and line.window is not Window.OFFICE_HOURS
    ]
    partner: dict[str, str] = {}
    for a, b in zip(able[::2], able[1::2], strict=False):
        partner |= {a.id: b.id, b.id: a.id}
    return tuple(
        line.model_copy(update={"combinable_with": (partner[line.id],)})
        if line.id in partner
        else line
        for line in lines
    )
