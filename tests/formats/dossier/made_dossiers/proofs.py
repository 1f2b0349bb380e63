"""Proofs made by hand: everything that a proof may hold, without asking anybody to prove it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from made_dossiers.regions import AUTUMN, SITE, at, make_region, make_roster
from so247.models.calendar import duties
from so247.models.clock import Interval, period
from so247.models.evidence import RuleSet
from so247.models.lines import Position
from so247.models.proof import (
    Answered,
    Barred,
    Case,
    CellReading,
    Change,
    Conflict,
    Counting,
    CoverageBasis,
    Extra,
    Judgement,
    Part,
    Proof,
    Relaxation,
    Requirement,
    RequirementKind,
    Robustness,
    Said,
    Share,
    Solve,
    Status,
    Survival,
    Verdict,
    WhyNot,
)
from so247.models.region import Region
from so247.models.report import Answer, Coverage, Reason, SiteCoverage, Stretch


def said(nl: str, en: str) -> Said:
    return Said(code="x", nl=nl, en=en)


def stretch(start: datetime, end: datetime, coverage: Coverage, **fields: Any) -> Stretch:
    base: dict[str, Any] = {
        "when": Interval(start=start, end=end),
        "position": Position.FIRST_LINE,
        "coverage": coverage,
        "reachable": Answer.NO,
        "deployable": Answer.NO,
        "reasons": (Reason(code="no_holder", text="nobody holds line anw"),),
    }
    return Stretch(**(base | fields))


def make_coverage(examined: Interval, stretches: Iterable[Stretch] = (), **fields: Any) -> Any:
    found = tuple(stretches)
    minutes = {
        state: sum(each.when.minutes for each in found if each.coverage is state)
        for state in Coverage
    }
    uncovered, unknown = minutes[Coverage.UNCOVERED], minutes[Coverage.UNKNOWN]
    verdict = Coverage.UNCOVERED if uncovered else Coverage.UNKNOWN if unknown else Coverage.COVERED
    base: dict[str, Any] = {
        "site": SITE,
        "name": "De Linde",
        "examined": examined,
        "verdict": verdict,
        "required_minutes": examined.minutes,
        "uncovered_minutes": uncovered,
        "unknown_minutes": unknown,
        "stretches": found,
    }
    return SiteCoverage(**(base | fields))


def judged(key: str, status: Status = Status.MET, **fields: Any) -> Judgement:
    base: dict[str, Any] = {
        "until": date(2026, 10, 25),
        "reasons": (said(f"reden bij {key}", f"reason at {key}"),),
    }
    return Judgement(key=key, status=status, **(base | fields))


def eight(**others: Status) -> tuple[Judgement, ...]:
    """The eight preconditions, met but for what is given (``p4=...``)."""
    found = []
    for number in range(1, 9):
        status = others.get(f"p{number}", Status.MET)
        if number in (1, 3, 8):
            evidence = ("bewijs-01",) if number == 8 else ()
            found += [
                judged(str(number), status, practice="praktijk-a", evidence=evidence),
                judged(str(number), practice="praktijk-b"),
            ]
        else:
            found.append(judged(str(number), status))
    return tuple(found)


def make_proof(region: Region | None = None, **fields: Any) -> Proof:
    """A coverable proof by a witness, unless the fields say otherwise."""
    whole = region or make_region()
    roster = make_roster(whole)
    base: dict[str, Any] = {
        "version": "0.1.0",
        "region_id": whole.id,
        "region_hash": "0f" * 32,
        "site": SITE,
        "rule_set": RuleSet.LEIDRAAD_2018,
        "period": roster.period,
        "verdict": Verdict.COVERABLE,
        "until": date(2026, 10, 25),
        "summary": (said("Er bestaat een rooster.", "A roster exists."),),
        "preconditions": eight(),
        "checks": (
            judged("consent.gp_post", evidence=("bewijs-02",)),
            judged("wtza", blocks=False),
            judged("short_stay", applies=False, blocks=False),
        ),
        "assumptions": (said("Later telt niet mee.", "Later sites are left out."),),
        "basis": CoverageBasis.WITNESS,
        "coverage": make_coverage(roster.period),
        "slice": whole,
        "roster": roster,
    }
    return Proof(**(base | fields))


def _counting(targets: tuple[str, ...]) -> Counting:
    return Counting(
        duties=targets[:3],
        shares=(
            Share(
                physician="arts-01",
                parts=(
                    Part(
                        duties=targets[:2],
                        most=1,
                        rule="norm.rest",
                        norm="rest",
                        text=said("te weinig rust", "too little rest"),
                    ),
                    Part(
                        duties=targets[2:3],
                        most=1,
                        rule="contract.maximum",
                        contract="c-1",
                        text=said("maximum van het contract", "maximum of the contract"),
                    ),
                ),
            ),
        ),
        barred=(Barred(physician="arts-02", rules=("eligible.pool", "eligible.absence", "x.y")),),
        text=said("drie diensten, hoogstens twee", "three duties, at most two"),
    )


def make_why_not(region: Region) -> WhyNot:
    targets = tuple(duty.id for duty in duties(region, period(AUTUMN, 1)))
    leave = Requirement(
        key="leave",
        kind=RequirementKind.LEAVE,
        physician="arts-03",
        when=Interval(start=at(20, 8), end=at(21, 8)),
        text=said("verlof", "leave"),
    )
    members = tuple(
        Requirement(key=kind.value, kind=kind, name="anw", text=said("eis", "requirement"))
        for kind in RequirementKind
    )
    solves = tuple(
        Solve(question="any roster?", configuration="seed 1", answer=answer) for answer in Answered
    )
    return WhyNot(
        conflict=Conflict(
            members=(*members, leave),
            minimal=False,
            text=said("dit gaat niet samen", "this cannot hold together"),
            solves=solves,
        ),
        counting=_counting(targets),
        extra=Extra(
            duties=2,
            people=1,
            role="elderly_care_physician",
            weeks=("2026-W43",),
            targets=targets[:2],
            sites=(SITE,),
            on_site_minutes=45,
            suffices=True,
            least=False,
            text=said("twee diensten erbij", "two duties more"),
        ),
        relaxations=(
            Relaxation(
                requirement=leave, suffices=True, text=said("zonder verlof", "without leave")
            ),
            Relaxation(
                requirement=members[1],
                amount=1.5,
                unit="h",
                suffices=True,
                least=True,
                text=said("norm ruimer", "norm relaxed"),
            ),
        ),
    )


def make_robustness(region: Region, days: int = 3, cases: int = 4) -> Robustness:
    targets = tuple(duty.id for duty in duties(region, period(AUTUMN, 1)))
    outcomes = (Survival.FAILED, Survival.UNKNOWN, Survival.SURVIVED)
    found = tuple(
        Case(
            physicians=(f"arts-{1 + number % 3:02d}",),
            days=tuple(AUTUMN + timedelta(days=day) for day in range(days)),
            lost=targets[number % 5 : number % 5 + 2],
            survival=outcomes[number % 3],
            changes=(
                (Change(target=targets[0], before="arts-01", after="arts-02"),)
                if number % 3 == 2
                else ()
            ),
            reasons=(said("niemand anders", "nobody else"),) if number % 3 != 2 else (),
        )
        for number in range(cases)
    )
    return Robustness(absence_days=7, tried=100 + cases * days, unaffected=100, cases=found)


def make_readings() -> tuple[CellReading, ...]:
    """One column on which two documents differ, and one that is inferred."""
    kind = {"setting": "facility_without_treatment", "indication": "wlz"}
    return tuple(
        CellReading(**kind, column=column, value=said(nl, en), source=source, inferred=inferred)
        for column, nl, en, source, inferred in (
            ("general_day", "huisarts", "GP", "S0 2.1", False),
            ("general_out_of_hours", "via de HAP", "via the GP post", "S0 2.1", False),
            ("general_out_of_hours", "de instelling", "the facility", "S2 #4", False),
            ("specific_out_of_hours", "SO", "SO", "S2 #5", True),
        )
    )
