"""Regions of any size with the same make-up, for curves of cost over people and weeks."""

from __future__ import annotations

from datetime import date

from so247.formats.region_holidays import usual_days
from so247.models.region import Region
from so247.scenarios.generator import changed, generate
from so247.scenarios.spec import Backups, Spec

PER_AREA = 15
"""People who share a pool: a duty every nine days or so, backups included."""
START = date(2026, 10, 5)


def sized_spec(people: int, weeks: int) -> Spec:
    """What a region of so many people asks for: lines, sites and sessions grow with the people.

    Every area has lines of its own in and out of office hours; two neighbours share a backup.
    """
    areas = max(1, round(people / PER_AREA))
    areas += areas % 2 if areas > 1 else 0
    return Spec(
        id=f"maat-{people}-{weeks}",
        name=f"Maat {people}",
        physicians=people,
        gp_groups=max(areas, people * 2 // 3),
        facilities=people * 3 // 2,
        start=START,
        weeks=weeks,
        areas=areas,
        employers=max(2, people // 10),
        backups=Backups.SHARED,
        split_office=True,
        trainees=0.1,
        nurse_practitioners=0.1 if people >= PER_AREA else 0.0,
        two_contracts=0.15,
        sessions_per_group=2,
        facility_sessions=0.3,
        leave=0.8,
    )


def sized(people: int, weeks: int, seed: int) -> Region:
    """A region of ``people`` (10 to 300) over ``weeks`` weeks that can be covered without a gap.

    It is built around a legal roster, like all feasible regions. The same arguments give the same
    region. Raises ``InputError`` where there are too few people.
    """
    return generate(sized_spec(people, weeks), seed)


def over(region: Region, weeks: int) -> Region:
    """The region with a longer planning period, and with holidays for every year that it touches.

    What is dated in the region (leave, wishes) stays as it is; limits of contracts are per so many
    weeks and go on. Raises ``ValueError`` for a region without a planning period.
    """
    if region.planning_start is None:
        raise ValueError(f"{region.id} has no planning_start. Maybe give it one.")
    last = date.fromordinal(region.planning_start.toordinal() + 7 * weeks)
    known = set(region.holiday_years)
    more = tuple(y for y in range(region.planning_start.year, last.year + 1) if y not in known)
    update: dict[str, object] = {"planning_weeks": weeks}
    if known and more:
        days = usual_days(more, good_friday=False, liberation_day=False)
        update |= {
            "holidays": (*region.holidays, *days),
            "holiday_years": (*region.holiday_years, *more),
        }
    return changed(region, update)
