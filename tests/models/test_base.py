"""What every noun promises."""

from datetime import date

import pytest

from so247.models.errors import RegionError
from so247.models.people import SO, Physician, Pool, Role
from so247.models.region import Region


def test_a_copy_forgets_what_was_worked_out_from_other_fields() -> None:
    region = Region(id="here", name="Here", anchor_date=date(2026, 10, 5))
    assert region.site_by_id == {}
    assert not region.holiday_dates
    copied = region.model_copy(update={"pools": (Pool(id="p", name="P"),)})
    # Look-ups are remembered in the instance; a copy with other fields must not inherit them.
    assert set(vars(copied)) == set(Region.model_fields)
    assert copied.pools[0].id == "p"
    assert region.pools == ()


def _same_person(until: date | None, since: date | None) -> Region:
    trainee = Physician(
        id="then", name="Els", role=Role.TRAINEE, person_key="els", registered_until=until
    )
    specialist = Physician(id="now", name="Els", role=SO, person_key="els", registered_from=since)
    return Region(
        id="here", name="Here", anchor_date=date(2026, 10, 5), physicians=(trainee, specialist)
    )


def test_one_person_is_one_physician_at_a_time() -> None:
    # A trainee who becomes an SO on the day after is one person with two rows, one at a time.
    assert _same_person(date(2026, 12, 31), date(2027, 1, 1)).physicians
    # A day earlier, and Els could be backup for herself.
    with pytest.raises(RegionError, match="then and now are the same person"):
        _same_person(date(2026, 12, 31), date(2026, 12, 31))
