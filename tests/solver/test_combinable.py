"""Two lines held by one person: rest and norms count the block once, loads and points count twice.

Line ``east`` serves facility ``home``, line ``west`` facility ``annex`` (10 residents each). Both
are cut alike, name each other, and Ann lives 20 minutes from both. Each facility needs a first
line for all of the week, so 2 x 10 080 = 20 160 minutes in all.
"""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from so247.audit.check import check
from so247.models.clock import period
from so247.models.lines import Line, Pattern, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Absence
from so247.models.result import Status
from so247.models.roster import Assignment, Roster
from so247.models.settings import Burden
from so247.models.sites import AgreementKind, TravelTime

TUESDAY = date(2026, 11, 3)
SATURDAY, SUNDAY = date(2026, 10, 24), date(2026, 10, 25)
"""The clock goes back on that Sunday."""


def norm(kind, limit, **fields):
    base = {"id": f"{kind.value}_{limit}", "kind": kind, "text": "Tried", "limit": limit}
    base |= {"counts": (Work.REACHABILITY_DUTY,), "severity": Severity.HARD}
    return Norm(**base | {"basis": Basis.VOLUNTARY, "source": "test"} | fields)


def lines(toy, first, last, cuts, **east):
    """Both lines around the clock from the first to the last day, cut at these hours."""
    shared = {"valid_from": first, "valid_until": last or first, "pattern": "cut"}
    return {
        "patterns": (Pattern(id="cut", workday=cuts, saturday=cuts),),
        "lines": (
            toy.line("east", Window.ALWAYS, **shared, combinable_with=("west",), **east),
            toy.line("west", Window.ALWAYS, **shared, combinable_with=("east",), sites=("annex",)),
        ),
    }


def region(toy, first, last=None, cuts=(time(0),), *, norms=(), people=("ann",), **parts):
    capacity = parts.pop("capacity", {})
    values = {
        "facilities": (toy.facility(), toy.facility("annex", **parts.pop("annex", {}))),
        "agreements": tuple(
            toy.agreement(f"so-{site}", AgreementKind.SO_AVAILABILITY, "pool", site)
            for site in ("home", "annex")
        ),
        "travel_times": tuple(
            TravelTime(origin="base", destination=site, minutes=20) for site in ("home", "annex")
        ),
        "first_roster_on": toy.MONDAY,  # so that no look-back is unknown
        "anchor_date": date(2026, 10, 5),
        "rule_packs": tuple(RulePack(id=p.id, name=p.name, norms=norms) for p in SHIPPED_PACKS),
        "physicians": tuple(toy.physician(name, **capacity) for name in people),
        "contracts": tuple(toy.contract(name) for name in people),
    }
    return toy.region(**values | lines(toy, first, last, cuts) | parts)


def solved(toy, made, start=None):
    """The result, once the check has agreed that it is legal and what it costs."""
    result = toy.solve(made, start=start or toy.MONDAY, weeks=1)
    assert result.status is Status.OPTIMAL
    assert result.report.hard_breaches == ()
    assert {each.name: each.value for each in result.tiers} == {
        each.name: each.value for each in result.report.tiers
    }
    return result


def held(result):
    return {each.target: each.physician for each in result.roster.standing}


def gaps(result):
    return {gap.target: gap.site_minutes for gap in result.roster.gaps}


def cost(result, tier):
    return next(each.value for each in result.tiers if each.name == tier)


def by_hand(made, duties, start):
    """Findings of the check when Ann holds all of these: (line, start, end in hours on end)."""
    assignments = tuple(
        Assignment(target=target, physician="ann", contract="ann-c", when=when)
        for target, when in duties.items()
    )
    week = period(start, 1)
    return check(made, Roster(region_id=made.id, period=week, assignments=assignments)).findings


def planned(made, start):
    from so247.models.calendar import duties

    return {duty.id: duty.when for duty in duties(made, period(start, 1))}


# -- two lines, one person ---------------------------------------------------------------------


def test_two_lines_count_once_for_norms_and_contract(toy):
    # Monday around the clock on both lines: one block. One duty per 7 days, one duty per week on
    # the contract, 24 hours per week: each would be broken if the two pieces counted apart.
    norms = (
        norm(NormKind.ROLLING_COUNT, 1, window_days=7),
        norm(NormKind.HOURS, 24, window_weeks=1, on_call_percent=100),
        norm(NormKind.CONTINUOUS, 24),
    )
    made = region(
        toy, toy.MONDAY, norms=norms, contracts=(toy.contract("ann", per_weeks=1, max_duties=1),)
    )
    result = solved(toy, made)
    assert held(result) == dict.fromkeys(planned(made, toy.MONDAY), "ann")
    assert len(held(result)) == 2


def test_two_lines_have_one_rest(toy):
    # Monday and Wednesday on both lines, 24 hours of rest between, 25 asked softly: one pair of
    # blocks, so 60; pieces apart would be four pairs.
    rest = norm(NormKind.REST, 25, severity=Severity.SOFT)
    away = (Absence(physician="ann", first_day=TUESDAY, last_day=TUESDAY),)
    made = region(toy, toy.MONDAY, TUESDAY + timedelta(days=1), norms=(rest,), absences=away)
    result = solved(toy, made)
    assert len(held(result)) == 4
    assert cost(result, "soft_norms") == 60


@pytest.mark.parametrize(("most", "number"), [(20, 2), (19, 1)])
def test_two_lines_are_twice_the_load(toy, most, number):
    # 10 residents on each: 20 together.
    made = region(toy, toy.MONDAY, capacity={"max_residents": most})
    result = solved(toy, made)
    assert len(held(result)) == number
    # Each line that is not held leaves its 1440 minutes uncovered.
    assert cost(result, "coverage") == 20_160 - number * 1440


def test_two_lines_are_twice_the_points(toy):
    # Monday 00:00 to 24:00 is a weeknight of one point a line: two points, 2000 thousandths, in
    # the fairness table and (all of it being fair to the only person) nothing in the ledger.
    (share,) = solved(toy, region(toy, toy.MONDAY)).shares
    assert (share.burden, share.carried, share.fair) == (Burden.WEEKNIGHT, 2000, 2000)


def test_two_lines_that_do_not_name_each_other_need_two_people(toy):
    made = region(toy, toy.MONDAY)
    apart = {each.id: each for each in made.lines}
    lonely = tuple(
        Line(**apart[name].model_dump() | {"combinable_with": ()}) for name in ("east", "west")
    )
    result = solved(toy, region(toy, toy.MONDAY, lines=lonely))
    assert len(held(result)) == len(gaps(result)) == 1


# -- capacity ------------------------------------------------------------------------------------

OPENING = {"annex": {"opening_date": TUESDAY}, "capacity": {"max_residents": 10}}
LATE = (time(1), time(13))
"""Duties from 01:00 to 13:00 and from 13:00 to 01:00."""


def test_capacity_exceeded_for_one_hour_only(toy):
    # The annex opens at midnight, and the duty ends at 01:00: for that one hour Ann would carry 20
    # residents, where she may carry 10. So she holds one of the two: the one for 12 hours of the
    # home, not that for one hour of the annex.
    made = region(toy, toy.MONDAY, TUESDAY, LATE, **OPENING)
    result = solved(toy, made)
    east, west = toy.duty("east", "2026-11-02 13:00"), toy.duty("west", "2026-11-02 13:00")
    assert held(result)[east] == "ann"
    assert gaps(result)[west] == 60
    # By hand it is a breach of exactly that hour.
    duties = planned(made, toy.MONDAY)
    (finding,) = by_hand(made, {name: duties[name] for name in (east, west)}, toy.MONDAY)
    assert finding.rule == "time.capacity"
    assert (finding.figure, finding.limit) == (20, 10)
    assert finding.when.minutes == 60
    assert finding.when.end == duties[east].end


def test_capacity_is_no_matter_until_the_site_opens(toy):
    # The duties of Monday from 01:00 to 13:00: the annex is closed, its residents are not there.
    made = region(toy, toy.MONDAY, TUESDAY, LATE, **OPENING)
    duties = planned(made, toy.MONDAY)
    morning = [toy.duty(name, "2026-11-02 01:00") for name in ("east", "west")]
    assert by_hand(made, {name: duties[name] for name in morning}, toy.MONDAY) == ()


# -- the day of 25 hours -------------------------------------------------------------------------


def start_of(day):
    return day - timedelta(days=day.weekday())


def test_day_of_25_hours_is_25_hours(toy):
    # Sunday from midnight to midnight, both lines: 25 hours on end, and counted once.
    soft = norm(NormKind.HOURS, 24, window_weeks=1, on_call_percent=100, severity=Severity.SOFT)
    made = region(toy, SUNDAY, norms=(norm(NormKind.CONTINUOUS, 25), soft))
    result = solved(toy, made, start_of(SUNDAY))
    assert len(held(result)) == 2
    assert {each.minutes for each in planned(made, start_of(SUNDAY)).values()} == {25 * 60}
    # One hour more than the 24 allowed; counted per line it would be 26 more.
    assert cost(result, "soft_norms") == 60
    # A week of 169 hours at two sites, less the two duties.
    assert cost(result, "coverage") == 2 * 169 * 60 - 2 * 25 * 60


def test_day_of_25_hours_is_too_long_for_24(toy):
    # Nobody may hold it, on one line or on both: 25 x 60 minutes at each site.
    made = region(toy, SUNDAY, norms=(norm(NormKind.CONTINUOUS, 24),))
    result = solved(toy, made, start_of(SUNDAY))
    assert held(result) == {}
    assert set(gaps(result).values()) == {25 * 60}


# -- touching duties -----------------------------------------------------------------------------


def test_touching_duties_over_24_hours(toy):
    # Monday and Tuesday touch at midnight. Alone, Ann holds both lines of one day, and nothing of
    # the other: two gaps of 1440.
    made = region(toy, toy.MONDAY, TUESDAY, norms=(norm(NormKind.CONTINUOUS, 24),))
    result = solved(toy, made)
    days = {target.partition("@")[2] for target in held(result)}
    assert len(held(result)) == 2
    assert len(days) == 1
    assert list(gaps(result).values()) == [1440, 1440]
    # Monday on the one line and Tuesday on the other touch just as well.
    crossed = [toy.duty("east", "2026-11-02 00:00"), toy.duty("west", "2026-11-03 00:00")]
    duties = planned(made, toy.MONDAY)
    (finding,) = by_hand(made, {name: duties[name] for name in crossed}, toy.MONDAY)
    assert (finding.rule, finding.figure, finding.limit) == ("norm.continuous", 48, 24)


def test_touching_duties_are_shared_by_two(toy):
    # With Bob everything is held, each of them a day of both lines (or a line each would touch).
    made = region(
        toy, toy.MONDAY, TUESDAY, norms=(norm(NormKind.CONTINUOUS, 24),), people=("ann", "bob")
    )
    result = solved(toy, made)
    assert gaps(result) == {}
    by_day = {}
    for target, who in held(result).items():
        by_day.setdefault(target.partition("@")[2], set()).add(who)
    assert sorted(by_day.values(), key=sorted) == [{"ann"}, {"bob"}]
