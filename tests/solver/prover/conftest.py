"""A facility that opens and lacks nothing but a roster, so that a test breaks exactly one thing.

It is the facility ``home`` of the toy region (tests/solver/conftest.py), which opens on Monday 2
November 2026 and is linked to the GP group ``group``, with one practice and the GP post ``post``.
Two lines, nights and weekends and office hours, serve both; to the group no function is promised.
Every document is there. Ann and Bob, SOs who live 20 minutes away, may each hold everything, since
no norm binds them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from so247.models.evidence import EvidenceKind
from so247.models.lines import Window
from so247.models.proof import Judgement, Proof
from so247.models.region import Region
from so247.models.roster import Roster, State
from so247.models.sites import (
    AgreementKind,
    CareFunction,
    Facility,
    FunctionHolder,
    GpGroup,
    GpPost,
    GpPractice,
    Place,
    TravelTime,
)
from so247.scenarios.generator import changed
from so247.scenarios.papers import papers, with_facts
from so247.solver.limits import Limits
from so247.solver.prover.prove import prove

MONDAY = date(2026, 11, 2)
SITES = ("home", "group")
PUBLISHED = datetime(2026, 10, 1, tzinfo=UTC)
LIMITS = Limits(seconds=20, reproducible=True)


class Home:
    """The facility and its region, and what is asked about it."""

    MONDAY, SITES, LIMITS, PUBLISHED = MONDAY, SITES, LIMITS, PUBLISHED

    def __init__(self, toy: Any) -> None:
        self.toy = toy

    def facility(self, **fields: Any) -> Facility:
        holders = tuple(
            FunctionHolder(function=function, physician="ann") for function in CareFunction
        )
        base = {"gp_group": "group", "opening_date": MONDAY, "function_holders": holders}
        return with_facts(self.toy.facility(**(base | fields)))

    def group(self, **fields: Any) -> GpGroup:
        base: dict[str, Any] = {"id": "group", "name": "Group", "pools": ("pool",)}
        base |= {"gp_post": "post", "practices": (GpPractice(id="north", name="North"),)}
        return GpGroup(**(base | fields))

    def agreement(self, site: str, **fields: Any) -> Any:
        made = self.toy.agreement(f"so-{site}", AgreementKind.SO_AVAILABILITY, "pool", site)
        return made.model_copy(update={"functions": tuple(CareFunction)} | fields)

    def lines(self, **fields: Any) -> tuple[Any, ...]:
        base = {"sites": SITES} | fields
        return (
            self.toy.line("anw", Window.OUT_OF_HOURS, **base),
            self.toy.line("day", Window.OFFICE_HOURS, **base),
        )

    def region(self, **overrides: Any) -> Region:
        """Any part may be replaced; ``facility`` is short for fields of its own."""
        parts: dict[str, Any] = {
            "id": "toy",
            "holiday_years": (2026, 2027),
            "gp_posts": (GpPost(id="post", name="Post"),),
            "gp_groups": (self.group(),),
            "facilities": (self.facility(**overrides.pop("facility", {})),),
            "agreements": (self.agreement("home"), self.agreement("group", functions=())),
            "lines": self.lines(),
            "places": tuple(Place(id=each, name=each.title()) for each in ("base", "far")),
            "travel_times": tuple(
                TravelTime(origin=origin, destination=site, minutes=minutes)
                for site in SITES
                for origin, minutes in (("base", 20), ("far", 70))
            ),
        }
        region: Region = self.toy.region(**(parts | overrides))
        if "evidence" in overrides:
            return region
        found = papers(region, "home", MONDAY)
        update: dict[str, Any] = {"evidence": found.evidence}
        if "task_holders" not in overrides:
            update["task_holders"] = found.task_holders
        return changed(region, update)

    def without(self, region: Region, *kinds: EvidenceKind, **instead: Any) -> Region:
        """Without the documents of these kinds; or with those changed, where ``instead`` says."""
        kept = [
            each.model_copy(update=instead) if each.kind in kinds else each
            for each in region.evidence
            if instead or each.kind not in kinds
        ]
        return changed(region, {"evidence": tuple(kept)})

    def prove(self, region: Region | None = None, site: str = "home", **options: Any) -> Proof:
        """A week, without absences and headroom, with people's own names."""
        base: dict[str, Any] = {"limits": LIMITS, "absences": (), "headroom": False}
        base |= {"names": True} | ({} if "roster" in options else {"weeks": 1})
        return prove(region or self.region(), site, **(base | options))

    def witness(self, region: Region | None = None, **options: Any) -> Roster:
        """The roster that a proof rests on, in the region's own ids."""
        found: list[Roster] = []
        self.prove(region, on_roster=found.append, **options)
        (roster,) = found
        return roster

    def published(self, roster: Roster, state: State = State.ACCEPTED, but: int = 0) -> Roster:
        """Published, with every assignment in this state, but for the first so many."""
        held = tuple(
            each.model_copy(update={"state": state}) if at >= but else each
            for at, each in enumerate(roster.assignments)
        )
        return roster.model_copy(update={"assignments": held, "published_at": PUBLISHED})

    @staticmethod
    def judged(proof: Proof, key: str) -> Judgement:
        (one,) = (each for each in (*proof.preconditions, *proof.checks) if each.key == key)
        return one

    @staticmethod
    def codes(said: Iterable[Any]) -> set[str]:
        return {each.code for each in said}


@pytest.fixture(scope="session")
def home(toy: Any) -> Home:
    return Home(toy)
