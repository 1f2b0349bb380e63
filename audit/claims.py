"""What a proof assumes, and what in it rests on the solver's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from so247.models.canonical import changed_sections, region_hash, section_hashes
from so247.models.norms import Basis
from so247.models.proof import Answered, Robustness, Said, WhyNot
from so247.models.region import Region
from so247.models.roster import Roster

ALWAYS = (
    Said(
        code="whole_duties",
        nl="Elke dienst wordt in zijn geheel door één arts gehouden, zoals het patroon hem knipt.",
        en="Each duty is held whole by one physician, as the pattern cuts it.",
    ),
    Said(
        code="contract_figures",
        nl="Contractcijfers gelden naar rato over de hele geroosterde periode, niet per maand.",
        en="Contract figures hold pro rata over all of the period rostered, not per month.",
    ),
    Said(
        code="planned",
        nl="Dit gaat over geplande dekking; of iemand werkelijk opneemt en komt, blijkt niet.",
        en="This is about planned coverage, not about who really answers and comes.",
    ),
    Said(
        code="as_entered",
        nl="Alles rust op wat in de regio is ingevoerd: artsen, contracten, afspraken, reistijden.",
        en="All rests on what the region states: physicians, contracts, agreements, travel times.",
    ),
)


def assumptions(
    region: Region, later: Sequence[str], left_out: Sequence[str], history: Sequence[Roster]
) -> tuple[Said, ...]:
    """Everything that is taken for granted, in reading order."""
    found = list(ALWAYS)
    if left_out:
        names = ", ".join(left_out)
        found.append(
            Said(
                code="later_sites_left_out",
                nl=f"Locaties die later opengaan, tellen niet mee: {names}.",
                en=f"Sites that open later are left out: {names}.",
            )
        )
    elif later:
        names = ", ".join(later)
        found.append(
            Said(
                code="later_sites_included",
                nl=f"Locaties die later opengaan, zijn vanaf dan meegenomen: {names}.",
                en=f"Sites that open later are included from then on: {names}.",
            )
        )
    found.append(_looked_back(len(history)))
    voluntary = sorted(
        {
            norm.text
            for pack in region.pack_by_id.values()
            for norm in pack.norms
            if norm.basis is Basis.VOLUNTARY
        }
    )
    if voluntary:
        found.append(
            Said(
                code="voluntary_norms",
                nl="Een geregistreerde SO valt waarschijnlijk buiten de Arbeidstijdenwet; voor SO "
                "gelden hier vrijwillige normen, geen wet.",
                en="A registered SO is very likely exempt from the working-time act; the norms for "
                "SOs are voluntary here, not law.",
            )
        )
    if region.settings.rules_off:
        names = ", ".join(region.settings.rules_off)
        found.append(
            Said(
                code="rules_off",
                nl=f"In deze regio staan regels uit: {names}.",
                en=f"Rules switched off in this region: {names}.",
            )
        )
    return tuple(found)


def _looked_back(rosters: int) -> Said:
    words = {
        0: ("Er zijn geen eerdere roosters.", "There are no earlier rosters."),
        1: ("Teruggekeken is in 1 eerder rooster.", "Looked back into 1 earlier roster."),
    }
    many = (
        f"Teruggekeken is in {rosters} eerdere roosters.",
        f"Looked back into {rosters} earlier rosters.",
    )
    nl, en = words.get(rosters, many)
    return Said(code="history", nl=nl, en=en)


def changed_since(region: Region, roster: Roster | None) -> tuple[Said, ...]:
    """That the region changed since the roster was made, and in which parts."""
    if roster is None or roster.region_hash in ("", region_hash(region)):
        return ()
    parts = changed_sections(roster.region_sections, section_hashes(region))
    where = f" in {', '.join(parts)}" if roster.region_sections and parts else ""
    return (
        Said(
            code="region_changed",
            nl=f"De regio is gewijzigd{where} sinds dit rooster is gemaakt; beoordeeld is de regio "
            "zoals die nu is.",
            en=f"The region changed{where} since this roster was made; judged is the region as it "
            "is now.",
        ),
    )


def attested(
    covered: Answered | None,
    why: WhyNot | None,
    robustness: Iterable[Robustness],
    *,
    headroom: bool,
) -> tuple[Said, ...]:
    """What a reader cannot compute again from the slice alone."""
    found: list[Said] = []
    if covered is Answered.INFEASIBLE:
        found.append(_no_roster())
    if why is not None and why.conflict is not None:
        found.append(
            Said(
                code="conflict",
                nl="Dat de botsende eisen niet samengaan, en dat elk ervan nodig is.",
                en="That the conflicting requirements cannot hold together, and each is needed.",
            )
        )
    if why is not None and why.extra is not None:
        found.append(
            Said(
                code="extra",
                nl="Dat minder extra inzet niet volstaat.",
                en="That less extra capacity does not suffice.",
            )
        )
    if why is not None and why.relaxations:
        found.append(
            Said(
                code="relaxations",
                nl="Dat elke genoemde verruiming op zichzelf volstaat, en minder niet.",
                en="That each relaxation named suffices by itself, and less does not.",
            )
        )
    if any(each.cases for each in robustness):
        found.append(
            Said(
                code="robustness",
                nl="Dat aanpassingen bij uitval buiten de steekproef alles opvangen, en dat uitval "
                "die niet op te vangen is, dat werkelijk niet is.",
                en="That repairs beyond the sample make up for their absences, and that an absence "
                "said to be beyond repair really is.",
            )
        )
    if headroom:
        found.append(
            Said(
                code="headroom",
                nl="Hoeveel meer bewoners en locaties de dienstlijnen kunnen dragen.",
                en="How many more residents and sites the lines can carry.",
            )
        )
    return tuple(found)


def _no_roster() -> Said:
    return Said(
        code="no_roster",
        nl="Dat geen rooster iedereen dekt (twee verschillend ingestelde berekeningen).",
        en="That no roster covers everyone (two differently configured solves).",
    )
