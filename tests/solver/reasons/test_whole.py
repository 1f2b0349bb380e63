"""All that is empty in a roster, what is left aside, and names that name nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from so247.models.clock import Interval, period
from so247.models.errors import Cancelled, InputError, NotFound, RosterError
from so247.models.lines import Window
from so247.models.people import (
    Absence,
)
from so247.models.roster import Assignment, Roster, State
from so247.models.sites import AgreementKind, GpPost
from so247.solver.explain import explain
from so247.solver.limits import Cancel

MONDAY = date(2026, 11, 2)
OFFICE = 9 * 60


CONSULT = "home.consultation.2026w45.1"


def test_every_empty_duty_and_missing_session_is_explained(toy: Any, ask: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    region = toy.region(sessions=(ask.session(),), absences=(leave,))
    names = ask.planned(region)
    made = ask.roster(region, {name: "ann" for name in names if name != monday})
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


def test_a_cancelled_explanation_ends(toy: Any, ask: Any) -> None:
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(Cancelled):
        explain(toy.region(), ask.roster(toy.region(), {}), cancel=cancel)


def test_a_duty_held_in_part_is_empty_for_the_rest(toy: Any, ask: Any, monday: str) -> None:
    region = toy.region()
    names = ask.planned(region)
    made = ask.roster(region, {name: "ann" for name in names if name != monday})
    part = Interval(start=names[monday].start, end=names[monday].start + timedelta(hours=4))
    held = Assignment(target=monday, physician="ann", contract="ann-c", when=part)
    made = made.model_copy(update={"assignments": (*made.assignments, held)})
    (found,) = explain(region, made).explained
    assert (found.targets, found.minutes, found.holders) == ((monday,), OFFICE - 240, ("ann",))


def test_who_declined_is_said_to_have(toy: Any, ask: Any, monday: str) -> None:
    region = toy.region()
    no = Assignment(
        target=monday,
        physician="bob",
        contract="bob-c",
        when=ask.planned(region)[monday],
        state=State.DECLINED,
    )
    found = ask.one(region, monday, "bob", extra=(no,))
    assert (found.declined, found.holds) == (True, False)


def test_what_no_option_expresses_is_told(toy: Any, ask: Any, monday: str, night: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    region = toy.region(absences=(leave,))
    # Bob holds a night in his leave: the check sees the clash, the costs leave it out and say so.
    found = explain(region, ask.roster(region, {night: "bob"}), duty=monday)
    assert [each.code for each in found.notes] == ["explain.not_expressed"]


def test_a_region_that_changed_since_is_told(toy: Any, ask: Any) -> None:
    region = toy.region()
    made = ask.roster(region, {}, region_hash="0" * 64, region_sections=(("name", "x"),))
    (note,) = explain(region, made).notes
    assert note.code == "region_changed"


def test_what_an_organisation_holds_is_nobodys_to_take(toy: Any, ask: Any) -> None:
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
    found = explain(region, ask.roster(region, {}), duty=duty, person="bob")
    assert found.explained[0].organisation == "hap"
    assert [each.code for each in found.notes] == ["explain.not_ours"]


def test_what_began_before_the_period_is_historys(toy: Any, ask: Any) -> None:
    region = toy.region(first_roster_on=date(2026, 10, 26))
    # The night of Sunday 08:00 to Monday 08:00 began in the week before.
    duty = toy.duty("anw", "2026-11-01 08:00")
    when = ask.planned(region)[duty]
    earlier = Roster(
        region_id="small",
        period=period(date(2026, 10, 26), 1),
        assignments=(Assignment(target=duty, physician="ann", contract="ann-c", when=when),),
    )
    found = explain(region, ask.roster(region, {}), (earlier,), duty=duty)
    assert found.explained[0].holders == ("ann",)
    assert [each.code for each in found.notes] == ["explain.not_ours"]


def test_a_duty_by_local_time_and_a_person_by_name(toy: Any, ask: Any, monday: str) -> None:
    found = explain(
        toy.region(), ask.roster(toy.region(), {}), duty="day@2026-11-02T08:00", person="BOB"
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
def test_a_duty_that_is_none(
    toy: Any, ask: Any, duty: str, error: type[Exception], said: str
) -> None:
    region = toy.region(sessions=(ask.session(),))
    with pytest.raises(error, match=re.escape(said)):
        explain(region, ask.roster(region, {}), duty=duty)


def test_a_person_who_is_none(toy: Any, ask: Any) -> None:
    region = toy.region()
    with pytest.raises(NotFound, match=r"bbo: no physician of region small. Maybe bob."):
        explain(region, ask.roster(region, {}), person="bbo")


def test_two_people_of_one_name(toy: Any, ask: Any) -> None:
    people = tuple(
        toy.physician(each).model_copy(update={"name": "Kim"}) for each in ("ann", "bob")
    )
    region = toy.region(physicians=people)
    with pytest.raises(NotFound, match=r"Maybe ann or bob."):
        explain(region, ask.roster(region, {}), person="Kim")


def test_a_roster_of_another_region(toy: Any, ask: Any) -> None:
    region = toy.region()
    with pytest.raises(RosterError, match="elsewhere"):
        explain(region, ask.roster(region, {}, region_id="elsewhere"))
