"""Which rows of the table hold for a site: by its residents, and by the facts about treatment.

Three facts about Wlz treatment (admitted, contracted, delivered; R21) override the setting that
somebody filled in. A facility's own setting always has a row, whatever its residents are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from so247.audit.responsibility.table import Binds, Cell, Column, Row, row, rows
from so247.models.proof import CellReading, Said
from so247.models.region import Region, Site
from so247.models.sites import Facility, Indication, ResidenceSetting

S = ResidenceSetting

SHORT_STAY = (S.SHORT_STAY_LOW, S.SHORT_STAY_HIGH, S.SHORT_STAY_PALLIATIVE)
"""ELV: who answers for it is agreed per region (S0 2.3)."""

Facts = tuple[bool | None, bool | None, bool | None]
"""Admitted for Wlz treatment, treatment contracted, treatment delivered; ``None``: not known."""

AT_HOME = (S.HOME, S.HOME_WLZ)

IMPLIED: dict[ResidenceSetting, Facts] = {
    S.HOME: (False, False, False),
    S.HOME_WLZ: (False, False, False),
    S.FACILITY_WITHOUT_TREATMENT: (False, False, False),
    S.ADMITTED_NOT_CONTRACTED: (True, False, None),
    S.ADMITTED_NOT_DELIVERED: (True, True, False),
    S.ADMITTED_PACKAGE_WITHOUT_TREATMENT: (True, None, None),
    S.WLZ_INSTITUTION_WITH_TREATMENT: (True, True, True),
}
"""What a setting says about treatment. The temporary ones say nothing."""

FACTS = (
    ("toegelaten voor Wlz-behandeling", "admitted for Wlz treatment"),
    ("behandeling gecontracteerd", "treatment contracted"),
    ("behandeling geleverd", "treatment delivered"),
)


@dataclass(frozen=True)
class Treatment:
    """What setting and facts about treatment say together.

    ``setting`` is the one that the facts make it; ``known``: all three facts were given.
    """

    setting: ResidenceSetting
    known: bool
    contradictions: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Resident:
    """Residents of one kind, with the row that holds for them (``None``: the table knows none)."""

    setting: ResidenceSetting
    indication: Indication
    row: Row | None

    def cells(self, column: Column) -> tuple[Cell, ...]:
        return self.row.of(column) if self.row is not None else ()

    def sure(self, column: Column) -> bool:
        """Whether a document says so itself: the row is known, and not every cell is inferred."""
        cells = self.cells(column)
        return bool(cells) and not all(cell.inferred for cell in cells)

    @property
    def binds(self) -> bool | None:
        """Whether the 24/7 precondition binds; ``None``: another reading, or place, decides."""
        cells = self.cells(Column.SO_24_7)
        if any(cell.binds is Binds.YES and not cell.inferred for cell in cells):
            return True
        if not cells or any(cell.inferred or cell.binds is Binds.BY_LOCATION for cell in cells):
            return None
        return False


def facts_of(facility: Facility) -> Facts:
    return (
        facility.admitted_for_treatment,
        facility.treatment_contracted,
        facility.treatment_delivered,
    )


def treatment_of(facility: Facility) -> Treatment | None:
    """The facility's setting as the facts have it; ``None`` where treatment plays no part.

    A fact that nobody gave is what the setting says.
    """
    if facility.setting not in IMPLIED:
        return None
    facts, implied = facts_of(facility), IMPLIED[facility.setting]
    admitted, contracted, delivered = (
        told if fact is None else fact for fact, told in zip(facts, implied, strict=True)
    )
    return Treatment(
        setting=_setting(facility.setting, (admitted, contracted, delivered)),
        known=None not in facts,
        contradictions=(*_impossible(facts), *_against(facts, implied)),
    )


def _impossible(facts: Facts) -> Iterator[Said]:
    admitted, contracted, delivered = facts
    if admitted is False and (contracted or delivered):
        yield Said(
            code="treatment.facts",
            nl="behandeling gecontracteerd of geleverd, maar niet toegelaten: dat kan niet",
            en="treatment contracted or delivered, but not admitted: that cannot be",
        )


def _against(facts: Facts, implied: Facts) -> Iterator[Said]:
    for (nl, en), fact, told in zip(FACTS, facts, implied, strict=True):
        if fact is not None and told is not None and fact is not told:
            yield Said(
                code="treatment.setting",
                nl=f"{nl}: {_yes(fact)[0]}, maar de opgegeven woonvorm zegt {_yes(told)[0]}",
                en=f"{en}: {_yes(fact)[1]}, but the setting that was given says {_yes(told)[1]}",
            )


def _yes(fact: bool) -> tuple[str, str]:
    return ("ja", "yes") if fact else ("nee", "no")


def _setting(given: ResidenceSetting, facts: Facts) -> ResidenceSetting:
    admitted, contracted, delivered = facts
    if not admitted:
        return given if given in AT_HOME else S.FACILITY_WITHOUT_TREATMENT
    if contracted is False:
        return S.ADMITTED_NOT_CONTRACTED
    if given is S.ADMITTED_PACKAGE_WITHOUT_TREATMENT:
        return given
    if delivered is False:
        return S.ADMITTED_NOT_DELIVERED
    return S.WLZ_INSTITUTION_WITH_TREATMENT


def population(site: Site) -> tuple[Resident, ...]:
    """One row per setting and indication of the residents, and the facility's own setting.

    Without residents of its own setting, a facility has every row of that setting.
    """
    found = [(each.setting, each.indication) for each in site.residents if each.count]
    if isinstance(site, Facility):
        treatment = treatment_of(site)
        own = treatment.setting if treatment is not None else site.setting
        if any(fact is not None for fact in facts_of(site)):
            found = [(_by_facts(own, each), indication) for each, indication in found]
        if own not in {setting for setting, _ in found}:
            found = [*((own, each) for each in _indications(own)), *found]
    return tuple(
        Resident(setting, indication, row(setting, indication))
        for setting, indication in dict.fromkeys(found)
    )


def _by_facts(facility: ResidenceSetting, resident: ResidenceSetting) -> ResidenceSetting:
    """A resident's setting in a facility that the facts make ``facility``.

    Who lives at home or stays for a while stays what he is; so does a package without treatment,
    as long as treatment is contracted.
    """
    if {facility, resident} - (set(IMPLIED) - set(AT_HOME)):
        return resident
    treats = facility in (S.WLZ_INSTITUTION_WITH_TREATMENT, S.ADMITTED_NOT_DELIVERED)
    if resident is S.ADMITTED_PACKAGE_WITHOUT_TREATMENT and treats:
        return resident
    return facility


def _indications(setting: ResidenceSetting) -> tuple[Indication, ...]:
    known = {each.indication for each in rows(setting.value)}
    named = tuple(each for each in Indication if each.value in known)
    return named or (Indication.WLZ,)


def readings(region: Region, site: str) -> tuple[CellReading, ...]:
    """Every cell of every row that holds for the site: the residents' rows in the site's order."""
    return tuple(
        CellReading(
            setting=cell.setting,
            indication=cell.indication,
            column=cell.column.value,
            value=cell.value,
            source=cell.source,
            inferred=cell.inferred,
        )
        for resident in population(region.site_by_id[site])
        for cell in (resident.row.cells if resident.row is not None else ())
    )
