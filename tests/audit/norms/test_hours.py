"""``norm.hours``: counted hours per ISO week, alone and on average."""

from __future__ import annotations

from datetime import date, time

from so247.models.base import Weekday
from so247.models.norms import Basis, Norm, NormKind, Severity, Work
from so247.models.people import Commitment

SIXTY = "hours_60_per_week"


def tried(limit: float, weeks: int = 1, percent: int = 0, *counts: Work) -> Norm:
    return Norm(
        id="tried",
        kind=NormKind.HOURS,
        text="Tried",
        counts=counts
        or (Work.SESSION, Work.PRESENCE_DUTY, Work.COMMITMENT, Work.REACHABILITY_DUTY),
        limit=limit,
        window_weeks=weeks,
        on_call_percent=percent,
        severity=Severity.SOFT,
        basis=Basis.VOLUNTARY,
        source="test",
    )


def watch(day: str, hours: int) -> tuple[str, str, str]:
    return ("watch", f"{day} 00:00", f"{day} {hours:02}:00")


def test_sixty_hours(ward):
    days = [f"2026-10-{day:02}" for day in range(5, 10)]
    # Five times 12 hours of presence are 60.
    assert ward.shown(ward.case(ward.region(), *(watch(day, 12) for day in days)), SIXTY) == []


def test_one_hour_more(ward):
    days = [f"2026-10-{day:02}" for day in range(5, 10)]
    work = [*(watch(day, 12) for day in days), watch("2026-10-10", 1)]
    (breach,) = ward.breaches(ward.case(ward.region(), *work), SIXTY)
    # 61 hours; the excess of one hour costs its 60 minutes.
    assert (breach.finding.figure, breach.finding.limit, breach.finding.unit) == (61, 60, "h")
    assert breach.cost == 60
    assert breach.finding.text.startswith(
        "ann: 61 hours per week in the week from Mon 5 Oct 2026 00:00, at most 60"
    )


def test_only_the_part_within_the_week_counts(ward):
    # Sunday 18:00 to Monday 06:00: 6 hours in each week.
    case = ward.case(ward.region(tried(6)), ("watch", "2026-10-11 18:00", "2026-10-12 06:00"))
    assert ward.shown(case, "tried") == []
    case = ward.case(ward.region(tried(5)), ("watch", "2026-10-11 18:00", "2026-10-12 06:00"))
    # Over by an hour in two weeks in a row: one finding, 60 + 60.
    assert ward.shown(case, "tried") == [("breach", 6, 120)]


def test_the_repeated_hour_is_work(ward):
    # Sunday 25 October 00:00 to 08:00 is nine hours.
    work = [("watch", "2026-10-25 00:00", "2026-10-25 08:00")]
    assert ward.shown(ward.case(ward.region(tried(9)), *work), "tried") == []
    assert ward.shown(ward.case(ward.region(tried(8.5)), *work), "tried") == [("breach", 9, 30)]


def test_the_missing_hour_is_not(ward):
    # Sunday 28 March 2027 00:00 to 08:00 is seven hours.
    work = [("watch", "2027-03-28 00:00", "2027-03-28 08:00")]
    case = ward.case(ward.region(tried(7)), *work, first=date(2027, 3, 1))
    assert ward.shown(case, "tried") == []


def test_on_call_counts_for_its_share_and_excess_is_rounded_up(ward):
    # 15 h = 900 min of which 33 % are 297; at most 4.5 h = 270: 27 over.
    night = ("call", "2026-10-06 17:00", "2026-10-07 08:00")
    assert ward.shown(ward.case(ward.region(tried(4.5, 1, 33)), night), "tried") == [
        ("breach", 4.95, 27)
    ]
    # 15 h 1 min = 901 min: 297.33, so 27.33 over, rounded up to 28.
    longer = ("call", "2026-10-06 17:00", "2026-10-07 08:01")
    assert ward.shown(ward.case(ward.region(tried(4.5, 1, 33)), longer), "tried") == [
        ("breach", 4.96, 28)
    ]


def test_combined_lines_are_worked_once(ward):
    both = [(line, "2026-10-06 17:00", "2026-10-07 08:00") for line in ("call", "also")]
    assert ward.shown(ward.case(ward.region(tried(15, 1, 100)), *both), "tried") == []


def test_the_average_over_two_weeks(ward):
    # 20 h in week 41, none in 42, 10 h in week 43. At most 8 h on average = 16 per two weeks:
    # windows 40-41 (20), 41-42 (20) are 4 h over, 42-43 (10) and 43-44 (10) are not.
    work = [watch("2026-10-05", 20), watch("2026-10-19", 10)]
    case = ward.case(ward.region(tried(8, 2)), *work)
    assert ward.shown(case, "tried") == [("breach", 10, 480)]


def test_history_counts(ward):
    work = [watch("2026-10-05", 10)]
    case = ward.case(ward.region(tried(8, 2)), *work, before=[watch("2026-09-28", 10)])
    # 10 + 10 = 20 over two weeks, 4 h too many; the window after holds 10.
    assert ward.shown(case, "tried") == [("breach", 10, 240)]


def test_a_commitment_counts_with_ours_but_not_alone(ward):
    daily = tuple(
        Commitment(physician="ann", place="elm", start_time=time(8), end_time=time(18), weekday=day)
        for day in tuple(Weekday)[:6]
    )
    region = ward.region(commitments=daily)
    # Six times 10 h are 60; another 3 h of ours in week 41 make 63: 180 minutes over.
    session = ("north.consultation.2026w41.1", "2026-10-05 19:00", "2026-10-05 22:00")
    assert ward.shown(ward.case(region, session), SIXTY) == [("breach", 63, 180)]
    longer = tuple(each.model_copy(update={"end_time": time(20)}) for each in daily)
    night = ("call", "2026-10-06 20:00", "2026-10-07 08:00")
    # 72 hours of commitments, and a night on call that does not count as hours: not ours to judge.
    assert ward.shown(ward.case(ward.region(commitments=longer), night), SIXTY) == []


def test_iso_week_53(ward):
    # Week 53 of 2026 runs from Monday 28 December to Sunday 3 January.
    work = [watch("2026-12-28", 10), watch("2027-01-03", 10)]
    case = ward.case(ward.region(tried(19)), *work, first=date(2026, 12, 14))
    assert ward.shown(case, "tried") == [("breach", 20, 60)]
    work = [watch("2027-01-03", 10), watch("2027-01-04", 10)]
    assert (
        ward.shown(ward.case(ward.region(tried(19)), *work, first=date(2026, 12, 14)), "tried")
        == []
    )


def test_a_period_that_starts_midweek_looks_back_to_monday(ward):
    # From Wednesday 7 October; history holds Monday and Tuesday.
    first = date(2026, 10, 7)
    region = ward.region(tried(15), first_roster_on=date(2026, 9, 1))
    case = ward.case(region, watch("2026-10-08", 10), before=[watch("2026-10-05", 10)], first=first)
    assert ward.shown(case, "tried") == [("breach", 20, 300)]
    unknown = ward.case(
        ward.region(tried(15), first_roster_on=None), watch("2026-10-08", 10), first=first
    )
    assert [row[0] for row in ward.shown(unknown, "tried")] == ["unknown"]


def test_weeks_wholly_in_the_period_are_known(ward):
    region = ward.region(tried(15), first_roster_on=None)
    assert ward.shown(ward.case(region, watch("2026-10-05", 10)), "tried") == []
