"""Room on a line: counted by hand where it can be, and solved again with so much more.

The region of ``conftest``: one facility with 10 residents, two lines that are on in turn,
and Ann and Bob, who may hold everything as far as no figure is given.
"""

from __future__ import annotations

from typing import Any

import pytest

from so247.models.clock import local_day
from so247.models.errors import NotFound
from so247.models.lines import Window
from so247.models.people import Pin
from so247.models.proof import LineRoom
from so247.models.region import Region
from so247.models.roster import Roster
from so247.models.settings import Settings
from so247.models.sites import AgreementKind, Facility, GpPost, TravelTime
from so247.scenarios.generator import Generated, build, changed
from so247.scenarios.spec import Spec
from so247.solver.headroom import headroom
from so247.solver.limits import Cancel, Limits
from so247.solver.solve import solve

LIMITS = Limits(seconds=20, reproducible=True)


def people(toy: Any, ann: dict[str, int], bob: dict[str, int] | None) -> dict[str, Any]:
    """Ann with these figures, and Bob with his, if he is there."""
    rows = [toy.physician("ann", **ann)]
    rows += [] if bob is None else [toy.physician("bob", **bob)]
    return {"physicians": tuple(rows), "contracts": tuple(toy.contract(each.id) for each in rows)}


def rooms(
    toy: Any, region: Region, roster: Roster | None = None, **more: Any
) -> dict[str, LineRoom]:
    roster = roster or toy.solve(region).roster
    found = headroom(region, "home", roster, **{"limits": LIMITS, **more})
    return {each.line: each for each in found}


def all_by(roster: Roster, who: str) -> Roster:
    rows = tuple(
        each.model_copy(update={"physician": who, "contract": f"{who}-c"})
        for each in roster.assignments
    )
    return roster.model_copy(update={"assignments": rows})


def test_without_any_limit_there_is_no_figure(toy: Any) -> None:
    found = rooms(toy, toy.region())
    assert set(found) == {"anw", "day"}
    for each in found.values():
        assert (each.residents, each.residents_fail_at, each.facilities) == (None, None, None)
        assert each.binds is None


def test_who_is_alone_has_what_is_left_of_his_limit(toy: Any) -> None:
    found = rooms(toy, toy.region(**people(toy, {"max_residents": 15, "max_sites": 9}, None)))
    for each in found.values():
        # 15 less the 10 who live there; a facility of 10 more is too much at once.
        assert (each.residents, each.residents_fail_at) == (5, 6)
        assert (each.facilities, each.facilities_fail_at) == (0, 1)
        assert each.binds is not None
        assert each.binds.code == "headroom.duty"
        assert "Ann" in each.binds.nl


def test_sites_limit_facilities_and_not_residents(toy: Any) -> None:
    found = rooms(toy, toy.region(**people(toy, {"max_sites": 3}, None)))
    for each in found.values():
        assert (each.residents, each.facilities, each.facilities_fail_at) == (None, 2, 3)


def test_who_has_more_room_takes_over(toy: Any) -> None:
    region = toy.region(**people(toy, {"max_residents": 12}, {"max_residents": 30}))
    roster = all_by(toy.solve(region).roster, "ann")
    found = rooms(toy, region, roster)["anw"]
    # As it stands 2; Bob can hold everything and carry 30 - 10, and nobody more.
    assert (found.residents, found.residents_fail_at) == (20, 21)


def test_where_both_are_needed_the_smaller_limit_binds(toy: Any) -> None:
    both = people(toy, {"max_residents": 12}, {"max_residents": 30})
    both["contracts"] = (toy.contract("ann"), toy.contract("bob", max_duties=8))
    region = toy.region(**both)
    # Eight duties in four weeks is two in one week: Bob cannot hold the other nights too.
    found = rooms(toy, region)["anw"]
    assert (found.residents, found.residents_fail_at) == (2, 3)
    assert found.binds is not None
    assert found.binds.code == "headroom.person"
    assert found.binds.en.startswith("no roster fits more")


def test_a_pin_keeps_the_duty_with_who_is_at_the_limit(toy: Any) -> None:
    pin = Pin(target=toy.duty("day", "2026-11-03 08:00"), physician="ann")
    region = toy.region(**people(toy, {"max_residents": 12}, {"max_residents": 30}), pins=(pin,))
    found = rooms(toy, region)
    assert (found["day"].residents, found["day"].residents_fail_at) == (2, 3)
    assert (found["anw"].residents, found["anw"].residents_fail_at) == (20, 21)


def test_nobody_with_a_limit_in_the_way(toy: Any) -> None:
    region = toy.region(**people(toy, {"max_residents": 12}, {}))
    found = rooms(toy, region, all_by(toy.solve(region).roster, "ann"))["anw"]
    # Bob has no limit and can hold everything: there is no end to it, so it is tried up to 1000.
    assert (found.residents, found.residents_fail_at) == (1000, None)
    assert found.binds is not None
    assert found.binds.code == "headroom.none"


def test_a_line_of_an_organisation_has_no_figure(toy: Any) -> None:
    held = toy.line("post-anw", Window.OUT_OF_HOURS, organisation="post")
    region = toy.region(
        **people(toy, {"max_residents": 12}, None),
        gp_posts=(GpPost(id="post", name="Post"),),
        lines=(held, toy.line("day", Window.OFFICE_HOURS)),
        agreements=(
            toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool"),
            toy.agreement("cover", AgreementKind.ORGANISATION_COVER, "post"),
        ),
    )
    found = rooms(toy, region)
    assert found["post-anw"].residents is None
    assert found["day"].residents == 2


def test_a_rule_that_is_off_limits_nothing(toy: Any) -> None:
    settings = Settings(rules_off=("time.capacity",))
    region = toy.region(**people(toy, {"max_residents": 12}, None), settings=settings)
    assert all(each.residents is None for each in rooms(toy, region).values())


def test_what_is_not_settled_is_not_said(toy: Any) -> None:
    region = toy.region(**people(toy, {"max_residents": 12}, {"max_residents": 30}))
    cancel = Cancel()
    cancel.cancel()
    found = rooms(toy, region, all_by(toy.solve(region).roster, "ann"), cancel=cancel)["anw"]
    # As it stands there is room for 2; that 21 fail takes no search, only counting.
    assert (found.residents, found.residents_fail_at) == (2, 21)


def test_an_unknown_site_is_an_error(toy: Any) -> None:
    region = toy.region()
    with pytest.raises(NotFound, match="nowhere"):
        headroom(region, "nowhere", toy.solve(region).roster)


def made() -> Generated:
    """Four people, one line: the site's residents are carried by whoever is on."""
    spec = Spec(physicians=4, gp_groups=1, facilities=1, weeks=1, leave=0.3, slack=1)
    found = build(spec, 5)
    assert found.witness is not None
    return found


def with_residents(region: Region, site: str, number: int) -> Region:
    rows = tuple(
        each.model_copy(
            update={
                "residents": (
                    each.residents[0].model_copy(
                        update={"count": each.residents[0].count + number}
                    ),
                    *each.residents[1:],
                )
            }
        )
        if each.id == site
        else each
        for each in region.facilities
    )
    return changed(region, {"facilities": rows})


def with_facilities(region: Region, site: str, number: int) -> Region:
    """So many copies of the facility: same lines, same agreements, same place."""
    (original,) = (each for each in region.facilities if each.id == site)
    copies = tuple(
        Facility(**{**dict(original), "id": f"copy-{at}", "name": f"Copy {at}"})
        for at in range(number)
    )
    names = [each.id for each in copies]
    agreements = tuple(
        each.model_copy(update={"id": f"{each.id}-{name}", "site": name})
        for each in region.agreements
        if each.site == site
        for name in names
    )
    travel = tuple(
        TravelTime(
            origin=name if each.origin == site else each.origin,
            destination=name if each.destination == site else each.destination,
            minutes=each.minutes,
        )
        for each in region.travel_times
        if site in (each.origin, each.destination)
        for name in names
    )
    lines = tuple(
        each.model_copy(update={"sites": (*each.sites, *names)}) if site in each.sites else each
        for each in region.lines
    )
    update = {
        "facilities": (*region.facilities, *copies),
        "agreements": (*region.agreements, *agreements),
        "travel_times": (*region.travel_times, *travel),
        "lines": lines,
    }
    return changed(region, update)


def uncovered(region: Region, roster: Roster) -> tuple[int, int]:
    """What the best roster leaves uncovered, and the proven least."""
    weeks = (roster.period.end - roster.period.start).days // 7
    tier = solve(region, local_day(roster.period.start), weeks, limits=LIMITS).tiers[0]
    return tier.value, tier.bound


def test_so_much_more_is_covered_and_one_more_is_not() -> None:
    found = made()
    region, roster = found.region, found.witness
    assert roster is not None
    site = region.facilities[0].id
    (room,) = headroom(region, site, roster, limits=LIMITS)
    assert room.residents is not None
    assert room.residents_fail_at == room.residents + 1
    # Solved again, with nothing of the search for headroom: the fit is covered, one more is not.
    assert uncovered(with_residents(region, site, room.residents), roster) == (0, 0)
    assert uncovered(with_residents(region, site, room.residents_fail_at), roster)[1] > 0


def test_so_many_facilities_more_are_covered_and_one_more_is_not() -> None:
    found = made()
    region, roster = found.region, found.witness
    assert roster is not None
    site = region.facilities[0].id
    # Room for two more of them: everybody's limits are raised by twice its residents and sites.
    roomy = tuple(
        each.model_copy(
            update={
                "max_residents": each.max_residents + 2 * region.residents_at(site),
                "max_sites": each.max_sites + 2,
            }
        )
        if each.max_residents is not None and each.max_sites is not None
        else each
        for each in region.physicians
    )
    region = changed(region, {"physicians": roomy})
    (room,) = headroom(region, site, roster, limits=LIMITS)
    assert (room.facilities, room.facilities_fail_at) == (2, 3)
    assert uncovered(with_facilities(region, site, 2), roster) == (0, 0)
    assert uncovered(with_facilities(region, site, 3), roster)[1] > 0
