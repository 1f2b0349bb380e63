"""Two things at once, too much at once, two people at once."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.lines import Care, Form, Per, Product, SessionDemand, Window
from so247.models.report import Finding, Report

HOUR = ("2026-11-03 20:00", "2026-11-03 21:00")


def of(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def two_lines(toy: Any, combine: bool, **ann: Any) -> Any:
    """``anw`` for home and group (15 residents), ``extra`` for annex (8), both outside hours."""
    pair = {"anw": ("extra",), "extra": ("anw",)} if combine else {"anw": (), "extra": ()}
    return toy.region(
        facilities=(toy.facility(), toy.facility("annex", residents=toy.residents(8))),
        agreements=tuple(toy.agreement(each) for each in ("home", "group", "annex")),
        physicians=(toy.physician("ann", **ann), toy.physician("bob")),
        lines=(
            toy.line("anw", Window.OUT_OF_HOURS, combinable_with=pair["anw"]),
            toy.line("day", Window.OFFICE_HOURS),
            toy.line("extra", Window.OUT_OF_HOURS, sites=("annex",), combinable_with=pair["extra"]),
        ),
        travel_times=(
            *toy.region().travel_times,
            toy.region().travel_times[0].model_copy(update={"destination": "annex"}),
        ),
    )


def evening(toy: Any) -> Any:
    """ann holds ``anw`` all week, and ``extra`` on Tuesday from 20:00 to 21:00."""
    return toy.roster(
        toy.whole("anw", "ann"),
        toy.whole("day", "bob"),
        toy.held("extra@by-hand", "ann", toy.between(*HOUR)),
    )


def test_capacity_exceeded_for_one_hour_only(toy: Any) -> None:
    region = two_lines(toy, combine=True, max_residents=22)
    report = check(region, evening(toy))
    # home 10 + group 5 + annex 8 = 23 residents, from 20:00 to 21:00; 15 at any other time.
    (finding,) = of(report, "time.capacity")
    assert (finding.figure, finding.limit, finding.unit) == (23, 22, "residents")
    assert finding.when == toy.between(*HOUR)
    home = next(each for each in report.sites if each.site == "home")
    assert home.uncovered_minutes == 60
    assert [reason.code for reason in home.stretches[0].reasons] == ["time.capacity"]


@pytest.mark.parametrize(("limit", "number"), [(2, 1), (3, 0)])
def test_sites_are_counted_like_residents(toy: Any, limit: int, number: int) -> None:
    # home, group and annex are three sites for that hour.
    report = check(two_lines(toy, combine=True, max_sites=limit), evening(toy))
    assert len(of(report, "time.capacity")) == number


def test_capacity_counts_a_site_of_two_lines_once(toy: Any) -> None:
    general = toy.line("gen", Window.OUT_OF_HOURS, care=Care.GENERAL, combinable_with=("anw",))
    anw = toy.line("anw", Window.OUT_OF_HOURS, combinable_with=("gen",))
    people = (toy.physician("ann", max_residents=15, max_sites=2), toy.physician("bob"))
    region = toy.region(physicians=people, lines=(anw, general))
    # Both lines serve the same 15 residents of the same two sites.
    report = check(region, toy.planned(region, {"anw": "ann", "gen": "ann"}))
    assert not report.hard_breaches


def test_lines_that_combine_may_be_held_together(toy: Any) -> None:
    report = check(two_lines(toy, combine=True), evening(toy))
    assert not report.hard_breaches


def test_lines_that_do_not_combine_may_not(toy: Any) -> None:
    report = check(two_lines(toy, combine=False), evening(toy))
    (finding,) = of(report, "time.one_at_a_time")
    assert finding.when == toy.between(*HOUR)
    assert set(finding.targets) == {"anw@by-hand", "extra@by-hand"}
    home = next(each for each in report.sites if each.site == "home")
    assert home.uncovered_minutes == 60


def test_duties_that_touch_do_not_overlap(toy: Any) -> None:
    region = toy.region()
    report = check(region, toy.planned(region, {"anw": "ann", "day": "ann"}))
    assert not of(report, "time.one_at_a_time")


@pytest.mark.parametrize(
    ("form", "on_call_allowed", "clashes"),
    [
        (Form.REACHABILITY, True, 0),
        (Form.REACHABILITY, False, 1),
        (Form.PRESENCE, True, 1),  # on site at one place means not at another
    ],
)
def test_a_session_during_a_duty(toy: Any, form: Form, on_call_allowed: bool, clashes: int) -> None:
    demand = SessionDemand(
        site="group",
        product=Product.TEAM_MEETING,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.TUESDAY,),
        start_time=time(9),
        end_time=time(12),
        on_call_allowed=on_call_allowed,
    )
    day = toy.line("day", Window.OFFICE_HOURS, form=form, place="base")
    region = toy.region(sessions=(demand,), lines=(toy.line("anw", Window.OUT_OF_HOURS), day))
    session = toy.held(
        "group.team_meeting.2026w45.1", "bob", toy.between("2026-11-03 09:00", "2026-11-03 12:00")
    )
    report = check(region, toy.roster(toy.whole("day", "bob"), session))
    assert len(of(report, "time.one_at_a_time")) == clashes


def test_what_history_alone_breaks_is_not_found_again(toy: Any) -> None:
    region = two_lines(toy, combine=False)
    night = toy.between("2026-11-01 20:00", "2026-11-02 08:00")
    both = [toy.held(f"{line}@2026-11-01T19:00Z", "ann", night) for line in ("anw", "extra")]
    before = toy.roster(*both, period=toy.between("2026-10-26 00:00", "2026-11-02 00:00"))
    report = check(region, toy.roster(), [before])
    assert not of(report, "time.one_at_a_time")
    # But ann does not count for either line from Monday 00:00 to 08:00.
    home = next(each for each in report.sites if each.site == "home")
    assert "time.one_at_a_time" in {reason.code for reason in home.stretches[0].reasons}


def test_two_holders_share_one_hour(toy: Any) -> None:
    report = check(
        toy.region(),
        toy.roster(toy.whole("anw", "ann"), toy.held("anw@part", "bob", toy.between(*HOUR))),
    )
    (finding,) = of(report, "cover.one_holder")
    assert finding.when == toy.between(*HOUR)
