"""Which single requirement, relaxed by how much, would make a full cover possible.

Each proposal is a changed region, solved again and checked; where it has an amount, one unit less
was tried too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from so247.models.proof import Answered, Relaxation, Requirement, Said, Solve
from so247.solver.clock import Clock
from so247.solver.context import Context
from so247.solver.limits import Cancel
from so247.solver.plan import Plan
from so247.solver.search_feasible import LIGHT
from so247.solver.whynot.confirm import confirmed
from so247.solver.whynot.conflict import Found
from so247.solver.whynot.loosened import Proposal, proposals
from so247.solver.whynot.question import Questions, questions_of
from so247.solver.whynot.words import Words


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
    enough: list[Relaxation] = []
    for key in found.keys:
        if clock.over:
            break
        without = questions.everything - {key}
        if questions.ask(duties, without, clock.left / 3).answered is not Answered.FEASIBLE:
            continue  # other requirements stand in the way as well
        asked = words.requirement(key, found.duties)
        least = _least(proposals(context, key, found), asked, plan, clock, questions.cancel)
        if least is not None:
            enough.append(least)
    return tuple(enough)


def _least(
    series: Iterable[Proposal],
    asked: Requirement,
    plan: Plan,
    clock: Clock,
    cancel: Cancel | None,
) -> Relaxation | None:
    """The first of ever larger proposals that suffices; the one before it did not."""
    solves: list[Solve] = []
    least: bool | None = None
    for proposal in series:
        if clock.over:
            return None
        answers = _tried(plan.within(proposal.region), proposal.amount, clock, cancel)
        solves += answers
        if answers[0].answer is Answered.FEASIBLE:
            return _relaxation(asked, proposal, least, solves)
        least = all(each.answer is Answered.INFEASIBLE for each in answers)
    return None


def _tried(plan: Plan, amount: float | None, clock: Clock, cancel: Cancel | None) -> list[Solve]:
    """Solve with the proposal; a yes is checked, a no asked twice."""
    context, questions = questions_of(plan, cancel)
    duties = plan.required(context)
    name = "dropped" if amount is None else f"relaxed by {amount:g}"
    answers: list[Solve] = []
    for configuration in (questions.quick, LIGHT):
        answer = questions.ask(duties, questions.everything, clock.left / 3, configuration)
        said = answer.answered
        if said is Answered.FEASIBLE and not confirmed(
            plan, context, questions.problem, answer.chosen
        ):
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
