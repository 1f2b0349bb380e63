"""A small region and a 26-week roster for it, dealt round: what the output formats are tried on."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest

from so247.models.base import Weekday
from so247.models.calendar import duties, session_interval, session_periods
from so247.models.clock import Interval, period
from so247.models.lines import (
    Care,
    Form,
    Line,
    Pattern,
    Per,
    Position,
    Product,
    SessionDemand,
    Window,
)
from so247.models.people import Contract, Employer, Physician, Role
from so247.models.region import Region
from so247.models.roster import Assignment, Gap, Roster, State
from so247.models.settings import Holiday
from so247.models.sites import Facility, GpGroup, GpPractice, Place, ResidenceSetting

START = date(2026, 10, 5)
WEEKS = 26
PUBLISHED = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)

AWKWARD_NAMES = (
    "Jansen, P.; van der Berg \\ Co",
    '=HYPERLINK("http://example.org";"klik")',
    "Zoë Ångström-" + "Łukasiewiczówna " * 7 + "Ø",
    "+31 6 12345678",
    "Twee\nregels",
    "@SUM(A1)",
)


def _lines() -> tuple[Line, ...]:
    everywhere = ("hagro-oost", "hagro-west", "de-linde", "het-anker")
    first = Line(
        id="anw",
        name="ANW-lijn; heel de streek, dag en nacht",
        sites=everywhere,
        window=Window.OUT_OF_HOURS,
        care=Care.SPECIFIC,
        pattern="rond",
        phone="088-1234567",
        escalation=("anw", "achter"),
        phone_minutes=15,
        on_site_minutes=45,
    )
    backup = Line(
        id="achter",
        name="Achterwacht streek",
        sites=everywhere,
        window=Window.ALWAYS,
        position=Position.BACKUP,
        pattern="heel",
        phone="088-7654321",
        phone_minutes=15,
        on_site_minutes=45,
    )
    day = Line(
        id="dag",
        name="Dagdienst",
        sites=everywhere,
        window=Window.OFFICE_HOURS,
        pattern="rond",
        form=Form.PRESENCE,
        place="verpleeghuis",
        roles=(Role.ELDERLY_CARE_PHYSICIAN, Role.NURSE_PRACTITIONER),
        phone="088-1112223",
        escalation=("achter",),
    )
    return first, backup, day


@pytest.fixture(scope="session")
def region() -> Region:
    people = tuple(
        Physician(
            id=f"p{number}",
            name=name,
            role=Role.NURSE_PRACTITIONER if number == 6 else Role.ELDERLY_CARE_PHYSICIAN,
        )
        for number, name in enumerate(AWKWARD_NAMES, start=1)
    )
    return Region(
        id="streek",
        name="Streek, met komma",
        anchor_date=START,
        holiday_years=(2026, 2027),
        holidays=(
            Holiday(date=date(2026, 12, 25), name="Eerste kerstdag"),
            Holiday(date=date(2026, 12, 26), name="Tweede kerstdag"),
            Holiday(date=date(2027, 1, 1), name="Nieuwjaarsdag"),
            Holiday(date=date(2027, 3, 28), name="Eerste paasdag"),
            Holiday(date=date(2027, 3, 29), name="Tweede paasdag"),
        ),
        planning_start=START,
        planning_weeks=WEEKS,
        employers=(Employer(id="zorggroep", name="Zorggroep"),),
        places=(Place(id="verpleeghuis", name="Verpleeghuis"),),
        gp_groups=(
            GpGroup(
                id="hagro-oost",
                name="Hagro Oost",
                practices=(GpPractice(id="praktijk-brug", name="Praktijk De Brug"),),
            ),
            GpGroup(id="hagro-west", name="Hagro West"),
        ),
        facilities=(
            Facility(
                id="de-linde",
                name="De Linde",
                setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
                gp_group="hagro-oost",
            ),
            Facility(
                id="het-anker",
                name="Het Anker",
                setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
                opening_date=date(2026, 12, 1),
            ),
        ),
        patterns=(
            # The weekend's day and night; cuts on both clock-change Sundays.
            Pattern(
                id="rond",
                workday=(time(8, 0), time(17, 0)),
                saturday=(time(0, 0), time(9, 0), time(21, 0)),
            ),
            Pattern(id="heel", workday=(time(8, 0),), saturday=(time(8, 0),)),
        ),
        lines=_lines(),
        sessions=(
            SessionDemand(
                site="praktijk-brug",
                product=Product.HOME_VISITS,
                count=1,
                per=Per.ISO_WEEK,
                weekdays=(Weekday.TUESDAY,),
                start_time=time(13, 0),
                end_time=time(17, 0),
            ),
            SessionDemand(
                site="de-linde",
                product=Product.GERIATRIC_ASSESSMENT,
                count=2,
                per=Per.FOUR_WEEKS,
                weekdays=(Weekday.THURSDAY,),
                start_time=time(9, 0),
                end_time=time(12, 30),
            ),
        ),
        physicians=people,
        contracts=tuple(
            Contract(id=f"c-{each.id}", physician=each.id, employer="zorggroep", fte=0.8)
            for each in people
        ),
    )


def _held_duties(region: Region, span: Interval) -> Iterator[Assignment]:
    """Duties dealt round; every 40th in two parts, every 51st declined, every 60th left open."""
    number = count(1)
    people = cycle(region.physicians)
    for duty in duties(region, span):
        holder, n = next(people).id, next(number)
        if n % 60 == 0:
            continue
        half = duty.when.start + timedelta(hours=duty.when.minutes // 120)
        parts = [duty.when]
        if n % 40 == 0:
            parts = [
                Interval(start=duty.when.start, end=half),
                Interval(start=half, end=duty.when.end),
            ]
        for part in parts:
            yield Assignment(
                target=duty.id,
                physician=holder,
                contract=f"c-{holder}",
                when=part,
                state=State.DECLINED if n % 51 == 0 else list(State)[n % 2],
                revision=1 + n % 3,
            )
            holder = next(people).id


def _held_sessions(region: Region, span: Interval) -> Iterator[Assignment]:
    people = cycle(region.physicians)
    for demanded in session_periods(region, span):
        demand = region.sessions[demanded.demand]
        for target, day in zip(demanded.ids, demanded.days, strict=False):
            holder = next(people).id
            yield Assignment(
                target=target,
                physician=holder,
                contract=f"c-{holder}",
                when=session_interval(demand, day),
            )


@pytest.fixture(scope="session")
def roster(region: Region) -> Roster:
    span = period(START, WEEKS)
    held = (*_held_duties(region, span), *_held_sessions(region, span))
    standing = {each.target for each in held if each.state is not State.DECLINED}
    open_duties = [each for each in duties(region, span) if each.id not in standing]
    return Roster(
        region_id=region.id,
        period=span,
        revision=3,
        published_at=PUBLISHED,
        assignments=held,
        gaps=tuple(
            Gap(
                target=each.id,
                when=each.when,
                site_minutes=each.when.minutes * 4,
                reasons=("p1: verlof; rust",),
                revision=2,
            )
            for each in open_duties
        ),
    )


HERE = Path(__file__).parent
Event = tuple[str, int, int, str]
"""(UID, start, end, summary); start and end in seconds since 1970."""
Understood = dict[str, set[Event]]
"""What one parser read from each file, by the name given."""


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
def understood(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Mapping[str, bytes]], Understood]:
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
