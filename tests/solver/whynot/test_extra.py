"""The least extra capacity where more hangs on one duty than that duty."""

from __future__ import annotations

from datetime import date
from typing import Any

from so247.models.lines import Position, Window
from so247.models.people import Absence, Role
from so247.models.region import Region
from so247.solver.clock import Clock
from so247.solver.plan import Plan
from so247.solver.whynot.extra import find_extra

NURSE = Role.NURSE_PRACTITIONER
TUESDAY = date(2026, 11, 3)


def backed(toy: Any) -> Region:
    """A nurse practitioner on the first line and one SO behind him, who is away on Tuesday."""
    first = toy.line("first", Window.OFFICE_HOURS, roles=(NURSE,), escalation=("first", "back"))
    back = toy.line("back", Window.OFFICE_HOURS, position=Position.BACKUP)
    return toy.region(
        lines=(first, back),
        physicians=(toy.physician("ann"), toy.physician("vs", role=NURSE)),
        contracts=(toy.contract("ann"), toy.contract("vs")),
        absences=(Absence(physician="ann", first_day=TUESDAY, last_day=TUESDAY),),
    )


def test_an_extra_backup_lets_the_first_line_stand(toy: type[Any]) -> None:
    # On Tuesday two duties stay empty: without an SO behind him the nurse may not hold the first
    # line. One extra SO on the backup is enough for both.
    found = find_extra(Plan(backed(toy), toy.MONDAY, 1), Clock(30), None)
    assert found is not None
    assert (found.duties, found.people, found.suffices, found.least) == (1, 1, True, True)
    assert [target.partition("@")[0] for target in found.targets] == ["back"]


def test_nothing_is_lacking_where_everyone_can_be_covered(toy: type[Any]) -> None:
    assert find_extra(Plan(toy.region(), toy.MONDAY, 1), Clock(30), None) is None
