"""``norm.rest``: rest between stretches of work, before and after presence, and once shortened."""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.models.base import Weekday
from so247.models.norms import Basis, Norm, NormKind, Severity, Work
from so247.models.people import Commitment, Role

SO_REST = "rest_11h_between_duties"
PRESENCE = "presence_rest_11h"
DAILY = "daily_rest_11h"
SESSION = "north.consultation.2026w41.1"


def commitment(day: int, start: int, end: int, month: int = 10) -> Commitment:
    return Commitment(
        physician="ann",
        place="elm",
        start_time=time(start),
        end_time=time(end),
        day=date(2026, month, day),
        contract="ann-care",
    )


def test_eleven_hours_between_duties_is_enough(ward):
    # Tuesday 08:00 to 19:00 is exactly 11 hours.
    case = ward.case(
        ward.region(),
        ("call", "2026-10-05 17:00", "2026-10-06 08:00"),
        ("call", "2026-10-06 19:00", "2026-10-07 08:00"),
    )
    assert ward.shown(case, SO_REST) == []


def test_one_minute_less_is_a_breach(ward):
    case = ward.case(
        ward.region(),
        ("call", "2026-10-05 17:00", "2026-10-06 08:00"),
        ("call", "2026-10-06 18:59", "2026-10-07 08:00"),
    )
    # 08:00 to 18:59 is 10 h 59 min = 10.98 h; a pair of stretches costs 60.
    (breach,) = ward.breaches(case, SO_REST)
    assert (breach.finding.figure, breach.finding.limit, breach.finding.unit) == (10.98, 11, "h")
    assert breach.cost == 60
    assert breach.finding.severity is Severity.HARD
    assert breach.finding.basis is Basis.VOLUNTARY
    assert breach.finding.when.minutes == 10 * 60 + 59
    assert len(breach.finding.targets) == 2
    assert "10.98 hours of rest before Tue 6 Oct 2026 18:59, at least 11" in breach.finding.text


def test_touching_duties_are_one_stretch_without_rest_between(ward):
    case = ward.case(
        ward.region(),
        ("call", "2026-10-10 08:00", "2026-10-10 17:00"),
        ("call", "2026-10-10 17:00", "2026-10-11 08:00"),
    )
    assert ward.shown(case, SO_REST) == []


def test_combined_lines_are_one_block(ward):
    # Two lines at the same time, then 9 hours later again: one rest too short, not two or four.
    work = [
        (line, start, end)
        for line in ("call", "also")
        for start, end in (
            ("2026-10-05 17:00", "2026-10-06 08:00"),
            ("2026-10-06 17:00", "2026-10-07 08:00"),
        )
    ]
    assert ward.shown(ward.case(ward.region(), *work), SO_REST) == [("breach", 9, 60)]


def test_rest_looks_back_over_the_edge(ward):
    before = [("call", "2026-10-04 08:00", "2026-10-05 08:00")]
    case = ward.case(ward.region(), ("call", "2026-10-05 17:00", "2026-10-06 08:00"), before=before)
    # Monday 08:00 (history) to 17:00 is 9 hours.
    assert ward.shown(case, SO_REST) == [("breach", 9, 60)]


def test_a_short_rest_inside_history_is_history(ward):
    before = [
        ("call", "2026-10-02 17:00", "2026-10-03 08:00"),
        ("call", "2026-10-03 17:00", "2026-10-04 08:00"),
    ]
    case = ward.case(ward.region(), ("call", "2026-10-06 17:00", "2026-10-07 08:00"), before=before)
    assert ward.shown(case, SO_REST) == []


@pytest.mark.parametrize(("start", "outcomes"), [("08:00", ["unknown"]), ("11:00", [])])
def test_without_history_only_a_window_that_reaches_back_is_unknown(ward, start, outcomes):
    # From 08:00, eleven hours back is Sunday 21:00, which nobody recorded; from 11:00 it is 00:00.
    region = ward.region(first_roster_on=None)
    case = ward.case(region, ("call", f"2026-10-05 {start}", "2026-10-05 20:00"))
    assert [row[0] for row in ward.shown(case, SO_REST)] == outcomes


def test_the_october_night_is_an_hour_longer(ward):
    # Saturday 22:00 to Sunday 08:00 looks like 10 hours; the clock goes back, so it is 11.
    work = [
        ("watch", "2026-10-24 12:00", "2026-10-24 22:00"),
        ("watch", "2026-10-25 08:00", "2026-10-25 17:00"),
    ]
    assert ward.shown(ward.case(ward.region(), *work), PRESENCE) == []


def test_the_march_night_is_an_hour_shorter(ward):
    # Saturday 27 March 2027 21:00 to Sunday 08:00 looks like 11 hours; it is 10.
    work = [
        ("watch", "2027-03-27 12:00", "2027-03-27 21:00"),
        ("watch", "2027-03-28 08:00", "2027-03-28 17:00"),
    ]
    case = ward.case(ward.region(), *work, first=date(2027, 3, 1))
    assert ward.shown(case, PRESENCE) == [("breach", 10, 60)]


def test_a_session_that_touches_presence_has_no_rest_at_all(ward):
    case = ward.case(
        ward.region(),
        ("watch", "2026-10-05 17:00", "2026-10-06 09:00"),
        (SESSION, "2026-10-06 09:00", "2026-10-06 12:00"),
    )
    assert ward.shown(case, PRESENCE) == [("breach", 0, 60)]


def test_presence_asks_for_rest_before_and_after(ward):
    case = ward.case(
        ward.region(),
        (SESSION, "2026-10-05 09:00", "2026-10-05 12:00"),
        ("watch", "2026-10-05 17:00", "2026-10-06 08:00"),
        (SESSION.replace("41.1", "41.2"), "2026-10-06 09:00", "2026-10-06 12:00"),
    )
    # 12:00 to 17:00 is 5 hours, 08:00 to 09:00 one.
    assert ward.shown(case, PRESENCE) == [("breach", 5, 60), ("breach", 1, 60)]


def test_two_sessions_need_no_presence_rest(ward):
    case = ward.case(
        ward.region(),
        (SESSION, "2026-10-05 19:00", "2026-10-05 22:00"),
        (SESSION.replace("41.1", "41.2"), "2026-10-06 07:00", "2026-10-06 10:00"),
    )
    assert ward.shown(case, PRESENCE) == []


def test_touching_presence_duties_are_one_stretch(ward):
    case = ward.case(
        ward.region(),
        ("watch", "2026-10-05 08:00", "2026-10-05 20:00"),
        ("watch", "2026-10-05 20:00", "2026-10-06 08:00"),
    )
    assert ward.shown(case, PRESENCE) == []


def test_what_others_rostered_is_not_judged(ward):
    # Two commitments with 9 hours between, nothing of ours near them.
    case = ward.case(
        ward.region(role=Role.TRAINEE, commitments=(commitment(7, 14, 23), commitment(8, 8, 12))),
        ("call", "2026-10-12 17:00", "2026-10-13 08:00"),
    )
    assert ward.shown(case, DAILY) == []


def test_a_commitment_next_to_our_session_is_judged(ward):
    case = ward.case(
        ward.region(role=Role.TRAINEE, commitments=(commitment(7, 16, 23),)),
        (SESSION, "2026-10-08 06:00", "2026-10-08 09:00"),
    )
    # 23:00 to 06:00 is 7 hours: below even the reduced 8.
    (breach,) = ward.breaches(case, DAILY)
    assert (breach.finding.figure, breach.finding.limit, breach.cost) == (7, 8, 60)
    assert breach.finding.basis is Basis.LAW


def short_days(*days: int) -> list[tuple[str, str, str]]:
    """Sessions with nine hours of rest between the evening of each day and the next morning."""
    work = []
    for day in days:
        work.append(
            (f"north.consultation.x.{day}", f"2026-10-{day:02} 20:00", f"2026-10-{day:02} 23:00")
        )
        work.append(
            (
                f"north.consultation.y.{day}",
                f"2026-10-{day + 1:02} 08:00",
                f"2026-10-{day + 1:02} 10:00",
            )
        )
    return work


def test_one_rest_of_nine_hours_in_seven_days_is_allowed(ward):
    case = ward.case(ward.region(role=Role.TRAINEE), *short_days(6))
    assert ward.shown(case, DAILY) == []


def test_the_next_one_comes_seven_times_24_hours_later(ward):
    # Rests start on Tuesday 6 October 23:00 and Tuesday 13 October 23:00: 7 x 24 h apart.
    case = ward.case(ward.region(role=Role.TRAINEE), *short_days(6, 13))
    assert ward.shown(case, DAILY) == []


def test_a_second_short_rest_within_seven_days_is_a_breach(ward):
    case = ward.case(ward.region(role=Role.TRAINEE), *short_days(6, 12))
    (breach,) = ward.breaches(case, DAILY)
    # The rest itself was 9 hours; as the second it should have been 11.
    assert (breach.finding.figure, breach.finding.limit, breach.cost) == (9, 11, 60)


def test_a_short_rest_in_history_uses_up_the_next_one(ward):
    before = short_days(1)
    region = ward.region(role=Role.TRAINEE)
    # Thursday 1 October 23:00 to Tuesday 6 October 23:00 is five days.
    assert ward.shown(ward.case(region, *short_days(6), before=before), DAILY) == [
        ("breach", 9, 60)
    ]
    # ... to Thursday 8 October 23:00 exactly seven.
    assert ward.shown(ward.case(region, *short_days(8), before=before), DAILY) == []


def test_a_short_rest_that_may_be_the_second_is_unknown(ward):
    region = ward.region(role=Role.TRAINEE, first_roster_on=None)
    assert [row[0] for row in ward.shown(ward.case(region, *short_days(6)), DAILY)] == ["unknown"]
    assert ward.shown(ward.case(region, *short_days(13)), DAILY) == []


def test_a_break_of_four_hours_is_no_rest(ward):
    sessions = [
        ("north.consultation.x.1", "2026-10-06 08:00", "2026-10-06 12:00"),
        ("north.consultation.x.2", "2026-10-06 16:00", "2026-10-06 18:00"),
    ]
    region = ward.region(role=Role.TRAINEE)
    assert ward.shown(ward.case(region, *sessions), DAILY) == []
    later = ("north.consultation.x.2", "2026-10-06 16:01", "2026-10-06 18:00")
    # A minute more and it is a rest of 4 h 01 min = 4.02 h, far below 8.
    assert ward.shown(ward.case(region, sessions[0], later), DAILY) == [("breach", 4.02, 60)]


def test_after_a_night_only(ward):
    norm = Norm(
        id="after_night",
        kind=NormKind.REST,
        text="14 hours after a night",
        counts=(Work.REACHABILITY_DUTY, Work.SESSION),
        limit=14,
        night_only=True,
        severity=Severity.SOFT,
        basis=Basis.VOLUNTARY,
        source="test",
    )
    region = ward.region(norm)
    night = ("call", "2026-10-05 17:00", "2026-10-06 08:00")
    evening = ("call", "2026-10-05 17:00", "2026-10-05 23:00")
    noon = (SESSION, "2026-10-06 12:00", "2026-10-06 15:00")
    # 08:00 to 12:00 is 4 hours after a night; 23:00 to 12:00 is 13 hours after an evening.
    assert ward.shown(ward.case(region, night, noon), "after_night") == [("breach", 4, 60)]
    assert ward.shown(ward.case(region, evening, noon), "after_night") == []


def test_weekly_commitments_are_seen_from_the_week_before(ward):
    sunday = Commitment(
        physician="ann",
        place="elm",
        start_time=time(16),
        end_time=time(23),
        weekday=Weekday.SUNDAY,
    )
    case = ward.case(
        ward.region(role=Role.TRAINEE, commitments=(sunday,)),
        (SESSION, "2026-10-05 06:00", "2026-10-05 09:00"),
    )
    # The commitment of Sunday 4 October 23:00 lies before the period: 7 hours of rest.
    assert ward.shown(case, DAILY) == [("breach", 7, 60)]
