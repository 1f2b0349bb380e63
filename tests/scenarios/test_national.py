"""A country from a seed: the same every time, and coverable as it stands."""

from __future__ import annotations

import pytest

from so247.audit.check import check
from so247.audit.national import check_national
from so247.models.errors import InputError
from so247.scenarios.national import national


def test_equal_seeds_give_equal_countries() -> None:
    assert national(4, regions=3, weeks=2) == national(4, regions=3, weeks=2)
    assert national(4, regions=3, weeks=2) != national(5, regions=3, weeks=2)


def test_the_witnesses_cover_the_country_and_nobody_is_in_two_places() -> None:
    country = national(2, regions=3, weeks=4)
    for region, witness in zip(country.regions, country.witnesses, strict=True):
        report = check(region, witness)
        assert (report.uncovered_site_minutes, report.hard_breaches) == (0, ())
    report = check_national(country.regions, country.witnesses, sharings=country.sharings)
    assert report.findings == ()


def test_every_guest_has_one_home_one_host_and_an_agreement() -> None:
    country = national(3, regions=4, weeks=2, guests=2)
    keys: dict[str, list[str]] = {}
    for region in country.regions:
        for person in region.physicians:
            if person.person_key is not None:
                keys.setdefault(person.person_key, []).append(region.id)
    assert len(keys) == 8
    for sharing in country.sharings:
        home, host = (part.region for part in sharing.parts)
        assert sorted(keys[sharing.person_key]) == sorted([home, host])
        assert sum(part.share or 0 for part in sharing.parts) == pytest.approx(1)


def test_one_region_is_no_country() -> None:
    with pytest.raises(InputError, match="a country has several regions"):
        national(1, regions=1)
