"""Reads calendars with libical and prints what it understood. Runs with Debian's own Python.

In: a JSON list of file names on stdin. Out: {file: [[uid, start, end, summary], ...]}, start and
end in seconds since 1970.
"""

import json
import sys
from pathlib import Path

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402


def seconds(prop, calendar):
    """The instant of a DTSTART or DTEND, by the VTIMEZONE in the calendar itself."""
    value = prop.get_value().get_datetime()
    if value.is_utc():
        return value.as_timet()
    tzid = prop.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER).get_tzid()
    return value.as_timet_with_zone(calendar.get_timezone(tzid))


def events(text):
    calendar = ICalGLib.Component.new_from_string(text)
    kind = ICalGLib.ComponentKind.VEVENT_COMPONENT
    event = calendar.get_first_component(kind)
    while event is not None:
        start = event.get_first_property(ICalGLib.PropertyKind.DTSTART_PROPERTY)
        end = event.get_first_property(ICalGLib.PropertyKind.DTEND_PROPERTY)
        yield [
            event.get_uid(),
            seconds(start, calendar),
            seconds(end, calendar),
            event.get_summary(),
        ]
        event = calendar.get_next_component(kind)


files = json.load(sys.stdin)
json.dump({file: list(events(Path(file).read_bytes().decode())) for file in files}, sys.stdout)
