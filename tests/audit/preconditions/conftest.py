"""A facility of which every precondition is met, so that a test breaks exactly one thing.

It is the facility ``home`` of the toy region (one week, Monday 2 to Sunday 8 November 2026), linked
to the GP group ``group`` with the practices ``north`` and ``south`` and the GP post ``post``. Its
documents were signed in January, hold without end, and Ann (an SO) holds what the GP does not. Ann
and Bob hold all duties, in a published roster that they accepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from so247.audit.assess import Assessment, assess
from so247.models.evidence import (
    Admission,
    Evidence,
    EvidenceKind,
    Heading,
    Party,
    Task,
    TaskHolder,
)
from so247.models.proof import Judgement, Status
from so247.models.region import Region
from so247.models.roster import Roster, State
from so247.models.settings import Settings
from so247.models.sites import (
    CareFunction,
    Facility,
    FunctionHolder,
    GpGroup,
    GpPost,
    GpPractice,
    Place,
)

JANUARY = date(2026, 1, 10)
MONDAY = date(2026, 11, 2)
SUNDAY = date(2026, 11, 8)
WEDNESDAY = date(2026, 11, 4)
THURSDAY = date(2026, 11, 5)
PUBLISHED = datetime(2026, 10, 1, tzinfo=UTC)
PRACTICES = ("north", "south")

K = EvidenceKind
PER_PRACTICE = (
    K.GP_STATEMENT,
    K.LOCUM_AGREEMENT,
    K.HANDOVER_AGREEMENT,
    K.GP_CONTRACT,
    K.GP_CONSENT,
)
FOR_THE_SITE = (
    K.SCOPE_ANNEX,
    K.OUT_OF_HOURS_AGREEMENT,
    K.STAFFING_PLAN,
    K.FINAL_RESPONSIBILITY,
    K.GP_POST_CONSENT,
    K.AVAILABILITY_AGREEMENT,
    K.WTZA_NOTIFICATION,
)
WHOLE: dict[EvidenceKind, dict[str, Any]] = {
    K.GP_CONTRACT: {"clauses": tuple(range(1, 8))},
    K.OUT_OF_HOURS_AGREEMENT: {"partner": "post"},
    K.GP_POST_CONSENT: {"partner": "post"},
    K.AVAILABILITY_AGREEMENT: {"headings": tuple(Heading), "parties": tuple(Party)},
}
"""What a document of such a kind must hold to prove something."""


def document(kind: EvidenceKind, practice: str | None = None, **fields: Any) -> Evidence:
    """A whole document, signed in January, without end; any field may be replaced."""
    name = "-".join(part for part in (kind.value, practice) if part).replace("_", "-")
    base: dict[str, Any] = {"id": name, "kind": kind, "site": "home", "practice": practice}
    base |= {"document": name, "signer": "somebody", "signed_on": JANUARY}
    return Evidence(**(base | WHOLE.get(kind, {}) | fields))


def documents() -> tuple[Evidence, ...]:
    """Everything that the facility needs on paper."""
    apart = (document(kind, practice) for kind in PER_PRACTICE for practice in PRACTICES)
    return (*apart, *(document(kind) for kind in FOR_THE_SITE))


def replaced(kind: EvidenceKind, *instead: Evidence) -> tuple[Evidence, ...]:
    """All of that, with other documents of one kind (or none)."""
    return (*(each for each in documents() if each.kind is not kind), *instead)


def holder(task: Task, who: str, **fields: Any) -> TaskHolder:
    return TaskHolder(site="home", task=task, holder=who, **fields)


GP_TASKS = (Task.GENERAL_CARE, Task.MEDICAL_RECORD, Task.MEDICATION, Task.FIRST_CONTACT)


def holders() -> tuple[TaskHolder, ...]:
    """Each task with one holder: the practice, the care group, or Ann."""
    found = []
    for task in Task:
        who = "north" if task in GP_TASKS else "ann"
        found.append(holder(task, "care" if task is Task.QUALITY_POLICY else who))
    return tuple(found)


def holders_but(task: Task, *instead: TaskHolder) -> tuple[TaskHolder, ...]:
    return (*(each for each in holders() if each.task is not task), *instead)


def admission(number: int = 1, **fields: Any) -> Admission:
    base: dict[str, Any] = {"site": "home", "resident": f"r-{number}"}
    base |= {"admitted_on": date(2026, 11, 3), "arranged_on": MONDAY, "handover_consent": True}
    return Admission(**(base | fields))


class Sound:
    """The facility and its papers, on top of the toy region."""

    MONDAY, WEDNESDAY, THURSDAY, SUNDAY = MONDAY, WEDNESDAY, THURSDAY, SUNDAY
    JANUARY, PUBLISHED, PRACTICES = JANUARY, PUBLISHED, PRACTICES
    document = staticmethod(document)
    documents = staticmethod(documents)
    replaced = staticmethod(replaced)
    holder = staticmethod(holder)
    holders = staticmethod(holders)
    holders_but = staticmethod(holders_but)
    admission = staticmethod(admission)

    def __init__(self, toy: Any) -> None:
        self.toy = toy
        self.WEEK = toy.WEEK

    def facility(self, **fields: Any) -> Facility:
        base: dict[str, Any] = {"gp_group": "group", "admitted_for_treatment": False}
        base |= {"treatment_contracted": False, "treatment_delivered": False}
        base |= {
            "function_holders": tuple(
                FunctionHolder(function=function, physician="ann") for function in CareFunction
            )
        }
        return self.toy.facility(**(base | fields))

    def group(self, **fields: Any) -> GpGroup:
        practices = tuple(GpPractice(id=each, name=each.title()) for each in PRACTICES)
        base: dict[str, Any] = {"id": "group", "name": "Group", "pools": ("pool",)}
        base |= {"gp_post": "post", "practices": practices, "residents": self.toy.residents(5)}
        return GpGroup(**(base | fields))

    def agreement(self, **fields: Any) -> Any:
        return self.toy.agreement("home", **({"functions": tuple(CareFunction)} | fields))

    def region(self, **overrides: Any) -> Region:
        """Any part may be replaced; ``facility`` and ``rule_set`` are short for theirs."""
        site = overrides.pop("facility", {})
        settings = Settings(**overrides.pop("settings", {}))
        parts: dict[str, Any] = {
            "gp_posts": (GpPost(id="post", name="Post"),),
            "places": (Place(id="base", name="Base"), Place(id="far", name="Far")),
            "gp_groups": (self.group(),),
            "facilities": (self.facility(**site),),
            "agreements": (self.agreement(), self.toy.agreement("group")),
            "evidence": documents(),
            "task_holders": holders(),
            "settings": settings,
        }
        return self.toy.region(**(parts | overrides))

    def roster(self, *assignments: Any, **fields: Any) -> Roster:
        """Published and accepted; without assignments Ann has the nights and Bob the days."""
        kept = assignments or (self.toy.whole("anw", "ann"), self.toy.whole("day", "bob"))
        accepted = (
            each.model_copy(update={"state": State.ACCEPTED})
            if each.state is State.PROPOSED
            else each
            for each in kept
        )
        return self.toy.roster(*accepted, **({"published_at": PUBLISHED} | fields))

    def assess(self, region: Region | None = None, **options: Any) -> Assessment:
        """With the roster above, unless another is given (``None``: no roster)."""
        roster = options.pop("roster", self.roster())
        period = options.pop("period", self.WEEK)
        site = options.pop("site", "home")
        return assess(region or self.region(), site, period, roster, **options)

    @staticmethod
    def judged(found: Assessment, key: str, practice: str | None = None) -> Judgement:
        """The judgement of a precondition or check (of one practice)."""
        (one,) = (
            each
            for each in (*found.preconditions, *found.checks)
            if each.key == key and practice in (None, each.practice)
        )
        return one

    def statuses(self, found: Assessment, key: str) -> set[Status]:
        return {each.status for each in found.preconditions if each.key == key}

    @staticmethod
    def codes(said: Iterable[Any]) -> set[str]:
        return {each.code for each in said}


@pytest.fixture
def sound(toy: Any) -> Sound:
    return Sound(toy)
