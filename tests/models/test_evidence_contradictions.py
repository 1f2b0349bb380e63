"""Evidence and named holders refer to what there is: whatever does not is told, all at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from so247.models.errors import RegionError
from so247.models.evidence import (
    Admission,
    Evidence,
    EvidenceKind,
    PracticeAbsence,
    Task,
    TaskHolder,
)
from so247.models.people import Employer, Physician, Role
from so247.models.references import find_problems
from so247.models.region import Region
from so247.models.sites import Facility, GpGroup, GpPost, GpPractice, ResidenceSetting

DAY = date(2026, 10, 5)
SMALL_SCALE = ResidenceSetting.FACILITY_WITHOUT_TREATMENT


def region(**parts: Any) -> Region:
    """Two groups with a practice each; ``oost`` is linked to the first, ``los`` to none."""
    whole: Mapping[str, Any] = {
        "employers": (Employer(id="zorg", name="Zorg"),),
        "gp_posts": (GpPost(id="hap", name="HAP"),),
        "gp_groups": (
            GpGroup(id="hagro", name="Hagro", practices=(GpPractice(id="brug", name="Brug"),)),
            GpGroup(id="ander", name="Ander", practices=(GpPractice(id="plein", name="Plein"),)),
        ),
        "facilities": (
            Facility(id="oost", name="Oost", setting=SMALL_SCALE, gp_group="hagro"),
            Facility(id="los", name="Los", setting=SMALL_SCALE),
        ),
        "physicians": (
            Physician(id="ans", name="Ans", role=Role.ELDERLY_CARE_PHYSICIAN),
            Physician(id="ben", name="Ben", role=Role.ELDERLY_CARE_PHYSICIAN),
        ),
    }
    return Region(id="r", name="R", anchor_date=DAY, **{**whole, **parts})


def problems(**parts: Any) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(RegionError) as caught:
        region(**parts)
    assert all(each.advice for each in caught.value.problems)
    return [(each.path, each.message) for each in caught.value.problems]


def document(site: str = "oost", **fields: Any) -> Evidence:
    return Evidence(
        **{"id": "e", "kind": EvidenceKind.GP_CONTRACT, "site": site, "document": "map", **fields}
    )


def test_what_is_known_is_accepted() -> None:
    tasks = [Task.GENERAL_CARE, Task.SPECIFIC_CARE, Task.MEDICATION, Task.ADMISSION]
    holders = ["brug", "ans", "hap", "oost", "zorg", "hagro"]
    known = region(
        evidence=(
            document(practice="brug", partner="hap"),
            document(id="f", site="hagro", practice="brug", partner="zorg"),
            # Without a practice it holds for all of them, also where no group is linked.
            document(id="g", site="los"),
        ),
        task_holders=tuple(
            TaskHolder(site="oost", task=tasks[at % 4], holder=holder)
            for at, holder in enumerate(holders)
        ),
        admissions=(
            Admission(site="oost", resident="r-1", admitted_on=DAY),
            Admission(site="los", resident="r-1", admitted_on=DAY),  # another site's number
        ),
        practice_absences=(PracticeAbsence(practice="brug", first_day=DAY, last_day=DAY),),
    )
    assert find_problems(known) == ()


def test_two_holders_of_one_task_are_for_the_proof_to_report() -> None:
    two = tuple(
        TaskHolder(site="oost", task=Task.MEDICATION, holder=name) for name in ("ans", "ben")
    )
    assert region(task_holders=two).task_holders == two


def test_everything_is_collected() -> None:
    earlier = date(2026, 10, 4)
    found = problems(
        evidence=(
            document("oostt", partner="hab"),
            document(practice="bruk", valid_from=DAY, valid_until=earlier),
        ),
        task_holders=(
            TaskHolder(
                site="oost",
                task=Task.ADMISSION,
                holder="anz",
                valid_from=DAY,
                valid_until=earlier,
            ),
        ),
        admissions=(
            Admission(site="hagro", resident="r-1", admitted_on=DAY),
            Admission(site="oost", resident="r-1", admitted_on=DAY),
            Admission(site="oost", resident="r-1", admitted_on=DAY),
        ),
        practice_absences=(PracticeAbsence(practice="oost", first_day=DAY, last_day=earlier),),
    )
    assert [path for path, _ in found] == [
        ("evidence", 1, "id"),
        ("admissions", 2, "resident"),
        ("evidence", 0, "site"),
        ("evidence", 1, "practice"),
        ("evidence", 0, "partner"),
        ("task_holders", 0, "holder"),
        ("admissions", 0, "site"),
        ("practice_absences", 0, "practice"),
        ("evidence", 1, "valid_until"),
        ("task_holders", 0, "valid_until"),
        ("practice_absences", 0, "last_day"),
    ]


@pytest.mark.parametrize(
    ("parts", "path", "message"),
    [
        (
            {"evidence": (document(practice="plein"),)},
            ("evidence", 0, "practice"),
            "is a practice of ander, not of hagro",
        ),
        (
            {"evidence": (document("hagro", practice="plein"),)},
            ("evidence", 0, "practice"),
            "is a practice of ander, not of hagro",
        ),
        (
            {"evidence": (document("los", practice="plein"),)},
            ("evidence", 0, "practice"),
            "los has no GP group, so no practice of one",
        ),
        (
            {"task_holders": (TaskHolder(site="oost", task=Task.MEDICATION, holder="plein"),)},
            ("task_holders", 0, "holder"),
            "is a practice of ander, not of hagro",
        ),
        (
            {"task_holders": (TaskHolder(site="oost", task=Task.MEDICATION, holder="los"),)},
            ("task_holders", 0, "holder"),
            "another facility holds no task at oost",
        ),
        (
            {
                "employers": (Employer(id="ans", name="Ans BV"),),
                "task_holders": (TaskHolder(site="oost", task=Task.ADMISSION, holder="ans"),),
            },
            ("task_holders", 0, "holder"),
            "names a physician and something else",
        ),
        (
            {
                "facilities": (
                    Facility(
                        id="oost",
                        name="Oost",
                        setting=SMALL_SCALE,
                        gp_group="hagro",
                        practices=("plein",),
                    ),
                )
            },
            ("facilities", 0, "practices", 0),
            "is a practice of ander, not of hagro",
        ),
        (
            {
                "facilities": (
                    Facility(
                        id="oost",
                        name="Oost",
                        setting=SMALL_SCALE,
                        gp_group="hagro",
                        practices=("brug", "brug"),
                    ),
                )
            },
            ("facilities", 0, "practices"),
            "a practice is listed twice",
        ),
    ],
)
def test_one_contradiction(
    parts: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    assert problems(**parts) == [(path, message)]
