"""A small region around both clock changes, with a roster in which every duty is held."""

from datetime import UTC, date, datetime, time
from typing import Any

from so247.models.calendar import duties
from so247.models.clock import period
from so247.models.evidence import Evidence, EvidenceKind
from so247.models.lines import Line, Pattern, Position, Window
from so247.models.people import Contract, Employer, Physician, Pool, Role
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.models.settings import Holiday
from so247.models.sites import (
    Agreement,
    AgreementKind,
    Facility,
    GpGroup,
    GpPost,
    GpPractice,
    Indication,
    ResidenceSetting,
    ResidentCount,
)

AUTUMN = date(2026, 10, 19)
"""A Monday; the clock goes back on Sunday the 25th."""
SPRING = date(2027, 3, 22)
"""A Monday; the clock goes forward on Sunday the 28th, Easter."""
SITE = "de-linde"
NASTY = (
    "<script>document.title='x'</script>",
    '"><img src=x onerror="document.title=1">',
    "{{ 7 * 7 }} #let x = 1 $a$ \\",
)
"""Names that are markup, in one language or another."""


def at(day: int, hour: int, minute: int = 0, month: int = 10, year: int = 2026) -> datetime:
    """An instant, given in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _line(name: str, title: str, window: Window, **fields: Any) -> Line:
    base: dict[str, Any] = {
        "id": name,
        "name": title,
        "sites": ("hagro", SITE),
        "window": window,
        "pattern": "rond",
        "phone": "088-1234567",
        "escalation": (name,),
        "phone_minutes": 15,
        "on_site_minutes": 45,
    }
    return Line(**(base | fields))


def _people(names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "employers": (Employer(id="zorggroep", name="Zorggroep"),),
        "physicians": tuple(
            Physician(
                id=f"arts-{number:02d}",
                name=name,
                role=Role.TRAINEE if number == 3 else Role.ELDERLY_CARE_PHYSICIAN,
            )
            for number, name in enumerate(names, start=1)
        ),
        "contracts": tuple(
            Contract(id=f"c-{n}", physician=f"arts-{n:02d}", employer="zorggroep", fte=0.8)
            for n in range(1, len(names) + 1)
        ),
    }


def _sites(facility: str) -> dict[str, Any]:
    practices = (
        GpPractice(id="praktijk-a", name="Praktijk A"),
        GpPractice(id="praktijk-b", name="Praktijk B"),
    )
    counts = (
        ResidentCount(
            setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
            indication=Indication.WLZ,
            count=14,
        ),
    )
    return {
        "gp_posts": (GpPost(id="hap", name="Huisartsenpost"),),
        "gp_groups": (GpGroup(id="hagro", name="Hagro", practices=practices, gp_post="hap"),),
        "facilities": (
            Facility(
                id=SITE,
                name=facility,
                setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
                gp_group="hagro",
                residents=counts,
            ),
            Facility(
                id="het-anker",
                name="Het Anker",
                setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
                # A Wednesday: nothing is examined before it.
                opening_date=date(2026, 10, 21),
            ),
        ),
        "agreements": (
            Agreement(
                id="afspraak",
                kind=AgreementKind.SO_AVAILABILITY,
                site=SITE,
                partner="pool",
                signed_on=date(2026, 9, 1),
                phone_minutes=15,
            ),
        ),
    }


def make_region(
    names: tuple[str, ...] = ("arts-01", "arts-02", "arts-03"), facility: str = "De Linde"
) -> Region:
    return Region(
        id="streek",
        name="Streek",
        anchor_date=AUTUMN,
        holiday_years=(2026, 2027),
        holidays=(
            Holiday(date=date(2027, 3, 28), name="Eerste paasdag"),
            Holiday(date=date(2027, 3, 29), name="Tweede paasdag"),
        ),
        pools=(Pool(id="pool", name="Artsenpool"),),
        patterns=(Pattern(id="rond", workday=(time(8), time(17)), saturday=(time(8),)),),
        lines=(
            _line("dag", "Dagdienst", Window.OFFICE_HOURS),
            _line("anw", "ANW-lijn", Window.OUT_OF_HOURS),
            _line("achter", "Achterwacht", Window.OUT_OF_HOURS, position=Position.BACKUP),
        ),
        evidence=(
            Evidence(
                id="bewijs-01",
                kind=EvidenceKind.GP_CONTRACT,
                site=SITE,
                practice="praktijk-a",
                document="document-01",
                signer="ondertekenaar-01",
                signed_on=date(2026, 9, 1),
                valid_until=date(2027, 8, 31),
                clauses=(1, 2, 3, 4, 5, 6, 7),
            ),
            Evidence(
                id="bewijs-02",
                kind=EvidenceKind.GP_POST_CONSENT,
                site=SITE,
                partner="hap",
                document="document-02",
                agrees=False,
            ),
        ),
        **_sites(facility),
        **_people(names),
    )


def make_roster(region: Region, first: date = AUTUMN, weeks: int = 1) -> Roster:
    """Every duty held: office hours by arts-01, first line by arts-02, backup by arts-03."""
    holder = {"dag": "arts-01", "anw": "arts-02", "achter": "arts-03"}
    span = period(first, weeks)
    return Roster(
        region_id=region.id,
        period=span,
        assignments=tuple(
            Assignment(
                target=duty.id,
                physician=holder[duty.line],
                contract=f"c-{int(holder[duty.line][-2:])}",
                when=duty.when,
            )
            for duty in duties(region, span)
        ),
    )
