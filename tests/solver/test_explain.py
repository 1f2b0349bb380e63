"""Why somebody does not hold a duty: each rule with its figure, then what it costs."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.calendar import duties
from so247.models.clock import Interval, period, to_utc
from so247.models.errors import InputError, NotFound, RosterError
from so247.models.explanation import Candidate, Obstacle, Possible
from so247.models.lines import Per, Position, Product, SessionDemand, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import (
    Absence,
    Commitment,
    Employer,
    FundingContract,
    Pin,
    Pool,
    Role,
)
from so247.models.proof import Answered
from so247.models.region import Region
from so247.models.roster import Assignment, Roster, State
from so247.models.settings import Settings, UnknownTravel
from so247.models.sites import AgreementKind, GpPost, Place, TravelTime
from so247.solver.explain import explain
from so247.solver.limits import Limits
from so247.solver.reasons import rearrange
from so247.solver.search_feasible import Answer

MONDAY = date(2026, 11, 2)
TUESDAY = date(2026, 11, 3)
OFFICE = 9 * 60
QUICK = Limits(seconds=3, reproducible=True)
DUTIES = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)


def planned(region: Region, weeks: int = 1) -> dict[str, Interval]:
    return {each.id: each.when for each in duties(region, period(MONDAY, weeks))}


def roster(region: Region, holders: dict[str, str], weeks: int = 1, **fields: Any) -> Roster:
    """The duties (sessions, with their times in ``extra``) that these people hold."""
    times = planned(region, weeks)
    rows = tuple(
        Assignment(target=name, physician=who, contract=f"{who}-c", when=times[name])
        for name, who in holders.items()
    )
    extra = fields.pop("extra", ())
    base: dict[str, Any] = {"region_id": "small", "period": period(MONDAY, weeks)}
    return Roster(**(base | {"assignments": (*rows, *extra)} | fields))


def asked(
    region: Region, duty: str, person: str, holders: dict[str, str] | None = None, **more: Any
) -> Candidate:
    made = roster(region, holders or {}, **more)
    explanation = explain(region, made, duty=duty, person=person, limits=QUICK)
    (explained,) = explanation.explained
    (found,) = explained.candidates
    return found


def only(obstacles: tuple[Obstacle, ...]) -> Obstacle:
    (found,) = obstacles
    return found


def norm(kind: NormKind, limit: float, **fields: Any) -> dict[str, Any]:
    """Parts of a region in which every pack holds this one hard norm."""
    base: dict[str, Any] = {"id": "tried", "kind": kind, "text": "Tried", "limit": limit}
    base |= {"counts": DUTIES, "severity": Severity.HARD, "basis": Basis.VOLUNTARY}
    rule = Norm(**(base | {"source": "test"} | fields))
    packs = tuple(RulePack(id=each.id, name=each.name, norms=(rule,)) for each in SHIPPED_PACKS)
    return {"rule_packs": packs}


def session(**fields: Any) -> SessionDemand:
    base: dict[str, Any] = {"site": "home", "product": Product.CONSULTATION, "count": 1}
    base |= {"per": Per.ISO_WEEK, "weekdays": (Weekday.MONDAY,)}
    return SessionDemand(**(base | {"start_time": time(9), "end_time": time(12)} | fields))


CONSULT = "home.consultation.2026w45.1"


@pytest.fixture
def monday(toy: Any) -> str:
    """Office hours of Monday 2 November, 08:00 to 17:00: nine hours."""
    return str(toy.duty("day", "2026-11-02 08:00"))


@pytest.fixture
def night(toy: Any) -> str:
    """Monday 17:00 to Tuesday 08:00: fifteen hours."""
    return str(toy.duty("anw", "2026-11-02 17:00"))


# -- what forbids it, whatever else is rostered ---------------------------------------------------


def test_role(toy: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", role=Role.TRAINEE))
    found = asked(toy.region(physicians=people), monday, "bob")
    # The line is for SOs; and nobody would stand behind a trainee, as there is no backup line.
    assert [each.rule for each in found.forbidden] == ["eligible.role", "cover.backup_so"]


def test_pool_and_agreement(toy: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", pools=()))
    found = asked(toy.region(physicians=people), monday, "bob")
    # Who is in no pool is in none that the site has an agreement with either: both are said.
    assert [(e.rule, e.site) for e in found.forbidden] == [
        ("eligible.pool", "home"),
        ("eligible.agreement", "home"),
    ]


def test_agreement_of_another_pool(toy: Any, monday: str) -> None:
    pools = (Pool(id="pool", name="Pool"), Pool(id="other", name="Other"))
    people = (toy.physician("ann"), toy.physician("bob", pools=("other",)))
    home = toy.facility(pools=("pool", "other"))
    found = asked(toy.region(pools=pools, physicians=people, facilities=(home,)), monday, "bob")
    # Both pools are the site's; only "pool" has an agreement.
    assert only(found.forbidden).rule == "eligible.agreement"


def test_contract_that_has_ended(toy: Any, monday: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", valid_until=date(2026, 11, 1)))
    found = only(asked(toy.region(contracts=contracts), monday, "bob").forbidden)
    assert (found.rule, found.contract) == ("eligible.contract", "bob-c")
    assert "t/m 01-11-2026" in found.text.nl


def test_no_contract_at_all(toy: Any, monday: str) -> None:
    found = asked(toy.region(contracts=(toy.contract("ann"),)), monday, "bob")
    assert only(found.forbidden).text.en == "has no contract"


def test_one_contract_that_allows_it_is_enough(toy: Any, monday: str) -> None:
    contracts = (
        toy.contract("ann"),
        toy.contract("bob", valid_until=date(2026, 11, 1)),
        toy.contract("bob", id="bob-2", valid_from=MONDAY),
    )
    found = asked(toy.region(contracts=contracts), monday, "bob")
    assert (found.forbidden, found.contract) == ((), "bob-2")


def test_contract_without_duties(toy: Any, monday: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", max_duties=0))
    found = only(asked(toy.region(contracts=contracts), monday, "bob").forbidden)
    assert (found.rule, found.figure, found.limit) == ("contract.maximum", 1, 0)


def test_registration(toy: Any, night: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", registered_until=MONDAY))
    found = only(asked(toy.region(physicians=people), night, "bob").forbidden)
    # The night ends on Tuesday, on which bob is registered no more.
    assert found.rule == "eligible.registration"
    assert "di 03-11-2026" in found.text.nl


def test_absence_with_its_dates(toy: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=date(2026, 10, 30), last_day=date(2026, 11, 4))
    found = only(asked(toy.region(absences=(leave,)), monday, "bob").forbidden)
    assert found.rule == "eligible.absence"
    assert found.text.nl == "afwezig van vr 30-10-2026 t/m wo 04-11-2026"
    assert found.text.en == "away from Fri 30-10-2026 to Wed 04-11-2026"


def test_free_weekday(toy: Any, monday: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", free_weekdays=(Weekday.MONDAY,)))
    found = only(asked(toy.region(contracts=contracts), monday, "bob").forbidden)
    assert (found.rule, found.contract) == ("eligible.free_weekday", "bob-c")


def test_commitment_with_its_times(toy: Any, monday: str) -> None:
    work = Commitment(
        physician="bob", place="base", day=MONDAY, start_time=time(13), end_time=time(17)
    )
    found = only(asked(toy.region(commitments=(work,)), monday, "bob").forbidden)
    assert found.rule == "eligible.commitment"
    assert found.text.nl == "ander werk, Base, op ma 02-11-2026 van 13:00 tot 17:00"


def far(toy: Any, minutes: int | None, **settings: Any) -> Region:
    people = (toy.physician("ann"), toy.physician("bob", day_base="far", night_base="far"))
    ways = [TravelTime(origin="base", destination="home", minutes=20)]
    if minutes is not None:
        ways.append(TravelTime(origin="far", destination="home", minutes=minutes))
    places = (Place(id="base", name="Base"), Place(id="far", name="Far"))
    region: Region = toy.region(
        physicians=people, places=places, travel_times=tuple(ways), settings=Settings(**settings)
    )
    return region


def test_travel_against_its_limit(toy: Any, monday: str) -> None:
    found = only(asked(far(toy, 42), monday, "bob").forbidden)
    # The agreement asks for 30 minutes.
    assert (found.rule, found.figure, found.limit) == ("eligible.travel", 42, 30)
    assert found.text.nl == "42 min van Far naar home, hoogstens 30"


@pytest.mark.parametrize("unknown", UnknownTravel)
def test_unknown_travel_forbids_only_where_the_region_says_so(
    toy: Any, monday: str, unknown: UnknownTravel
) -> None:
    found = asked(far(toy, None, unknown_travel=unknown), monday, "bob")
    if unknown is UnknownTravel.ALLOW:
        assert found.forbidden == ()
    else:
        assert only(found.forbidden).text.en == "travel time from Far to home unknown"


def test_funding_of_a_session(toy: Any) -> None:
    funded = FundingContract(label="H335", counterparty="Zorgkantoor")
    employers = (
        Employer(id="care", name="Care"),
        Employer(id="paid", name="Paid", funding_contracts=(funded,)),
    )
    contracts = (toy.contract("ann", employer="paid"), toy.contract("bob"))
    region = toy.region(
        employers=employers, contracts=contracts, sessions=(session(funding="H335"),)
    )
    found = only(asked(region, CONSULT, "bob").forbidden)
    assert (found.rule, found.contract) == ("eligible.funding", "bob-c")
    assert "H335" in found.text.nl
    assert asked(region, CONSULT, "ann").forbidden == ()


def test_every_rule_is_named_and_not_only_one(toy: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    people = (toy.physician("ann"), toy.physician("bob", registered_until=date(2026, 11, 1)))
    contracts = (toy.contract("ann"), toy.contract("bob", free_weekdays=(Weekday.MONDAY,)))
    region = toy.region(absences=(leave,), physicians=people, contracts=contracts)
    assert {each.rule for each in asked(region, monday, "bob").forbidden} == {
        "eligible.absence",
        "eligible.registration",
        "eligible.free_weekday",
    }


def test_a_rule_that_is_off_forbids_nothing(toy: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    region = toy.region(absences=(leave,), settings=Settings(rules_off=("eligible.absence",)))
    assert asked(region, monday, "bob").forbidden == ()


def test_pinned_to_somebody_else(toy: Any, monday: str) -> None:
    region = toy.region(pins=(Pin(target=monday, physician="ann"),))
    found = only(asked(region, monday, "bob", {monday: "ann"}).forbidden)
    assert (found.rule, found.text.nl) == ("pin.stands", "vastgezet op Ann")


# -- what it would break in the roster as it is ---------------------------------------------------


def test_rest_names_the_other_duty(toy: Any, monday: str, night: str) -> None:
    tuesday = toy.duty("day", "2026-11-03 08:00")
    # Office hours and the night after them touch: one stretch of work, with no rest in it.
    region = toy.region(**norm(NormKind.REST, 11))
    assert asked(region, night, "bob", {monday: "bob"}).broken == ()
    # From Monday 17:00 to Tuesday 08:00 lie 15 hours; with a limit of 16 that is too short.
    strict = toy.region(**norm(NormKind.REST, 16))
    found = only(asked(strict, tuesday, "bob", {monday: "bob"}).broken)
    assert (found.rule, found.norm, found.figure, found.limit) == ("norm.rest", "tried", 15, 16)
    assert found.targets == (monday,)
    assert found.basis is Basis.VOLUNTARY
    assert "day ma 02-11-2026 08:00" in found.text.nl


def test_continuous_counts_what_touches(toy: Any, monday: str, night: str) -> None:
    region = toy.region(**norm(NormKind.CONTINUOUS, 23))
    found = only(asked(region, night, "bob", {monday: "bob"}).broken)
    # Nine hours and fifteen touch: 24 on end.
    assert (found.rule, found.figure, found.limit) == ("norm.continuous", 24, 23)
    assert found.targets == (monday,)


def test_rolling_count_says_how_many_in_which_window(toy: Any) -> None:
    region = toy.region(**norm(NormKind.ROLLING_COUNT, 2, window_days=7))
    nights = [toy.duty("anw", f"2026-11-0{day} 17:00") for day in (2, 3, 4)]
    found = only(asked(region, nights[2], "bob", {nights[0]: "bob", nights[1]: "bob"}).broken)
    # With this one three nights start within 7 x 24 hours; two are allowed.
    assert (found.rule, found.figure, found.limit) == ("norm.rolling_count", 3, 2)
    assert "3 diensten in 7 × 24 uur van ma 02-11-2026 17:00" in found.text.nl
    assert set(found.targets) == set(nights[:2])


def test_consecutive_days(toy: Any) -> None:
    region = toy.region(**norm(NormKind.CONSECUTIVE, 2))
    days = [toy.duty("day", f"2026-11-0{day} 08:00") for day in (2, 3, 4)]
    # Tuesday joins Monday and Wednesday to three days in a row.
    found = only(asked(region, days[1], "bob", {days[0]: "bob", days[2]: "bob"}).broken)
    assert (found.rule, found.figure, found.limit) == ("norm.consecutive", 3, 2)


def test_weekends(toy: Any) -> None:
    region = toy.region(**norm(NormKind.WEEKENDS, 1, window_weeks=2), planning_weeks=2)
    first, second = (toy.duty("anw", f"2026-11-{day} 08:00") for day in ("07", "14"))
    found = only(asked(region, second, "bob", {first: "bob"}, weeks=2).broken)
    assert (found.rule, found.figure, found.limit) == ("norm.weekends", 2, 1)


def test_hours(toy: Any) -> None:
    region = toy.region(**norm(NormKind.HOURS, 10, window_weeks=1, on_call_percent=100))
    days = [toy.duty("day", f"2026-11-0{day} 08:00") for day in (2, 3)]
    found = only(asked(region, days[1], "bob", {days[0]: "bob"}).broken)
    # Two days of nine hours, all of which count here.
    assert (found.rule, found.figure, found.limit) == ("norm.hours", 18, 10)


def test_free_periods(toy: Any) -> None:
    region = toy.region(**norm(NormKind.FREE_PERIODS, 1, window_weeks=1, stretch_hours=60))
    # Free are Mon 17:00 to Wed 08:00 (39 h), Wed 17:00 to Fri 17:00 (48 h) and Sat 08:00 to Sun
    # 24:00 (40 h); without Friday's night Wed 17:00 to Sun 24:00 would be 103 h.
    held = {toy.duty("day", f"2026-11-0{day} 08:00"): "bob" for day in (2, 4)}
    wanted = toy.duty("anw", "2026-11-06 17:00")
    found = only(asked(region, wanted, "bob", held).broken)
    assert (found.rule, found.figure, found.limit) == ("norm.free_periods", 0, 1)


def test_contract_maximum(toy: Any, monday: str, night: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", max_duties=1, per_weeks=1))
    found = only(asked(toy.region(contracts=contracts), night, "bob", {monday: "bob"}).broken)
    assert (found.rule, found.contract) == ("contract.maximum", "bob-c")
    assert (found.figure, found.limit, found.unit) == (2, 1, "duties")
    assert found.targets == (monday,)


def booked(who: str, day: date, number: int = 1) -> Assignment:
    when = Interval(start=to_utc(day, time(9)), end=to_utc(day, time(12)))
    target = f"home.consultation.2026w45.{number}"
    return Assignment(target=target, physician=who, contract=f"{who}-c", when=when)


def test_an_employers_hours_are_used_by_colleagues_too(toy: Any) -> None:
    employers = (Employer(id="care", name="Care", extramural_hours_per_week=4),)
    demand = session(count=2, weekdays=(Weekday.MONDAY, Weekday.TUESDAY))
    region = toy.region(employers=employers, sessions=(demand,))
    second = "home.consultation.2026w45.2"
    found = only(asked(region, second, "bob", extra=(booked("ann", MONDAY),)).broken)
    # Ann's three hours and his three are six, four were agreed.
    assert (found.rule, found.figure, found.limit) == ("contract.extramural_cap", 6, 4)


def test_one_session_of_a_kind_a_day(toy: Any) -> None:
    demand = session(count=2, weekdays=(Weekday.MONDAY, Weekday.TUESDAY))
    away = Absence(physician="bob", first_day=TUESDAY, last_day=TUESDAY)
    region = toy.region(sessions=(demand,), absences=(away,))
    second = "home.consultation.2026w45.2"
    found = only(asked(region, second, "bob", extra=(booked("ann", MONDAY),)).broken)
    # Monday is taken by ann's, on Tuesday he is away.
    assert (found.rule, found.targets) == ("session.weekday", (CONSULT,))


def test_two_things_at_once(toy: Any, monday: str) -> None:
    region = toy.region(sessions=(session(),))
    found = asked(region, CONSULT, "bob", {monday: "bob"})
    assert [(e.rule, e.targets) for e in found.broken] == [("time.one_at_a_time", (monday,))]


def two_lines(toy: Any, **fields: Any) -> tuple[Any, ...]:
    return (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS, combinable_with=("two",)),
        toy.line("two", Window.OFFICE_HOURS, combinable_with=("day",), **fields),
    )


def test_too_many_residents_at_once(toy: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", max_residents=15))
    region = toy.region(
        facilities=(toy.facility(), toy.facility("annex")),
        agreements=(
            toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool"),
            toy.agreement("so-2", AgreementKind.SO_AVAILABILITY, "pool", "annex"),
        ),
        travel_times=tuple(
            TravelTime(origin="base", destination=site, minutes=20) for site in ("home", "annex")
        ),
        lines=two_lines(toy, sites=("annex",)),
        physicians=people,
    )
    other = toy.duty("two", "2026-11-02 08:00")
    found = only(asked(region, other, "bob", {monday: "bob"}).broken)
    # Ten residents at each of the two sites.
    assert (found.rule, found.figure, found.limit) == ("time.capacity", 20, 15)


def test_first_line_and_backup_are_two_people(toy: Any, monday: str) -> None:
    region = toy.region(lines=two_lines(toy, position=Position.BACKUP))
    backup = toy.duty("two", "2026-11-02 08:00")
    found = only(asked(region, backup, "bob", {monday: "bob"}).broken)
    assert (found.rule, found.targets) == ("cover.backup_differs", (monday,))


def test_a_trainee_needs_an_so_behind_him_in_this_roster(toy: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", role=Role.TRAINEE))
    roles = (Role.ELDERLY_CARE_PHYSICIAN, Role.TRAINEE)
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS, roles=roles, escalation=("day", "back")),
        toy.line("back", Window.OFFICE_HOURS, position=Position.BACKUP),
    )
    region = toy.region(physicians=people, lines=lines)
    backup = toy.duty("back", "2026-11-02 08:00")
    # Ann holds the first line herself, so nobody is behind it.
    found = only(asked(region, monday, "bob", {monday: "ann"}).broken)
    assert found.rule == "cover.backup_so"
    # With ann on the backup there is.
    assert asked(region, monday, "bob", {backup: "ann"}).broken == ()


# -- what it costs --------------------------------------------------------------------------------


def tiers_by_check(region: Region, made: Roster) -> dict[str, int]:
    return {each.name: each.value for each in check(region, made).tiers}


def replaced(made: Roster, duty: str, who: str) -> Roster:
    rows = tuple(
        each.model_copy(update={"physician": who, "contract": f"{who}-c"})
        if each.target == duty
        else each
        for each in made.assignments
    )
    return made.model_copy(update={"assignments": rows})


def test_the_cost_of_replacing_the_holder_is_what_the_check_counts(toy: Any) -> None:
    region = toy.region()
    made = roster(region, dict.fromkeys(planned(region), "ann"))
    duty = toy.duty("anw", "2026-11-07 08:00")
    found = explain(region, made, duty=duty).explained[0].candidates
    ann, bob = found
    assert (ann.holds, ann.replaced) == (True, ())
    before, after = (
        tiers_by_check(region, made),
        tiers_by_check(region, replaced(made, duty, "bob")),
    )
    assert {e.name: (e.before, e.after) for e in bob.replaced} == {
        name: (before[name], after[name]) for name in before
    }
    # Weekends weigh, ann carries all of them, and each that bob takes makes it fairer.
    assert after["fairness"] < before["fairness"]


def test_an_empty_duty_costs_less_when_it_is_held(toy: Any, monday: str) -> None:
    found = asked(toy.region(), monday, "bob")
    coverage = {e.name: e.before - e.after for e in found.replaced}["coverage"]
    assert coverage == OFFICE


def applied(made: Roster, moves: Any) -> Roster:
    """The roster with targets passed on as the moves say."""
    rows = {each.target: each for each in made.assignments}
    for move in moves:
        del_before = rows.pop(move.target, None)
        assert (del_before.physician if del_before else None) == move.before
        if move.after is not None:
            rows[move.target] = Assignment(
                target=move.target, physician=move.after, contract=move.contract, when=move.when
            )
    return made.model_copy(update={"assignments": tuple(rows.values())})


def test_a_swap_makes_it_possible_and_costs_what_it_says(toy: Any) -> None:
    region = toy.region(**norm(NormKind.ROLLING_COUNT, 7, window_days=7))
    names = sorted(planned(region), key=lambda name: name.partition("@")[2])
    # Twelve pieces: each takes turns, and bob may hold no more than seven.
    holders = {name: "bob" if at % 2 else "ann" for at, name in enumerate(names)}
    holders[names[0]] = "bob"
    made = roster(region, holders)
    duty = next(name for name in names if holders[name] == "ann")
    found = asked(region, duty, "bob", holders)
    assert only(found.broken).rule == "norm.rolling_count"
    assert found.rearranged is not None
    assert found.rearranged.possible is Possible.YES
    changed = applied(made, found.rearranged.moves)
    assert duty in {e.target for e in changed.assignments if e.physician == "bob"}
    assert check(region, changed).hard_breaches == ()
    counted = tiers_by_check(region, changed)
    assert {e.name: e.after for e in found.rearranged.tiers} == counted
    # Nobody is left without: one duty goes the other way.
    assert counted["coverage"] == 0
    assert len(found.rearranged.moves) == 2


def test_no_is_said_only_when_it_is_proven(toy: Any, monday: str, night: str) -> None:
    # The night is pinned to bob and touches the day: 24 hours on end, 23 allowed, in any roster.
    region = toy.region(**norm(NormKind.CONTINUOUS, 23), pins=(Pin(target=night, physician="bob"),))
    found = asked(region, monday, "bob", {night: "bob"})
    assert found.rearranged is not None
    assert found.rearranged.possible is Possible.NO
    # Two differently configured solves of the whole problem agree.
    answers = [(each.configuration, each.answer.value) for each in found.rearranged.solves]
    assert len(set(answers)) == 2
    assert {answer for _, answer in answers} == {"infeasible"}


def test_what_is_not_found_is_not_called_impossible(
    toy: Any, monday: str, night: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([Answer(Answered.INFEASIBLE), Answer(Answered.UNKNOWN)])
    monkeypatch.setattr(rearrange, "holdable", lambda *_: next(answers))
    region = toy.region(**norm(NormKind.CONTINUOUS, 23), pins=(Pin(target=night, physician="bob"),))
    found = asked(region, monday, "bob", {night: "bob"})
    # The second solve did not agree, so nothing is proven.
    assert found.rearranged is not None
    assert found.rearranged.possible is Possible.NOT_FOUND


# -- the whole roster, and what is not in it ------------------------------------------------------


def test_every_empty_duty_and_missing_session_is_explained(toy: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    region = toy.region(sessions=(session(),), absences=(leave,))
    names = planned(region)
    made = roster(region, {name: "ann" for name in names if name != monday})
    found = explain(region, made)
    by_target = {each.targets: each for each in found.explained}
    assert set(by_target) == {(monday,), (CONSULT,)}
    assert by_target[(monday,)].minutes == OFFICE
    assert by_target[(CONSULT,)].minutes == 3 * 60
    # Bob is away that day; ann could hold either.
    assert [(e.rule, e.people) for e in by_target[(monday,)].kept_away] == [
        ("eligible.absence", ("bob",))
    ]
    assert [e.physician for e in by_target[(monday,)].candidates if e.free] == ["ann"]


def test_a_duty_held_in_part_is_empty_for_the_rest(toy: Any, monday: str) -> None:
    region = toy.region()
    names = planned(region)
    made = roster(region, {name: "ann" for name in names if name != monday})
    part = Interval(start=names[monday].start, end=names[monday].start + timedelta(hours=4))
    held = Assignment(target=monday, physician="ann", contract="ann-c", when=part)
    made = made.model_copy(update={"assignments": (*made.assignments, held)})
    (found,) = explain(region, made).explained
    assert (found.targets, found.minutes, found.holders) == ((monday,), OFFICE - 240, ("ann",))


def test_who_declined_is_said_to_have(toy: Any, monday: str) -> None:
    region = toy.region()
    no = Assignment(
        target=monday,
        physician="bob",
        contract="bob-c",
        when=planned(region)[monday],
        state=State.DECLINED,
    )
    found = asked(region, monday, "bob", extra=(no,))
    assert (found.declined, found.holds) == (True, False)


def test_what_no_option_expresses_is_told(toy: Any, monday: str, night: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    region = toy.region(absences=(leave,))
    # Bob holds a night in his leave: the check sees the clash, the costs leave it out and say so.
    found = explain(region, roster(region, {night: "bob"}), duty=monday)
    assert [each.code for each in found.notes] == ["explain.not_expressed"]


def test_a_region_that_changed_since_is_told(toy: Any) -> None:
    region = toy.region()
    made = roster(region, {}, region_hash="0" * 64, region_sections=(("name", "x"),))
    (note,) = explain(region, made).notes
    assert note.code == "region_changed"


def test_what_an_organisation_holds_is_nobodys_to_take(toy: Any) -> None:
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS, organisation="hap"),
    )
    posts = (GpPost(id="hap", name="HAP"),)
    agreements = (
        toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool"),
        toy.agreement("hap", AgreementKind.ORGANISATION_COVER, "hap"),
    )
    region = toy.region(lines=lines, gp_posts=posts, agreements=agreements)
    duty = toy.duty("day", "2026-11-02 08:00")
    found = explain(region, roster(region, {}), duty=duty, person="bob")
    assert found.explained[0].organisation == "hap"
    assert [each.code for each in found.notes] == ["explain.not_ours"]


def test_what_began_before_the_period_is_historys(toy: Any) -> None:
    region = toy.region(first_roster_on=date(2026, 10, 26))
    # The night of Sunday 08:00 to Monday 08:00 began in the week before.
    duty = toy.duty("anw", "2026-11-01 08:00")
    when = planned(region)[duty]
    earlier = Roster(
        region_id="small",
        period=period(date(2026, 10, 26), 1),
        assignments=(Assignment(target=duty, physician="ann", contract="ann-c", when=when),),
    )
    found = explain(region, roster(region, {}), (earlier,), duty=duty)
    assert found.explained[0].holders == ("ann",)
    assert [each.code for each in found.notes] == ["explain.not_ours"]


# -- names that name nothing ----------------------------------------------------------------------


def test_a_duty_by_local_time_and_a_person_by_name(toy: Any, monday: str) -> None:
    found = explain(
        toy.region(), roster(toy.region(), {}), duty="day@2026-11-02T08:00", person="BOB"
    )
    assert (found.target, found.person) == (monday, "bob")


@pytest.mark.parametrize(
    ("duty", "error", "said"),
    [
        ("day@2026-11-02T08:30", NotFound, "Maybe day@2026-11-02T07:00Z"),
        ("dya@2026-11-02T07:00Z", NotFound, "Maybe day@2026-11-02T07:00Z"),
        ("qqq", NotFound, "misspelled"),
        ("day@2026-12-02T07:00Z", InputError, "2026-11-02 to 2026-11-08"),
        ("day@2026-12-02T08:00", InputError, "outside the roster's period"),
        ("home.consultation.2026w46.1", InputError, "outside the roster's period"),
        ("home.consultation.2026w45.2", NotFound, f"Maybe {CONSULT}"),
        ("home.consult.2026w45.1", NotFound, f"Maybe {CONSULT}"),
    ],
)
def test_a_duty_that_is_none(toy: Any, duty: str, error: type[Exception], said: str) -> None:
    region = toy.region(sessions=(session(),))
    with pytest.raises(error, match=re.escape(said)):
        explain(region, roster(region, {}), duty=duty)


def test_a_person_who_is_none(toy: Any) -> None:
    region = toy.region()
    with pytest.raises(NotFound, match=r"bbo: no physician of region small. Maybe bob."):
        explain(region, roster(region, {}), person="bbo")


def test_two_people_of_one_name(toy: Any) -> None:
    people = tuple(
        toy.physician(each).model_copy(update={"name": "Kim"}) for each in ("ann", "bob")
    )
    region = toy.region(physicians=people)
    with pytest.raises(NotFound, match=r"Maybe ann or bob."):
        explain(region, roster(region, {}), person="Kim")


def test_a_roster_of_another_region(toy: Any) -> None:
    region = toy.region()
    with pytest.raises(RosterError, match="elsewhere"):
        explain(region, roster(region, {}, region_id="elsewhere"))
