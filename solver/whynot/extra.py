"""The least extra capacity: the fewest duties that people from outside would have to hold.

First how few duties can stay empty, then how few extra SOs, bound by their default rule pack, can
hold exactly so many. Confirmed from both sides: a roster with them passes the check, and with one
duty less two differently configured solves find nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from so247.models.clock import local_day
from so247.models.people import SO, Contract, Employer, Physician
from so247.models.proof import Answered, Extra, Said, Solve
from so247.models.region import Region
from so247.models.sites import Place, TravelTime
from so247.solver.clock import Clock
from so247.solver.context import Context
from so247.solver.limits import Cancel
from so247.solver.plan import Plan
from so247.solver.search_feasible import DEEP, LIGHT, Answer, fewest_empty, holdable
from so247.solver.whynot.confirm import confirmed
from so247.solver.whynot.question import Questions, questions_of
from so247.solver.whynot.words import iso_week, joined

MOST_PEOPLE = 6
NAME = "extra-so"


def find_extra(
    context: Context,
    questions: Questions,
    best: Answer,
    plan: Plan,
    clock: Clock,
) -> Extra | None:
    """``best``: the choice with the fewest empty duties. ``None`` where none was found in time."""
    duties = plan.required(context)
    part = questions.part(duties, questions.everything)
    if not best.value:
        return None
    solves = [
        Solve(
            question=f"{best.value} duties empty",
            configuration=questions.quick.name,
            answer=best.answered,
        )
    ]
    solves += [
        Solve(
            question=f"at most {best.value - 1} duties empty",
            configuration=each.name,
            answer=fewest_empty(
                part.problem,
                duties,
                max(1.0, clock.left / 4),
                each,
                questions.cancel,
                at_most=best.value - 1,
            ).answered,
        )
        for each in (LIGHT, DEEP)
    ]
    least = all(each.answer is Answered.INFEASIBLE for each in solves[1:])
    for people in range(1, MOST_PEOPLE + 1):
        if clock.over:
            break
        found = _with_people(plan, people, best.value, clock, questions.cancel)
        if found is not None:
            return _said(context, best.value, people, found, solves, suffices=True, least=least)
    tasks = {questions.problem.options[v].task for v in best.chosen}
    empty = [task.duty.id for task in context.duties if task.index in {*duties} - tasks]
    return _said(context, best.value, 0, empty, solves, suffices=False, least=least)


def with_people(region: Region, people: int) -> Region:
    """The region with so many extra SOs: in every pool, based just near enough to every site."""
    names = [f"{NAME}-{number}" for number in range(1, people + 1)]
    minutes = [
        TravelTime(origin=NAME, destination=site.id, minutes=nearest(region, site.id))
        for site in region.site_by_id.values()
    ]
    extra = Employer(id=NAME, name=NAME)
    return region.model_copy(
        update={
            "places": (*region.places, Place(id=NAME, name=NAME)),
            "travel_times": (*region.travel_times, *minutes),
            "employers": (*region.employers, extra),
            "physicians": (
                *region.physicians,
                *(
                    Physician(
                        id=name,
                        name=name,
                        role=SO,
                        pools=tuple(pool.id for pool in region.pools),
                        day_base=NAME,
                        night_base=NAME,
                    )
                    for name in names
                ),
            ),
            "contracts": (
                *region.contracts,
                *(Contract(id=name, physician=name, employer=NAME, fte=1.0) for name in names),
            ),
        }
    )


def nearest(region: Region, site: str) -> int:
    """The shortest on-site limit, in minutes, that may ever hold at a site."""
    found = [region.site_by_id[site].on_site_minutes]
    found += [each.on_site_minutes for each in region.agreements if each.site == site]
    known = [each for each in found if each is not None]
    return min([*known, region.settings.default_on_site_minutes])


def _with_people(
    plan: Plan, people: int, most: int, clock: Clock, cancel: Cancel | None
) -> list[str] | None:
    """The duties that so many extra people hold, at most ``most``, in a roster that checks."""
    larger = plan.within(with_people(plan.region, people))
    context, questions = questions_of(larger, cancel)
    duties = larger.required(context)
    part = questions.part(duties, questions.everything)
    first = len(plan.region.physicians)
    theirs = [v for v, option in enumerate(part.problem.options) if option.person >= first]
    seconds = max(1.0, clock.left / 2)
    limited = (theirs, most)
    answer = holdable(part.problem, duties, seconds, questions.quick, cancel, most=limited)
    if answer.answered is not Answered.FEASIBLE:
        return None
    chosen = [part.options[v] for v in answer.chosen]
    if not confirmed(larger, context, questions.problem, chosen):
        return None
    held = {
        questions.problem.options[v].task
        for v in chosen
        if questions.problem.options[v].person >= first
    }
    return [task.duty.id for task in context.duties if task.index in held]


def _said(
    context: Context,
    duties: int,
    people: int,
    targets: Sequence[str],
    solves: Sequence[Solve],
    *,
    suffices: bool,
    least: bool,
) -> Extra:
    tasks = [task for task in context.duties if task.duty.id in set(targets)]
    weeks = sorted({iso_week(local_day(task.duty.when.start)) for task in tasks})
    sites = sorted({site for task in tasks for site in task.item.sites})
    minutes = min((nearest(context.region, site) for site in sites), default=0)
    dutch = f"{duties} {'dienst' if duties == 1 else 'diensten'} meer"
    english = f"{duties} more {'duty' if duties == 1 else 'duties'}"
    if people:
        lines = list(dict.fromkeys(task.line.name for task in tasks))
        dutch += (
            f", door {people} extra SO, binnen {minutes} minuten van de locaties van "
            f"{joined(lines, 'en')}"
        )
        english += (
            f", by {people} extra SO, within {minutes} minutes of the sites of "
            f"{joined(lines, 'and')}"
        )
    dutch += f" (week {', '.join(weeks)})"
    english += f" (week {', '.join(weeks)})"
    return Extra(
        duties=duties,
        people=people,
        role=SO.value,
        weeks=tuple(weeks),
        targets=tuple(targets),
        sites=tuple(sites),
        on_site_minutes=minutes,
        suffices=suffices,
        least=least,
        text=Said(code="extra", nl=dutch, en=english),
        solves=tuple(solves),
    )
