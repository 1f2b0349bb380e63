"""The one VTIMEZONE that our calendars carry.

Written out by hand: the one that icalendar makes is wrong at the spring change and breaks some
programs in October. The rule holds since 1996 (Directive 2000/84/EC: last Sundays of March and
October, 01:00 UTC).
"""

from __future__ import annotations

from datetime import datetime

from so247.models.clock import AMSTERDAM

TZID = AMSTERDAM.key

VTIMEZONE = (
    "\r\n".join(
        (
            "BEGIN:VTIMEZONE",
            f"TZID:{TZID}",
            "BEGIN:DAYLIGHT",
            "DTSTART:19960331T020000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "TZNAME:CEST",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "DTSTART:19961027T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "TZNAME:CET",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "END:STANDARD",
            "END:VTIMEZONE",
        )
    )
    + "\r\n"
).encode("ascii")


def shown_twice(local: datetime) -> bool:
    """Whether the clock shows this local time twice (October, 02:00 to 02:59).

    ``local`` comes from an instant, so it is never one that the March night leaves out.
    """
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
