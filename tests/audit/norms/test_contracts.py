"""``contract.*``: prorated maxima and minima, and agreed extramural hours."""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.audit.contracts import check_contracts, contract_breaches, days_present
from so247.models.norms import Severity
from so247.models.people import Absence, Commitment, Contract, Employer


def contract(**more) -> Contract:
    return Contract(
        **{"id": "ann-care", "physician": "ann", "employer": "care", "fte": 1.0, **more}
    )


def evenings(*days: int) -> list[tuple[str, str, str]]:
    return [("call", f"2026-10-{day:02} 18:00", f"2026-10-{day:02} 23:00") for day in days]


def sessions(*days: str, hours: int = 3) -> list[tuple[str, str, str]]:
    return [
        (f"north.consultation.x.{day}", f"2026-{day} 09:00", f"2026-{day} {9 + hours:02}:00")
        for day in days
    ]


def shown(case) -> list[tuple[str, str, float | None, float | None, int]]:
    return [
        (e.finding.rule, e.finding.unit, e.finding.figure, e.finding.limit, e.cost)
        for e in contract_breaches(case)
    ]


def test_as_many_as_agreed(ward):
    region = ward.region(contracts=(contract(max_duties=3, min_duties=3),))
    assert shown(ward.case(region, *evenings(5, 8, 12))) == []


def test_one_more_than_agreed(ward):
    region = ward.region(contracts=(contract(max_duties=2),))
    (finding,) = check_contracts(ward.case(region, *evenings(5, 8, 12)))
    assert (finding.rule, finding.severity) == ("contract.maximum", Severity.HARD)
    assert (finding.figure, finding.limit, finding.unit) == (3, 2, "duties")
    assert finding.physician == "ann"
    assert len(finding.targets) == 3


def test_each_missing_one_costs_sixty(ward):
    region = ward.region(contracts=(contract(min_duties=4, min_weekends=1, min_nights=2),))
    case = ward.case(region, *evenings(5, 8))
    # Two duties, no weekend, no night: 2, 1 and 2 are missing.
    assert shown(case) == [
        ("contract.minimum", "duties", 2, 4, 120),
        ("contract.minimum", "weekends", 0, 1, 60),
        ("contract.minimum", "nights", 0, 2, 120),
    ]
    assert all(each.severity is Severity.SOFT for each in check_contracts(case))


def test_combined_lines_are_one_duty(ward):
    work = [(line, "2026-10-05 17:00", "2026-10-06 08:00") for line in ("call", "also")]
    region = ward.region(contracts=(contract(max_duties=1, max_nights=1),))
    assert shown(ward.case(region, *work)) == []


@pytest.mark.parametrize(
    ("first", "weeks", "figures"),
    [
        # Eight weeks of a contract per four: twice as much, 10 and 10.
        (None, 8, (10, 10)),
        # From Monday 19 October on: 14 of 28 days: 2.5, so at most 3 and at least 2.
        (date(2026, 10, 19), 4, (3, 2)),
        # From Sunday 25 October on: 8 of 28 days: 10/7 = 1.43, so at most 2 and at least 1.
        (date(2026, 10, 25), 4, (2, 1)),
        # From the last day on: 5/28, so at most 1 and at least 0.
        (date(2026, 11, 1), 4, (1, 0)),
        # Not yet: nothing at all.
        (date(2026, 11, 2), 4, (0, 0)),
    ],
)
def test_a_joiner_is_prorated_once(ward, first, weeks, figures):
    maximum, minimum = figures
    region = ward.region(contracts=(contract(max_duties=5, min_duties=5, valid_from=first),))
    days = [*range(5, 5 + maximum)]
    assert [
        row for row in shown(ward.case(region, *evenings(*days), weeks=weeks)) if "max" in row[0]
    ] == []
    too_many = ward.case(region, *evenings(*days, 30), weeks=weeks)
    assert shown(too_many) == [("contract.maximum", "duties", maximum + 1, maximum, 0)]
    (few,) = shown(ward.case(region, weeks=weeks)) or [None]
    assert few == (("contract.minimum", "duties", 0, minimum, 60 * minimum) if minimum else None)


def test_a_leaver(ward):
    # Until Sunday 18 October: 14 days present.
    region = ward.region(contracts=(contract(valid_until=date(2026, 10, 18)),))
    case = ward.case(region)
    assert days_present(case, region.contracts[0]) == 14


@pytest.mark.parametrize(
    ("absences", "present"),
    [
        # 13 days are no long leave, 14 are.
        ([("2026-10-05", "2026-10-17")], 28),
        ([("2026-10-05", "2026-10-18")], 14),
        # Two that touch are one.
        ([("2026-10-05", "2026-10-11"), ("2026-10-12", "2026-10-18")], 14),
        # Begun long before the period: one week of it lies here.
        ([("2026-09-21", "2026-10-11")], 21),
    ],
)
def test_long_leave(ward, absences, present):
    rows = tuple(
        Absence(physician="ann", first_day=date.fromisoformat(a), last_day=date.fromisoformat(b))
        for a, b in absences
    )
    region = ward.region(absences=rows, contracts=(contract(),))
    assert days_present(ward.case(region), region.contracts[0]) == present


def test_a_day_that_is_partly_leave_is_no_day_present(ward):
    # From Monday 12:00 to Tuesday 20 October 12:00: 15 days by the calendar, 16 dates touched.
    leave = Absence(
        physician="ann",
        first_day=date(2026, 10, 5),
        last_day=date(2026, 10, 20),
        from_time=time(12),
        until_time=time(12),
    )
    region = ward.region(absences=(leave,), contracts=(contract(),))
    assert days_present(ward.case(region), region.contracts[0]) == 12


def test_weekends_and_nights(ward):
    work = [
        ("call", "2026-10-09 17:00", "2026-10-10 08:00"),  # night; Friday into Saturday
        ("call", "2026-10-11 08:00", "2026-10-11 17:00"),  # Sunday of the same weekend
        ("call", "2026-10-18 17:00", "2026-10-19 08:00"),  # night; Sunday of the next
        ("call", "2026-10-26 17:00", "2026-10-27 08:00"),  # night; Monday
    ]
    region = ward.region(contracts=(contract(max_weekends=1, max_nights=2),))
    assert shown(ward.case(region, *work)) == [
        ("contract.maximum", "weekends", 2, 1, 0),
        ("contract.maximum", "nights", 3, 2, 0),
    ]


def test_a_weekend_belongs_to_its_saturday(ward):
    # The period starts on Sunday 11 October: its Saturday lies before it.
    work = [("call", "2026-10-11 08:00", "2026-10-11 17:00")]
    region = ward.region(contracts=(contract(max_weekends=0),))
    assert shown(ward.case(region, *work, first=date(2026, 10, 11))) == []
    assert shown(ward.case(region, *work)) == [("contract.maximum", "weekends", 1, 0, 0)]


def test_hours_are_rounded_up(ward):
    # 1.01 h a week for four weeks is 242.4 minutes: 243 are allowed.
    work = ("north.consultation.x.1", "2026-10-05 09:00", "2026-10-05 13:03")
    region = ward.region(contracts=(contract(hours_per_week=1.01),))
    assert shown(ward.case(region, work)) == []
    longer = ("north.consultation.x.1", "2026-10-05 09:00", "2026-10-05 13:04")
    assert shown(ward.case(region, longer)) == [("contract.maximum", "h", 4.07, 4.05, 0)]


def test_hours_are_sessions_presence_and_commitments(ward):
    paid = Commitment(
        physician="ann",
        place="elm",
        start_time=time(8),
        end_time=time(10),
        day=date(2026, 10, 6),
        contract="ann-care",
    )
    unpaid = paid.model_copy(update={"contract": None, "day": date(2026, 10, 7)})
    after = paid.model_copy(update={"day": date(2026, 11, 2)})
    work = [
        *sessions("10-05"),  # 3 h
        ("watch", "2026-10-09 18:00", "2026-10-09 22:00"),  # 4 h
        ("call", "2026-10-12 17:00", "2026-10-13 08:00"),  # on call: no hours
    ]
    region = ward.region(commitments=(paid, unpaid, after), contracts=(contract(hours_per_week=2),))
    # 3 + 4 + 2 = 9 hours, at most 8.
    assert shown(ward.case(region, *work)) == [("contract.maximum", "h", 9, 8, 0)]
    # Two hours of commitment alone are not ours to judge.
    strict = ward.region(commitments=(paid,), contracts=(contract(hours_per_week=0),))
    assert shown(ward.case(strict)) == []


def test_history_is_not_of_this_period(ward):
    region = ward.region(contracts=(contract(max_duties=1),))
    before = [("call", "2026-10-01 18:00", "2026-10-01 23:00")]
    assert shown(ward.case(region, *evenings(5), before=before)) == []


CAPPED = (Employer(id="care", name="Care", extramural_hours_per_week=6),)


def test_the_cap_is_per_iso_week(ward):
    region = ward.region(employers=CAPPED)
    # Six hours in each of weeks 41 and 42.
    work = sessions("10-05", "10-09", "10-12", "10-16")
    assert [row for row in shown(ward.case(region, *work)) if "cap" in row[0]] == []


def test_over_the_cap(ward):
    region = ward.region(employers=CAPPED)
    case = ward.case(region, *sessions("10-05", "10-07", "10-09"))
    (found,) = [e for e in check_contracts(case) if e.rule == "contract.extramural_cap"]
    assert (found.figure, found.limit, found.unit) == (9, 6, "h")
    assert found.severity is Severity.HARD
    assert found.physician is None
    assert len(found.targets) == 3


def test_the_cap_counts_the_week_s_history(ward):
    # The period starts on Wednesday 7 October; two sessions of that week are history.
    region = ward.region(employers=CAPPED)
    case = ward.case(
        region,
        *sessions("10-09"),
        before=sessions("10-05", "10-06"),
        first=date(2026, 10, 7),
    )
    assert [row[2] for row in shown(case) if "cap" in row[0]] == [9]
    # Without a session of this period in it, the week is history's.
    bare = ward.case(
        region, before=sessions("10-05", "10-06", "10-06", hours=4), first=date(2026, 10, 7)
    )
    assert [row for row in shown(bare) if "cap" in row[0]] == []


def signals(case) -> list[tuple[float | None, int]]:
    found = [e for e in check_contracts(case) if e.rule == "contract.extramural_floor"]
    assert all(each.severity is Severity.SIGNAL for each in found)
    return [(each.figure, each.when.minutes // (7 * 24 * 60)) for each in found]


def full(*mondays: str) -> list[tuple[str, str, str]]:
    """Six hours in the week of each Monday."""
    return [
        (f"north.consultation.x.{day}", f"2026-{day} 09:00", f"2026-{day} 15:00") for day in mondays
    ]


def test_three_short_weeks_in_a_row_are_signalled(ward):
    region = ward.region(employers=CAPPED)
    # Full in week 44 only: 41, 42 and 43 are short.
    assert signals(ward.case(region, *full("10-26"))) == [(3, 3)]
    # Full in week 43: two short ones before, one after.
    assert signals(ward.case(region, *full("10-19"))) == []
    # Nothing at all: one run of four (the last week is an hour longer).
    assert signals(ward.case(region)) == [(4, 4)]


def test_agreed_hours_exactly_are_no_shortfall(ward):
    region = ward.region(employers=CAPPED)
    work = full("10-05", "10-12", "10-19", "10-26")
    assert signals(ward.case(region, *work)) == []
    a_little_less = [(name, start, end.replace("15:00", "14:59")) for name, start, end in work]
    assert signals(ward.case(region, *a_little_less)) == [(4, 4)]


def test_the_run_goes_back_into_history(ward):
    region = ward.region(employers=CAPPED)
    before = [
        (f"north.consultation.x.{day}", f"2026-{day} 09:00", f"2026-{day} 15:00")
        for day in ("09-07", "09-14")
    ]
    # Weeks 39 and 40 of history and 41 here are short, 42 to 44 are full.
    work = full("10-12", "10-19", "10-26")
    assert signals(ward.case(region, *work, before=before)) == [(3, 3)]
    # A run that ended in history is history's: 37 to 40 short, all full here.
    assert signals(ward.case(region, *full("10-05"), *work, before=[])) == []


def test_nothing_agreed_nothing_asked(ward):
    assert signals(ward.case(ward.region())) == []
