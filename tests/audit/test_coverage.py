"""DOMAIN E, test 5: minutes per site and position, with the reason for each that is not covered.

A week of the toy region has 7 x 1440 = 10080 minutes; 5 x 9 x 60 = 2700 of them are office hours,
so 7380 are not. Every site needs a first line at each of the 10080.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.clock import period
from so247.models.lines import Care, Per, Position, Product, SessionDemand, Window
from so247.models.people import SO, Absence, Role
from so247.models.report import Answer, Coverage, Outcome, Report, SiteCoverage
from so247.models.roster import State
from so247.models.settings import Settings
from so247.models.sites import (
    AgreementKind,
    CareFunction,
    FunctionHolder,
    GpPost,
    TravelTime,
)

WEEK_MINUTES = 10080
ANW_MINUTES = 7380
OFFICE_MINUTES = 2700
NURSE = Role.NURSE_PRACTITIONER


def site(report: Report, name: str = "home") -> SiteCoverage:
    return next(each for each in report.sites if each.site == name)


def codes(found: SiteCoverage, position: Position = Position.FIRST_LINE) -> set[str]:
    rows = [each for each in found.stretches if each.position is position]
    return {reason.code for each in rows for reason in each.reasons}


def with_nurse(toy: Any, **backup: Any) -> Any:
    """``nia`` is no SO and may hold ``anw``; ``back`` stands behind it in its escalation order."""
    escalation = backup.pop("escalation", ("anw", "back"))
    return toy.region(
        physicians=(toy.physician("ann"), toy.physician("bob"), toy.physician("nia", role=NURSE)),
        contracts=(toy.contract("ann"), toy.contract("bob"), toy.contract("nia")),
        lines=(
            toy.line("anw", Window.OUT_OF_HOURS, roles=(SO, NURSE), escalation=escalation),
            toy.line("day", Window.OFFICE_HOURS),
            toy.backup_line(**backup),
        ),
    )


def nurse_roster(toy: Any) -> Any:
    return toy.roster(toy.whole("anw", "nia"), toy.whole("day", "ann"), toy.whole("back", "bob"))


def test_an_empty_roster_covers_nothing(toy: Any) -> None:
    report = check(toy.region(), toy.roster())
    # Two sites, every minute of the week, first line only: no backup line exists.
    assert report.uncovered_site_minutes == 2 * WEEK_MINUTES
    assert {each.verdict for each in report.sites} == {Coverage.UNCOVERED}
    assert codes(site(report)) == {"no_holder"}


def test_every_planned_duty_held_covers_everything(toy: Any) -> None:
    region = toy.region()
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    assert report.covered
    assert site(report).required_minutes == WEEK_MINUTES
    assert site(report).stretches == ()


def test_duties_made_by_hand_cover_as_well(toy: Any) -> None:
    # One duty over the whole week matches no pattern; its line's window is what it answers for.
    report = check(toy.region(), toy.roster(toy.whole("anw", "ann"), toy.whole("day", "bob")))
    assert report.covered


@pytest.mark.parametrize(
    ("first", "minutes"),
    [
        (date(2026, 10, 19), WEEK_MINUTES + 60),  # Sunday 25 October has 25 hours
        (date(2027, 3, 22), WEEK_MINUTES - 60),  # Sunday 28 March has 23
    ],
)
def test_clock_changes_lengthen_and_shorten_the_week(toy: Any, first: date, minutes: int) -> None:
    report = check(toy.region(), toy.roster(period=period(first, 1)))
    assert site(report).required_minutes == minutes
    assert site(report).uncovered_minutes == minutes


def test_a_site_counts_from_its_opening_in_the_middle_of_a_duty(toy: Any) -> None:
    region = toy.region(facilities=(toy.facility(opening_date=date(2026, 11, 5)),))
    full = toy.planned(region, {"anw": "ann", "day": "bob"})
    # The duty of Wednesday 17:00 to Thursday 08:00 serves the facility from midnight on.
    night = next(e for e in full.assignments if e.when.start == toy.local("2026-11-04 17:00"))
    without = full.model_copy(
        update={"assignments": tuple(each for each in full.assignments if each != night)}
    )
    assert site(check(region, full)).required_minutes == 4 * 1440
    report = check(region, without)
    assert site(report).uncovered_minutes == 8 * 60
    assert site(report, "group").uncovered_minutes == 15 * 60


def test_an_opening_after_the_period_is_unknown_with_a_sentence(toy: Any) -> None:
    region = toy.region(facilities=(toy.facility(opening_date=date(2026, 11, 9)),))
    found = site(check(region, toy.roster()))
    assert (found.examined, found.required_minutes) == (None, 0)
    assert found.verdict is Coverage.UNKNOWN
    assert [note.code for note in found.notes] == ["opens_later"]


def test_a_facility_without_a_line_is_uncovered(toy: Any) -> None:
    region = toy.region(
        facilities=(toy.facility(), toy.facility("alone")),
        agreements=(toy.agreement("home"), toy.agreement("group"), toy.agreement("alone")),
    )
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    assert site(report).verdict is Coverage.COVERED
    assert site(report, "alone").uncovered_minutes == WEEK_MINUTES
    assert codes(site(report, "alone")) == {"no_line"}


def test_an_agreement_that_ends_in_the_middle_of_a_duty(toy: Any, rules_of: Any) -> None:
    ends = toy.agreement("home", valid_until=date(2026, 11, 4))
    region = toy.region(agreements=(ends, toy.agreement("group")))
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    # From Thursday 00:00, in the middle of the duty that began Wednesday 17:00: four days.
    assert site(report).uncovered_minutes == 4 * 1440
    assert site(report).stretches[0].when.start == toy.local("2026-11-05 00:00")
    assert "no_agreement" in codes(site(report))
    assert site(report, "group").verdict is Coverage.COVERED
    # Nobody else would do better, so nobody is ineligible.
    assert rules_of(report) == set()


def test_an_agreement_with_another_pool_does_not_help(toy: Any, rules_of: Any) -> None:
    region = toy.region(
        facilities=(toy.facility(pools=("pool", "other")),),
        agreements=(
            toy.agreement("home", valid_until=date(2026, 11, 4)),
            toy.agreement("home", id="so-home-2", partner="other"),
            toy.agreement("group"),
        ),
    )
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    assert rules_of(report) == {"eligible.agreement"}
    assert site(report).uncovered_minutes == 4 * 1440
    # The group's minutes are all there, but its holders break a hard rule.
    assert site(report, "group").uncovered_minutes == 0
    assert site(report, "group").verdict is Coverage.UNCOVERED
    assert {note.code for note in site(report, "group").notes} == {"holder_breach"}


def test_an_agreement_that_is_not_signed_is_unknown(toy: Any) -> None:
    unsigned = toy.agreement("home", signed_on=None)
    facility = toy.facility(phone_minutes=15, on_site_minutes=30)
    region = toy.region(agreements=(unsigned, toy.agreement("group")), facilities=(facility,))
    found = site(check(region, toy.planned(region, {"anw": "ann", "day": "bob"})))
    assert (found.uncovered_minutes, found.unknown_minutes) == (0, WEEK_MINUTES)
    assert codes(found) == {"agreement_unsigned"}


def test_parts_that_leave_one_minute(toy: Any) -> None:
    early = toy.between("2026-11-02 00:00", "2026-11-03 22:00")
    late = toy.between("2026-11-03 22:01", "2026-11-09 00:00")
    report = check(
        toy.region(),
        toy.roster(
            toy.held("anw@hand-1", "ann", early),
            toy.held("anw@hand-2", "bob", late),
        ),
    )
    # The window runs on from 17:00 to 08:00; only 22:00 to 22:01 is nobody's.
    gaps = [each for each in site(report).stretches if "line anw" in each.reasons[0].text]
    assert [each.when for each in gaps] == [toy.between("2026-11-03 22:00", "2026-11-03 22:01")]
    assert site(report).uncovered_minutes == OFFICE_MINUTES + 1


def test_a_declined_duty_covers_nothing(toy: Any) -> None:
    region = toy.region()
    full = toy.planned(region, {"anw": "ann", "day": "bob"})
    first = full.assignments[0].model_copy(update={"state": State.DECLINED})
    report = check(region, full.model_copy(update={"assignments": (first, *full.assignments[1:])}))
    # The first duty began on Sunday at 20:00; its part of the period is Monday 00:00 to 08:00.
    assert site(report).uncovered_minutes == 8 * 60


def test_without_an_so_backup_a_nurse_covers_nothing(toy: Any, rules_of: Any) -> None:
    region = with_nurse(toy)
    roster = toy.roster(toy.whole("anw", "nia"), toy.whole("day", "ann"))
    report = check(region, roster)
    assert rules_of(report) == {"cover.backup_so"}
    # 7380 of the first line, and the backup that nobody holds: 10080.
    assert site(report).uncovered_minutes == ANW_MINUTES + WEEK_MINUTES
    assert codes(site(report)) == {"cover.backup_so"}


def test_with_an_so_backup_a_nurse_covers(toy: Any) -> None:
    report = check(with_nurse(toy), nurse_roster(toy))
    assert report.covered
    # First line and backup: two positions at every minute.
    assert site(report).required_minutes == 2 * WEEK_MINUTES


def test_a_backup_that_nobody_is_told_about_does_not_count(toy: Any, rules_of: Any) -> None:
    report = check(with_nurse(toy, escalation=("anw",)), nurse_roster(toy))
    assert rules_of(report) == {"cover.backup_so"}
    assert site(report).uncovered_minutes == ANW_MINUTES
    assert codes(site(report), Position.BACKUP) == set()


def test_a_backup_without_a_phone_number_does_not_count(toy: Any) -> None:
    found = site(check(with_nurse(toy, phone=None), nurse_roster(toy)))
    assert found.uncovered_minutes == ANW_MINUTES + WEEK_MINUTES
    assert codes(found, Position.BACKUP) == {"no_phone"}


def test_an_absent_backup_uncovers_the_nurse_as_well(toy: Any) -> None:
    region = with_nurse(toy)
    hour = Absence(
        physician="bob",
        first_day=date(2026, 11, 3),
        last_day=date(2026, 11, 3),
        from_time=time(20),
        until_time=time(21),
    )
    region = region.model_copy(update={"absences": (hour,)})
    found = site(check(region, nurse_roster(toy)))
    assert found.uncovered_minutes == 60 + 60
    assert codes(found, Position.BACKUP) == {"eligible.absence"}


def test_nobody_is_his_own_backup(toy: Any, rules_of: Any) -> None:
    back = toy.line("back", Window.OUT_OF_HOURS, position=Position.BACKUP, combinable_with=("anw",))
    region = toy.region(
        lines=(
            toy.line("anw", Window.OUT_OF_HOURS, combinable_with=("back",)),
            toy.line("day", Window.OFFICE_HOURS),
            back,
        )
    )
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob", "back": "ann"}))
    # The lines combine, so holding both is no clash; but the backup is nobody else.
    assert rules_of(report) == {"cover.backup_differs"}
    assert site(report).uncovered_minutes == ANW_MINUTES
    assert codes(site(report), Position.FIRST_LINE) == set()


def hap_region(toy: Any, **cover: Any) -> Any:
    """The GP post ``hap`` holds ``anw``, by agreement with both sites, with an SO backup."""
    kind = AgreementKind.ORGANISATION_COVER
    signed = {"kind": kind, "partner": "hap"}
    return toy.region(
        gp_posts=(GpPost(id="hap", name="HAP"),),
        agreements=(
            toy.agreement("home"),
            toy.agreement("group"),
            toy.agreement("home", id="hap-home", **(signed | cover)),
            toy.agreement("group", id="hap-group", **signed),
        ),
        lines=(
            toy.line(
                "anw", Window.OUT_OF_HOURS, organisation="hap", escalation=("anw", "back"), roles=()
            ),
            toy.line("day", Window.OFFICE_HOURS),
            toy.backup_line(),
        ),
    )


@pytest.mark.parametrize(
    ("cover", "uncovered", "unknown"),
    [
        ({}, 0, 0),
        ({"signed_on": None}, 0, ANW_MINUTES),
        # Valid on Monday only: midnight to 08:00 and 17:00 to midnight are covered, 15 hours.
        ({"valid_until": date(2026, 11, 2)}, ANW_MINUTES - 15 * 60, 0),
    ],
)
def test_an_organisation_holds_a_line_by_agreement(
    toy: Any, cover: dict[str, Any], uncovered: int, unknown: int
) -> None:
    roster = toy.roster(
        toy.whole("anw", "hap", contract=None), toy.whole("day", "ann"), toy.whole("back", "bob")
    )
    report = check(hap_region(toy, **cover), roster)
    found = site(report)
    assert (found.uncovered_minutes, found.unknown_minutes) == (uncovered, unknown)
    assert site(report, "group").verdict is Coverage.COVERED
    assert not report.hard_breaches


def test_travel_starts_where_the_session_is(toy: Any) -> None:
    travel = toy.region().travel_times
    region = toy.region(
        facilities=(toy.facility(), toy.facility("remote")),
        sessions=(
            SessionDemand(
                site="remote",
                product=Product.CONSULTATION,
                count=1,
                per=Per.ISO_WEEK,
                weekdays=(Weekday.TUESDAY,),
                start_time=time(9),
                end_time=time(12),
                on_call_allowed=True,
            ),
        ),
        travel_times=(
            *travel,
            TravelTime(origin="remote", destination="home", minutes=70),
            TravelTime(origin="remote", destination="group", minutes=10),
        ),
    )
    full = toy.planned(region, {"anw": "ann", "day": "bob"})
    session = toy.held(
        "remote.consultation.2026w45.1",
        "bob",
        toy.between("2026-11-03 09:00", "2026-11-03 12:00"),
    )
    roster = full.model_copy(update={"assignments": (*full.assignments, session)})
    report = check(region, roster)
    # Three hours of the session: 70 minutes to home, where 30 are allowed; 10 to the group.
    assert site(report).uncovered_minutes == 180
    assert site(report, "group").uncovered_minutes == 0
    stretch = site(report).stretches[0]
    assert (stretch.reachable, stretch.deployable) == (Answer.YES, Answer.NO)
    finding = next(each for each in report.findings if each.rule == "eligible.travel")
    assert (finding.figure, finding.limit, finding.physician) == (70, 30, "bob")


@pytest.mark.parametrize(
    ("promise", "code", "answers"),
    [
        ({"on_site_minutes": 40}, "on_site_minutes", (Answer.YES, Answer.NO)),
        ({"phone_minutes": 16}, "phone_minutes", (Answer.NO, Answer.YES)),
        ({"phone": None}, "no_phone", (Answer.NO, Answer.YES)),
    ],
)
def test_a_line_that_promises_less_than_the_site_requires(
    toy: Any, promise: dict[str, Any], code: str, answers: tuple[Answer, Answer]
) -> None:
    # 15 by phone and 30 on site are required; exactly those would do.
    lines = (toy.line("anw", Window.OUT_OF_HOURS, **promise), toy.line("day", Window.OFFICE_HOURS))
    region = toy.region(lines=lines)
    found = site(check(region, toy.planned(region, {"anw": "ann", "day": "bob"})))
    assert found.uncovered_minutes == ANW_MINUTES
    assert codes(found) == {code}
    assert (found.stretches[0].reachable, found.stretches[0].deployable) == answers


@pytest.mark.parametrize(
    ("missing", "code"),
    [({"phone_minutes": None}, "no_phone_minutes"), ({"escalation": ()}, "no_escalation")],
)
def test_what_a_line_does_not_say_is_unknown(toy: Any, missing: dict[str, Any], code: str) -> None:
    lines = (toy.line("anw", Window.OUT_OF_HOURS), toy.line("day", Window.OFFICE_HOURS, **missing))
    region = toy.region(lines=lines)
    found = site(check(region, toy.planned(region, {"anw": "ann", "day": "bob"})))
    assert (found.uncovered_minutes, found.unknown_minutes) == (0, OFFICE_MINUTES)
    assert found.verdict is Coverage.UNKNOWN
    assert codes(found) == {code}


def test_default_minutes_prove_nothing(toy: Any) -> None:
    silent = toy.agreement("home", phone_minutes=None, on_site_minutes=None)
    region = toy.region(agreements=(silent, toy.agreement("group")))
    found = site(check(region, toy.planned(region, {"anw": "ann", "day": "bob"})))
    assert (found.uncovered_minutes, found.unknown_minutes) == (0, WEEK_MINUTES)
    assert found.verdict is Coverage.UNKNOWN
    assert codes(found) == {"default_phone_minutes", "default_on_site_minutes"}
    assert [note.code for note in found.notes] == ["default_minutes"]


def test_the_smaller_of_site_and_signed_agreement_is_required(toy: Any) -> None:
    # The site asks for 20, the agreement for 30: 25 minutes are promised, which is too long.
    strict = toy.facility(on_site_minutes=20)
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS, on_site_minutes=25),
        toy.line("day", Window.OFFICE_HOURS, on_site_minutes=20),
    )
    region = toy.region(facilities=(strict,), lines=lines)
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    assert site(report).uncovered_minutes == ANW_MINUTES
    assert site(report, "group").uncovered_minutes == 0


def test_a_missing_base_is_unknown_and_never_covered(toy: Any) -> None:
    people = (toy.physician("ann", night_base=None), toy.physician("bob"))
    region = toy.region(physicians=people)
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    assert site(report).unknown_minutes == ANW_MINUTES
    assert site(report).stretches[0].deployable is Answer.UNKNOWN
    assert site(report).stretches[0].reachable is Answer.YES
    unknown = [each for each in report.findings if each.rule == "eligible.travel"]
    assert unknown
    assert {each.outcome for each in unknown} == {Outcome.UNKNOWN}


def test_a_site_without_a_pool_is_uncovered(toy: Any) -> None:
    region = toy.region(facilities=(toy.facility(pools=()),))
    found = site(check(region, toy.planned(region, {"anw": "ann", "day": "bob"})))
    assert found.uncovered_minutes == WEEK_MINUTES
    assert codes(found) == {"no_pool"}


def test_general_care_is_counted_apart(toy: Any) -> None:
    general = toy.line("gen", Window.OUT_OF_HOURS, care=Care.GENERAL)
    region = toy.region(lines=(*toy.region().lines, general))
    found = site(check(region, toy.planned(region, {"anw": "ann", "day": "bob"})))
    assert (found.uncovered_minutes, found.uncovered_general_minutes) == (0, ANW_MINUTES)
    assert {each.care for each in found.stretches} == {Care.GENERAL}
    assert found.verdict is Coverage.COVERED


@pytest.mark.parametrize(
    ("holders", "registered_until", "verdict"),
    [
        ((), None, Coverage.UNCOVERED),
        (("ann",), None, Coverage.COVERED),
        # Registered until Wednesday: nobody is main practitioner from Thursday on.
        (("cas",), date(2026, 11, 4), Coverage.UNCOVERED),
    ],
)
def test_a_promised_function_has_a_registered_so(
    toy: Any, holders: tuple[str, ...], registered_until: date | None, verdict: Coverage
) -> None:
    main = CareFunction.MAIN_PRACTITIONER
    named = tuple(FunctionHolder(function=main, physician=each) for each in holders)
    people = (toy.physician("ann"), toy.physician("bob"))
    region = toy.region(
        physicians=(*people, toy.physician("cas", registered_until=registered_until)),
        facilities=(toy.facility(function_holders=named),),
        agreements=(toy.agreement("home", functions=(main,)), toy.agreement("group")),
    )
    found = site(check(region, toy.planned(region, {"anw": "ann", "day": "bob"})))
    assert found.uncovered_minutes == 0
    assert found.verdict is verdict
    expected = set() if verdict is Coverage.COVERED else {"function_unassigned"}
    assert {note.code for note in found.notes} == expected


def test_a_rule_switched_off_leaves_unknown_what_it_would_uncover(toy: Any) -> None:
    people = (toy.physician("ann", night_base="far"), toy.physician("bob"))
    settings = Settings(rules_off=("eligible.travel",))
    region = toy.region(physicians=people, settings=settings)
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    assert report.findings == ()
    assert (site(report).uncovered_minutes, site(report).unknown_minutes) == (0, ANW_MINUTES)


def test_missing_look_back_makes_a_hard_norm_unknown(toy: Any) -> None:
    # The shipped norm looks 112 days back, and nobody knows what ann held before the period.
    region = toy.region(rule_packs=(), first_roster_on=None)
    evening = toy.between("2026-11-04 17:00", "2026-11-05 08:00")
    report = check(region, toy.roster(toy.held("anw@2026-11-04T16:00Z", "ann", evening)))
    assert "norm_unknown" in {note.code for note in site(report).notes}


def test_two_holders_at_once_are_a_hard_breach(
    toy: Any, rules_of: Callable[[Any], set[str]]
) -> None:
    region = toy.region()
    full = toy.planned(region, {"anw": "ann", "day": "bob"})
    twice = full.assignments[-1].model_copy(update={"physician": "bob", "contract": "bob-c"})
    report = check(region, full.model_copy(update={"assignments": (*full.assignments, twice)}))
    assert rules_of(report) == {"cover.one_holder"}
