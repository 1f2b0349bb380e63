"""``why_not``: everything there is to say when no roster covers everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from so247.audit.certificate import counting_faults
from so247.models.clock import period as period_of
from so247.models.proof import (
    Answered,
    Barred,
    Conflict,
    Counting,
    Part,
    Said,
    Share,
    Solve,
    WhyNot,
)
from so247.solver.clock import Clock
from so247.solver.context import Context
from so247.solver.limits import Cancel
from so247.solver.plan import Plan
from so247.solver.search_feasible import DEEP, LIGHT, fewest_empty
from so247.solver.search_feasible import Answer as Fewest
from so247.solver.whynot.conflict import Found, find_conflict
from so247.solver.whynot.counting import Bound, Count, find_count
from so247.solver.whynot.extra import find_extra
from so247.solver.whynot.question import Questions, questions_of
from so247.solver.whynot.relax import find_relaxations
from so247.solver.whynot.words import Words, joined, norm_words

TRIED = 5
"""Empty duties around which an over-full set is looked for."""


@dataclass(frozen=True)
class Answer:
    """``covered``: whether all required duties can be held; yes and no are both asked twice."""

    covered: Answered
    solves: tuple[Solve, ...]
    why: WhyNot | None = None


def can_be_covered(
    plan: Plan,
    seconds: float,
    cancel: Cancel | None = None,
    *,
    explained: bool = True,
) -> Answer:
    """Whether any roster holds every duty, and if none does, why not.

    "No" needs two differently configured solves that agree, and a conflict set that is infeasible
    by itself; rules stated more strictly than the rulebook (``Problem.stricter``) make it unknown.
    """
    clock = Clock(seconds)
    context, questions = questions_of(plan, cancel)
    duties = plan.required(context)
    solves: list[Solve] = []
    for configuration, share in ((questions.quick, 0.1), (LIGHT, 0.4), (DEEP, 0.4)):
        if sum(each.answer is Answered.INFEASIBLE for each in solves) == 2:
            break
        found = questions.ask(duties, questions.everything, seconds * share, configuration)
        solves.append(
            Solve(
                question="every duty held",
                configuration=configuration.name,
                answer=found.answered,
            )
        )
        if found.answered is Answered.FEASIBLE:
            return Answer(Answered.FEASIBLE, tuple(solves))
    noes = sum(each.answer is Answered.INFEASIBLE for each in solves)
    if noes < 2 or questions.problem.stricter:
        return Answer(Answered.UNKNOWN, tuple(solves))
    if not explained:
        return Answer(Answered.INFEASIBLE, tuple(solves))
    best = _best(questions, duties, clock.left / 4)
    empty = _empty(questions, duties, best)
    count = find_count(context, questions, empty[:TRIED])
    counted = count.duties if count is not None else ()
    conflict = find_conflict(questions, duties, empty, counted, clock.left / 2)
    if conflict is None:
        return Answer(Answered.UNKNOWN, tuple(solves))
    words = Words(context)
    why = WhyNot(
        conflict=_conflict(questions, words, conflict),
        counting=_counted(plan, context, words, count),
        extra=find_extra(plan, Clock(clock.left / 2), cancel),
        relaxations=find_relaxations(context, questions, conflict, plan, clock),
    )
    return Answer(Answered.INFEASIBLE, tuple(solves), why)


def _best(questions: Questions, duties: Sequence[int], seconds: float) -> Fewest:
    """The choice with the fewest empty duties: where to look, and how much is lacking."""
    part = questions.part(duties, questions.everything)
    found = fewest_empty(part.problem, duties, seconds, questions.quick, questions.cancel)
    return replace(found, chosen=tuple(part.options[v] for v in found.chosen))


def _empty(questions: Questions, duties: Sequence[int], best: Fewest) -> tuple[int, ...]:
    held = {questions.problem.options[v].task for v in best.chosen}
    held -= questions.spoilt(questions.everything)
    return tuple(task for task in duties if task not in held)


def _conflict(questions: Questions, words: Words, found: Found) -> Conflict:
    rules = [words.requirement(key, found.duties) for key in found.keys]
    grouped = words.grouped(found.keys, found.duties)
    may = sorted(
        {
            option.person
            for variable, option in enumerate(questions.problem.options)
            if option.task in found.duties and not questions.bars[variable] & set(found.keys)
        }
    )
    dutch, english = words.need(found.duties)
    names = [words.person(person) for person in may]
    if names:
        dutch += f"; alleen {joined(names, 'en')} {'mogen' if len(names) > 1 else 'mag'} dat"
        english += f"; only {joined(names, 'and')} may"
    else:
        dutch += "; niemand mag dat"
        english += "; nobody may"
    dutch += "".join(f"; {said}" for said, _ in grouped)
    english += "".join(f"; {said}" for _, said in grouped)
    if not found.minimal:
        dutch += " (niet bewezen minimaal)"
        english += " (not proven minimal)"
    return Conflict(
        members=(*(words.duty(task) for task in found.duties), *rules),
        minimal=found.minimal,
        text=Said(code="conflict", nl=dutch, en=english),
        solves=found.solves,
    )


def _counted(plan: Plan, context: Context, words: Words, count: Count | None) -> Counting | None:
    """The certificate, if the check can compute all of it again: it is of use only then."""
    if count is None:
        return None
    counting = _counting(context, words, count)
    period = period_of(plan.start, plan.weeks)
    faults = counting_faults(plan.region, counting, period, plan.history, plan.sites)
    return None if faults else counting


def _counting(context: Context, words: Words, count: Count) -> Counting:
    ids = {task.index: task.duty.id for task in context.duties}
    shares = tuple(
        Share(
            physician=context.people[person].id,
            parts=tuple(_part(ids, words, person, bound) for bound in bounds),
        )
        for person, bounds in sorted(count.bounds.items())
    )
    barred = tuple(
        Barred(physician=context.people[person].id, rules=rules)
        for person, rules in sorted(count.barred.items())
    )
    dutch, english = words.need(count.duties)
    sums = " + ".join(str(share.most) for share in shares) or "0"
    who = [words.person(person) for person in sorted(count.bounds)]
    holders = f"{joined(who, 'en') or 'niemand'}: {sums} = {count.most}"
    holding = f"{joined(who, 'and') or 'nobody'}: {sums} = {count.most}"
    return Counting(
        duties=tuple(ids[task] for task in count.duties),
        shares=shares,
        barred=barred,
        text=Said(
            code="counting",
            nl=f"{dutch}; {holders}, minder dan {len(count.duties)}",
            en=f"{english}; {holding}, fewer than {len(count.duties)}",
        ),
    )


def _part(ids: dict[int, str], words: Words, person: int, bound: Bound) -> Part:
    name = words.person(person)
    dutch, english = _because(words, person, bound)
    return Part(
        duties=tuple(ids[task] for task in sorted(bound.duties)),
        most=bound.most,
        rule=bound.rule,
        norm=bound.about if bound.rule.startswith("norm.") else None,
        contract=bound.about if bound.rule == "contract.maximum" else None,
        text=Said(
            code=bound.rule,
            nl=f"{name} hoogstens {bound.most} van {len(bound.duties)}: {dutch}",
            en=f"{name} at most {bound.most} of {len(bound.duties)}: {english}",
        ),
    )


def _because(words: Words, person: int, bound: Bound) -> tuple[str, str]:
    if bound.rule.startswith("norm."):
        return norm_words(words.norm(person, bound.about))
    if bound.rule == "contract.maximum":
        return f"maximum van contract {bound.about}", f"maximum of contract {bound.about}"
    if bound.rule == "cover.one_holder":
        return "één dienst", "one duty"
    if bound.rule == "cover.backup_differs":
        return "voorwacht en achterwacht zijn twee personen", "first line and backup are two people"
    return "niet op twee plaatsen tegelijk", "not in two places at once"
