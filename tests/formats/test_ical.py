"""What stands in the calendars, apart from the instants (see test_ical_parsers.py)."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from icalendar import Calendar, Component

from so247.formats.ical import call_order, to_ical
from so247.models.clock import Interval, period, to_utc
from so247.models.errors import RosterError
from so247.models.region import Region
from so247.models.roster import Assignment, Gap, Roster, State

FIRST = date(2026, 10, 5)
WEEK = period(FIRST, 1)
MONDAY_NIGHT = Interval(
    start=datetime(2026, 10, 5, 15, tzinfo=UTC), end=datetime(2026, 10, 6, 6, tzinfo=UTC)
)
NIGHT_ID = "anw@2026-10-05T15:00Z"
NIGHT_UID = "anw@2026-10-05T15:00Z@streek.so247"


@pytest.fixture(scope="module")
def published(region: Region, roster: Roster) -> dict[str, bytes]:
    """The calendars of the 26-week roster."""
    return to_ical(region, roster)


def _night(physician: str, revision: int = 1, when: Interval = MONDAY_NIGHT) -> Assignment:
    return Assignment(target=NIGHT_ID, physician=physician, when=when, revision=revision)


def _week(*assignments: Assignment, revision: int = 1, gaps: tuple[Gap, ...] = ()) -> Roster:
    return Roster(
        region_id="streek", period=WEEK, revision=revision, assignments=assignments, gaps=gaps
    )


def _events(content: bytes) -> dict[str, Component]:
    """Events by UID; a UID that stands twice fails."""
    events = Calendar.from_ical(content).walk("VEVENT")
    found = {str(event["uid"]): event for event in events}
    assert len(found) == len(events)
    return found


def test_one_file_per_physician_site_and_region(published: dict[str, bytes]) -> None:
    names = set(published)
    assert names == {
        "region.ics",
        *(f"physicians/p{number}.ics" for number in range(1, 7)),
        "facilities/de-linde.ics",
        "facilities/het-anker.ics",
        "gp_groups/hagro-oost.ics",
        "gp_groups/hagro-west.ics",
    }


def test_the_same_roster_gives_the_same_bytes(
    published: dict[str, bytes], region: Region, roster: Roster
) -> None:
    # A roster that went through JSON and lists its assignments the other way round is the same.
    again = Roster.model_validate_json(roster.model_dump_json())
    turned = again.model_copy(update={"assignments": tuple(reversed(again.assignments))})
    assert to_ical(region, turned) == published


def test_lines_end_with_crlf_and_are_at_most_75_octets(published: dict[str, bytes]) -> None:
    for content in published.values():
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert b"\r" not in content.replace(b"\r\n", b"")
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_a_calendar_is_published_with_its_time_zone_and_invites_nobody(
    published: dict[str, bytes],
) -> None:
    for content in published.values():
        assert b"\r\nMETHOD:PUBLISH\r\n" in content
        assert content.count(b"BEGIN:VTIMEZONE\r\n") == 1
        assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in content
        assert b"ATTENDEE" not in content
        assert b"ORGANIZER" not in content


def test_region_calendar_holds_everything_once(published: dict[str, bytes], roster: Roster) -> None:
    events = _events(published["region.ics"])
    assert len(events) == len(roster.standing) + len(roster.gaps)


def test_events_are_stamped_with_the_publication(
    published: dict[str, bytes], roster: Roster
) -> None:
    stamps = {each["dtstamp"].dt for each in _events(published["region.ics"]).values()}
    assert stamps == {roster.published_at}


def test_an_unpublished_roster_is_stamped_with_the_start_of_its_period(region: Region) -> None:
    events = _events(to_ical(region, _week(_night("p1")))["region.ics"])
    assert {each["dtstamp"].dt for each in events.values()} == {WEEK.start}


def test_a_swap_keeps_the_uid_and_raises_the_sequence(region: Region) -> None:
    before = to_ical(region, _week(_night("p1")))
    after = to_ical(region, _week(_night("p2", revision=2), revision=2))
    # The event moves from one physician's calendar to the other's, …
    assert NIGHT_UID in _events(before["physicians/p1.ics"])
    assert NIGHT_UID not in _events(after["physicians/p1.ics"])
    assert NIGHT_UID in _events(after["physicians/p2.ics"])
    # … and in the site's it is the same event, changed once.
    old, new = (_events(each["facilities/de-linde.ics"])[NIGHT_UID] for each in (before, after))
    assert (old["sequence"], new["sequence"]) == (1, 2)
    assert region.physicians[1].name in new["summary"]


def test_what_did_not_change_keeps_its_sequence_in_a_later_revision(region: Region) -> None:
    events = _events(to_ical(region, _week(_night("p1"), revision=7))["physicians/p1.ics"])
    assert events[NIGHT_UID]["sequence"] == 1


def test_a_duty_taken_away_is_unfilled_under_the_same_uid(region: Region) -> None:
    gap = Gap(target=NIGHT_ID, when=MONDAY_NIGHT, reasons=("p1: verlof",), revision=2)
    after = to_ical(region, _week(revision=3, gaps=(gap,)))
    event = _events(after["facilities/de-linde.ics"])[NIGHT_UID]
    assert event["summary"] == "ONBEZET / Unfilled: ANW-lijn; heel de streek, dag en nacht"
    assert event["sequence"] == 2
    assert "p1: verlof" in event["description"]
    assert event["transp"] == "TRANSPARENT"
    assert not _events(after["physicians/p1.ics"])


def test_what_a_hand_made_roster_leaves_open_is_unfilled_without_a_gap_being_named(
    region: Region,
) -> None:
    events = _events(to_ical(region, _week())["region.ics"])
    # One week, from Monday 00:00: achter 8 (Sunday's runs in, 7 more), anw 5 weeknights + 2 x 3
    # weekend pieces + Sunday evening's that runs in, dag 5.
    assert Counter(uid.split("@")[0] for uid in events) == {"achter": 8, "anw": 12, "dag": 5}
    assert all(each["summary"].startswith("ONBEZET / Unfilled") for each in events.values())


def test_parts_have_their_own_uid_and_the_missing_part_is_unfilled(region: Region) -> None:
    # 17:00-20:00 p1, 20:00-23:00 nobody, 23:00-08:00 p2.
    at = [MONDAY_NIGHT.start + timedelta(hours=hours) for hours in (0, 3, 6, 15)]
    early = _night("p1", when=Interval(start=at[0], end=at[1]))
    late = _night("p2", revision=4, when=Interval(start=at[2], end=at[3]))
    events = _events(to_ical(region, _week(early, late, revision=3))["gp_groups/hagro-west.ics"])
    parts = [NIGHT_UID, *(f"{NIGHT_ID}.part{part}@streek.so247" for part in (2, 3))]
    found = [events[uid] for uid in parts]
    assert [(each["dtstart"].dt, each["dtend"].dt) for each in found] == list(pairwise(at))
    assert "Unfilled" in found[1]["summary"]
    # The duty changed last in revision 4; every part of it says so, as ordinals may have moved.
    assert [each["sequence"] for each in found] == [4, 4, 4]


def test_declined_assignments_do_not_appear(region: Region) -> None:
    declined = _night("p1").model_copy(update={"state": State.DECLINED})
    calendars = to_ical(region, _week(declined))
    assert not _events(calendars["physicians/p1.ics"])
    assert "Unfilled" in _events(calendars["region.ics"])[NIGHT_UID]["summary"]


@pytest.mark.parametrize(
    ("state", "status"), [(State.PROPOSED, "TENTATIVE"), (State.ACCEPTED, "CONFIRMED")]
)
def test_status_follows_the_state(region: Region, state: State, status: str) -> None:
    held = _night("p1").model_copy(update={"state": state})
    for file in ("physicians/p1.ics", "facilities/de-linde.ics", "region.ics"):
        assert _events(to_ical(region, _week(held))[file])[NIGHT_UID]["status"] == status


def test_on_call_from_home_leaves_one_free_presence_and_sessions_do_not(region: Region) -> None:
    presence = Interval(
        start=datetime(2026, 10, 5, 6, tzinfo=UTC), end=datetime(2026, 10, 5, 15, tzinfo=UTC)
    )
    session = Interval(start=to_utc(FIRST, time(13, 0)), end=to_utc(FIRST, time(17, 0)))
    week = _week(
        _night("p1"),
        Assignment(target="dag@2026-10-05T06:00Z", physician="p1", when=presence),
        Assignment(target="praktijk-brug.home_visits.2026w41.1", physician="p1", when=session),
    )
    events = _events(to_ical(region, week)["physicians/p1.ics"])
    assert {uid.split("@")[0].split(".")[0]: str(e["transp"]) for uid, e in events.items()} == {
        "anw": "TRANSPARENT",
        "dag": "OPAQUE",
        "praktijk-brug": "OPAQUE",
    }
    # Where one has to be stands in the event.
    locations = {str(each.get("location")) for each in events.values()}
    assert locations == {"None", "Verpleeghuis", "Praktijk De Brug"}


def test_site_calendars_say_whom_to_call_in_which_order(region: Region) -> None:
    calendars = to_ical(region, _week(_night("p1")))
    for file in ("facilities/de-linde.ics", "gp_groups/hagro-oost.ics"):
        event = _events(calendars[file])[NIGHT_UID]
        name = region.physicians[0].name
        assert event["summary"].startswith(f"Voorwacht / first line: {name} (")
        text = str(event["description"])
        assert f"Dienstdoende arts / holder: {name} (specialist ouderengeneeskunde)" in text
        assert "Telefoon / phone: 088-1234567" in text
        line = "ANW-lijn; heel de streek, dag en nacht"
        assert f"1. voorwacht {line}: 088-1234567\n2. Achterwacht streek:" in text


def test_physician_calendars_say_which_sites_are_served(region: Region) -> None:
    event = _events(to_ical(region, _week(_night("p1")))["physicians/p1.ics"])[NIGHT_UID]
    assert event["summary"].startswith("Voorwacht / first line: ANW-lijn")
    text = str(event["description"])
    # Het Anker opens in December and is not served in October.
    assert "Locaties / sites: Hagro Oost, Hagro West, De Linde\n" in text
    assert "088-1234567" in text


def test_call_order(region: Region) -> None:
    anw, achter, dag = (region.line_by_id[each] for each in ("anw", "achter", "dag"))
    assert call_order(region, anw) == ((anw,), (achter,))
    # The day line names the backup only: itself comes first.
    assert call_order(region, dag) == ((dag,), (achter,))
    # The backup names nobody: one calls the first line that names it before.
    assert call_order(region, achter) == ((anw, dag), (achter,))
    itself = achter.model_copy(update={"escalation": ("achter",)})
    assert call_order(region, itself) == ((anw, dag), (itself,))
    alone = anw.model_copy(update={"escalation": ()})
    assert call_order(region, alone) == ((alone,),)


def test_a_site_s_calendar_begins_when_it_opens(published: dict[str, bytes]) -> None:
    anker = _events(published["facilities/het-anker.ics"])
    first = min(each["dtstart"].dt for each in anker.values())
    # It opens on 1 December 00:00; the night duty of 30 November is the first that it sees.
    assert first == datetime(2026, 11, 30, 7, tzinfo=UTC)


def test_sessions_stand_in_the_calendar_of_their_site_and_a_practice_s_in_its_group_s(
    published: dict[str, bytes],
) -> None:
    calendars = published
    oost = _events(calendars["gp_groups/hagro-oost.ics"])
    uid = "praktijk-brug.home_visits.2026w41.1@streek.so247"
    assert "huisbezoeken, Praktijk De Brug" in oost[uid]["summary"]
    assert "Onbezet" not in oost[uid]["categories"].to_ical().decode()
    assert uid not in _events(calendars["gp_groups/hagro-west.ics"])
    linde = _events(calendars["facilities/de-linde.ics"])
    assert any(".geriatric_assessment." in each for each in linde)


def test_what_history_holds_at_the_start_of_the_period_is_shown(region: Region) -> None:
    # The duty of Sunday 21:00 ends on Monday 08:00, local time; the period starts in between.
    sunday = Interval(
        start=datetime(2026, 10, 4, 19, tzinfo=UTC), end=datetime(2026, 10, 5, 6, tzinfo=UTC)
    )
    held = Assignment(target="anw@2026-10-04T19:00Z", physician="p3", when=sunday)
    earlier = Assignment(
        target="anw@2026-10-02T15:00Z",
        physician="p3",
        when=Interval(
            start=datetime(2026, 10, 2, 15, tzinfo=UTC), end=datetime(2026, 10, 2, 22, tzinfo=UTC)
        ),
    )
    before = Roster(
        region_id="streek", period=period(date(2026, 9, 28), 1), assignments=(held, earlier)
    )
    uid = "anw@2026-10-04T19:00Z@streek.so247"
    without = _events(to_ical(region, _week())["region.ics"])
    assert "Unfilled" in without[uid]["summary"]
    calendars = to_ical(region, _week(), [before])
    assert "Unfilled" not in _events(calendars["region.ics"])[uid]["summary"]
    # Only what runs into the period: the rest is in the calendar of its own period.
    assert set(_events(calendars["physicians/p3.ics"])) == {uid}


def test_a_target_that_no_line_knows_is_for_the_line_or_site_that_the_roster_names(
    region: Region,
) -> None:
    own = Assignment(target="eigen-1", physician="p1", when=MONDAY_NIGHT, line="anw")
    visit = Assignment(target="eigen-2", physician="p1", when=MONDAY_NIGHT, site="de-linde")
    other = Assignment(target="eigen-3", physician="p1", when=MONDAY_NIGHT)
    calendars = to_ical(region, _week(own, visit, other))
    linde = _events(calendars["facilities/de-linde.ics"])
    west = _events(calendars["gp_groups/hagro-west.ics"])
    # The line's hour is held, so the duty is not unfilled.
    assert NIGHT_UID not in linde
    assert "eigen-1@streek.so247" in west
    assert "eigen-2@streek.so247" in linde
    assert "eigen-2@streek.so247" not in west
    everything = {f"eigen-{number}@streek.so247" for number in (1, 2, 3)}
    assert everything <= set(_events(calendars["region.ics"]))
    assert everything == set(_events(calendars["physicians/p1.ics"]))


def test_an_organisation_and_a_person_no_longer_known_are_shown(region: Region) -> None:
    calendars = to_ical(region, _week(_night("regiecentrum")))
    assert "regiecentrum" in _events(calendars["region.ics"])[NIGHT_UID]["summary"]


def test_control_characters_do_not_break_a_line(region: Region) -> None:
    gap = Gap(target=NIGHT_ID, when=MONDAY_NIGHT, reasons=("een\r\ntwee\rdrie\x00\x0bvier",))
    content = to_ical(region, _week(gaps=(gap,)))["region.ics"]
    assert b"\x00" not in content
    assert b"\x0b" not in content
    assert "een\ntwee\ndrievier" in str(_events(content)[NIGHT_UID]["description"])


def test_times_that_the_clock_shows_twice_are_written_in_utc(region: Region) -> None:
    # 25 October 2026, 02:30 summer time (00:30Z) to 04:00.
    when = Interval(
        start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), end=datetime(2026, 10, 25, 3, tzinfo=UTC)
    )
    content = to_ical(region, _week(_night("p1", when=when)))["physicians/p1.ics"]
    assert b"DTSTART:20261025T003000Z" in content
    assert b"DTEND:20261025T030000Z" in content
    # All others are in local time, so that programs show them so wherever one is.
    content = to_ical(region, _week(_night("p1")))["physicians/p1.ics"]
    assert b"DTSTART;TZID=Europe/Amsterdam:20261005T170000" in content


def test_a_roster_of_another_region_is_refused(region: Region) -> None:
    other = _week().model_copy(update={"region_id": "elders"})
    with pytest.raises(RosterError, match=r"another region.*elders.*Maybe"):
        to_ical(region, other)
