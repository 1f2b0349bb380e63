"""Moments as people write them in a table: local time in Amsterdam, or with an offset."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from so247.formats.region_tables import CellError, iso_date
from so247.models.clock import AMSTERDAM

HOW = 'Write it as "2026-10-05 17:00", or with an offset: "2026-10-05T17:00+02:00".'

MOMENT = re.compile(
    r"(?P<day>[0-9-]{8,10})[T ]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(:00(\.0+)?)?"
    r"\s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)


def read_moment(text: str) -> datetime:
    """The instant, in UTC. Raises ``CellError``, also for an hour that exists twice or never."""
    found = MOMENT.fullmatch(text)
    if not found:
        raise CellError("is not a date with a time in whole minutes", HOW)
    day = date.fromisoformat(iso_date(found["day"]))
    try:
        at = time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        raise CellError("is not a time that exists", HOW) from None
    if not 1990 <= day.year <= 2199:
        raise CellError("lies outside the years 1990 to 2199", "Maybe a slip of the pen.")
    if found["offset"]:
        return datetime.combine(day, at, _zone(found["offset"])).astimezone(UTC)
    local = datetime.combine(day, at, AMSTERDAM)
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first != second:
        if first is not None and second is not None and first > second:
            raise CellError(
                "exists twice: the clock goes back that night",
                f"Write the offset: {local.isoformat(timespec='minutes')} for the first, "
                f"{local.replace(fold=1).isoformat(timespec='minutes')} for the second.",
            )
        raise CellError("does not exist: the clock goes forward that night", HOW)
    return local.astimezone(UTC)


def _zone(offset: str) -> timezone:
    if offset.upper() == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 14 or minutes > 59:
        raise CellError("has an offset that no place has", HOW)
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if offset[0] == "-" else shift)
