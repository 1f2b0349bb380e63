"""Which single requirement, relaxed by how much, would make a full cover possible.

Each proposal is a changed region, solved again and checked; where it has an amount, one unit less
was tried too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from so247.audit.check import check
from so247.models.calendar import absence_interval, commitment_intervals
from so247.models.norms import Norm, NormKind
from so247.models.packs import DEFAULT_PACKS
from so247.models.people import PackBinding
from so247.models.proof import Answered, Relaxation, Requirement, RequirementKind, Said, Solve
from so247.models.region import Region
from so247.models.sites import Place, TravelTime
from so247.solver.context import Context
from so247.solver.extract import bare_roster
from so247.solver.instants import interval, overlap, span
from so247.solver.plan import Plan
from so247.solver.problem import Tier
from so247.solver.search_feasible import LIGHT, QUICK
from so247.solver.whynot.conflict import Clock, Found
from so247.solver.whynot.extra import nearest
from so247.solver.whynot.question import Key, Questions, questions_of
from so247.solver.whynot.words import Words

UP_TO = 5
"""Units by which a count is raised before giving up."""

FIGURES = ("duties", "nights", "weekends")

NEARBY = "nearby"

LOOSER = "-relaxed"
"""What the id of a pack with a relaxed norm ends in."""


@dataclass(frozen=True)
class Proposal:
    """A changed region, by how much it was changed, and what that is called."""

    region: Region
    amount: float | None
    unit: tuple[str, str]


def find_relaxations(
    context: Context,
    questions: Questions,
    found: Found,
    plan: Plan,
    clock: Clock,
) -> tuple[Relaxation, ...]:
    """The members of a conflict that alone, relaxed, are enough; in order of the conflict."""
    duties = plan.required(context)
    words = Words(context)
    proposals: list[Relaxation] = []
    for key in found.keys:
        if clock.over:
            break
        without = questions.everything - {key}
        if questions.ask(duties, without, clock.left / 3).answered is not Answered.FEASIBLE:
            continue  # other requirements stand in the way as well
        asked = words.requirement(key, found.duties)
        enough = _least(_series(context, key, found), asked, plan, clock)
        if enough is not None:
            proposals.append(enough)
    return tuple(proposals)


def _least(
    series: Iterable[Proposal],
    asked: Requirement,
    plan: Plan,
    clock: Clock,
) -> Relaxation | None:
    """The first of ever larger proposals that suffices; the one before it did not."""
    solves: list[Solve] = []
    least: bool | None = None
    for proposal in series:
        if clock.over:
            return None
        answers = _tried(plan.within(proposal.region), proposal.amount, clock)
        solves += answers
        if answers[0].answer is Answered.FEASIBLE:
            return _relaxation(asked, proposal, least, solves)
        least = all(each.answer is Answered.INFEASIBLE for each in answers)
    return None


def _tried(plan: Plan, amount: float | None, clock: Clock) -> list[Solve]:
    """Solve with the proposal; a yes is checked, a no asked twice."""
    context, questions = questions_of(plan)
    duties = plan.required(context)
    name = "dropped" if amount is None else f"relaxed by {amount:g}"
    answers: list[Solve] = []
    for configuration in (QUICK, LIGHT):
        answer = questions.ask(duties, questions.everything, clock.left / 3, configuration)
        said = answer.answered
        if said is Answered.FEASIBLE:
            report = check(
                plan.region,
                bare_roster(context, questions.problem, answer.chosen),
                plan.history,
            )
            unheld = context.builder.constants[Tier.COVERAGE]
            if report.hard_breaches or report.uncovered_site_minutes > unheld:
                said = Answered.UNKNOWN
        answers.append(Solve(question=name, configuration=configuration.name, answer=said))
        if said is not Answered.INFEASIBLE:
            break
    return answers


def _relaxation(
    asked: Requirement, proposal: Proposal, least: bool | None, solves: Sequence[Solve]
) -> Relaxation:
    if proposal.amount is None:
        dutch, english = f"zonder: {asked.text.nl}", f"without: {asked.text.en}"
    else:
        dutch = f"{asked.text.nl}: {proposal.amount:g} {proposal.unit[0]} verruimen"
        english = f"{asked.text.en}: relax by {proposal.amount:g} {proposal.unit[1]}"
    return Relaxation(
        requirement=asked,
        amount=proposal.amount,
        unit=proposal.unit[1],
        suffices=True,
        least=None if proposal.amount is None else least is not False,
        text=Said(code=f"relax.{asked.kind.value}", nl=dutch, en=english),
        solves=tuple(solves),
    )


# -- what each kind of requirement is relaxed to ------------------------------------------------


def _series(context: Context, key: Key, found: Found) -> Iterator[Proposal]:
    """Ever larger relaxations of one requirement; none for what no agreement can change."""
    if key.kind is RequirementKind.NORM:
        yield from _norms(context, key)
    elif key.kind is RequirementKind.CONTRACT:
        yield from _contracts(context.region, key)
    elif key.kind in _DROPPED:
        changed = _DROPPED[key.kind](context, key, found)
        yield Proposal(context.region.model_copy(update=changed), None, ("", ""))


def _norms(context: Context, key: Key) -> Iterator[Proposal]:
    norm = Words(context).norm(key.person, key.about)
    for limit, amount in _limits(context, key, norm):
        reduced = norm.reduced_limit
        if reduced is not None and reduced >= limit:
            reduced = None
        looser = norm.model_copy(update={"limit": limit, "reduced_limit": reduced})
        unit = _UNITS[norm.kind]
        yield Proposal(with_norm(context.region, key, norm, looser), amount, unit)


def _limits(context: Context, key: Key, norm: Norm) -> Iterator[tuple[float, float]]:
    """(limit, how far from the norm's): by one, or to the next figure that duties can have."""
    work = context.work(key.person, norm.counts)
    if norm.kind is NormKind.REST:
        gaps = {
            (later.start - earlier.end) / 60
            for at, earlier in enumerate(work)
            for later in work[at + 1 : at + 12]
            if 0 < later.start - earlier.end < norm.limit * 60
        }
        yield from ((gap, norm.limit - gap) for gap in sorted(gaps, reverse=True))
    elif norm.kind is NormKind.CONTINUOUS:
        lengths = {
            (later.end - earlier.start) / 60
            for at, earlier in enumerate(work)
            for later in work[at + 1 : at + 12]
            if later.start == earlier.end and later.end - earlier.start > norm.limit * 60
        }
        yield from ((length, length - norm.limit) for length in sorted(lengths))
    elif norm.kind is NormKind.FREE_PERIODS:
        yield from ((norm.limit - n, float(n)) for n in range(1, int(norm.limit) + 1))
    else:
        yield from ((norm.limit + n, float(n)) for n in range(1, UP_TO + 1))


_UNITS: dict[NormKind, tuple[str, str]] = {
    NormKind.REST: ("uur", "hours"),
    NormKind.CONTINUOUS: ("uur", "hours"),
    NormKind.ROLLING_COUNT: ("diensten", "duties"),
    NormKind.CONSECUTIVE: ("dagen", "days"),
    NormKind.WEEKENDS: ("weekenden", "weekends"),
    NormKind.HOURS: ("uur per week", "hours a week"),
    NormKind.FREE_PERIODS: ("perioden", "stretches"),
}


def with_norm(region: Region, key: Key, norm: Norm, looser: Norm) -> Region:
    """The region in which one person's norm is looser: that person gets packs of his own."""
    person = region.physicians[key.person]
    packs = [
        pack.model_copy(
            update={
                "id": f"{pack.id}{LOOSER}",
                "norms": tuple(looser if each == norm else each for each in pack.norms),
            }
        )
        for pack in region.pack_by_id.values()
        if norm in pack.norms
    ]
    changed = {pack.id.removesuffix(LOOSER) for pack in packs}
    # The first binding that holds on a day counts; the default comes after all of them.
    bound = (*person.rule_packs, PackBinding(pack=DEFAULT_PACKS[person.role]))
    bindings = tuple(
        each.model_copy(update={"pack": f"{each.pack}{LOOSER}"}) if each.pack in changed else each
        for each in bound
    )
    physicians = tuple(
        each.model_copy(update={"rule_packs": bindings}) if each is person else each
        for each in region.physicians
    )
    return region.model_copy(
        update={"physicians": physicians, "rule_packs": (*region.rule_packs, *packs)}
    )


def _contracts(region: Region, key: Key) -> Iterator[Proposal]:
    contract = region.contract_by_id[key.about]
    units = {
        "duties": ("diensten", "duties"),
        "nights": ("nachten", "nights"),
        "weekends": ("weekenden", "weekends"),
    }
    for amount in range(1, UP_TO + 1):
        for figure in FIGURES:
            most = getattr(contract, f"max_{figure}")
            if most is None:
                continue
            wider = contract.model_copy(update={f"max_{figure}": most + amount})
            contracts = tuple(wider if each is contract else each for each in region.contracts)
            changed = region.model_copy(update={"contracts": contracts})
            yield Proposal(changed, float(amount), units[figure])


Changed = dict[str, Any]
"""Fields of a region with their new values."""


def _span(context: Context, found: Found) -> tuple[int, int]:
    items = [task.item for task in context.duties if task.index in found.duties]
    return min(item.start for item in items), max(item.end for item in items)


def _leave(context: Context, key: Key, found: Found) -> Changed:
    low, high = _span(context, found)
    name = context.people[key.person].id
    region = context.region
    return {
        "absences": tuple(
            each
            for each in region.absences
            if each.physician != name or not overlap(span(absence_interval(each)), (low, high))
        )
    }


def _commitment(context: Context, key: Key, found: Found) -> Changed:
    when = interval(*_span(context, found))
    name = context.people[key.person].id
    region = context.region
    return {
        "commitments": tuple(
            each
            for each in region.commitments
            if each.physician != name or not any(commitment_intervals(region, each, when))
        )
    }


def _free_weekday(context: Context, key: Key, _: Found) -> Changed:
    return _contracts_with(context, key, {"free_weekdays": ()})


def _contract_period(context: Context, key: Key, _: Found) -> Changed:
    return _contracts_with(context, key, {"valid_from": None, "valid_until": None})


def _contracts_with(context: Context, key: Key, fields: Changed) -> Changed:
    name = context.people[key.person].id
    return {
        "contracts": tuple(
            each.model_copy(update=fields) if each.physician == name else each
            for each in context.region.contracts
        )
    }


def _registration(context: Context, key: Key, _: Found) -> Changed:
    return _person_with(context, key, {"registered_from": None, "registered_until": None})


def _capacity(context: Context, key: Key, _: Found) -> Changed:
    return _person_with(context, key, {"max_residents": None, "max_sites": None})


def _person_with(context: Context, key: Key, fields: Changed) -> Changed:
    return {
        "physicians": tuple(
            each.model_copy(update=fields) if at == key.person else each
            for at, each in enumerate(context.people)
        )
    }


def _travel(context: Context, key: Key, found: Found) -> Changed:
    """Based, day and night, just near enough to every site of the duties."""
    region = context.region
    sites = {
        site for task in context.duties if task.index in found.duties for site in task.item.sites
    }
    nearby = tuple(
        TravelTime(origin=NEARBY, destination=site, minutes=nearest(region, site))
        for site in region.site_by_id
        if site in sites
    )
    return {
        "places": (*region.places, Place(id=NEARBY, name=NEARBY)),
        "travel_times": (*region.travel_times, *nearby),
        **_person_with(context, key, {"day_base": NEARBY, "night_base": NEARBY}),
    }


def _pin(context: Context, key: Key, _: Found) -> Changed:
    name = context.people[key.person].id
    region = context.region
    return {
        "pins": tuple(
            each for each in region.pins if (each.target, each.physician) != (key.about, name)
        )
    }


_DROPPED: dict[RequirementKind, Callable[[Context, Key, Found], Changed]] = {
    RequirementKind.LEAVE: _leave,
    RequirementKind.COMMITMENT: _commitment,
    RequirementKind.FREE_WEEKDAY: _free_weekday,
    RequirementKind.CONTRACT_PERIOD: _contract_period,
    RequirementKind.REGISTRATION: _registration,
    RequirementKind.CAPACITY: _capacity,
    RequirementKind.TRAVEL: _travel,
    RequirementKind.PIN: _pin,
}
