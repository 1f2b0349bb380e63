"""Generated regions of every size, alike in everything but size."""

from __future__ import annotations

from so247.scenarios.generator import Generated, build
from so247.scenarios.spec import Backups, Spec

SEED = 2024
"""Not that of the shipped scenarios: the curve is no second look at them."""
PEOPLE = (10, 25, 50, 100, 200)
WEEKS = (4, 13, 26, 52)

SIZES = tuple((people, weeks) for people in PEOPLE for weeks in WEEKS)


def spec(people: int, weeks: int) -> Spec:
    """Per fifteen people an area with ten GP groups and twenty-five facilities, as in hanzeland."""
    areas = max(1, people // 15)
    return Spec(
        id=f"curve-{people}x{weeks}",
        name=f"Curve {people} x {weeks}",
        physicians=people,
        gp_groups=max(2, round(people * 2 / 3)),
        facilities=round(people * 5 / 3),
        weeks=weeks,
        areas=areas,
        employers=max(2, people // 10),
        backups=Backups.SHARED if areas > 1 else Backups.OWN,
        split_office=True,
        trainees=0.1,
        nurse_practitioners=0.1,
        two_contracts=0.15,
        sessions_per_group=2,
        facility_sessions=0.3,
        leave=0.8,
        history_weeks=16,
    )


def region(people: int, weeks: int) -> Generated:
    """Region, witness and history of one point of the curve."""
    return build(spec(people, weeks), SEED)
