"""What forbids somebody a duty, whatever else is rostered: each rule with its figure."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from so247.models.base import Weekday
from so247.models.people import (
    Absence,
    Commitment,
    Employer,
    FundingContract,
    Pin,
    Pool,
    Role,
)
from so247.models.region import Region
from so247.models.settings import Settings, UnknownTravel
from so247.models.sites import Place, TravelTime

MONDAY = date(2026, 11, 2)
CONSULT = "home.consultation.2026w45.1"


def test_role(toy: Any, ask: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", role=Role.TRAINEE))
    found = ask.one(toy.region(physicians=people), monday, "bob")
    # The line is for SOs; and nobody would stand behind a trainee, as there is no backup line.
    assert [each.rule for each in found.forbidden] == ["eligible.role", "cover.backup_so"]


def test_pool_and_agreement(toy: Any, ask: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", pools=()))
    found = ask.one(toy.region(physicians=people), monday, "bob")
    # Who is in no pool is in none that the site has an agreement with either: both are said.
    assert [(e.rule, e.site) for e in found.forbidden] == [
        ("eligible.pool", "home"),
        ("eligible.agreement", "home"),
    ]


def test_agreement_of_another_pool(toy: Any, ask: Any, monday: str) -> None:
    pools = (Pool(id="pool", name="Pool"), Pool(id="other", name="Other"))
    people = (toy.physician("ann"), toy.physician("bob", pools=("other",)))
    home = toy.facility(pools=("pool", "other"))
    found = ask.one(toy.region(pools=pools, physicians=people, facilities=(home,)), monday, "bob")
    # Both pools are the site's; only "pool" has an agreement.
    assert ask.only(found.forbidden).rule == "eligible.agreement"


def test_contract_that_has_ended(toy: Any, ask: Any, monday: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", valid_until=date(2026, 11, 1)))
    found = ask.only(ask.one(toy.region(contracts=contracts), monday, "bob").forbidden)
    assert (found.rule, found.contract) == ("eligible.contract", "bob-c")
    assert "t/m 01-11-2026" in found.text.nl


def test_no_contract_at_all(toy: Any, ask: Any, monday: str) -> None:
    found = ask.one(toy.region(contracts=(toy.contract("ann"),)), monday, "bob")
    assert ask.only(found.forbidden).text.en == "has no contract"


def test_one_contract_that_allows_it_is_enough(toy: Any, ask: Any, monday: str) -> None:
    contracts = (
        toy.contract("ann"),
        toy.contract("bob", valid_until=date(2026, 11, 1)),
        toy.contract("bob", id="bob-2", valid_from=MONDAY),
    )
    found = ask.one(toy.region(contracts=contracts), monday, "bob")
    assert (found.forbidden, found.contract) == ((), "bob-2")


def test_contract_without_duties(toy: Any, ask: Any, monday: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", max_duties=0))
    found = ask.only(ask.one(toy.region(contracts=contracts), monday, "bob").forbidden)
    assert (found.rule, found.figure, found.limit) == ("contract.maximum", 1, 0)


def test_registration(toy: Any, ask: Any, night: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", registered_until=MONDAY))
    found = ask.only(ask.one(toy.region(physicians=people), night, "bob").forbidden)
    # The night ends on Tuesday, on which bob is registered no more.
    assert found.rule == "eligible.registration"
    assert "di 03-11-2026" in found.text.nl


def test_absence_with_its_dates(toy: Any, ask: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=date(2026, 10, 30), last_day=date(2026, 11, 4))
    found = ask.only(ask.one(toy.region(absences=(leave,)), monday, "bob").forbidden)
    assert found.rule == "eligible.absence"
    assert found.text.nl == "afwezig van vr 30-10-2026 t/m wo 04-11-2026"
    assert found.text.en == "away from Fri 30-10-2026 to Wed 04-11-2026"


def test_free_weekday(toy: Any, ask: Any, monday: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", free_weekdays=(Weekday.MONDAY,)))
    found = ask.only(ask.one(toy.region(contracts=contracts), monday, "bob").forbidden)
    assert (found.rule, found.contract) == ("eligible.free_weekday", "bob-c")


def test_commitment_with_its_times(toy: Any, ask: Any, monday: str) -> None:
    work = Commitment(
        physician="bob", place="base", day=MONDAY, start_time=time(13), end_time=time(17)
    )
    found = ask.only(ask.one(toy.region(commitments=(work,)), monday, "bob").forbidden)
    assert found.rule == "eligible.commitment"
    assert found.text.nl == "ander werk, Base, op ma 02-11-2026 van 13:00 tot 17:00"


def far(toy: Any, minutes: int | None, **settings: Any) -> Region:
    people = (toy.physician("ann"), toy.physician("bob", day_base="far", night_base="far"))
    ways = [TravelTime(origin="base", destination="home", minutes=20)]
    if minutes is not None:
        ways.append(TravelTime(origin="far", destination="home", minutes=minutes))
    places = (Place(id="base", name="Base"), Place(id="far", name="Far"))
    region: Region = toy.region(
        physicians=people, places=places, travel_times=tuple(ways), settings=Settings(**settings)
    )
    return region


def test_travel_against_its_limit(toy: Any, ask: Any, monday: str) -> None:
    found = ask.only(ask.one(far(toy, 42), monday, "bob").forbidden)
    # The agreement asks for 30 minutes.
    assert (found.rule, found.figure, found.limit) == ("eligible.travel", 42, 30)
    assert found.text.nl == "42 min van Far naar home, hoogstens 30"


@pytest.mark.parametrize("unknown", UnknownTravel)
def test_unknown_travel_forbids_only_where_the_region_says_so(
    toy: Any, ask: Any, monday: str, unknown: UnknownTravel
) -> None:
    found = ask.one(far(toy, None, unknown_travel=unknown), monday, "bob")
    if unknown is UnknownTravel.ALLOW:
        assert found.forbidden == ()
    else:
        assert ask.only(found.forbidden).text.en == "travel time from Far to home unknown"


def test_funding_of_a_session(toy: Any, ask: Any) -> None:
    funded = FundingContract(label="H335", counterparty="Zorgkantoor")
    employers = (
        Employer(id="care", name="Care"),
        Employer(id="paid", name="Paid", funding_contracts=(funded,)),
    )
    contracts = (toy.contract("ann", employer="paid"), toy.contract("bob"))
    region = toy.region(
        employers=employers, contracts=contracts, sessions=(ask.session(funding="H335"),)
    )
    found = ask.only(ask.one(region, CONSULT, "bob").forbidden)
    assert (found.rule, found.contract) == ("eligible.funding", "bob-c")
    assert "H335" in found.text.nl
    assert ask.one(region, CONSULT, "ann").forbidden == ()


def test_every_rule_is_named_and_not_only_one(toy: Any, ask: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    people = (toy.physician("ann"), toy.physician("bob", registered_until=date(2026, 11, 1)))
    contracts = (toy.contract("ann"), toy.contract("bob", free_weekdays=(Weekday.MONDAY,)))
    region = toy.region(absences=(leave,), physicians=people, contracts=contracts)
    assert {each.rule for each in ask.one(region, monday, "bob").forbidden} == {
        "eligible.absence",
        "eligible.registration",
        "eligible.free_weekday",
    }


def test_a_rule_that_is_off_forbids_nothing(toy: Any, ask: Any, monday: str) -> None:
    leave = Absence(physician="bob", first_day=MONDAY, last_day=MONDAY)
    region = toy.region(absences=(leave,), settings=Settings(rules_off=("eligible.absence",)))
    assert ask.one(region, monday, "bob").forbidden == ()


def test_pinned_to_somebody_else(toy: Any, ask: Any, monday: str) -> None:
    region = toy.region(pins=(Pin(target=monday, physician="ann"),))
    found = ask.only(ask.one(region, monday, "bob", {monday: "ann"}).forbidden)
    assert (found.rule, found.text.nl) == ("pin.stands", "vastgezet op Ann")
