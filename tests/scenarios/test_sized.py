"""Regions for curves: of the size that was asked, the same again, and built around a roster."""

from __future__ import annotations

from datetime import date

import pytest

from so247.audit.check import check
from so247.models.calendar import duties
from so247.models.clock import period
from so247.scenarios.catalogue import load_region
from so247.scenarios.generator import generate_with_witness
from so247.scenarios.sized import over, sized, sized_spec
from so247.solver.solve import build


@pytest.mark.parametrize(("people", "weeks"), [(10, 4), (14, 26), (23, 13), (60, 8), (200, 4)])
def test_a_region_has_the_size_that_was_asked(people: int, weeks: int) -> None:
    region = sized(people, weeks, 1)
    assert (len(region.physicians), region.planning_weeks) == (people, weeks)


@pytest.mark.parametrize(("people", "seed"), [(10, 1), (16, 2), (30, 3)])
def test_its_roster_is_legal_and_leaves_no_gap(people: int, seed: int) -> None:
    region, roster = generate_with_witness(sized_spec(people, 4), seed)
    assert region == sized(people, 4, seed)
    report = check(region, roster)
    assert report.hard_breaches == ()
    assert report.uncovered_site_minutes == 0


def test_what_is_asked_grows_with_the_people() -> None:
    # An area for every fifteen people, in pairs: 2, 4 and 8 for 30, 60 and 120. Each has a line in
    # office hours, one outside them, and half a backup.
    lines = [len(sized(people, 4, 1).lines) for people in (30, 60, 120)]
    assert lines == [5, 10, 20]


def test_seeds_differ() -> None:
    assert sized(12, 4, 1) != sized(12, 4, 2)


def test_hanzeland_over_a_year() -> None:
    # 52 weeks from 5 October 2026 end on 4 October 2027: no year beyond its holiday table.
    region = over(load_region("hanzeland"), 52)
    assert region.planning_weeks == 52
    start = region.planning_start
    assert start == date(2026, 10, 5)
    # Twice 26 weeks, but for the piece that runs across the middle, which both halves have.
    half = period(date(2027, 4, 5), 26)
    both = {duty.id for duty in (*duties(region, period(start, 26)), *duties(region, half))}
    assert both == {duty.id for duty in duties(region, period(start, 52))}


def test_the_holiday_table_grows_with_the_period() -> None:
    # Veenland's table ends in 2027 at the latest: 104 weeks from October 2026 reach into 2028.
    region = over(load_region("veenland"), 104)
    assert set(range(2026, 2029)) <= set(region.holiday_years)
    assert date(2028, 12, 25) in region.holiday_dates
    assert build(region, date(2028, 9, 1), 1)[1].tasks
