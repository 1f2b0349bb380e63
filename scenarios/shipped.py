"""What the four shipped regions are: specs and seeds, and a few features set by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from so247.models.canonical import region_hash
from so247.models.lines import Continuity
from so247.models.region import Region
from so247.scenarios import opening, shortage
from so247.scenarios.generator import Generated, build, changed
from so247.scenarios.spec import Backups, Spec

SEED = 247

VEENLAND = Spec(
    id="veenland",
    name="Veenland",
    physicians=8,
    gp_groups=4,
    facilities=6,
    start=date(2026, 10, 5),  # the night of 25 hours, 25 October, lies in the third week
    weeks=4,
    employers=2,
    two_contracts=0.0,
)

RIJNSTREEK = Spec(
    id="rijnstreek",
    name="Rijnstreek",
    physicians=25,
    gp_groups=15,
    facilities=30,
    start=date(2026, 11, 30),  # Christmas and New Year
    weeks=13,
    areas=2,
    employers=4,
    backups=Backups.OWN,
    split_office=True,
    combinable=True,
    cross=1.0,  # a half would owe twice what the others do, more than the norms allow
    trainees=0.12,
    nurse_practitioners=0.08,
    two_contracts=0.2,
    leave=0.7,
    pins=2,
    remote=1,
    joiners=1,
    openings=1,
    history_weeks=16,
)

HANZELAND = Spec(
    id="hanzeland",
    name="Hanzeland",
    physicians=60,
    gp_groups=40,
    facilities=100,
    start=date(2026, 10, 5),  # 26 weeks: both clock changes, the second on Easter Sunday
    weeks=26,
    areas=4,
    employers=6,
    backups=Backups.SHARED,
    split_office=True,
    trainees=0.1,
    nurse_practitioners=0.1,
    two_contracts=0.15,
    sessions_per_group=2,
    facility_sessions=0.3,
    leave=0.8,
    joiners=2,
    openings=2,
    history_weeks=16,
)


def veenland() -> Generated:
    return build(VEENLAND, SEED)


def rijnstreek() -> Generated:
    """With a facility about to open, a line whose weekends should have few holders, and pairs that
    weigh heavily."""
    made = build(RIJNSTREEK, SEED)
    before = opening.opened(made.region)
    lines = tuple(
        line.model_copy(update={"continuity": Continuity.WEEKEND})
        if line.id == "oost-anw"
        else line
        for line in before.lines
    )
    settings = before.settings.model_copy(update={"weight_unpaired": 6})
    region = changed(before, {"lines": lines, "settings": settings})
    witness = made.witness and made.witness.model_copy(update={"region_hash": region_hash(region)})
    return Generated(region, witness, made.history)


def hanzeland() -> Generated:
    return build(HANZELAND, SEED)


def tekort() -> Generated:
    return Generated(shortage.tekort(), None, ())


MAKERS: Mapping[str, Callable[[], Generated]] = {
    "veenland": veenland,
    "rijnstreek": rijnstreek,
    "hanzeland": hanzeland,
    "tekort": tekort,
}

PREFACES: Mapping[str, str] = {
    "veenland": "A small region, four weeks, one line around the clock.",
    "rijnstreek": "Two areas with first line and backup, thirteen weeks around Christmas.",
    "hanzeland": "Four areas, twenty-six weeks, both clock changes.",
    "tekort": (shortage.__doc__ or "").partition("\n\n")[2].strip(),
}
"""What region.yaml says at its top."""

READMES: Mapping[str, Callable[[Region], str]] = {"rijnstreek": opening.readme}
"""What README.md of a folder says, where there is one."""
