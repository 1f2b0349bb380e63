"""What the types of a region cannot say: dangling references, doubles, contradictions.

Everything is collected, each problem with the path to the offending value, so that a reader
repairs a region in one pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from so247.models.contradictions import contradictions
from so247.models.errors import Problem
from so247.models.names import dangling, double_ids

if TYPE_CHECKING:
    from so247.models.region import Region


def find_problems(region: Region) -> tuple[Problem, ...]:
    """Every problem in the region, in reading order."""
    return (*find_dangling(region), *contradictions(region))


def find_dangling(region: Region) -> tuple[Problem, ...]:
    """The part that looks at names only: double ids, dangling references."""
    return (*double_ids(region), *dangling(region))
