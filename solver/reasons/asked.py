"""Which duty, session and person are meant, and what to say where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches

from so247.models import calendar
from so247.models.clock import Interval, local_day, to_utc
from so247.models.duty import Duty
from so247.models.errors import InputError, NotFound, Problem
from so247.models.region import Region
from so247.solver.reasons.board import Board
from so247.solver.reasons.candidates import Wanted

KEY = re.compile(r"\d{4}w\d{2}|bm?\d+")
"""The week or block in a session's id."""


def wanted(board: Board, name: str) -> Wanted | Duty:
    """The duty or session of that id: to be held by a person, or (a duty) held by others already.

    A duty may also be named by local time: ``line@2026-11-02T17:00``. Raises ``InputError`` for one
    outside the roster's period, ``NotFound`` for what there is none of, with the nearest names.
    """
    known: dict[str, Wanted] = {
        each.duty.id: Wanted(each, (each.duty.id,)) for each in board.context.duties
    }
    for session in board.context.sessions:
        known.update({each: Wanted(session, (each,)) for each in session.period.ids})
    others = {each.id: each for each in calendar.duties(board.region, board.roster.period)}
    for asked in (name, _in_utc(name)):
        if asked in known:
            return known[asked]
        if asked in others:
            return others[asked]
    elsewhere = _elsewhere(board.region, name, board.roster.period)
    if elsewhere:
        begin, end = board.roster.period.start, board.roster.period.end - timedelta(minutes=1)
        span = f"{local_day(begin)} to {local_day(end)}"
        message = f"{name} lies outside the roster's period, {span}"
        raise InputError([Problem(message, "Maybe give the roster of that time.")])
    raise NotFound(f"{name}: no duty or session of this roster. {_maybe(name, known)}")


def person(region: Region, name: str) -> str:
    """The id of the physician of that id or name. Raises ``NotFound`` with the nearest names."""
    if name in region.physician_by_id:
        return name
    named = [each.id for each in region.physicians if each.name.casefold() == name.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise NotFound(f"{name}: several people have that name. Maybe {' or '.join(named)}.")
    names = [text for each in region.physicians for text in (each.id, each.name)]
    raise NotFound(f"{name}: no physician of region {region.id}. {_maybe(name, names)}")


def _maybe(name: str, known: Iterable[str]) -> str:
    near = " or ".join(get_close_matches(name, sorted(known), n=3))
    return f"Maybe {near}." if near else "Maybe it is misspelled."


def _in_utc(name: str) -> str:
    """A duty's id where its start was given as a clock here shows it; else the name as it is."""
    line, _, start = name.partition("@")
    try:
        local = datetime.strptime(start.replace(" ", "T"), "%Y-%m-%dT%H:%M")  # noqa: DTZ007  local
    except ValueError:
        return name
    return f"{line}@{to_utc(local.date(), local.time()):%Y-%m-%dT%H:%MZ}"


def _elsewhere(region: Region, name: str, period: Interval) -> bool:
    """Whether a line or demand is named, at a time that is not the roster's."""
    line, at, _ = name.partition("@")
    if at:
        start = _start(_in_utc(name))
        return line in region.line_by_id and start is not None and not _within(start, period)
    parts = name.split(".")
    demands = {(each.site, each.product.value) for each in region.sessions}
    if len(parts) != 4 or (parts[0], parts[1]) not in demands or not KEY.fullmatch(parts[2]):
        return False
    asked = [(e.site, e.product.value, e.key) for e in calendar.session_periods(region, period)]
    return (parts[0], parts[1], parts[2]) not in asked


def _within(start: datetime, period: Interval) -> bool:
    return period.start <= start < period.end


def _start(duty: str) -> datetime | None:
    try:
        return datetime.strptime(duty.partition("@")[2], "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
