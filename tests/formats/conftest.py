"""A small region and a 26-week roster for it, dealt round: what the output formats are tried on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, cycle

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
from so247.models.norms import Basis, Severity
from so247.models.people import Contract, Employer, Physician, Role
from so247.models.region import Region
from so247.models.report import (
    Answer,
    Coverage,
    Finding,
    Outcome,
    Reason,
    Report,
    SiteCoverage,
    Stretch,
    TierValue,
)
from so247.models.result import Result, Share, Status, StoppedBy, Tier
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


def _uncovered(region: Region, roster: Roster) -> tuple[SiteCoverage, ...]:
    """De Linde has a hole of two hours in the October night, West is unknown, the rest covered."""
    examined = roster.period
    hole = Stretch(
        when=Interval(
            start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            end=datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
        ),
        position=Position.FIRST_LINE,
        coverage=Coverage.UNCOVERED,
        reachable=Answer.NO,
        deployable=Answer.NO,
        holders=("p2",),
        reasons=(Reason(code="eligible.absence", text="-afwezig; zie verlof"),),
    )
    vague = Stretch(
        when=examined,
        position=Position.BACKUP,
        coverage=Coverage.UNKNOWN,
        reachable=Answer.YES,
        deployable=Answer.UNKNOWN,
        holders=("p1", "onbekend"),
        reasons=(Reason(code="eligible.travel", text="reistijd onbekend"),),
    )
    stretches = {"de-linde": (hole,), "hagro-west": (vague,)}
    verdicts = {"de-linde": Coverage.UNCOVERED, "hagro-west": Coverage.UNKNOWN}
    return tuple(
        SiteCoverage(
            site=site.id,
            name=site.name,
            examined=examined,
            verdict=verdicts.get(site.id, Coverage.COVERED),
            required_minutes=examined.minutes,
            uncovered_minutes=120 if site.id == "de-linde" else 0,
            unknown_minutes=examined.minutes if site.id == "hagro-west" else 0,
            stretches=stretches.get(site.id, ()),
        )
        for site in region.site_by_id.values()
    )


@pytest.fixture(scope="session")
def report(region: Region, roster: Roster) -> Report:
    night = Interval(
        start=datetime(2026, 10, 5, 15, tzinfo=UTC), end=datetime(2026, 10, 6, 6, tzinfo=UTC)
    )
    rest = Finding(
        rule="norm.rest",
        outcome=Outcome.BREACH,
        severity=Severity.SOFT,
        basis=Basis.VOLUNTARY,
        source="=ATW 5:3",
        physician="p2",
        norm="daily-rest",
        figure=9.5,
        limit=11,
        unit="hours",
        when=night,
        targets=("anw@2026-10-05T15:00Z", "dag@2026-10-05T06:00Z"),
        text="9,5 uur rust, 11 is de norm",
    )
    return Report(
        region_id=region.id,
        region_hash="",
        roster_revision=roster.revision,
        period=roster.period,
        sites=_uncovered(region, roster),
        findings=(
            rest.model_copy(update={"outcome": Outcome.UNKNOWN, "figure": None}),
            rest,
            rest.model_copy(update={"rule": "contract.minimum", "basis": None, "norm": None}),
            rest.model_copy(update={"severity": Severity.SIGNAL}),
            rest.model_copy(update={"severity": Severity.HARD, "pinned": True}),
            Finding(
                rule="session.count",
                outcome=Outcome.BREACH,
                severity=Severity.HARD,
                text="+1 dagdeel te veel",
            ),
        ),
        missing_sessions=(("de-linde.geriatric_assessment.b0", 2),),
        tiers=(TierValue(name="coverage", value=120), TierValue(name="sessions", value=420)),
    )


@pytest.fixture(scope="session")
def result(roster: Roster, report: Report) -> Result:
    return Result(
        status=Status.FEASIBLE,
        stopped_by=StoppedBy.TIME,
        roster=roster,
        report=report,
        tiers=(
            Tier(name="coverage", value=120, bound=120, unit="min"),
            Tier(name="sessions", value=420, bound=420, conditional=True),
            Tier(name="fairness", value=5, bound=3, conditional=True),
        ),
        shares=(
            Share(physician="p2", burden="weekend", carried=2000, fair=2500, opening=-750),
            Share(physician="p1", burden="weeknight", carried=3000, fair=2996),
            Share(physician="p1", burden="weekend", carried=1000, fair=500),
        ),
    )
