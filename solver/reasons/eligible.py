"""Every eligibility rule that forbids a person an item, each with its figure."""

from __future__ import annotations

from collections.abc import Iterable

from so247.models.explanation import Obstacle
from so247.models.people import SO, Contract, Physician
from so247.solver.context import Context, Item
from so247.solver.instants import interval
from so247.solver.reasons.details import DETAILS, Asked
from so247.solver.reasons.words import rule_words, said
from so247.solver.rules import (
    contract_maximum,
    cover_backup_so,
    eligibility,
    eligible_contract,
    eligible_free_weekday,
    eligible_funding,
)

OF_CONTRACT = (eligible_contract.ID, eligible_free_weekday.ID, eligible_funding.ID)
"""Rules that look at the contract; one contract that they all allow is enough."""


def forbidden(context: Context, person: Physician, items: Iterable[Item]) -> tuple[Obstacle, ...]:
    """What keeps the person from all of the items: nothing where one of them is allowed."""
    found: dict[Obstacle, None] = {}
    for item in items:
        here = _forbidden(context, person, item)
        if not here:
            return ()
        found |= dict.fromkeys(here)
    return tuple(found)


def _forbidden(context: Context, person: Physician, item: Item) -> list[Obstacle]:
    any_contract = Contract(id="any", physician=person.id, employer="any", fte=1)
    found = _told(Asked(context, person, any_contract, item), of_contract=False)
    contracts = context.contracts_of(person)
    if not contracts:
        text = said(eligible_contract.ID, "heeft geen contract", "has no contract")
        found.append(Obstacle(rule=eligible_contract.ID, text=text))
    per_contract = [_of_contract(Asked(context, person, each, item)) for each in contracts]
    if all(per_contract):
        found += [obstacle for each in per_contract for obstacle in each]
    if person.role is not SO and not eligibility.backed(context, item):
        found.append(_unbacked(item))
    return found


def _told(asked: Asked, *, of_contract: bool) -> list[Obstacle]:
    """The rules that forbid it, in detail; a host's own rule in its own words."""
    found: list[Obstacle] = []
    for rule in eligibility.in_use(asked.context.region):
        if (rule.ID in OF_CONTRACT) is not of_contract:
            continue
        if rule.forbids(asked.context, asked.person, asked.contract, asked.item):
            detail = DETAILS.get(rule.ID)
            told = list(detail(asked)) if detail else []
            found += told or [Obstacle(rule=rule.ID, text=rule_words(rule.ID))]
    return found


def _of_contract(asked: Asked) -> list[Obstacle]:
    found = _told(asked, of_contract=True)
    contract = asked.contract
    if contract.max_duties == 0 and asked.item.line is not None:
        text = said(
            contract_maximum.ID,
            f"contract {contract.id} is zonder diensten",
            f"contract {contract.id} is for no duties",
        )
        found.append(
            Obstacle(
                rule=contract_maximum.ID,
                text=text,
                contract=contract.id,
                figure=1,
                limit=0,
                unit="duties",
            )
        )
    return found


def _unbacked(item: Item) -> Obstacle:
    text = said(
        cover_backup_so.ID,
        "is geen SO, en geen achterwacht met SO die de hele dienst te bellen is",
        "is no SO, and there is no backup by an SO to call throughout",
    )
    return Obstacle(rule=cover_backup_so.ID, text=text, when=interval(item.start, item.end))
