"""What a reader must know besides the verdict: inferred cells, documents that differ, odd data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from so247.audit.preconditions import Question
from so247.audit.preconditions.p5_so_day_and_night import short_stay_agreed
from so247.audit.preconditions.words import TASK, said
from so247.audit.responsibility import COLUMNS, Resident, Row, tasks_of, treatment_of
from so247.audit.responsibility.population import SHORT_STAY
from so247.models.evidence import EvidenceKind, Task
from so247.models.proof import Said
from so247.models.sites import ResidenceSetting


def warnings_of(question: Question, changes: Sequence[str]) -> tuple[Said, ...]:
    """``changes``: how the region differs from the one that the roster was made from."""
    found: list[Said] = []
    for resident in question.population:
        found += _row(question, resident)
    found += _tasks(question)
    found += _facility(question)
    if changes:
        found.append(
            said(
                "region.changed",
                "De regio is gewijzigd sinds dit rooster is gemaakt; getoetst is de regio zoals "
                "die nu is",
                f"The region changed since this roster was made: {'; '.join(changes)}",
            )
        )
    return tuple(dict.fromkeys(found))


def _row(question: Question, resident: Resident) -> Iterator[Said]:
    """Everything about one row: unknown, inferred, or read differently by two documents."""
    row = resident.row
    if row is None:
        what = f"{resident.setting.value} / {resident.indication.value}"
        yield said(
            "setting.unknown",
            f"De tabel kent deze combinatie van woonvorm en indicatie niet: {what}",
            f"The table does not know this combination of setting and indication: {what}",
        )
        return
    yield from _inferred(row)
    yield from _conflicts(row)
    if resident.setting in SHORT_STAY and not short_stay_agreed(question):
        yield said(
            f"short_stay.{row.name.code}",
            f"{row.name.nl}: zonder regionale afspraak is niet bekend wie verantwoordelijk is",
            f"{row.name.en}: without a regional agreement it is not known who answers for it",
        )


def _inferred(row: Row) -> Iterator[Said]:
    for cell in row.cells:
        if cell.other is None:
            continue
        column = COLUMNS[cell.column]
        yield said(
            f"inferred.{cell.value.code}",
            f"{row.name.nl}, {column.nl}: '{cell.value.nl}' is afgeleid (†, {cell.source}); "
            f"andere lezing: '{cell.other.nl}'",
            f"{row.name.en}, {column.en}: '{cell.value.en}' is inferred (†, {cell.source}); "
            f"other reading: '{cell.other.en}'",
        )


def _conflicts(row: Row) -> Iterator[Said]:
    for column, name in COLUMNS.items():
        cells = row.of(column)
        if len(cells) > 1:
            nl = "; ".join(f"{cell.source}: '{cell.value.nl}'" for cell in cells)
            en = "; ".join(f"{cell.source}: '{cell.value.en}'" for cell in cells)
            yield said(
                f"conflict.{row.name.code}.{column.value}",
                f"{row.name.nl}, {name.nl}: de documenten verschillen. {nl}",
                f"{row.name.en}, {name.en}: the documents differ. {en}",
            )


def _tasks(question: Question) -> Iterator[Said]:
    """Tasks of which the documents say different things (R20), for the lists that hold here."""
    if question.facility is None:
        return
    lists = dict.fromkeys(each.row.tasks for each in question.population if each.row is not None)
    for care in lists:
        for task in Task:
            held = [each for each in tasks_of(care) if each.task is task]
            if len(held) > 1:
                nl = "; ".join(f"{each.source}: '{each.value.nl}'" for each in held)
                en = "; ".join(f"{each.source}: '{each.value.en}'" for each in held)
                yield said(
                    f"conflict.{care}.{task.value}",
                    f"{TASK[task][0]}: de documenten verschillen. {nl}",
                    f"{TASK[task][1]}: the documents differ. {en}",
                )


def _facility(question: Question) -> Iterator[Said]:
    facility = question.facility
    if facility is None:
        return
    treatment = treatment_of(facility)
    if treatment is not None:
        yield from treatment.contradictions
    residents, known = question.region.residents_at(facility.id), len(question.admissions)
    is_open = facility.opening_date is None or facility.opening_date < question.first
    if is_open and known < residents:
        yield said(
            "admissions.fewer",
            f"{residents} bewoners, van {known} is de opname vastgelegd",
            f"{residents} residents, of {known} the admission is on record",
        )
    settings = {each.setting for each in question.population}
    contract = question.on_paper(EvidenceKind.GP_INSTITUTION_CONTRACT)
    treats = ResidenceSetting.WLZ_INSTITUTION_WITH_TREATMENT in settings
    if treats and question.practices and contract.reasons:
        yield said(
            "gp_institution_contract",
            "In een Wlz-instelling met behandeling geeft een huisarts alleen algemene zorg met een "
            f"contract. {contract.reasons[0].nl}",
            "In a Wlz institution with treatment a GP gives general care by contract only. "
            f"{contract.reasons[0].en}",
        )
