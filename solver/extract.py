"""From a choice back to the nouns: the roster with its gaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from so247.models import calendar
from so247.models.canonical import region_hash, section_hashes
from so247.models.roster import Assignment, Gap, Roster
from so247.solver.context import Context, SessionTask
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.gaps import Reasons
from so247.solver.instants import interval, span
from so247.solver.ledger import closing_ledger
from so247.solver.problem import Problem
from so247.solver.revision import revise


def roster_of(
    context: Context,
    evaluator: Evaluator,
    choice: Ints,
    seed: int,
    previous: Roster | None,
    published_at: datetime | None,
) -> Roster:
    """The roster of a choice. Revisions go on from ``previous``; equal parts keep theirs."""
    problem = evaluator.problem
    held = _held(problem, choice)
    reasons = Reasons(context, evaluator, choice)
    assignments = [*_organisations(context)]
    gaps: list[Gap] = []
    for duty in context.duties:
        options = held.get(duty.index, [])
        assignments += [_assignment(problem, v, duty.duty.id) for v in options]
        if not options:
            gaps.append(
                Gap(
                    target=duty.duty.id,
                    when=duty.duty.when,
                    site_minutes=duty.site_minutes,
                    reasons=reasons.of(duty.index, (duty.item,)),
                )
            )
    for session in context.sessions:
        options = held.get(session.index, [])
        names = _name_sessions(context, problem, session, options)
        assignments += [_assignment(problem, v, name) for v, name in names.items()]
        missing = [name for name in session.period.ids if name not in names.values()]
        if missing:
            why = reasons.of(session.index, session.items)
            gaps += [Gap(target=name, reasons=why) for name in missing]
    assignments.sort(key=lambda each: (each.when.start, each.target, each.physician))
    roster = Roster(
        region_id=context.region.id,
        region_hash=region_hash(context.region),
        region_sections=section_hashes(context.region),
        period=context.period,
        published_at=published_at,
        seed=seed,
        version=our_version(),
        assignments=tuple(assignments),
        gaps=tuple(gaps),
        opening_ledger=tuple(context.opening_ledger()),
        closing_ledger=closing_ledger(context, evaluator, choice),
    )
    return revise(roster, previous) if previous is not None else roster


def bare_roster(context: Context, problem: Problem, chosen: Iterable[int]) -> Roster:
    """The roster of chosen options, without gaps, reasons or ledger: enough to be checked."""
    names = {task.index: task.duty.id for task in context.duties}
    held = [
        _assignment(problem, v, names[problem.options[v].task])
        for v in chosen
        if problem.options[v].task in names
    ]
    return Roster(
        region_id=context.region.id,
        region_hash=region_hash(context.region),
        period=context.period,
        assignments=(*_organisations(context), *held),
    )


@cache
def our_version() -> str:
    """Ours, looked up once: the look-up opens the package's metadata."""
    try:
        return version("so247")
    except PackageNotFoundError:
        return ""


def _held(problem: Problem, choice: Ints) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for variable, option in enumerate(problem.options):
        if choice[variable]:
            found.setdefault(option.task, []).append(variable)
    return found


def _assignment(problem: Problem, variable: int, target: str) -> Assignment:
    option = problem.options[variable]
    return Assignment(
        target=target,
        physician=problem.people[option.person],
        contract=problem.contracts[option.contract],
        when=interval(option.start, option.end),
        pinned=option.pinned,
    )


def _name_sessions(
    context: Context, problem: Problem, task: SessionTask, options: list[int]
) -> dict[int, str]:
    """Ordinals by day; a pinned session keeps the one that its pin names."""
    names: dict[int, str] = {}
    for pin in context.region.pins:
        if pin.target in task.period.ids:
            for v in options:
                option = problem.options[v]
                same = context.people[option.person].id == pin.physician
                if option.pinned and same and context.items[v].start_day == pin.day:
                    names[v] = pin.target
    free = iter(name for name in task.period.ids if name not in names.values())
    for v in sorted(options, key=lambda each: problem.options[each].start):
        if v not in names:
            names[v] = next(free)
    return names


def _organisations(context: Context) -> list[Assignment]:
    """Lines that an organisation holds under an agreement with at least one site."""
    found: list[Assignment] = []
    for duty in calendar.duties(context.region, context.period):
        line = context.region.line_by_id[duty.line]
        if line.organisation is None:
            continue
        days = context.facts.days_of(*span(duty.when))
        agreed = any(
            context.facts.organisation_on(site, line.organisation, day)
            for site in line.sites
            for day in days
        )
        if agreed:
            found.append(Assignment(target=duty.id, physician=line.organisation, when=duty.when))
    return found
