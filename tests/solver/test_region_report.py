"""A region as a coordinator sees it: verdicts, employers, dependence and shortage, by hand."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from so247.audit.assess import assess
from so247.models.base import Weekday
from so247.models.calendar import duties
from so247.models.clock import Interval, day_start, period, to_utc
from so247.models.errors import InputError, RosterError
from so247.models.lines import Care, Per, Product, SessionDemand, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Absence, Employer, FundingContract
from so247.models.proof import Answered, CoverageBasis, Verdict
from so247.models.region import Region
from so247.models.region_report import Leaning, RegionReport
from so247.models.roster import Assignment, Roster, State
from so247.models.sites import Agreement, AgreementKind, GpGroup, GpPost, TravelTime
from so247.scenarios.catalogue import load_region
from so247.solver.limits import Limits
from so247.solver.region_report import region_report
from so247.solver.regional.footing import Footing
from so247.solver.regional.sites import site_rows

MONDAY = date(2026, 11, 2)
SUNDAY = date(2026, 11, 8)
OFFICE = 9 * 60
QUICK = Limits(seconds=4, reproducible=True)
WHOLE = period(MONDAY, 1)


def report(region: Region, roster: Roster | None = None, **more: Any) -> RegionReport:
    base: dict[str, Any] = {"today": MONDAY, "weeks": 1, "limits": QUICK}
    return region_report(region, roster, **(base | more))


def held_by(region: Region, who: str, *, but: tuple[str, ...] = (), **fields: Any) -> Roster:
    """One person holds every duty of the week, but for these."""
    rows = tuple(
        Assignment(target=each.id, physician=who, contract=f"{who}-c", when=each.when)
        for each in duties(region, WHOLE)
        if each.id not in but
    )
    return Roster(**({"region_id": "small", "period": WHOLE, "assignments": rows} | fields))


def group(toy: Any, **parts: Any) -> Region:
    """The toy with a GP group for a site: of the eight only 24/7 is asked there."""
    site = GpGroup(id="home", name="Home", pools=("pool",), phone_minutes=15, on_site_minutes=30)
    return toy.region(**({"facilities": (), "gp_groups": (site,)} | parts))  # type: ignore[no-any-return]


def away(*people: str, on: date = MONDAY) -> dict[str, Any]:
    leave = tuple(Absence(physician=each, first_day=on, last_day=on) for each in people)
    return {"absences": leave}


@pytest.fixture
def monday(toy: Any) -> str:
    return str(toy.duty("day", "2026-11-02 08:00"))


# -- sites ----------------------------------------------------------------------------------------


def test_without_a_roster_a_witness_says_what_is_possible_and_nobody_promised(toy: Any) -> None:
    found = report(group(toy))
    (site,) = found.sites
    assert (site.verdict, site.until) == (Verdict.COVERABLE, SUNDAY)
    assert found.basis is CoverageBasis.WITNESS
    assert [each.code for each in found.notes] == ["region.witness"]


def test_a_published_and_accepted_roster_meets(toy: Any) -> None:
    region = group(toy)
    made = held_by(region, "ann", published_at=day_start(MONDAY))
    accepted = tuple(e.model_copy(update={"state": State.ACCEPTED}) for e in made.assignments)
    found = report(region, made.model_copy(update={"assignments": accepted}))
    assert [each.verdict for each in found.sites] == [Verdict.MEETS]
    assert found.basis is CoverageBasis.PUBLISHED
    # The same, not yet accepted, is nothing more than possible.
    assert [each.verdict for each in report(region, made).sites] == [Verdict.COVERABLE]


def test_a_facility_without_papers_does_not_meet_and_it_is_said_which(toy: Any) -> None:
    (site,) = report(toy.region()).sites
    assert site.verdict is Verdict.NOT_YET
    alone = assess(toy.region(), "home", WHOLE, held_by(toy.region(), "ann"), witness=True)
    failing = {e.key for e in (*alone.preconditions, *alone.checks) if e.status.value != "met"}
    assert {each.key for each in site.failing} <= failing
    # Coverage itself is there, so it is not among what fails; GP agreements are.
    assert "5" not in {each.key for each in site.failing}
    assert "8" in {each.key for each in site.failing}


def test_gap_hours_are_those_of_the_roster(toy: Any, monday: str) -> None:
    region = group(toy)
    (site,) = report(region, held_by(region, "ann", but=(monday,))).sites
    # Nobody holds Monday's office hours.
    assert (site.uncovered_minutes, site.uncovered_general_minutes) == (OFFICE, 0)
    assert site.verdict is Verdict.NOT_YET


def test_general_gaps_are_counted_apart(toy: Any) -> None:
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS),
        toy.line("gp", Window.OFFICE_HOURS, care=Care.GENERAL, organisation="hap"),
    )
    posts = (GpPost(id="hap", name="HAP"),)
    agreements = (
        toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool"),
        toy.agreement("hap", AgreementKind.ORGANISATION_COVER, "hap"),
    )
    region = group(toy, lines=lines, gp_posts=posts, agreements=agreements)
    made = held_by(region, "ann")
    only = tuple(each for each in made.assignments if not each.target.startswith("gp@"))
    (site,) = report(region, made.model_copy(update={"assignments": only})).sites
    # The general line serves five times nine hours, and nobody is on it.
    assert (site.uncovered_minutes, site.uncovered_general_minutes) == (0, 5 * OFFICE)


def test_what_opens_after_the_period_has_no_verdict(toy: Any) -> None:
    sites = (toy.facility(), toy.facility("annex", opening_date=date(2026, 11, 9)))
    region = toy.region(facilities=sites)
    found = {each.site: each for each in report(region).sites}
    assert found["annex"].verdict is None
    assert found["annex"].opening == date(2026, 11, 9)
    assert found["home"].verdict is not None


def test_a_no_for_those_who_are_open_is_no_answer_for_who_opens_later(toy: Any) -> None:
    sites = (toy.facility(), toy.facility("annex", opening_date=date(2026, 11, 5)))
    ways = tuple(
        TravelTime(origin="base", destination=each, minutes=20) for each in ("home", "annex")
    )
    region = toy.region(facilities=sites, travel_times=ways)
    footing = Footing(None, witness=True, cover=Answered.INFEASIBLE)
    found = {each.site: each.verdict for each in site_rows(region, footing, (), WHOLE)}
    assert found["home"] is Verdict.IMPOSSIBLE
    assert found["annex"] is not Verdict.IMPOSSIBLE


def test_tekort_is_impossible_with_its_reasons() -> None:
    region = load_region("tekort")
    found = region_report(region, today=MONDAY, weeks=4, limits=Limits(seconds=20))
    assert {each.verdict for each in found.sites} == {Verdict.IMPOSSIBLE}
    # Three duties in one week is what it is known to lack (its README), and fewer cannot be.
    assert (found.capacity.fewest, found.capacity.at_least) == (3, 3)
    assert [(e.week, e.duties) for e in found.capacity.short] == [("2026-W46", 3)]
    assert {"conflict", "counting", "extra"} <= {each.code for each in found.notes}
    assert {each.answer for each in found.solves[:2]} == {Answered.INFEASIBLE}


# -- employers ------------------------------------------------------------------------------------


def test_employers_hours_agreed_and_rostered(toy: Any) -> None:
    paid = FundingContract(label="H335", counterparty="Zorgkantoor")
    ends = FundingContract(label="GZSP", counterparty="Verzekeraar", valid_until=date(2026, 11, 4))
    employers = (
        Employer(
            id="care", name="Care", funding_contracts=(paid, ends), extramural_hours_per_week=7
        ),
        Employer(id="idle", name="Idle"),
    )
    demand = SessionDemand(
        site="home",
        product=Product.CONSULTATION,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.MONDAY,),
        start_time=time(9),
        end_time=time(12),
    )
    region = group(toy, employers=employers, sessions=(demand,), planning_weeks=2)
    when = Interval(start=to_utc(MONDAY, time(9)), end=to_utc(MONDAY, time(12)))
    session = Assignment(
        target="home.consultation.2026w45.1", physician="bob", contract="bob-c", when=when
    )
    made = Roster(region_id="small", period=period(MONDAY, 2), assignments=(session,))
    care, idle = report(region, made).employers
    assert (care.physicians, care.fte) == (("ann", "bob"), 2.0)
    # Two weeks of seven hours were agreed, three hours are rostered: both weeks are below.
    assert (care.agreed_minutes, care.rostered_minutes) == (2 * 7 * 60, 3 * 60)
    assert (care.weeks, care.weeks_below) == (2, 2)
    assert [(each.label, each.throughout) for each in care.funding] == [
        ("H335", True),
        ("GZSP", False),
    ]
    assert (idle.physicians, idle.agreed_minutes, idle.rostered_minutes) == ((), None, 0)


def test_only_whole_weeks_are_held_against_the_agreement(toy: Any) -> None:
    employers = (Employer(id="care", name="Care", extramural_hours_per_week=7),)
    region = group(toy, employers=employers)
    (row,) = report(region, held_by(region, "ann"), today=date(2026, 11, 4)).employers
    # From Wednesday to Sunday lie five of the seven days, and no whole week.
    assert (row.weeks, row.agreed_minutes) == (0, 5 * 60)


# -- dependence -----------------------------------------------------------------------------------


def test_duties_that_one_two_or_nobody_may_hold(toy: Any) -> None:
    tuesday = date(2026, 11, 3)
    region = group(
        toy, absences=(*away("bob")["absences"], *away("ann", "bob", on=tuesday)["absences"])
    )
    found = report(region, held_by(region, "ann"))
    rows = {each.line: each for each in found.lines}
    day = rows["day"]
    # Bob is away on Monday, both on Tuesday; on the other three days either may.
    assert (day.duties, day.nobody) == (5, 1)
    assert day.alone == (Leaning(physicians=("ann",), duties=1),)
    assert day.pairs == (Leaning(physicians=("ann", "bob"), duties=3),)
    assert found.sites[0].alone == ("ann",)


def test_the_share_of_who_holds_most_of_a_line(toy: Any, monday: str) -> None:
    region = group(toy)
    made = held_by(region, "ann", but=(monday,))
    (when,) = (each.when for each in duties(region, WHOLE) if each.id == monday)
    bobs = Assignment(target=monday, physician="bob", contract="bob-c", when=when)
    made = made.model_copy(update={"assignments": (*made.assignments, bobs)})
    day = {each.line: each for each in report(region, made).lines}["day"]
    # Four of five office hours are hers.
    assert (day.top, day.top_duties, day.held) == ("ann", 4, 5)
    assert day.top_share == pytest.approx(0.8)


# -- capacity -------------------------------------------------------------------------------------


def test_the_fewest_unfilled_duties_by_week_and_line(toy: Any) -> None:
    found = report(group(toy, **away("ann", "bob"))).capacity
    # On Monday nobody is there: neither for the office hours, nor for the night that starts then,
    # nor for Sunday's piece of 08:00 to 08:00, which runs into it.
    assert (found.fewest, found.at_least, found.proven) == (3, 3, True)
    assert [(each.week, each.line, each.duties) for each in found.short] == [
        ("2026-W44", "anw", 1),
        ("2026-W45", "anw", 1),
        ("2026-W45", "day", 1),
    ]


def test_a_roster_that_holds_everything_shows_that_nothing_is_short(toy: Any) -> None:
    region = group(toy)
    found = report(region, held_by(region, "ann")).capacity
    assert (found.fewest, found.at_least, found.short) == (0, 0, ())
    assert found.needed == len(duties(region, WHOLE))


def test_lines_and_capacity_count_the_same_duties(toy: Any) -> None:
    region = group(toy)
    for today in (MONDAY, date(2026, 11, 4)):
        found = report(region, held_by(region, "ann"), today=today)
        # Both with the night that began on the evening before and is not over when it begins.
        assert found.capacity.needed == sum(each.duties for each in found.lines)
        assert [each.held for each in found.lines] == [each.duties for each in found.lines]
        running = [e for e in duties(region, WHOLE) if e.when.overlaps(found.period)]
        assert any(each.when.start < found.period.start for each in running)
        assert found.capacity.needed == len(running)


def test_a_roster_that_breaks_a_rule_shows_nothing(toy: Any) -> None:
    norm = Norm(
        id="tried",
        kind=NormKind.ROLLING_COUNT,
        text="Tried",
        counts=(Work.OFFICE_DUTY,),
        limit=2,
        window_days=7,
        severity=Severity.HARD,
        basis=Basis.VOLUNTARY,
        source="test",
    )
    packs = tuple(RulePack(id=each.id, name=each.name, norms=(norm,)) for each in SHIPPED_PACKS)
    region = group(toy, rule_packs=packs)
    # Ann alone holds five office hours; each of the two may hold two a week, so one is too many.
    found = report(region, held_by(region, "ann")).capacity
    assert (found.fewest, found.at_least) == (1, 1)


# -- what it is made from -------------------------------------------------------------------------


def test_a_roster_that_runs_is_seen_from_today(toy: Any, monday: str) -> None:
    region = group(toy)
    made = held_by(region, "ann", but=(monday,))
    found = report(region, made, today=date(2026, 11, 4))
    # Monday's gap is over.
    assert found.period == Interval(start=day_start(date(2026, 11, 4)), end=WHOLE.end)
    assert found.sites[0].uncovered_minutes == 0


def test_a_roster_that_is_over(toy: Any) -> None:
    region = group(toy)
    with pytest.raises(InputError, match="ended on 2026-11-08"):
        report(region, held_by(region, "ann"), today=date(2026, 11, 9))


def test_a_roster_of_another_region_is_refused(toy: Any) -> None:
    region = group(toy)
    with pytest.raises(RosterError, match="elsewhere"):
        report(region, held_by(region, "ann", region_id="elsewhere"))


def test_that_the_region_changed_since_is_shown(toy: Any) -> None:
    region = group(toy)
    made = held_by(region, "ann", region_hash="0" * 64, region_sections=(("name", "x"),))
    assert [each.code for each in report(region, made).changes] == ["region_changed"]


def test_what_history_holds_already_is_not_planned_again(toy: Any) -> None:
    region = group(toy, first_roster_on=MONDAY - timedelta(days=7))
    made = held_by(region, "ann")
    found = report(region, history=(made,))
    assert found.period == period(date(2026, 11, 9), 1)


def test_an_agreement_that_ends_is_the_until_of_its_site(toy: Any) -> None:
    agreement = Agreement(
        **(
            toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool").model_dump()
            | {"valid_until": date(2026, 11, 6)}
        )
    )
    (site,) = report(group(toy, agreements=(agreement,))).sites
    assert site.until == date(2026, 11, 6)
    assert site.verdict is Verdict.NOT_YET
