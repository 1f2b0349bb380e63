"""The documents, named holders and facts by which a fictional facility meets its preconditions.

Everything that docs/PROOF.md asks for but the roster itself: evidence for the eight preconditions
and for consent under every rule set, an availability agreement with its nine headings and three
parties, the Wtza notification, and one holder for each task.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from so247.models.evidence import Evidence, EvidenceKind, Heading, Party, Task, TaskHolder
from so247.models.region import Region
from so247.models.sites import Facility, GpGroup, ResidenceSetting

CLAUSES = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Papers:
    evidence: tuple[Evidence, ...]
    task_holders: tuple[TaskHolder, ...]


@dataclass(frozen=True)
class _Document:
    """A kind of document: number within the file, title, who signs it and how long before."""

    kind: EvidenceKind
    number: str
    title: str
    signer: str
    weeks: int


_DOCUMENTS = (
    _Document(EvidenceKind.GP_STATEMENT, "1", "Verklaring huisartsen", "practice", 12),
    _Document(EvidenceKind.SCOPE_ANNEX, "2", "Bijlage taakverdeling", "group", 12),
    _Document(EvidenceKind.LOCUM_AGREEMENT, "3a", "Waarneemregeling", "practice", 12),
    _Document(EvidenceKind.HANDOVER_AGREEMENT, "3b", "Afspraak overdracht ANW", "practice", 12),
    _Document(EvidenceKind.OUT_OF_HOURS_AGREEMENT, "4", "Overeenkomst ANW-zorg", "post", 10),
    _Document(EvidenceKind.STAFFING_PLAN, "6", "Formatieplan", "facility", 8),
    _Document(EvidenceKind.FINAL_RESPONSIBILITY, "7", "Eindverantwoordelijkheid", "facility", 14),
    _Document(EvidenceKind.GP_CONTRACT, "8", "Overeenkomst huisartsenzorg", "practice", 9),
    _Document(EvidenceKind.GP_CONSENT, "hagro", "Instemming huisartsen", "group", 11),
    _Document(EvidenceKind.GP_POST_CONSENT, "hap", "Instemming huisartsenpost", "post", 11),
    _Document(EvidenceKind.GP_POST_SEEN, "gezien", "Gezien door huisartsenpost", "post", 11),
    _Document(EvidenceKind.AVAILABILITY_AGREEMENT, "24x7", "Afspraken SO 24/7", "pool", 13),
    _Document(EvidenceKind.WTZA_NOTIFICATION, "wtza", "Melding Wtza", "facility", 10),
)
PER_PRACTICE = (
    EvidenceKind.GP_STATEMENT,
    EvidenceKind.LOCUM_AGREEMENT,
    EvidenceKind.HANDOVER_AGREEMENT,
    EvidenceKind.GP_CONTRACT,
)
SO_TASKS = (
    Task.SPECIFIC_CARE,
    Task.TEAM_MEETING,
    Task.COERCION_POLICY,
    Task.COMPLEX_CARE,
    Task.TEAM_DIRECTION,
)
GP_TASKS = (Task.GENERAL_CARE, Task.MEDICAL_RECORD, Task.MEDICATION, Task.FIRST_CONTACT)


def papers(
    region: Region,
    site: str,
    first_day: date,
    valid_until: date | None = None,
    per_practice: bool = False,
) -> Papers:
    """Everything for a facility with a GP group and function holders.

    Signed well before ``first_day``; what is agreed with GPs and GP post ends on ``valid_until``. A
    document holds for all practices, or there is one for each (``per_practice``).
    """
    facility = region.site_by_id[site]
    assert isinstance(facility, Facility)
    group = region.site_by_id[facility.gp_group or ""]
    assert isinstance(group, GpGroup)
    evidence = tuple(
        each
        for document in _DOCUMENTS
        for each in _copies(region, facility, group, document, per_practice)
    )
    dated = tuple(_dated(each, first_day, valid_until) for each in evidence)
    return Papers(dated, _holders(region, facility))


def everywhere(region: Region, first_day: date) -> dict[str, Any]:
    """What changes in a region when every facility gets its papers."""
    files = [papers(region, each.id, first_day) for each in region.facilities]
    return {
        "facilities": tuple(map(with_facts, region.facilities)),
        "evidence": tuple(each for file in files for each in file.evidence),
        "task_holders": tuple(each for file in files for each in file.task_holders),
    }


def _copies(
    region: Region, facility: Facility, group: GpGroup, document: _Document, per_practice: bool
) -> Iterator[Evidence]:
    posts = {each.id: each.name for each in region.gp_posts}
    pools = {each.id: each.name for each in region.pools}
    partner = {"post": group.gp_post, "pool": facility.pools[0]}.get(document.signer)
    signers = {"facility": facility.name, **posts, **pools}
    practices = {each.id: each.name for each in region.practices_of(facility.id)}
    if document.kind is EvidenceKind.GP_CONSENT:
        practices = {each.id: each.name for each in group.practices}
    single = not (per_practice and document.kind in (*PER_PRACTICE, EvidenceKind.GP_CONSENT))
    for practice, name in {None: group.name}.items() if single else practices.items():
        number = document.number if practice is None else f"{document.number}-{practice[-1]}"
        availability = document.kind is EvidenceKind.AVAILABILITY_AGREEMENT
        yield Evidence(
            id=f"{facility.id}-{number}",
            kind=document.kind,
            site=facility.id,
            practice=practice,
            partner=partner,
            document=f"{document.title} {facility.name}",
            signer=signers.get(partner or document.signer, name),
            clauses=CLAUSES if document.kind is EvidenceKind.GP_CONTRACT else (),
            headings=tuple(Heading) if availability else (),
            parties=tuple(Party) if availability else (),
        )


def _dated(evidence: Evidence, first_day: date, valid_until: date | None) -> Evidence:
    (weeks,) = (each.weeks for each in _DOCUMENTS if each.kind is evidence.kind)
    signed = first_day - timedelta(weeks=weeks)
    ends = evidence.kind in (EvidenceKind.GP_CONTRACT, EvidenceKind.OUT_OF_HOURS_AGREEMENT)
    return evidence.model_copy(
        update={"signed_on": signed, "valid_until": valid_until if ends else None}
    )


def _holders(region: Region, facility: Facility) -> tuple[TaskHolder, ...]:
    """What is no GP task is with the SO who holds the first function, and quality policy with that
    SO's employer (R12)."""
    physician = facility.function_holders[0].physician
    practice = region.practices_of(facility.id)[0].id
    holders = dict.fromkeys(SO_TASKS, physician) | dict.fromkeys(GP_TASKS, practice)
    holders[Task.ADMISSION] = facility.id
    holders[Task.QUALITY_POLICY] = region.contracts_of(physician)[0].employer
    return tuple(TaskHolder(site=facility.id, task=task, holder=holders[task]) for task in Task)


def with_facts(facility: Facility) -> Facility:
    """The facility with the three facts about Wlz treatment (R21) that its setting speaks of."""
    admitted = facility.setting is not ResidenceSetting.FACILITY_WITHOUT_TREATMENT
    return facility.model_copy(
        update={
            "admitted_for_treatment": admitted,
            "treatment_contracted": False,
            "treatment_delivered": False,
        }
    )
