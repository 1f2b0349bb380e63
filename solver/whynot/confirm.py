"""A yes of the solver, held against the check."""

from __future__ import annotations

from collections.abc import Iterable

from so247.audit.check import check
from so247.solver.context import Context
from so247.solver.extract import bare_roster
from so247.solver.plan import Plan
from so247.solver.problem import Problem, Tier


def confirmed(plan: Plan, context: Context, problem: Problem, chosen: Iterable[int]) -> bool:
    """Whether the check finds no hard breach, and no gap but in what nobody can hold, and in duties
    that the plan does not ask for."""
    chosen = tuple(chosen)
    report = check(plan.region, bare_roster(context, problem, chosen), plan.history)
    asked = {*plan.required(context), *(problem.options[v].task for v in chosen)}
    empty = sum(task.site_minutes for task in context.duties if task.index not in asked)
    unheld = context.builder.constants[Tier.COVERAGE]
    return not report.hard_breaches and report.uncovered_site_minutes <= unheld + empty
