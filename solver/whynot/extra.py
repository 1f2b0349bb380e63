"""The least extra capacity: the fewest duties that people from outside would have to hold.

First with plenty of extra SOs, bound by their default rule pack: how few duties can they hold? Then
with how few of them does that do? Confirmed from both sides: a roster with them passes the check,
and with one duty less, for as many people as one likes, two differently configured solves find
nothing.
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
from so247.solver.search_feasible import (
    DEEP,
    LIGHT,
    Answer,
    Configuration,
    fewest_of,
    holdable,
)
from so247.solver.whynot.confirm import confirmed
from so247.solver.whynot.question import questions_of
from so247.solver.whynot.words import iso_week, joined

MOST_PEOPLE = 6
LARGEST = 40
"""Up to so many duties less one can be shown not to do: each might be another person's."""
NAME = "extra-so"


def find_extra(plan: Plan, clock: Clock, cancel: Cancel | None) -> Extra | None:
    """``None`` where not even that many people could help, or no answer came in the time."""
    many = _Helped(plan, MOST_PEOPLE, cancel)
    best = many.fewest(clock.left / 3)
    if not best.value:
        return None
    most = best.value
    solves = [many.solve(most, many.quick, clock.left / 4)]
    # Fewer duties than that need no more people than duties: with so many, none is lacking.
    enough = _Helped(plan, max(1, min(most - 1, LARGEST)), cancel)
    less = [enough.solve(most - 1, each, clock.left / 4) for each in (LIGHT, DEEP)]
    least = most - 1 <= LARGEST and all(each.answer is Answered.INFEASIBLE for each in less)
    for people in range(1, MOST_PEOPLE + 1):
        if clock.over:
            break
        helped = _Helped(plan, people, cancel)
        found = helped.held(most, clock.left / 2)
        if found is not None:
            solves.append(helped.said(most, helped.quick, Answered.FEASIBLE))
            return _said(many.context, most, people, found, (*solves, *less), least=least)
    targets = many.theirs_of(best.chosen)
    return _said(many.context, most, 0, targets, (*solves, *less), least=least)


class _Helped:
    """The questions of a plan in a region with so many extra people."""

    def __init__(self, plan: Plan, people: int, cancel: Cancel | None) -> None:
        self.plan = plan.within(with_people(plan.region, people))
        self.people = people
        self.cancel = cancel
        self.context, self.questions = questions_of(self.plan, cancel)
        self.quick = self.questions.quick
        self.duties = self.plan.required(self.context)
        self.part = self.questions.part(self.duties, self.questions.everything)
        self.first = len(plan.region.physicians)
        self.theirs = [
            v for v, option in enumerate(self.part.problem.options) if option.person >= self.first
        ]

    def fewest(self, seconds: float) -> Answer:
        """The fewest duties of theirs with which everyone is covered."""
        problem = self.part.problem
        return fewest_of(problem, self.duties, self.theirs, seconds, self.quick, self.cancel)

    def ask(self, most: int, configuration: Configuration, seconds: float) -> Answer:
        limited = (self.theirs, most)
        return holdable(
            self.part.problem,
            self.duties,
            max(1.0, seconds),
            configuration,
            self.cancel,
            most=limited,
        )

    def solve(self, most: int, configuration: Configuration, seconds: float) -> Solve:
        return self.said(most, configuration, self.ask(most, configuration, seconds).answered)

    def said(self, most: int, configuration: Configuration, answer: Answered) -> Solve:
        return Solve(
            question=f"{self.people} extra people hold at most {most} duties",
            configuration=configuration.name,
            answer=answer,
        )

    def held(self, most: int, seconds: float) -> list[str] | None:
        """The duties that they hold, at most ``most``, in a roster that checks."""
        answer = self.ask(most, self.quick, seconds)
        if answer.answered is not Answered.FEASIBLE:
            return None
        chosen = [self.part.options[v] for v in answer.chosen]
        if not confirmed(self.plan, self.context, self.questions.problem, chosen):
            return None
        return self.theirs_of(answer.chosen)

    def theirs_of(self, chosen: Sequence[int]) -> list[str]:
        options = self.part.problem.options
        held = {options[v].task for v in chosen if options[v].person >= self.first}
        return [task.duty.id for task in self.context.duties if task.index in held]


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


def _said(
    context: Context,
    duties: int,
    people: int,
    targets: Sequence[str],
    solves: Sequence[Solve],
    *,
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
        suffices=people > 0,
        least=least,
        text=Said(code="extra", nl=dutch, en=english),
        solves=tuple(solves),
    )
