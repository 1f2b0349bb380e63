"""Calendars (RFC 5545): one per physician, facility and GP group, and one for the region.

Calendars are published whole: what is no longer in the roster is no longer in the file. An event is
named after its duty or session, never after its holder, so a swap changes the event that is there.
The same roster gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from unicodedata import category

from icalendar import Calendar, Event, vDuration, vText

from so247.formats.entries import Entry, entries, site_name, sites_of
from so247.formats.vtimezone import VTIMEZONE, shown_twice
from so247.formats.words import CARE, FORM, POSITION, PRODUCT, ROLE, STATE, both
from so247.models.clock import to_local
from so247.models.lines import Form, Line, Position
from so247.models.region import Region
from so247.models.roster import Roster, State

REFRESH = timedelta(hours=6)
END = b"END:VCALENDAR\r\n"


def to_ical(region: Region, roster: Roster, history: Sequence[Roster] = ()) -> dict[str, bytes]:
    """Calendar files by relative name: ``region.ics``, ``physicians/ID.ics``, and so on.

    Every physician and site has one, also an empty one. Declined assignments do not appear; what
    nobody holds appears as an event of its own in the calendars of sites and region. A duty that
    runs into the period stands in full, and so does one that began before a site's opening day.
    DTSTAMP is ``published_at``, or the start of the period for a roster that was not published.

    Raises ``RosterError`` for a roster of another region.
    """
    stamp = roster.published_at or roster.period.start
    names = {"region.ics": region.name}
    names.update({f"physicians/{each.id}.ics": each.name for each in region.physicians})
    names.update({f"facilities/{each.id}.ics": each.name for each in region.facilities})
    names.update({f"gp_groups/{each.id}.ics": each.name for each in region.gp_groups})
    file_of_site = {each.id: f"facilities/{each.id}.ics" for each in region.facilities}
    file_of_site.update({each.id: f"gp_groups/{each.id}.ics" for each in region.gp_groups})

    events: dict[str, list[bytes]] = {name: [] for name in names}
    for entry in entries(region, roster, history):
        sites = sites_of(region, entry)
        shared = _event(region, entry, stamp, _shared_texts(region, entry))
        events["region.ics"].append(shared)
        for site in sites:
            events[file_of_site[site]].append(shared)
        if entry.holder in region.physician_by_id:
            own = _event(region, entry, stamp, _own_texts(region, entry, sites))
            events[f"physicians/{entry.holder}.ics"].append(own)
    return {file: _calendar(name, events[file]) for file, name in names.items()}


def event_uid(region_id: str, target: str, part: int = 1) -> str:
    """UID of the event for a part of a duty or session; the first part carries the bare name."""
    ordinal = "" if part == 1 else f".part{part}"
    return f"{target}{ordinal}@{region_id}.so247"


def _calendar(name: str, events: Sequence[bytes]) -> bytes:
    """The events, each written before, within one calendar."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//so247//rooster//NL")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _text(f"SO 24/7 {name}"))
    calendar.add("x-wr-timezone", "Europe/Amsterdam")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return b"".join((calendar.to_ical().removesuffix(END), VTIMEZONE, *events, END))


def _event(region: Region, entry: Entry, stamp: datetime, texts: Mapping[str, str]) -> bytes:
    event = Event()
    event.add("uid", _text(event_uid(region.id, entry.target, entry.part)))
    event.add("dtstamp", stamp)
    event.add("sequence", entry.revision)
    start, end = _written(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    for name, text in texts.items():
        event.add(name, _text(text))
    accepted = entry.holder is not None and entry.state is State.ACCEPTED
    event.add("status", "CONFIRMED" if accepted else "TENTATIVE")
    event.add("transp", "TRANSPARENT" if _leaves_free(entry) else "OPAQUE")
    event.add("categories", [_category(entry)])
    written: bytes = event.to_ical()
    return written


def _text(value: str) -> vText:
    """Escaped when written; of the control characters only the line break may stand in a file."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return vText("".join(each for each in lines if each == "\n" or category(each) != "Cc"))


def _written(entry: Entry) -> tuple[datetime, datetime]:
    """Start and end in local time, or both in UTC when the clock shows one of them twice.

    ical.js, node-ical and libical all take a doubled local time for the later one, an hour off.
    """
    start, end = to_local(entry.when.start), to_local(entry.when.end)
    if shown_twice(start) or shown_twice(end):
        return entry.when.start, entry.when.end
    return start, end


def _leaves_free(entry: Entry) -> bool:
    """On call from home leaves one free for other appointments; so does what nobody holds."""
    if entry.holder is None:
        return True
    return entry.line is not None and entry.line.form is Form.REACHABILITY


def _category(entry: Entry) -> str:
    if entry.holder is None:
        return "Onbezet"
    if entry.line is None:
        return "Dagdeel" if entry.site else "Dienst"
    return POSITION[entry.line.position][0].capitalize()


def _what(entry: Entry) -> str:
    """Voorwacht / first line; Dagdeel / session; the target where nothing else is known."""
    if entry.line:
        return both(POSITION[entry.line.position]).capitalize()
    return "Dagdeel / session" if entry.site else f"Dienst / duty {entry.target}"


def _where(region: Region, entry: Entry) -> str:
    """The line of a duty, or the product and site of a session."""
    if entry.line:
        return entry.line.name
    product = PRODUCT[entry.product][0] if entry.product else ""
    site = site_name(region, entry.site) if entry.site else ""
    return ", ".join(part for part in (product, site) if part)


def _location(region: Region, entry: Entry) -> dict[str, str]:
    place = entry.line.place if entry.line else entry.site
    return {"location": site_name(region, place)} if place else {}


def _shared_texts(region: Region, entry: Entry) -> dict[str, str]:
    """For sites and region: who holds it, and whom to call."""
    where = _where(region, entry)
    if entry.holder is None:
        summary = f"ONBEZET / Unfilled: {where}"
        lines = ["Onbezette dienst: niemand is dienstdoend. / Nobody is on duty."]
        lines += [f"Reden / reason: {reason}" for reason in entry.reasons]
    else:
        summary = ": ".join((_what(entry), entry.name)) + (f" ({where})" if where else "")
        lines = [f"Dienstdoende arts / holder: {_titled(region, entry)}"]
        lines.append(f"Status: {both(STATE[entry.state])}")
    return {
        "summary": summary,
        "description": "\n".join((*lines, *_particulars(region, entry))),
        **_location(region, entry),
    }


def _own_texts(region: Region, entry: Entry, sites: Sequence[str]) -> dict[str, str]:
    """For the holder: what, for which sites."""
    where = _where(region, entry)
    served = ", ".join(site_name(region, site) for site in sites)
    lines = [f"Locaties / sites: {served}", f"Status: {both(STATE[entry.state])}"]
    return {
        "summary": ": ".join(part for part in (_what(entry), where) if part),
        "description": "\n".join((*lines, *_particulars(region, entry))),
        **_location(region, entry),
    }


def _titled(region: Region, entry: Entry) -> str:
    person = region.physician_by_id.get(entry.holder or "")
    return f"{entry.name} ({ROLE[person.role][0]})" if person else entry.name


def _particulars(region: Region, entry: Entry) -> list[str]:
    """Line, position, care, phone and call order of a duty; the product of a session."""
    line = entry.line
    if line is None:
        return [f"Product: {both(PRODUCT[entry.product])}"] if entry.product else []
    return [
        f"Dienstlijn / line: {line.name}",
        f"Positie / position: {both(POSITION[line.position])}",
        f"Zorg / care: {both(CARE[line.care])}",
        f"Vorm / form: {both(FORM[line.form])}",
        f"Telefoon / phone: {_phone(line)}",
        "Bel in deze volgorde / call in this order:",
        *(
            f"{step}. " + " of/or ".join(_reached_at(each) for each in lines)
            for step, lines in enumerate(call_order(region, line), start=1)
        ),
    ]


def _phone(line: Line) -> str:
    return line.phone or "geen nummer bekend / no number known"


def _reached_at(line: Line) -> str:
    position = POSITION[line.position][0]
    named = line.name.lower().startswith(position)
    return f"{line.name if named else f'{position} {line.name}'}: {_phone(line)}"


def call_order(region: Region, line: Line) -> tuple[tuple[Line, ...], ...]:
    """Whom to call, step by step: the line's escalation, led by itself unless it names itself.

    A backup that names no other line is called after the first lines that name it.
    """
    if set(line.escalation) - {line.id}:
        ids = line.escalation if line.id in line.escalation else (line.id, *line.escalation)
        return tuple((region.line_by_id[each],) for each in ids)
    callers = tuple(
        each
        for each in region.lines
        if each.position is Position.FIRST_LINE and line.id in each.escalation
    )
    if line.position is Position.BACKUP and callers:
        return (callers, (line,))
    return ((line,),)
