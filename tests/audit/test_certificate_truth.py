"""The bounds of a certificate against the truth: every set of duties a person might hold, tried.

Whenever the re-computation accepts a bound, no legal set of duties may exceed it. Legal is what the
check says, which shares nothing with the bounds but the words of the rulebook.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import chain, combinations
from random import Random
from typing import Any

import pytest

from so247.audit.certificate.ground import Ground
from so247.audit.certificate.judge import EXCLUDING, Judge
from so247.audit.conflicts import Conflicts, check_conflicts
from so247.audit.contracts import contract_breaches
from so247.audit.eligibility import Eligibility, check_eligibility
from so247.audit.holdings import Case
from so247.audit.norms import norm_breaches
from so247.audit.sites import Sites
from so247.models.base import Weekday
from so247.models.calendar import duties
from so247.models.clock import Interval, day_start
from so247.models.duty import Duty
from so247.models.lines import Form, Pattern, Per, Position, Product, SessionDemand, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.people import Commitment, PackBinding
from so247.models.proof import Part, Said
from so247.models.region import Region
from so247.models.report import Outcome
from so247.models.roster import Assignment, Roster

WORLDS = 30
SOME = 7
FRIDAY = date(2026, 11, 6)
DUTIES = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY, Work.PRESENCE_DUTY)
CUTS = ((8,), (8, 20), (8, 17), (8, 14, 20), (7, 13, 16, 23), (6, 12, 18, 19))
"""Short pieces fill up the rest between others; night pieces touch both."""
SAID = Said(code="x", nl="x", en="x")


def norm(name: str, kind: NormKind, limit: float, counts: tuple[Work, ...], **more: Any) -> Norm:
    return Norm(
        id=name,
        kind=kind,
        text=name,
        counts=counts,
        limit=limit,
        severity=Severity.HARD,
        basis=Basis.LAW,
        source="test",
        **more,
    )


def norms(random: Random) -> tuple[Norm, ...]:
    """Any of each kind, counting any kinds of work."""
    on_call = (Work.REACHABILITY_DUTY, Work.PRESENCE_DUTY)
    counts = random.choice(
        [DUTIES, on_call, on_call[:1], (*DUTIES, Work.SESSION), (*on_call, Work.COMMITMENT)]
    )
    found = [
        norm("rest", NormKind.REST, random.choice([5, 9, 11, 20]), counts),
        norm("pause", NormKind.REST, 11, counts, break_hours=random.choice([1, 4])),
        norm("reduced", NormKind.REST, 20, counts, reduced_limit=11, reduced_every_days=7),
        norm("after_nights", NormKind.REST, 14, counts, night_only=True),
        norm("presence", NormKind.REST, 11, counts, around=Work.PRESENCE_DUTY),
        norm("long", NormKind.CONTINUOUS, random.choice([12, 20, 24]), counts),
        norm("few", NormKind.ROLLING_COUNT, random.choice([1, 2]), counts, window_days=2),
        norm("nights", NormKind.ROLLING_COUNT, 1, counts, window_days=3, night_only=True),
    ]
    return tuple(random.sample(found, random.randrange(1, 4)))


def cut(name: str, hours: tuple[int, ...]) -> Pattern:
    cuts = tuple(time(each) for each in hours)
    return Pattern(id=name, workday=cuts, saturday=cuts, holiday=cuts)


def world(toy: Any, random: Random) -> tuple[Region, Interval, tuple[Roster, ...]]:
    """One SO, two lines that are cut alike, two days; a duty before them and work beside them."""
    patterns = [cut(name, random.choice(CUTS)) for name in ("daily", "other")]
    together = random.random() < 0.4
    first = toy.line(
        "a", Window.ALWAYS, combinable_with=("b",) if together else (), escalation=("a", "b")
    )
    presence = {"form": Form.PRESENCE, "place": "home"} if random.random() < 0.25 else {}
    second = toy.line(
        "b",
        Window.ALWAYS,
        combinable_with=("a",) if together else (),
        pattern="daily" if together else "other",
        position=random.choice([Position.BACKUP, Position.FIRST_LINE]),
        sites=("group",),
        **presence,
    )
    if second.position is Position.FIRST_LINE:
        first = first.model_copy(update={"sites": ("home",)})
    evening = Commitment(
        physician="ann",
        place="base",
        day=FRIDAY + timedelta(days=random.randrange(-1, 3)),
        start_time=random.choice([time(14), time(18), time(8)]),
        end_time=time(20),
        on_call_allowed=True,
    )
    demand = SessionDemand(
        site="group",
        product=Product.CONSULTATION,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.FRIDAY,),
        start_time=time(14),
        end_time=time(17),
        on_call_allowed=random.random() < 0.5,
    )
    maxima = {"max_duties": random.choice([None, 28, 56]), "max_nights": random.choice([None, 28])}
    region = toy.region(
        patterns=tuple(patterns),
        lines=(first, second),
        physicians=(toy.physician("ann", rule_packs=(PackBinding(pack="tried"),)),),
        contracts=(toy.contract("ann", per_weeks=4, **maxima),),
        rule_packs=(RulePack(id="tried", name="Tried", norms=norms(random)),),
        commitments=(evening,) if random.random() < 0.4 else (),
        sessions=(demand,) if random.random() < 0.4 else (),
        first_roster_on=FRIDAY - timedelta(days=2),
    )
    days = Interval(start=day_start(FRIDAY), end=day_start(FRIDAY + timedelta(days=2)))
    before = Interval(start=day_start(FRIDAY - timedelta(days=2)), end=days.start)
    pieces = [each for each in duties(region, before) if each.when.start < days.start]
    held = random.sample(pieces, random.randrange(0, 3))
    history = Roster(
        region_id="toy",
        period=before,
        assignments=tuple(toy.held(each.id, "ann", each.when) for each in held),
    )
    return region, days, (history,)


def legal(case: Case) -> bool:
    """No hard breach of what concerns one person (all that ``check`` finds of that)."""
    sites = Sites(case.region)
    findings = chain(
        check_eligibility(case, Eligibility(case, sites)),
        check_conflicts(case, Conflicts(case, sites)),
        (each.finding for each in (*norm_breaches(case), *contract_breaches(case))),
    )
    return not any(e.severity is Severity.HARD and e.outcome is Outcome.BREACH for e in findings)


def legal_sets(
    region: Region, days: Interval, history: tuple[Roster, ...], pieces: list[Duty]
) -> list[frozenset[str]]:
    """Every set of duties (and perhaps the session) that breaks no hard rule."""
    work = [
        Assignment(target=each.id, physician="ann", contract="ann-c", when=each.when)
        for each in pieces
    ]
    extra = [()]
    if region.sessions:
        when = Interval(
            start=day_start(FRIDAY) + timedelta(hours=14),
            end=day_start(FRIDAY) + timedelta(hours=17),
        )
        name = "group.consultation.2026w45.1"
        held = Assignment(target=name, physician="ann", contract="ann-c", when=when)
        extra.append((held,))
    found = []
    for size in range(len(work) + 1):
        for chosen in combinations(work, size):
            for more in extra:
                roster = Roster(region_id="toy", period=days, assignments=(*chosen, *more))
                if legal(Case(region, roster, history)):
                    found.append(frozenset(each.target for each in chosen))
    return found


def some(random: Random, region: Region, days: Interval, ground: Ground) -> list[Duty]:
    """Neighbouring duties, few enough to try every set of them."""
    found = [each for each in duties(region, days) if each.id not in ground.held_before]
    first = random.randrange(max(1, len(found) - SOME + 1))
    return found[first : first + SOME]


@pytest.mark.parametrize("seed", range(WORLDS))
def test_no_legal_roster_exceeds_a_bound_that_is_accepted(toy, seed: int) -> None:
    random = Random(seed)
    region, days, history = world(toy, random)
    ground = Ground(region, days, history, None)
    pieces = some(random, region, days, ground)
    legal = legal_sets(region, days, history, pieces)
    judge = Judge(ground, pieces)
    may = {each.id for each in pieces if judge.holders.may_hold("ann", each)}
    # Nobody is barred from what a legal roster gives him.
    assert {name for held in legal for name in held} <= may
    rules = [
        (rule, each.id)
        for each in region.pack_by_id["tried"].norms
        for rule in (f"norm.{each.kind}",)
    ]
    rules += [("time.one_at_a_time", None), ("cover.backup_differs", None)]
    for size in (2, 3, 4):
        for chosen in combinations(pieces, size):
            names = tuple(each.id for each in chosen)
            true_most = max((len(held.intersection(names)) for held in legal), default=0)
            for rule, name in rules:
                part = Part(
                    duties=names, most=max(0, true_most - 1), rule=rule, norm=name, text=SAID
                )
                if rule in EXCLUDING:
                    part = part.model_copy(update={"most": 1})
                accepted = not list(judge.part("ann", part))
                assert not accepted or true_most <= part.most, (rule, name, names)
            by_contract = Part(
                duties=names,
                most=max(0, true_most - 1),
                rule="contract.maximum",
                contract="ann-c",
                text=SAID,
            )
            assert true_most == 0 or list(judge.part("ann", by_contract)), names


def test_bounds_that_are_true_are_mostly_accepted(toy) -> None:
    """Or the test above would say little. Counted over all worlds, by rule."""
    accepted: dict[str, int] = {}
    for seed in range(WORLDS):
        region, days, history = world(toy, Random(seed))
        ground = Ground(region, days, history, None)
        pieces = [each for each in duties(region, days) if each.id not in ground.held_before]
        judge = Judge(ground, pieces)
        for pair in combinations(pieces, 2):
            names = tuple(each.id for each in pair)
            for each in region.pack_by_id["tried"].norms:
                rule = f"norm.{each.kind}"
                part = Part(duties=names, most=1, rule=rule, norm=each.id, text=SAID)
                if not list(judge.part("ann", part)):
                    accepted[each.id] = accepted.get(each.id, 0) + 1
            for rule in ("time.one_at_a_time", "cover.backup_differs", "contract.maximum"):
                contract = "ann-c" if rule == "contract.maximum" else None
                part = Part(duties=names, most=1, rule=rule, contract=contract, text=SAID)
                if not list(judge.part("ann", part)):
                    accepted[rule] = accepted.get(rule, 0) + 1
    assert min(accepted.values()) >= 5, accepted
    assert set(accepted) >= {"rest", "pause", "long", "few", "nights", "time.one_at_a_time"}
