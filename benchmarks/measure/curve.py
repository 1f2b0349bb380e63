"""Generated regions of every size, alike in everything but size."""

from __future__ import annotations

from so247.scenarios.generator import Generated, build
from so247.scenarios.sized import sized_spec

SEED = 2024
"""Not that of the shipped scenarios: the curve is no second look at them."""
PEOPLE = (10, 25, 50, 100, 200)
WEEKS = (4, 13, 26, 52)

SECONDS = 40.0
"""The CPU budget of a search: the first complete roster is asked for, not the best."""

SIZES = tuple((people, weeks) for people in PEOPLE for weeks in WEEKS)


def region(people: int, weeks: int) -> Generated:
    """Region, witness and history of one point of the curve."""
    return build(sized_spec(people, weeks), SEED)
