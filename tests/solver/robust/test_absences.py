"""Single absences in a region small enough to know the answer beforehand.

The region of ``tests/solver/conftest.py``: one facility, a line for office hours and one for nights
and weekends, SOs who may hold everything, no norm. Monday 2 November 2026 is the first day.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from so247.audit.absent import repaired, without
from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.clock import day_start, period
from so247.models.errors import RosterError
from so247.models.lines import Per, Product, SessionDemand
from so247.models.people import Absence, Pin, Role
from so247.models.proof import Case, Robustness, Survival
from so247.models.region import Region
from so247.models.roster import Roster
from so247.models.settings import Settings
from so247.solver.gaps import WORDS
from so247.solver.instants import minute
from so247.solver.limits import Cancel, Limits
from so247.solver.robust import robust
from so247.solver.robust.loss import Away
from so247.solver.robust.reasons import DUTCH
from so247.solver.robust.repair import Attempt, Repairer

MONDAY = date(2026, 11, 2)
TUESDAY = date(2026, 11, 3)


def tried(toy: Any, region: Region, roster: Roster, **more: Any) -> Robustness:
    return robust(region, roster, **{"limits": toy.LIMITS, "absence_days": 1, **more})


def of(found: Robustness, who: str, day: date) -> Case:
    (case,) = (c for c in found.cases if c.physicians == (who,) and day in c.days)
    return case


def only(toy: Any, holder: str, **parts: Any) -> tuple[Region, Roster]:
    """A region, and a roster in which one person holds every duty."""
    region = toy.region(**parts)
    roster = toy.solve(region).roster
    rows = tuple(
        each.model_copy(update={"physician": holder, "contract": f"{holder}-c"})
        if "@" in each.target
        else each
        for each in roster.assignments
    )
    return region, roster.model_copy(update={"assignments": rows})


def test_who_is_alone_cannot_be_missed(toy: Any) -> None:
    people = (toy.physician("ann"),)
    region, roster = only(toy, "ann", physicians=people, contracts=(toy.contract("ann"),))
    found = tried(toy, region, roster)
    # Each of the seven days at least one duty starts, and there is nobody else at all.
    assert found.count(Survival.FAILED) == 7
    assert found.indispensable == ("ann",)
    assert found.share == 0


def test_why_nobody_else_can_is_said_in_both_languages(toy: Any) -> None:
    away = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    trainee = toy.physician("cas", role=Role.TRAINEE)
    region, roster = only(
        toy,
        "ann",
        physicians=(toy.physician("ann"), toy.physician("bob"), trainee),
        contracts=tuple(toy.contract(who) for who in ("ann", "bob", "cas")),
        absences=(away,),
    )
    case = of(tried(toy, region, roster), "ann", MONDAY)
    assert case.survival is Survival.FAILED
    codes = [each.code for each in case.reasons]
    assert codes[0] == "robust.core"
    assert set(codes[1:]) == {"eligible.absence", "eligible.role"}
    said = {each.code: each for each in case.reasons}
    assert said["eligible.absence"].nl.endswith("afwezig: Bob")
    assert said["eligible.absence"].en.endswith("away: Bob")
    # On Tuesday Bob is back, and takes what Ann loses.
    assert of(tried(toy, region, roster), "ann", TUESDAY).survival is Survival.SURVIVED


def test_a_night_that_runs_at_midnight_is_finished_first(toy: Any) -> None:
    region, roster = only(toy, "ann")
    case = of(tried(toy, region, roster), "ann", TUESDAY)
    # Monday's night began on Monday; Tuesday's day and night begin on Tuesday.
    assert case.lost == (
        toy.duty("day", "2026-11-03 08:00"),
        toy.duty("anw", "2026-11-03 17:00"),
    )
    assert {each.after for each in case.changes} == {"bob"}


def test_a_session_that_nobody_can_take_falls_away(toy: Any) -> None:
    demand = SessionDemand(
        site="home",
        product=Product.TEAM_MEETING,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.TUESDAY,),
        start_time=time(9),
        end_time=time(10),
        on_call_allowed=False,
    )
    region = toy.region(sessions=(demand,))
    roster = toy.solve(region).roster
    (session,) = (each for each in roster.assignments if "." in each.target)
    # Who holds the office duty cannot hold the session as well: with one away it falls.
    case = of(tried(toy, region, roster), session.physician, TUESDAY)
    assert case.survival is Survival.SURVIVED
    assert [each.after for each in case.changes if each.target == session.target] == [None]
    after = check(without(region, case, TUESDAY, 1, (roster,)), repaired(roster, case))
    assert after.uncovered_site_minutes == 0
    assert after.hard_breaches == ()


def test_the_pin_of_who_is_away_gives_way_to_a_repair(toy: Any) -> None:
    target = toy.duty("day", "2026-11-03 08:00")
    region = toy.region(pins=(Pin(target=target, physician="ann"),))
    roster = toy.solve(region).roster
    case = of(tried(toy, region, roster), "ann", TUESDAY)
    assert case.survival is Survival.SURVIVED
    assert [each.after for each in case.changes if each.target == target] == ["bob"]
    after = check(without(region, case, TUESDAY, 1, (roster,)), repaired(roster, case))
    assert after.hard_breaches == ()


def test_a_pin_on_somebody_who_may_not_is_taken_over_too(toy: Any) -> None:
    # Ann is pinned on her free Tuesday: a breach, but the site is covered by it.
    target = toy.duty("day", "2026-11-03 08:00")
    free = toy.contract("ann", free_weekdays=(Weekday.TUESDAY,))
    region = toy.region(
        contracts=(free, toy.contract("bob")), pins=(Pin(target=target, physician="ann"),)
    )
    roster = toy.solve(region).roster
    assert toy.solve(region).report.uncovered_site_minutes == 0
    case = of(tried(toy, region, roster), "ann", TUESDAY)
    assert case.survival is Survival.SURVIVED
    assert [each.after for each in case.changes if each.target == target] == ["bob"]


def test_a_gap_is_no_reason_to_fail_nor_may_it_move(toy: Any) -> None:
    away = Absence(physician="bob", first_day=date(2026, 11, 4), last_day=date(2026, 11, 8))
    region, roster = only(toy, "ann", absences=(away,))
    empty = toy.duty("day", "2026-11-05 08:00")
    rows = tuple(each for each in roster.assignments if each.target != empty)
    found = tried(toy, region, roster.model_copy(update={"assignments": rows}))
    # Monday: Bob is there. Later Ann is alone; that Thursday's office is empty is no news.
    assert of(found, "ann", MONDAY).survival is Survival.SURVIVED
    case = of(found, "ann", date(2026, 11, 5))
    assert case.survival is Survival.FAILED
    assert case.lost == (toy.duty("anw", "2026-11-05 17:00"),)


def test_two_people_together(toy: Any) -> None:
    region, roster = only(toy, "ann")
    found = tried(toy, region, roster, absent=2)
    # There are two people only: with both away nothing can be held.
    assert (found.tried, found.count(Survival.FAILED)) == (7, 7)
    three = toy.region(
        physicians=tuple(toy.physician(who) for who in ("ann", "bob", "cas")),
        contracts=tuple(toy.contract(who) for who in ("ann", "bob", "cas")),
    )
    found = tried(toy, three, roster.model_copy(update={"region_hash": ""}), absent=2)
    # Ann with Bob: Cas takes it. Bob with Cas hold nothing, so nothing is lost.
    assert (found.tried, found.share, found.unaffected) == (21, 1, 7)


def test_a_roster_that_breaks_a_rule_is_repaired_without_a_new_breach(toy: Any) -> None:
    # Bob may hold one duty in four weeks and holds two: that stands, and he gets no third.
    region, roster = only(
        toy, "ann", contracts=(toy.contract("ann"), toy.contract("bob", max_duties=1))
    )
    mine = {toy.duty("day", f"2026-11-0{day} 08:00") for day in (2, 4)}
    rows = tuple(
        each.model_copy(update={"physician": "bob", "contract": "bob-c"})
        if each.target in mine
        else each
        for each in roster.assignments
    )
    roster = roster.model_copy(update={"assignments": rows})
    assert [each.rule for each in check(region, roster).hard_breaches] == ["contract.maximum"]
    found = tried(toy, region, roster)
    assert of(found, "bob", MONDAY).survival is Survival.SURVIVED  # Ann is free then
    case = of(found, "ann", TUESDAY)
    assert case.survival is not Survival.SURVIVED


def test_who_might_be_too_far_away_does_not_repair(toy: Any) -> None:
    # Nobody knows how far Bob lives: with him the site would be unknown, no longer covered.
    people = (toy.physician("ann"), toy.physician("bob", day_base=None, night_base=None))
    region, roster = only(toy, "ann", physicians=people)
    before = check(region, roster).sites[0]
    assert (before.uncovered_minutes, before.unknown_minutes) == (0, 0)
    found = tried(toy, region, roster)
    # Nor is it shown that he cannot: he may live next door.
    assert found.count(Survival.UNKNOWN) == 7


def test_what_is_covered_matters_whatever_rule_is_off(toy: Any) -> None:
    settings = Settings(rules_off=("cover.one_holder",))
    people = (toy.physician("ann"),)
    region, roster = only(
        toy, "ann", physicians=people, contracts=(toy.contract("ann"),), settings=settings
    )
    assert tried(toy, region, roster).count(Survival.FAILED) == 7


def test_time_that_is_up_is_unknown_and_says_so(toy: Any) -> None:
    region, roster = only(toy, "ann")
    cancel = Cancel()
    cancel.cancel()
    found = tried(toy, region, roster, cancel=cancel)
    assert found.count(Survival.UNKNOWN) == 7
    assert {each.code for case in found.cases for each in case.reasons} == {"robust.unfinished"}
    short = tried(toy, region, roster, limits=Limits(seconds=1e-9))
    assert short.count(Survival.UNKNOWN) == 7
    assert found.share == short.share == 0.5  # Bob holds nothing: nothing is lost


def test_progress_counts_up_to_all(toy: Any) -> None:
    region, roster = only(toy, "ann")
    seen: list[tuple[int, int]] = []
    tried(toy, region, roster, on_progress=lambda done, all_: seen.append((done, all_)))
    assert seen[-1] == (14, 14)
    assert seen == sorted(seen)


def test_a_roster_in_parts_cannot_be_weighed(toy: Any) -> None:
    region, roster = only(toy, "ann")
    whole = next(each for each in roster.assignments if each.target.startswith("day"))
    noon = whole.when.model_copy(update={"end": whole.when.start + timedelta(hours=4)})
    cut = whole.model_copy(update={"when": noon})
    with pytest.raises(RosterError, match="in part"):
        tried(toy, region, roster.model_copy(update={"assignments": (cut,)}))


def test_a_roster_of_odd_weeks_is_weighed_in_its_own_period(toy: Any) -> None:
    region = toy.region()
    roster = toy.solve(region, weeks=2).roster
    assert roster.period == period(MONDAY, 2)
    assert tried(toy, region, roster).tried == 2 * 14


def test_every_rule_has_its_dutch_words() -> None:
    assert set(DUTCH) == set(WORDS)


def test_a_hard_absence_does_not_starve_the_others(
    toy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = tuple(toy.physician(each) for each in ("ann", "bob"))
    region, full = only(toy, "bob", physicians=people)
    leave = Absence(physician="ann", first_day=MONDAY, last_day=TUESDAY)
    region = region.model_copy(update={"absences": (leave,)})
    asked: list[float] = []
    thorough = Repairer.thorough

    def slow(self: Repairer, away: Away, *effort: float) -> Attempt:
        """Whatever Monday is asked takes all the time that one question may take."""
        if away.begin != minute(day_start(MONDAY)):
            return thorough(self, away, *effort)
        (seconds,) = effort or (15.0,)
        asked.append(seconds)
        self.budget.work(seconds)
        return Attempt(Survival.UNKNOWN)

    monkeypatch.setattr(Repairer, "thorough", slow)
    limits = Limits(seconds=10, reproducible=True)
    found = tried(toy, region, full, limits=limits)
    # Both days nobody is there. Monday's question is never answered; Tuesday's is easy.
    assert of(found, "bob", MONDAY).survival is Survival.UNKNOWN
    assert of(found, "bob", TUESDAY).survival is Survival.FAILED
    # Asked again with more time until the budget is spent: 0.2 + 1 + 5 + 15 seconds is over it.
    assert asked == sorted(set(asked))
    assert len(asked) > 1
