"""``eligible.*``: each rule kept, and broken in the smallest way."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.lines import Form, Organisation, Per, Product, SessionDemand, Window
from so247.models.people import SO, Absence, Commitment, Employer, FundingContract, Role
from so247.models.report import Finding, Outcome
from so247.models.sites import GpGroup, GpPractice

NIGHT = ("2026-11-04 17:00", "2026-11-05 08:00")
WEDNESDAY, THURSDAY = date(2026, 11, 4), date(2026, 11, 5)


def findings(toy: Any, region: Any, *assignments: Any) -> list[Finding]:
    report = check(region, toy.roster(*assignments))
    return [each for each in report.findings if each.rule.startswith("eligible.")]


def night(toy: Any, who: str = "ann", **fields: Any) -> Any:
    """Wednesday 17:00 to Thursday 08:00 on ``anw``."""
    return toy.held("anw@2026-11-04T16:00Z", who, toy.between(*NIGHT), **fields)


def broken(toy: Any, region: Any, *assignments: Any) -> set[str]:
    return {each.rule for each in findings(toy, region, *assignments)}


def test_nothing_is_wrong_with_ann(toy: Any) -> None:
    assert broken(toy, toy.region(), night(toy)) == set()


@pytest.mark.parametrize(
    ("ann", "rules"),
    [
        # In another pool: neither in the sites' pool nor in one that they have an agreement with.
        ({"pools": ("other",)}, {"eligible.pool", "eligible.agreement"}),
        ({"role": Role.TRAINEE}, {"eligible.role"}),
        ({"registered_until": WEDNESDAY}, {"eligible.registration"}),
        ({"registered_until": THURSDAY}, set()),
        ({"registered_from": THURSDAY}, {"eligible.registration"}),
        ({"night_base": "far"}, {"eligible.travel"}),  # 70 minutes, 30 allowed
        ({"day_base": "far"}, set()),  # not a minute of the duty lies in office hours
    ],
)
def test_the_person(toy: Any, ann: dict[str, Any], rules: set[str]) -> None:
    region = toy.region(physicians=(toy.physician("ann", **ann), toy.physician("bob")))
    assert broken(toy, region, night(toy)) == rules


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"contract": None}, {"eligible.contract"}),
        ({"contract": "bob-c"}, {"eligible.contract"}),
        ({"contract": "nobodys"}, {"eligible.contract"}),
        ({"physician": "stranger"}, {"eligible.contract"}),
    ],
)
def test_what_it_is_booked_on(toy: Any, fields: dict[str, Any], rules: set[str]) -> None:
    assert broken(toy, toy.region(), night(toy).model_copy(update=fields)) == rules


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"valid_until": WEDNESDAY}, {"eligible.contract"}),
        ({"valid_until": THURSDAY}, set()),
        ({"free_weekdays": (Weekday.WEDNESDAY,)}, {"eligible.free_weekday"}),
        # The duty ends on Thursday, but it starts on Wednesday.
        ({"free_weekdays": (Weekday.THURSDAY,)}, set()),
    ],
)
def test_the_contract(toy: Any, fields: dict[str, Any], rules: set[str]) -> None:
    region = toy.region(contracts=(toy.contract("ann", **fields), toy.contract("bob")))
    assert broken(toy, region, night(toy)) == rules


@pytest.mark.parametrize(
    ("until", "rules"),
    [(time(17), set()), (time(17, 1), {"eligible.absence"})],
)
def test_an_absence_of_one_minute(toy: Any, until: time, rules: set[str]) -> None:
    away = Absence(
        physician="ann",
        first_day=WEDNESDAY,
        last_day=WEDNESDAY,
        from_time=time(9),
        until_time=until,
    )
    assert broken(toy, toy.region(absences=(away,)), night(toy)) == rules


@pytest.mark.parametrize(
    ("commitment", "rules"),
    [
        ({}, {"eligible.commitment"}),
        ({"on_call_allowed": True}, set()),
        # Allowed, but then travel starts there: 70 minutes.
        ({"on_call_allowed": True, "place": "far"}, {"eligible.travel"}),
        ({"weekday": Weekday.FRIDAY}, set()),
    ],
)
def test_a_commitment(toy: Any, commitment: dict[str, Any], rules: set[str]) -> None:
    base: dict[str, Any] = {"physician": "ann", "place": "base", "weekday": Weekday.WEDNESDAY}
    base |= {"start_time": time(18), "end_time": time(20)}
    region = toy.region(commitments=(Commitment(**(base | commitment)),))
    assert broken(toy, region, night(toy)) == rules


def test_a_commitment_past_midnight_reaches_the_next_day(toy: Any) -> None:
    # Tuesday 22:00 to Wednesday 18:00 overlaps the duty's first hour.
    shift = Commitment(
        physician="ann",
        place="base",
        weekday=Weekday.TUESDAY,
        start_time=time(22),
        end_time=time(18),
    )
    region = toy.region(commitments=(shift,))
    (finding,) = findings(toy, region, night(toy))
    assert finding.rule == "eligible.commitment"
    assert finding.when == toy.between("2026-11-04 17:00", "2026-11-04 18:00")


def test_travel_names_figure_and_limit(toy: Any) -> None:
    region = toy.region(physicians=(toy.physician("ann", night_base="far"), toy.physician("bob")))
    (finding,) = findings(toy, region, night(toy))
    assert (finding.figure, finding.limit, finding.unit) == (70, 30, "minutes")


def test_a_way_that_nobody_measured_is_unknown(toy: Any) -> None:
    known = [row for row in toy.region().travel_times if row.destination == "group"]
    region = toy.region(travel_times=tuple(known))
    (finding,) = findings(toy, region, night(toy))
    assert (finding.rule, finding.outcome) == ("eligible.travel", Outcome.UNKNOWN)


def test_a_presence_duty_starts_from_its_place(toy: Any) -> None:
    # ann lives far away, but she is at ``base`` for the whole duty, 20 minutes from both sites.
    line = toy.line("anw", Window.OUT_OF_HOURS, form=Form.PRESENCE, place="base")
    ann = toy.physician("ann", night_base="far")
    region = toy.region(lines=(line,), physicians=(ann, toy.physician("bob")))
    assert broken(toy, region, night(toy)) == set()


def test_an_organisation_holds_only_its_own_line(toy: Any) -> None:
    region = toy.region(organisations=(Organisation(id="centre", name="Centre"),))
    assert broken(toy, region, night(toy, "centre", contract=None)) == {"eligible.role"}


def session_region(toy: Any, **overrides: Any) -> Any:
    demand: dict[str, Any] = {
        "site": "practice",
        "product": Product.HOME_VISITS,
        "count": 1,
        "per": Per.ISO_WEEK,
        "weekdays": (Weekday.WEDNESDAY,),
        "start_time": time(9),
        "end_time": time(12),
        "funding": "H335",
    }
    group = GpGroup(
        id="group",
        name="Group",
        practices=(GpPractice(id="practice", name="Practice"),),
        pools=("pool",),
    )
    paid = FundingContract(label="H335", counterparty="zorgkantoor", valid_until=WEDNESDAY)
    employers = (Employer(id="care", name="Care", funding_contracts=(paid,)),)
    base = {"gp_groups": (group,), "sessions": (SessionDemand(**demand),), "employers": employers}
    return toy.region(**(base | overrides))


def visits(toy: Any, who: str = "ann") -> Any:
    when = toy.between("2026-11-04 09:00", "2026-11-04 12:00")
    return toy.held("practice.home_visits.2026w45.1", who, when)


def test_a_session_in_a_practice(toy: Any) -> None:
    assert broken(toy, session_region(toy), visits(toy)) == set()


def test_a_practice_has_the_pools_of_its_group(toy: Any) -> None:
    region = session_region(
        toy, physicians=(toy.physician("ann", pools=("other",)),), contracts=(toy.contract("ann"),)
    )
    assert broken(toy, region, visits(toy)) == {"eligible.pool"}


@pytest.mark.parametrize(
    ("contracts", "rules"),
    [
        ((), {"eligible.funding"}),
        (({"valid_until": WEDNESDAY},), set()),
        (({"valid_until": date(2026, 11, 3)},), {"eligible.funding"}),
        (({"label": "GZSP"},), {"eligible.funding"}),
    ],
)
def test_funding_of_a_session(
    toy: Any, contracts: tuple[dict[str, Any], ...], rules: set[str]
) -> None:
    base = {"label": "H335", "counterparty": "zorgkantoor"}
    paid = tuple(FundingContract(**(base | each)) for each in contracts)
    region = session_region(
        toy, employers=(Employer(id="care", name="Care", funding_contracts=paid),)
    )
    assert broken(toy, region, visits(toy)) == rules


def test_a_session_never_goes_with_a_commitment(toy: Any) -> None:
    other = Commitment(
        physician="ann",
        place="base",
        day=WEDNESDAY,
        start_time=time(11),
        end_time=time(13),
        on_call_allowed=True,
    )
    assert broken(toy, session_region(toy, commitments=(other,)), visits(toy)) == {
        "eligible.commitment"
    }


def test_findings_say_that_a_pin_caused_them(toy: Any) -> None:
    away = Absence(physician="ann", first_day=WEDNESDAY, last_day=WEDNESDAY)
    region = toy.region(absences=(away,))
    (free,) = findings(toy, region, night(toy))
    (pinned,) = findings(toy, region, night(toy, pinned=True))
    assert (free.pinned, pinned.pinned) == (False, True)


def test_roles_of_a_line_may_be_wider(toy: Any) -> None:
    line = toy.line("anw", Window.OUT_OF_HOURS, roles=(SO, Role.TRAINEE))
    people = (toy.physician("ann", role=Role.TRAINEE), toy.physician("bob"))
    assert broken(toy, toy.region(lines=(line,), physicians=people), night(toy)) == set()
