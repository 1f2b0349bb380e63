"""From a choice back to the nouns: the roster, its gaps with reasons, the ledger, the shares."""

from __future__ import annotations

from datetime import datetime

from so247.models import calendar
from so247.models.canonical import region_hash
from so247.models.clock import Interval
from so247.models.people import Physician
from so247.models.result import Share
from so247.models.roster import Assignment, Gap, LedgerEntry, Roster
from so247.models.settings import Burden
from so247.solver.context import Context, Item, SessionTask
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.instants import interval
from so247.solver.problem import Problem
from so247.solver.rules import eligibility


def roster_of(
    context: Context,
    problem: Problem,
    choice: Ints,
    seed: int,
    previous: Roster | None,
    published_at: datetime | None,
) -> Roster:
    """The roster of a choice. Revisions go on from ``previous``; equal parts keep theirs."""
    held = _held(problem, choice)
    assignments = [*_organisations(context)]
    gaps: list[Gap] = []
    evaluator = Evaluator(problem)
    for duty in context.duties:
        options = held.get(duty.index, [])
        assignments += [_assignment(context, problem, v, duty.duty.id) for v in options]
        if not options:
            reasons = _reasons(context, problem, evaluator, choice, duty.index, (duty.item,))
            gaps.append(
                Gap(
                    target=duty.duty.id,
                    when=duty.duty.when,
                    site_minutes=duty.site_minutes,
                    reasons=reasons,
                )
            )
    for session in context.sessions:
        options = held.get(session.index, [])
        names = _name_sessions(context, problem, session, options)
        assignments += [_assignment(context, problem, v, name) for v, name in names.items()]
        missing = [name for name in session.period.ids if name not in names.values()]
        if missing:
            reasons = _reasons(context, problem, evaluator, choice, session.index, session.items)
            gaps += [Gap(target=name, reasons=reasons) for name in missing]
    assignments.sort(key=lambda each: (each.when.start, each.target, each.physician))
    roster = Roster(
        region_id=context.region.id,
        region_hash=region_hash(context.region),
        period=context.period,
        published_at=published_at,
        seed=seed,
        version=_version(),
        assignments=tuple(assignments),
        gaps=tuple(gaps),
        opening_ledger=tuple(context.opening_ledger()),
        closing_ledger=_closing(context, problem, choice),
    )
    return revise(roster, previous) if previous is not None else roster


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

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


def _assignment(context: Context, problem: Problem, variable: int, target: str) -> Assignment:
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
        days = context.facts.days_of(
            *(int(each.timestamp()) // 60 for each in (duty.when.start, duty.when.end))
        )
        agreed = any(
            context.facts.organisation_on(site, line.organisation, day)
            for site in line.sites
            for day in days
        )
        if agreed:
            found.append(Assignment(target=duty.id, physician=line.organisation, when=duty.when))
    return found


def _reasons(
    context: Context,
    problem: Problem,
    evaluator: Evaluator,
    choice: Ints,
    task: int,
    items: tuple[Item, ...],
) -> tuple[str, ...]:
    """Why nobody holds it: per rule, who it keeps away. Facts of this roster, not a proof."""
    keeping: dict[str, list[str]] = {}
    open_to = context.taken_by(task)
    for index, person in enumerate(context.people):
        if index in open_to:
            rules = _stopped_by(context, evaluator, choice, open_to[index])
        else:
            rules = _barred_by(context, person, items)
        for rule in rules[:1]:
            keeping.setdefault(rule, []).append(person.id)
    order = sorted(keeping.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(f"{rule}: {', '.join(people)}" for rule, people in order)


def _stopped_by(
    context: Context, evaluator: Evaluator, choice: Ints, options: list[int]
) -> list[str]:
    """Rules that would break if one of the options were added to the roster as it is."""
    tried = choice.copy()
    tried[options[0]] = 1
    return evaluator.broken(tried) or ["search.unfinished"]


def _barred_by(context: Context, person: Physician, items: tuple[Item, ...]) -> list[str]:
    contracts = context.contracts_of(person)
    if not contracts:
        return ["eligible.contract"]
    rules = eligibility.in_use(context.region)
    best: list[str] | None = None
    for item in items:
        for contract in contracts:
            broken = [rule.ID for rule in rules if rule.forbids(context, person, contract, item)]
            if best is None or len(broken) < len(best):
                best = broken
    return best or ["cover.backup_so"]


def shares_of(context: Context, problem: Problem, choice: Ints) -> tuple[Share, ...]:
    """Carried and fair points per person and burden, in thousandths."""
    evaluator = Evaluator(problem)
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
    return tuple(sorted(found, key=lambda share: (share.burden, share.physician)))


def _closing(context: Context, problem: Problem, choice: Ints) -> tuple[LedgerEntry, ...]:
    """Opening + carried - fair; who had no part in a burden keeps the opening balance."""
    balances = {(row.physician, row.burden): row.balance for row in context.opening_ledger()}
    for share in shares_of(context, problem, choice):
        balances[(share.physician, Burden(share.burden))] = (
            share.opening + share.carried - share.fair
        )
    order = sorted(balances.items(), key=lambda entry: (entry[0][0], entry[0][1].value))
    return tuple(
        LedgerEntry(physician=physician, burden=burden, balance=balance)
        for (physician, burden), balance in order
    )


def revise(roster: Roster, previous: Roster) -> Roster:
    """The roster as the next revision of ``previous``; the same revision if nothing changed."""
    before = {_key(each): each.revision for each in previous.assignments}
    gaps_before = {each.target: each.revision for each in previous.gaps}
    same = set(before) == {_key(each) for each in roster.assignments} and set(gaps_before) == {
        each.target for each in roster.gaps
    }
    revision = previous.revision if same else previous.revision + 1
    return roster.model_copy(
        update={
            "revision": revision,
            "assignments": tuple(
                each.model_copy(update={"revision": before.get(_key(each), revision)})
                for each in roster.assignments
            ),
            "gaps": tuple(
                each.model_copy(update={"revision": gaps_before.get(each.target, revision)})
                for each in roster.gaps
            ),
        }
    )


def _key(each: Assignment) -> tuple[str, str, Interval]:
    return each.target, each.physician, each.when
