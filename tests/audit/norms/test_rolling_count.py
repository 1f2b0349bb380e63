"""``norm.rolling_count``: duties that start in ``(t - window, t]``."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.people import PackBinding, Physician, Role

FIVE = "duties_5_per_7_days"


def nights(*days: int, start: str = "17:00") -> list[tuple[str, str, str]]:
    return [("call", f"2026-10-{day:02} {start}", f"2026-10-{day + 1:02} 04:00") for day in days]


def at_most(limit: int, severity: Severity = Severity.SOFT) -> Norm:
    return Norm(
        id="tried",
        kind=NormKind.ROLLING_COUNT,
        text="Tried",
        counts=(Work.REACHABILITY_DUTY, Work.PRESENCE_DUTY),
        limit=limit,
        window_days=7,
        severity=severity,
        basis=Basis.VOLUNTARY,
        source="test",
    )


def test_five_in_seven_days(ward):
    # The sixth starts exactly 7 x 24 hours after the first, which has then left the window.
    case = ward.case(ward.region(), *nights(5, 6, 7, 8, 9, 12))
    assert ward.shown(case, FIVE) == []


def test_the_sixth_a_minute_earlier(ward):
    work = [*nights(5, 6, 7, 8, 9), *nights(12, start="16:59")]
    (breach,) = ward.breaches(ward.case(ward.region(), *work), FIVE)
    finding = breach.finding
    assert (finding.figure, finding.limit, finding.unit) == (6, 5, "duties")
    assert breach.cost == 60
    assert finding.severity is Severity.HARD
    assert finding.source == "ATB 5.20:4, ATB 5.20:5"
    assert len(finding.targets) == 6
    # The window as a coordinator counts it: seven days from the first duty.
    assert finding.text.startswith(
        "ann: 6 duties in 7 x 24 hours from Mon 5 Oct 2026 17:00, at most 5"
    )
    assert finding.when.minutes == 7 * 24 * 60


def test_a_run_of_windows_is_one_finding_and_every_window_costs(ward):
    # At most 2: windows at days 7, 8, 9 hold 3, 4, 5 duties, so excess 1 + 2 + 3 = 6, times 60.
    case = ward.case(ward.region(at_most(2)), *nights(5, 6, 7, 8, 9))
    assert ward.shown(case, "tried") == [("breach", 5, 360)]


def test_two_separate_runs_are_two_findings(ward):
    case = ward.case(ward.region(at_most(1)), *nights(5, 6, 20, 21))
    assert ward.shown(case, "tried") == [("breach", 2, 60), ("breach", 2, 60)]


def test_combined_lines_count_once_and_others_twice(ward):
    # call and also combine; call and watch do not.
    same = [(line, "2026-10-05 17:00", "2026-10-06 08:00") for line in ("call", "also")]
    assert ward.shown(ward.case(ward.region(at_most(1)), *same), "tried") == []
    apart = [(line, "2026-10-05 17:00", "2026-10-06 08:00") for line in ("call", "watch")]
    assert ward.shown(ward.case(ward.region(at_most(1)), *apart), "tried") == [("breach", 2, 60)]


def test_looks_back_into_history(ward):
    before = [
        ("call", f"2026-{day} 17:00", f"2026-{day} 23:00") for day in ("09-29", "10-01", "10-02")
    ]
    region = ward.region(at_most(3))
    # On Monday 5 October the three of history are still within 7 x 24 hours: 4.
    assert ward.shown(ward.case(region, *nights(5), before=before), "tried") == [("breach", 4, 60)]
    # On Tuesday 6 October 17:00 the first has left.
    assert ward.shown(ward.case(region, *nights(6), before=before), "tried") == []


def test_seven_days_are_elapsed_hours(ward):
    # From Monday 19 October 17:00 summer time, 7 x 24 h end on Monday 26 October at 16:00.
    region = ward.region(at_most(1))
    assert ward.shown(ward.case(region, *nights(19), *nights(26, start="16:00")), "tried") == []
    earlier = ward.case(region, *nights(19), *nights(26, start="15:59"))
    assert ward.shown(earlier, "tried") == [("breach", 2, 60)]


def test_unknown_look_back_is_said_once(ward):
    region = ward.region(at_most(3), first_roster_on=None)
    (found,) = ward.breaches(ward.case(region, *nights(6, 8)), "tried")
    assert found.finding.outcome.value == "unknown"
    assert found.cost == 0
    assert "Maybe add the earlier rosters" in found.finding.text
    # Monday 12 October 17:00 looks back to Monday 5 October 17:00, after the start.
    assert ward.shown(ward.case(region, *nights(12)), "tried") == []


def test_what_is_broken_anyway_is_not_unknown(ward):
    region = ward.region(at_most(1), first_roster_on=None)
    outcomes = [row[0] for row in ward.shown(ward.case(region, *nights(6, 8)), "tried")]
    # The window of the 6th may hold more, so that is unknown; the 8th is a breach in any case.
    assert outcomes == ["breach", "unknown"]


@pytest.mark.parametrize(("limit", "shown"), [(0, [("breach", 1, 60)]), (1, [])])
def test_none_at_all(ward, limit, shown):
    case = ward.case(ward.region(at_most(limit)), *nights(7))
    assert ward.shown(case, "tried") == shown


def test_nurse_practitioners_have_three(ward):
    region = ward.region(role=Role.NURSE_PRACTITIONER)
    case = ward.case(region, *nights(5, 7, 9, 11))
    (breach,) = ward.breaches(case, "duties_3_per_7_days")
    assert (breach.finding.figure, breach.finding.limit) == (4, 3)
    assert breach.finding.basis is Basis.LAW


def test_the_pack_of_the_day_decides(ward):
    # The strict pack binds from Monday 19 October on: two duties before it are not its business,
    # but look-back still counts them.
    strict = RulePack(id="strict", name="Strict", norms=(at_most(1),))
    ann = Physician(
        id="ann",
        name="Ann",
        role=Role.ELDERLY_CARE_PHYSICIAN,
        rule_packs=(PackBinding(pack="strict", valid_from=date(2026, 10, 19)),),
    )
    region = ward.region(physicians=(ann,), rule_packs=(strict,))
    assert ward.shown(ward.case(region, *nights(15, 17)), "tried") == []
    assert ward.shown(ward.case(region, *nights(15, 17, 20)), "tried") == [("breach", 3, 120)]


def test_sixteen_weeks(ward):
    # 33 duties at three-day distance span 96 days, within 112: one too many.
    first = date(2026, 10, 5)
    starts = [first + timedelta(days=3 * number) for number in range(33)]
    work = [("call", f"{day} 18:00", f"{day} 23:00") for day in starts]
    case = ward.case(ward.region(), *work, weeks=16)
    assert ward.shown(case, "duties_32_per_16_weeks") == [("breach", 33, 60)]
    fewer = ward.case(ward.region(), *work[:32], weeks=16)
    assert ward.shown(fewer, "duties_32_per_16_weeks") == []


def test_a_rule_that_is_switched_off(ward):
    from so247.models.settings import Settings

    region = ward.region(at_most(0), settings=Settings(rules_off=("norm.rolling_count",)))
    assert ward.shown(ward.case(region, *nights(5)), "tried") == []
