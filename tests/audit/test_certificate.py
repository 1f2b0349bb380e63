"""A counting certificate is re-computed: what holds is accepted, and every change is noticed.

The region is the scenario ``tekort``: in its second week seven out-of-hours duties, four weeknights
(0 to 3), Friday evening (4), Saturday and Sunday (5, 6). Two SOs are on leave and one lives too far
away. The one who is left holds one of Monday and Tuesday, one of Wednesday and Thursday (9 h of the
11 h of rest between), Friday, and one of Saturday and Sunday (46 h on end): 4 of 7.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.audit.certificate import counting_faults
from so247.models.calendar import duties
from so247.models.clock import Interval, day_start, period
from so247.models.proof import Barred, Counting, Part, Said, Share
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.scenarios.catalogue import load_region

REST, LONG = "rest_11h_between_duties", "continuous_24h"
FIVE = "duties_5_per_7_days"
SAID = Said(code="x", nl="x", en="x")
WEEKS = period(date(2026, 11, 2), 4)
SECOND = period(date(2026, 11, 9), 1)


@pytest.fixture(scope="module")
def tekort() -> Region:
    return load_region("tekort")


@pytest.fixture(scope="module")
def week(tekort: Region) -> tuple[str, ...]:
    found = duties(tekort, SECOND)
    return tuple(each.id for each in found if each.burden and SECOND.start <= each.when.start)


def part(names: Any, rule: str, most: int = 1, **about: str) -> Part:
    return Part(duties=tuple(names), most=most, rule=rule, text=SAID, **about)


def certificate(week: tuple[str, ...]) -> Counting:
    alone = Share(
        physician="so-01",
        parts=(
            part(week[0:2], "norm.rest", norm=REST),
            part(week[2:4], "norm.rest", norm=REST),
            part(week[4:5], "cover.one_holder"),
            part(week[5:7], "norm.continuous", norm=LONG),
        ),
    )
    away = {
        "so-02": "eligible.absence",
        "so-03": "eligible.absence",
        "so-04": "eligible.travel",
    }
    barred = tuple(Barred(physician=who, rules=(rule,) * 7) for who, rule in away.items())
    return Counting(duties=week, shares=(alone,), barred=barred, text=SAID)


def with_parts(counting: Counting, *parts: Part) -> Counting:
    share = Share(physician="so-01", parts=parts)
    return counting.model_copy(update={"shares": (share,)})


def with_rules(counting: Counting, who: str, rules: tuple[str, ...]) -> Counting:
    kept = [each for each in counting.barred if each.physician != who]
    return counting.model_copy(update={"barred": (*kept, Barred(physician=who, rules=rules))})


def test_what_a_pencil_finds_holds(tekort, week) -> None:
    counting = certificate(week)
    assert (counting.need, counting.most) == (7, 4)
    assert counting_faults(tekort, counting, WEEKS, ()) == ()


def test_a_part_may_promise_more_than_it_needs(tekort, week) -> None:
    """By rest, of four weeknights in a row two exclude each other only if they are neighbours; by
    the norm of five per seven days at most five of all seven: 5 is still fewer than 7."""
    counting = with_parts(certificate(week), part(week, "norm.rolling_count", 5, norm=FIVE))
    assert counting_faults(tekort, counting, WEEKS, ()) == ()
    generous = with_parts(certificate(week), part(week, "norm.rolling_count", 6, norm=FIVE))
    assert counting_faults(tekort, generous, WEEKS, ()) == ()


@pytest.mark.parametrize(
    ("most", "rule", "norm", "chosen", "said"),
    [
        (4, "norm.rolling_count", FIVE, (0, 1, 2, 3, 4, 5, 6), "allows 5 of"),
        # Between Monday and Wednesday lies a whole day of rest.
        (1, "norm.rest", REST, (0, 2), "does not bound"),
        (1, "norm.rest", REST, (0, 1, 2), "does not bound"),
        # The norm named is not the one that keeps these two apart.
        (1, "norm.continuous", LONG, (0, 1), "does not bound"),
        (1, "norm.rest", "no_such_norm", (0, 1), "does not bound"),
        (1, "time.one_at_a_time", None, (0, 1), "does not bound"),
        # A norm of soft severity keeps nobody from anything.
        (3, "norm.rolling_count", "nights_3_in_a_row", (0, 1, 2, 3), "does not bound"),
        (1, "contract.maximum", None, (0, 1), "does not bound"),
        (1, "cover.one_holder", None, (0, 1), "allows 2 of"),
        (1, "wish.met", None, (0, 1), "does not bound"),
        (0, "norm.rest", REST, (0, 1), "allows 1 of"),
    ],
)
def test_a_bound_that_is_not_there(tekort, week, most, rule, norm, chosen, said) -> None:
    names = [week[each] for each in chosen]
    rest = [part([each], "cover.one_holder") for each in week if each not in names]
    about = {} if norm is None else {"norm": norm}
    counting = with_parts(certificate(week), part(names, rule, most, **about), *rest)
    faults = counting_faults(tekort, counting, WEEKS, ())
    assert any(said in each for each in faults), faults


def test_a_duty_that_no_part_counts(tekort, week) -> None:
    counting = certificate(week)
    fewer = with_parts(counting, *counting.shares[0].parts[:-1])
    assert counting_faults(tekort, fewer, WEEKS, ()) == (
        f"so-01 may hold {week[5]}, which no part counts",
        f"so-01 may hold {week[6]}, which no part counts",
    )


def test_everybody_is_named_once(tekort, week) -> None:
    counting = certificate(week)
    fewer = counting.model_copy(update={"barred": counting.barred[1:]})
    (fault,) = counting_faults(tekort, fewer, WEEKS, ())
    assert fault.startswith("so-02 is named 0 times")
    twice = counting.model_copy(update={"barred": (*counting.barred, counting.barred[0])})
    assert any("so-02 is named 2 times" in e for e in counting_faults(tekort, twice, WEEKS, ()))
    more = counting.model_copy(
        update={"barred": (*counting.barred, Barred(physician="zed", rules=()))}
    )
    assert "the region knows nobody called zed" in counting_faults(tekort, more, WEEKS, ())


def test_who_is_barred_is_barred_from_every_duty_by_that_rule(tekort, week) -> None:
    counting = certificate(week)
    (fault, *_) = counting_faults(
        tekort, with_rules(counting, "so-04", ("eligible.absence",) * 7), WEEKS, ()
    )
    assert "is barred by eligible.travel, not by eligible.absence" in fault
    (fault,) = counting_faults(
        tekort, with_rules(counting, "so-04", ("eligible.travel",)), WEEKS, ()
    )
    assert fault == "so-04: 1 rules for 7 duties"
    present = tekort.model_copy(update={"absences": tekort.absences[1:]})
    who = tekort.absences[0].physician
    faults = counting_faults(present, counting, WEEKS, ())
    assert faults == tuple(f"{who} may hold {name}" for name in week)


def test_the_duties_are_those_of_the_period(tekort, week) -> None:
    counting = certificate(week)
    for names, said in (
        ((), "it counts no duty at all"),
        ((*week, week[0]), f"{week[0]} is counted 2 times"),
        ((*week, "tekort-anw@by-hand"), "tekort-anw@by-hand is no duty of the period"),
    ):
        changed = counting.model_copy(update={"duties": names})
        assert said in counting_faults(tekort, changed, WEEKS, ())
    # In a period that ends before them they are nobody's.
    early = counting_faults(tekort, counting, period(date(2026, 11, 2), 1), ())
    assert f"{week[0]} is no duty of the period" in early


def test_enough_to_go_round_is_no_shortage(tekort, week) -> None:
    counting = with_parts(certificate(week), *(part([each], "cover.one_holder") for each in week))
    assert counting_faults(tekort, counting, WEEKS, ()) == (
        "7 duties need holders, and 7 can be held: no shortage",
    )


def test_a_duty_that_history_holds_needs_nobody(tekort, week) -> None:
    sunday = next(each for each in duties(tekort, SECOND) if each.id == week[6])
    held = Assignment(target=week[6], physician="so-01", contract="c-so-01", when=sunday.when)
    before = Roster(
        region_id="tekort",
        period=Interval(start=WEEKS.start, end=sunday.when.end),
        assignments=(held,),
    )
    # The period begins while the Sunday duty runs.
    later = Interval(start=day_start(date(2026, 11, 16)), end=WEEKS.end)
    one = certificate(week).model_copy(update={"duties": (week[6],)})
    assert counting_faults(tekort, one, later, (before,)) == (f"{week[6]} is held by history",)
    assert f"{week[6]} is held by history" not in counting_faults(tekort, one, later, ())


def test_what_begins_before_the_period_counts_with_what_begins_in_it(tekort, week) -> None:
    """The Sunday duty runs until Monday 08:00; from then to 17:00 are 9 of the 11 hours of rest.
    What begins in the period is tested, so Monday's night is: of the two one is held."""
    later = Interval(start=day_start(date(2026, 11, 16)), end=WEEKS.end)
    pair = (week[6], "tekort-anw@2026-11-16T16:00Z")

    def faults(*parts: Part, of: tuple[str, ...] = pair) -> str:
        share = Share(physician="so-01", parts=parts)
        counting = Counting(duties=of, shares=(share,), text=SAID)
        return "\n".join(counting_faults(tekort, counting, later, ()))

    assert "bound" not in faults(part(pair, "norm.rest", norm=REST))
    few = part(pair, "norm.rolling_count", 1, norm=FIVE)
    assert f"allows 2 of {', '.join(pair)}, not 1" in faults(few)
    # Of Sunday alone nothing is tested.
    sunday = part(pair[:1], "norm.rolling_count", 0, norm=FIVE)
    assert "does not bound" in faults(sunday, of=pair[:1])


def test_a_period_without_holidays_and_another_region_are_refused(tekort, week) -> None:
    counting = certificate(week)
    late = period(date(2031, 1, 6), 1)
    assert "holiday table" in counting_faults(tekort, counting, late, ())[0]
    strange = Roster(region_id="elsewhere", period=SECOND)
    assert "another region" in counting_faults(tekort, counting, WEEKS, (strange,))[0]


def test_a_rule_that_is_switched_off_keeps_nobody_from_anything(tekort, week) -> None:
    for rule in ("eligible.travel", "norm.rest"):
        settings = tekort.settings.model_copy(update={"rules_off": (rule,)})
        loose = tekort.model_copy(update={"settings": settings})
        assert counting_faults(loose, certificate(week), WEEKS, ()), rule
