"""An opening in a year without a calendar is a mistyped one."""

from __future__ import annotations

from datetime import date

import pytest

from so247.models.errors import RegionError
from so247.models.region import Region
from so247.models.sites import Facility, ResidenceSetting


@pytest.mark.parametrize("day", [date.min, date(1989, 12, 31), date(2190, 1, 1), date.max])
def test_an_opening_outside_the_years_of_a_calendar_is_refused(day: date) -> None:
    home = Facility(
        id="home",
        name="Home",
        setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
        opening_date=day,
    )
    with pytest.raises(RegionError) as caught:
        Region(id="r", name="R", anchor_date=date(2026, 11, 2), facilities=(home,))
    (found,) = caught.value.problems
    assert found.path == ("facilities", 0, "opening_date")
    assert found.value == str(day)
