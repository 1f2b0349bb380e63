"""Laws of two solves: what a change of the region may and may not do to the values."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from so247.formats.roster_json import roster_from_json
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity
from so247.models.packs import ON_CALL, SHIPPED_PACKS
from so247.models.people import Pin
from so247.models.region import Region
from so247.models.result import Result
from so247.models.roster import Roster

FEW = settings(settings.get_profile("laws"), max_examples=6)
SHUFFLED = (
    "physicians",
    "contracts",
    "absences",
    "commitments",
    "wishes",
    "pins",
    "pairings",
    "agreements",
    "travel_times",
    "lines",
    "sessions",
    "gp_groups",
    "facilities",
)


def values(result: Result) -> tuple[int, ...]:
    return tuple(tier.value for tier in result.tiers)


def renamed(region: Region, history: tuple[Roster, ...], seed: int) -> tuple[Region, Any]:
    """Everybody under another id and name, contracts too, and every table in another order."""
    dice = Random(seed)
    ids = [each.id for each in region.physicians] + [each.id for each in region.contracts]
    fresh = [f"x{number}" for number in range(len(ids))]
    dice.shuffle(fresh)
    names = dict(zip(ids, fresh, strict=True))
    data = _replaced(region.model_dump(mode="json"), names)
    for table in SHUFFLED:
        dice.shuffle(data[table])
    for person in data["physicians"]:
        person["name"] = f"Dr. {person['id']}"
    rosters = [
        roster_from_json(json.dumps(_replaced(each.model_dump(mode="json"), names)).encode(), "x")
        for each in history
    ]
    return Region.model_validate_json(json.dumps(data)), tuple(rosters)


def _replaced(data: Any, names: dict[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _replaced(value, names) for key, value in data.items()}
    if isinstance(data, list):
        return [_replaced(value, names) for value in data]
    return names.get(data, data) if isinstance(data, str) else data


@FEW
@given(st.data())
def test_renaming_people_changes_no_proven_value(laws: Any, data: st.DataObject) -> None:
    case = data.draw(laws.cases | laws.short)
    made = laws.make(case)
    other, history = renamed(made.region, made.history, case[1])
    before = laws.solve(made.region, made.history)
    after = laws.solve(other, history)
    # Where both are proven, both are the optimum of one and the same problem.
    proven = min(laws.proven(before), laws.proven(after))
    assert values(before)[:proven] == values(after)[:proven]


def all_hard(_region: Region) -> dict[str, Any]:
    """Every soft norm of every shipped pack becomes a hard one."""
    packs = tuple(
        RulePack(id=pack.id, name=pack.name, norms=tuple(_hard(norm) for norm in pack.norms))
        for pack in SHIPPED_PACKS
    )
    return {"rule_packs": packs}


def _hard(norm: Norm) -> Norm:
    return norm.model_copy(update={"severity": Severity.HARD})


def one_more_norm(_region: Region) -> dict[str, Any]:
    """At most two duties in a week, for everybody, on top of what binds them."""
    two = Norm(
        id="two_a_week",
        kind=NormKind.ROLLING_COUNT,
        text="At most two on-call duties per 7 x 24 hours",
        counts=ON_CALL,
        limit=2,
        window_days=7,
        severity=Severity.HARD,
        basis=Basis.VOLUNTARY,
        source="this test",
    )
    packs = tuple(
        RulePack(id=pack.id, name=pack.name, norms=(*pack.norms, two)) for pack in SHIPPED_PACKS
    )
    return {"rule_packs": packs}


def fewer_duties(region: Region) -> dict[str, Any]:
    """Nobody holds more than three duties in four weeks on one contract."""
    return {
        "contracts": tuple(
            each.model_copy(update={"min_duties": None, "max_duties": min(3, each.max_duties or 3)})
            if each.max_duties != 0
            else each
            for each in region.contracts
        )
    }


@FEW
@given(st.data())
def test_a_harder_rule_never_improves(laws: Any, data: st.DataObject) -> None:
    case = data.draw(laws.cases | laws.short)
    harder = data.draw(st.sampled_from([all_hard, one_more_norm, fewer_duties]))
    made = laws.make(case)
    # Minima are no norm of the pack: without them, a lower maximum only forbids.
    plain = laws.changed(
        made.region,
        {
            "contracts": tuple(
                each.model_copy(update={"min_duties": None}) for each in made.region.contracts
            )
        },
    )
    before = laws.solve(plain, made.history)
    after = laws.solve(laws.changed(plain, harder(plain)), made.history)
    # Every roster of the harder region is one of the first, and costs the same there (a norm that
    # is hard costs nothing, so for those only the tiers before count). Where the first is proven
    # it is therefore no worse, tier by tier.
    tiers = min(laws.proven(before), 2 if harder is all_hard else 7)
    assert values(before)[:tiers] <= values(after)[:tiers]


@FEW
@given(st.data())
def test_one_more_person_never_costs_coverage(laws: Any, data: st.DataObject) -> None:
    case = data.draw(laws.short)
    made = laws.make(case)
    twin = data.draw(st.sampled_from(made.region.physicians))
    more = {
        "physicians": (
            *made.region.physicians,
            twin.model_copy(update={"id": "newcomer", "name": "New Comer"}),
        ),
        "contracts": (
            *made.region.contracts,
            *(
                each.model_copy(update={"id": f"new-{each.id}", "physician": "newcomer"})
                for each in made.region.contracts_of(twin.id)
            ),
        ),
    }
    before = laws.solve(made.region)
    after = laws.solve(laws.changed(made.region, more))
    # The roster without the newcomer is still one: the optimum is at most its value.
    if after.tiers[0].proven:
        assert after.tiers[0].value <= before.tiers[0].value


@FEW
@given(st.data())
def test_pins_survive_and_cost_no_coverage_where_the_witness_holds_them(
    laws: Any, data: st.DataObject
) -> None:
    case = data.draw(laws.cases)
    made = laws.make(case)
    start = made.witness.period.start
    mine = [each for each in made.witness.assignments if each.when.start >= start]
    chosen = data.draw(st.lists(st.sampled_from(mine), min_size=1, max_size=4, unique=True))
    pins = {
        each.target: Pin(
            target=each.target,
            physician=each.physician,
            contract=each.contract,
            day=None if "@" in each.target else each.when.start.date(),
        )
        for each in chosen
    }
    region = laws.changed(made.region, {"pins": tuple(pins.values())})
    result = laws.solve(region, made.history)
    pinned = {(e.target, e.physician, e.contract) for e in result.roster.assignments if e.pinned}
    assert pinned == {(e.target, e.physician, e.contract) for e in chosen}
    # The witness still covers everything and keeps the pins.
    assert result.tiers[0].value == 0
    assert result.report.hard_breaches == ()
    checked = {tier.name: tier.value for tier in result.report.tiers}
    assert checked == {tier.name: tier.value for tier in result.tiers}
