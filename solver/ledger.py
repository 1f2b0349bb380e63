"""The fairness table of a choice, and the ledger it leaves."""

from __future__ import annotations

from so247.models.result import Share
from so247.models.roster import LedgerEntry
from so247.models.settings import Burden
from so247.solver.context import Context
from so247.solver.evaluate import Evaluator, Ints

BURDENS = tuple(burden.value for burden in Burden)
"""In the order in which people read them."""


def shares_of(context: Context, evaluator: Evaluator, choice: Ints) -> tuple[Share, ...]:
    """Carried and fair points per person and burden, in thousandths."""
    problem = evaluator.problem
    values = evaluator.values(choice)
    found: list[Share] = []
    opening = {(row.physician, row.burden.value): row.balance for row in context.opening_ledger()}
    for each in problem.deviations:
        person = problem.people[each.person]
        before = opening.get((person, each.group), 0)
        first = len(problem.options)
        carried = sum(int(values[v]) * c for v, c in each.terms if v < first)
        owed = -sum(int(values[v]) * c for v, c in each.terms if v >= first)
        found.append(
            Share(
                physician=person,
                burden=each.group,
                carried=carried,
                fair=each.target + before + owed,
                opening=before,
            )
        )
    return tuple(sorted(found, key=lambda share: (BURDENS.index(share.burden), share.physician)))


def closing_ledger(context: Context, evaluator: Evaluator, choice: Ints) -> tuple[LedgerEntry, ...]:
    """Opening + carried - fair; who had no part in a burden keeps the opening balance."""
    balances = {(row.physician, row.burden): row.balance for row in context.opening_ledger()}
    for share in shares_of(context, evaluator, choice):
        balances[(share.physician, Burden(share.burden))] = (
            share.opening + share.carried - share.fair
        )
    order = sorted(balances.items(), key=lambda entry: (entry[0][0], entry[0][1].value))
    return tuple(
        LedgerEntry(physician=physician, burden=burden, balance=balance)
        for (physician, burden), balance in order
    )
