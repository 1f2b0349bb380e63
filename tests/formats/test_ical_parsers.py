"""Three independent parsers read every calendar, and come to the instants of the roster itself."""

import json
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from so247.formats.ical import to_ical
from so247.formats.roster_json import roster_from_json
from so247.models.clock import Interval, day_start, period
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.scenarios import shipped
from so247.scenarios.catalogue import load_history, load_region

HERE = Path(__file__).parent
Event = tuple[str, int, int, str]
"""(UID, start, end, summary); start and end in seconds since 1970."""
Understood = dict[str, set[Event]]
"""What one parser read from each file, by the name given."""
Read = Callable[[str, Mapping[str, bytes]], Understood]

pytestmark = pytest.mark.parametrize("parser", ["ical.js", "node-ical", "libical"])


def _missing(problem: str) -> None:
    """Without a parser its tests are skipped; where they are required they fail."""
    if os.environ.get("SO247_REQUIRE_CALENDAR_PARSERS") == "1":
        pytest.fail(f"{problem}, and SO247_REQUIRE_CALENDAR_PARSERS=1 asks for it")
    pytest.skip(problem)


def _run(command: list[str], paths: list[str]) -> Any:
    """Runs a reader once for all files; what it prints is JSON."""
    done = subprocess.run(
        command, input=json.dumps(paths), check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _with_node(paths: list[str]) -> dict[str, Any]:
    if shutil.which("node") is None:
        _missing("node is not installed")
    if not (HERE / "node" / "node_modules" / "node-ical").is_dir():
        _missing("ical.js and node-ical are missing: run `npm ci` in tests/formats/node")
    found: dict[str, Any] = _run(["node", str(HERE / "node" / "read.js")], paths)
    return found


def _with_libical(paths: list[str]) -> dict[str, Any]:
    try_out = "import gi; gi.require_version('ICalGLib', '3.0')"
    python = "/usr/bin/python3"  # gi comes with Debian's own Python, not with a virtual one
    usable = (
        Path(python).exists()
        and not subprocess.run([python, "-c", try_out], check=False, capture_output=True).returncode
    )
    if not usable:
        _missing("libical is missing: apt-get install python3-gi gir1.2-ical-3.0")
    return {"libical": _run([python, str(HERE / "parsers" / "read_libical.py")], paths)}


@pytest.fixture(scope="session")
def understood(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Reads calendars with ``ical.js``, ``node-ical`` or ``libical``.

    One process reads all files, and each set of files is read once by node for both its parsers.
    """
    seen: dict[tuple[str, int], tuple[Mapping[str, bytes], dict[str, Any]]] = {}

    def read(parser: str, files: Mapping[str, bytes]) -> Understood:
        reader = _with_libical if parser == "libical" else _with_node
        key = (reader.__name__, id(files))
        folder = tmp_path_factory.mktemp("calendars")
        if key not in seen:
            paths = {}
            for name, content in files.items():
                path = folder / name.replace("/", "--")
                path.write_bytes(content)
                paths[str(path)] = name
            found = reader(list(paths))
            # `files` is kept, so that its id is not given to another.
            seen[key] = (
                files,
                {
                    parser_name: {name: by_file[path] for path, name in paths.items()}
                    for parser_name, by_file in found.items()
                    if parser_name != "versions"
                },
            )
        return {
            name: {(uid, start, end, summary) for uid, start, end, summary in events}
            for name, events in seen[key][1][parser].items()
        }

    return read


@pytest.fixture(scope="module")
def calendars(region: Region, roster: Roster) -> dict[str, bytes]:
    return to_ical(region, roster)


def _expected(region: Region, roster: Roster) -> dict[str, set[tuple[str, int, int]]]:
    """(UID, start, end) per file, from the roster alone."""
    holders = [(each.target, each.when, each.physician) for each in roster.standing]
    holders += [(each.target, each.when, "") for each in roster.gaps if each.when]
    parts: dict[str, int] = defaultdict(int)
    files: dict[str, set[tuple[str, int, int]]] = {"region.ics": set()}
    for site in region.site_by_id:
        kind = "facilities" if site in {each.id for each in region.facilities} else "gp_groups"
        files[f"{kind}/{site}.ics"] = set()
    files.update({f"physicians/{each.id}.ics": set() for each in region.physicians})
    for target, when, physician in sorted(holders, key=lambda each: each[1].start):
        parts[target] += 1
        ordinal = f".part{parts[target]}" if parts[target] > 1 else ""
        event = (
            f"{target}{ordinal}@streek.so247",
            int(when.start.timestamp()),
            int(when.end.timestamp()),
        )
        files["region.ics"].add(event)
        if physician:
            files[f"physicians/{physician}.ics"].add(event)
        for name in _site_files(region, target, when):
            files[name].add(event)
    return files


def _site_files(region: Region, target: str, when: Interval) -> list[str]:
    if "@" in target:
        sites = list(region.line_by_id[target.split("@", maxsplit=1)[0]].sites)
    else:  # the practice's sessions stand in its group's calendar
        sites = ["hagro-oost" if target.startswith("praktijk-brug") else "de-linde"]
    return [
        f"{'facilities' if site in ('de-linde', 'het-anker') else 'gp_groups'}/{site}.ics"
        for site in sites
        # Het Anker opens in the period: what ends before its opening day is not in its calendar.
        if (opening := region.opening_of(site)) is None or when.end > day_start(opening)
    ]


def test_every_event_of_every_calendar_is_at_the_roster_s_instants(
    parser: str, region: Region, roster: Roster, calendars: dict[str, bytes], understood: Read
) -> None:
    read = {
        file: {(uid, start, end) for uid, start, end, _ in events}
        for file, events in understood(parser, calendars).items()
    }
    assert read == _expected(region, roster)
    # 26 weeks of three lines: the comparison above is not one of empty sets, and it holds duties
    # over both clock changes (24/25 October 2026, 27/28 March 2027) and New Year.
    region_events = {(start, end) for _, start, end in read["region.ics"]}
    for moment in (
        datetime(2026, 10, 25, 1, tzinfo=UTC),
        datetime(2026, 12, 31, 23, tzinfo=UTC),
        datetime(2027, 3, 28, 1, tzinfo=UTC),
    ):
        at = moment.timestamp()
        assert any(start < at < end for start, end in region_events)


def test_names_with_signs_that_mean_something_in_a_calendar_arrive_whole(
    parser: str, region: Region, calendars: dict[str, bytes], understood: Read
) -> None:
    summaries = {event[3] for event in understood(parser, calendars)["region.ics"]}
    for person in region.physicians:
        assert f"Achterwacht / backup: {person.name} (Achterwacht streek)" in summaries


def _by_hand(region: Region) -> dict[str, bytes]:
    """Every quarter of an hour of both clock-change nights begins or ends a part.

    Anybody can write such a roster in a spreadsheet; 02:30 exists twice on the October night.
    """
    assignments = []
    for night in (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2027, 3, 27, 22, tzinfo=UTC)):
        for quarter in range(24):
            start = night + timedelta(minutes=15 * quarter)
            assignments.append(
                Assignment(
                    target=f"hand-{start:%m%d%H%M}",
                    physician="p1",
                    when=Interval(start=start, end=start + timedelta(minutes=50)),
                    site="de-linde",
                )
            )
    span = period(datetime(2026, 10, 5, tzinfo=UTC).date(), 26)
    roster = Roster(region_id=region.id, period=span, assignments=tuple(assignments))
    return {"p1": to_ical(region, roster)["physicians/p1.ics"]}


@pytest.fixture(scope="module")
def by_hand(region: Region) -> dict[str, bytes]:
    return _by_hand(region)


def test_parts_that_begin_or_end_in_the_doubled_hour(
    parser: str, by_hand: dict[str, bytes], understood: Read
) -> None:
    read = {uid: (start, end) for uid, start, end, _ in understood(parser, by_hand)["p1"]}
    assert len(read) == 48
    for uid, (start, end) in read.items():
        # The id of the target is its start in UTC, see above.
        assert f"hand-{datetime.fromtimestamp(start, UTC):%m%d%H%M}@streek.so247" == uid
        assert end - start == 50 * 60


@pytest.fixture(scope="module")
def hanzeland() -> tuple[Region, Roster, tuple[Roster, ...], dict[str, bytes]]:
    """The largest shipped region, 26 weeks over both clock changes, with all its calendars.

    ``SO247_HANZELAND`` may name a folder that ``so247 roster hanzeland --out`` wrote; without it
    the roster is the one that the region was built around.
    """
    region = load_region("hanzeland")
    history = load_history("hanzeland", region)
    written = os.environ.get("SO247_HANZELAND")
    if written:
        folder = Path(written)
        roster = roster_from_json((folder / "roster.json").read_bytes(), "roster.json")
        files = {
            str(path.relative_to(folder / "calendars")): path.read_bytes()
            for path in sorted((folder / "calendars").rglob("*.ics"))
        }
    else:
        witness = shipped.hanzeland().witness
        assert witness is not None
        roster = witness
        files = to_ical(region, roster, history)
    return region, roster, history, files


def test_every_calendar_of_hanzeland_is_at_the_roster_s_instants(
    parser: str,
    hanzeland: tuple[Region, Roster, tuple[Roster, ...], dict[str, bytes]],
    understood: Read,
) -> None:
    region, roster, history, files = hanzeland
    # What began before the period and runs into it belongs to history, and to the calendars.
    earlier = [
        each
        for past in history
        for each in past.standing
        if each.when.start < roster.period.start < each.when.end
    ]
    held = {
        (each.target, int(each.when.start.timestamp()), int(each.when.end.timestamp()))
        for each in (*roster.standing, *earlier)
    }
    holder = {
        (each.target, int(each.when.start.timestamp())): each.physician
        for each in (*roster.standing, *earlier)
    }
    read = {
        file: {(uid.removesuffix("@hanzeland.so247"), start, end) for uid, start, end, _ in events}
        for file, events in understood(parser, files).items()
    }
    # One calendar for everybody and every site, and one for the region, which holds everything.
    sites = len(region.gp_groups) + len(region.facilities)
    assert len(read) == len(region.physicians) + sites + 1
    assert read["region.ics"] == held
    for person in region.physicians:
        mine = {event for event in held if holder[event[0], event[1]] == person.id}
        assert read[f"physicians/{person.id}.ics"] == mine
    for kind, places in (("gp_groups", region.gp_groups), ("facilities", region.facilities)):
        for place in places:
            served = {line.id for line in region.lines if place.id in line.sites}
            events = read[f"{kind}/{place.id}.ics"]
            assert events <= held
            opening = region.opening_of(place.id)
            opened = 0 if opening is None else day_start(opening).timestamp()
            duties = {
                event
                for event in held
                if event[0].partition("@")[0] in served and event[2] > opened
            }
            assert {event for event in events if "@" in event[0]} == duties
