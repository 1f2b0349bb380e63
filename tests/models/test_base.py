"""What every noun promises."""

from datetime import date

from so247.models.people import Pool
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
