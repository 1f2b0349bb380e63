"""The words of the dossier, Dutch and English, for everything that it shows by a code.

What it may say is decided elsewhere: a verdict never says more than that preconditions are met.
"""

from __future__ import annotations

import re

from so247.formats.words import Words
from so247.models.evidence import RuleSet
from so247.models.lines import Care, Position
from so247.models.proof import (
    Answered,
    CoverageBasis,
    RequirementKind,
    Status,
    Survival,
    Verdict,
)
from so247.models.report import Coverage
from so247.models.sites import AgreementKind, ResidenceSetting

DOSSIER: Words = ("Dekkingsdossier", "Coverage dossier")

VERDICT: dict[Verdict, Words] = {
    Verdict.MEETS: (
        "Voldoet aan de randvoorwaarden voor huisartsenzorg",
        "Meets the preconditions for GP care",
    ),
    Verdict.COVERABLE: (
        "Rooster mogelijk, nog niet toegezegd",
        "A roster is possible, but not yet promised",
    ),
    Verdict.NOT_YET: (
        "Voldoet nog niet aan de randvoorwaarden voor huisartsenzorg",
        "Does not yet meet the preconditions for GP care",
    ),
    Verdict.IMPOSSIBLE: (
        "Niet haalbaar met de ingevoerde artsen en afspraken",
        "Impossible with the physicians and agreements entered",
    ),
    Verdict.UNKNOWN: (
        "Niet vast te stellen of aan de randvoorwaarden is voldaan",
        "It cannot be determined whether the preconditions are met",
    ),
}
UNTIL: dict[Verdict, Words] = {
    verdict: ("tot en met", "until")
    if verdict in (Verdict.MEETS, Verdict.COVERABLE)
    else (
        "het eerste waarop dit rust, eindigt op",
        "the first thing that this rests on ends on",
    )
    for verdict in Verdict
}
"""What a verdict's day means: after it a yes is no longer proven; a no does not become a yes."""

VERDICT_SIGN: dict[Verdict, str] = {
    Verdict.MEETS: "met",
    Verdict.COVERABLE: "open",
    Verdict.NOT_YET: "not_met",
    Verdict.IMPOSSIBLE: "not_met",
    Verdict.UNKNOWN: "unknown",
}
"""The sign that goes with a verdict: only ``meets`` has that of something met."""

STATUS: dict[Status, Words] = {
    Status.MET: ("voldaan", "met"),
    Status.NOT_MET: ("niet voldaan", "not met"),
    Status.UNKNOWN: ("niet vast te stellen", "unknown"),
    Status.EXPIRED: ("verlopen", "expired"),
}
RECOMPUTED: Words = ("na te rekenen met so247 verify", "recomputed by so247 verify")
ATTESTED: Words = ("berust op de zoekmotor", "solver-attested")
"""What a section rests on."""

NOT_ASKED: Words = ("niet van toepassing", "does not apply")

COVERAGE: dict[Coverage, Words] = {
    Coverage.COVERED: ("gedekt", "covered"),
    Coverage.UNCOVERED: ("niet gedekt", "uncovered"),
    Coverage.UNKNOWN: ("niet vast te stellen", "unknown"),
}
COVERAGE_SIGN: dict[Coverage, str] = {
    Coverage.COVERED: "met",
    Coverage.UNCOVERED: "not_met",
    Coverage.UNKNOWN: "unknown",
}
BASIS: dict[CoverageBasis, Words] = {
    CoverageBasis.PUBLISHED: (
        "een gepubliceerd rooster; elke dienst voor deze locatie is toegezegd",
        "a published roster; every duty for this site is accepted",
    ),
    CoverageBasis.ROSTER: (
        "een rooster dat niet gepubliceerd of niet geheel toegezegd is",
        "a roster that is not published, or not wholly accepted",
    ),
    CoverageBasis.WITNESS: (
        "een voorbeeldrooster, voor dit dossier gemaakt",
        "an example roster, made for this dossier",
    ),
    CoverageBasis.NONE: ("geen rooster", "no roster"),
}
BANNER: dict[CoverageBasis, Words] = {
    CoverageBasis.WITNESS: ("Nog door niemand toegezegd", "Not yet promised by anyone"),
    CoverageBasis.ROSTER: ("Nog niet geheel toegezegd", "Not yet promised in full"),
}
"""What stands on every page and in every section, where not everything is promised."""
WITH: dict[CoverageBasis, Words] = {
    CoverageBasis.WITNESS: ("met dit voorbeeldrooster", "with this example roster"),
    CoverageBasis.ROSTER: ("met dit rooster", "with this roster"),
}
"""What figures hold under, where not everything is promised."""

RULE_SET: dict[RuleSet, Words] = {
    RuleSet.HANDREIKING_2016: (
        "Handreiking 2016: alle huisartsen van de groep en de huisartsenpost stemmen in",
        "Handreiking 2016: all GPs of the group and the GP post consent",
    ),
    RuleSet.LEIDRAAD_2018: (
        "Leidraad 2018: de instelling regelt de ANW-zorg; de huisartsenpost stemt in waar zij "
        "die levert",
        "Leidraad 2018: the facility arranges out-of-hours care; the GP post agrees where it "
        "provides that care",
    ),
    RuleSet.MODEL_AGREEMENT: (
        "Modelovereenkomsten: de huisartsenpost weet ervan en tekent voor gezien",
        "Model agreements: the GP post knows, and signs as seen",
    ),
}
PLACE: dict[tuple[Care, Position], Words] = {
    (Care.SPECIFIC, Position.FIRST_LINE): ("voorwacht", "first line"),
    (Care.SPECIFIC, Position.BACKUP): ("achterwacht", "backup"),
    (Care.GENERAL, Position.FIRST_LINE): ("voorwacht algemeen", "first line, general"),
    (Care.GENERAL, Position.BACKUP): ("achterwacht algemeen", "backup, general"),
}
"""A band of the timeline. Specific care goes without saying."""

SURVIVAL: dict[Survival, Words] = {
    Survival.SURVIVED: ("op te vangen", "can be repaired"),
    Survival.FAILED: ("niet op te vangen", "cannot be repaired"),
    Survival.UNKNOWN: ("niet vast te stellen", "unknown"),
}
SURVIVAL_SIGN: dict[Survival, str] = {
    Survival.SURVIVED: "met",
    Survival.FAILED: "not_met",
    Survival.UNKNOWN: "unknown",
}
ANSWERED: dict[Answered, Words] = {
    Answered.FEASIBLE: ("haalbaar", "feasible"),
    Answered.INFEASIBLE: ("niet haalbaar", "infeasible"),
    Answered.UNKNOWN: ("geen antwoord: tijd om of afgebroken", "no answer: out of time or stopped"),
}
ANSWERED_SIGN: dict[Answered, str] = {
    Answered.FEASIBLE: "met",
    Answered.INFEASIBLE: "not_met",
    Answered.UNKNOWN: "unknown",
}
REQUIREMENT: dict[RequirementKind, Words] = {
    RequirementKind.DUTY: ("dienst", "duty"),
    RequirementKind.NORM: ("norm", "norm"),
    RequirementKind.CONTRACT: ("contract", "contract"),
    RequirementKind.LEAVE: ("verlof", "leave"),
    RequirementKind.COMMITMENT: ("ander werk", "commitment"),
    RequirementKind.FREE_WEEKDAY: ("vaste vrije dag", "free weekday"),
    RequirementKind.PIN: ("vastgezette dienst", "pin"),
    RequirementKind.REGISTRATION: ("registratie", "registration"),
    RequirementKind.CONTRACT_PERIOD: ("looptijd van het contract", "term of the contract"),
    RequirementKind.TRAVEL: ("aanrijtijd", "travel time"),
    RequirementKind.CAPACITY: ("bewoners of locaties tegelijk", "residents or sites at once"),
    RequirementKind.ONE_AT_A_TIME: ("twee plaatsen tegelijk", "two places at once"),
    RequirementKind.BACKUP: ("achterwacht", "backup"),
    RequirementKind.POOL: ("artsenpool, functie of afspraak", "pool, role or agreement"),
}
AGREEMENT: dict[AgreementKind, Words] = {
    AgreementKind.SO_AVAILABILITY: (
        "overeenkomst beschikbaarheid SO",
        "agreement on availability of an SO",
    ),
    AgreementKind.ORGANISATION_COVER: (
        "overeenkomst met een organisatie die een voorwacht houdt",
        "agreement with an organisation that holds a first line",
    ),
}
SETTING: dict[ResidenceSetting, Words] = {
    ResidenceSetting.HOME: ("thuis, zonder Wlz", "at home, without Wlz"),
    ResidenceSetting.HOME_WLZ: ("thuis, met Wlz", "at home, with Wlz"),
    ResidenceSetting.FACILITY_WITHOUT_TREATMENT: (
        "woonzorginstelling zonder behandeling",
        "facility without treatment",
    ),
    ResidenceSetting.ADMITTED_NOT_CONTRACTED: (
        "toegelaten, behandeling niet gecontracteerd",
        "admitted, treatment not contracted",
    ),
    ResidenceSetting.ADMITTED_NOT_DELIVERED: (
        "toegelaten en gecontracteerd, behandeling niet geleverd",
        "admitted and contracted, treatment not delivered",
    ),
    ResidenceSetting.ADMITTED_PACKAGE_WITHOUT_TREATMENT: (
        "toegelaten, pakket zonder behandeling",
        "admitted, package without treatment",
    ),
    ResidenceSetting.WLZ_INSTITUTION_WITH_TREATMENT: (
        "Wlz-instelling met behandeling",
        "Wlz institution with treatment",
    ),
    ResidenceSetting.SHORT_STAY_LOW: ("ELV laag", "short stay, low"),
    ResidenceSetting.SHORT_STAY_HIGH: ("ELV hoog", "short stay, high"),
    ResidenceSetting.SHORT_STAY_PALLIATIVE: ("ELV palliatief", "short stay, palliative"),
    ResidenceSetting.RESPITE: ("respijtzorg", "respite"),
    ResidenceSetting.GUEST_STAY_CONVERTED: (
        "logeeropvang of crisisbed, omgezet in verblijf",
        "guest stay or crisis bed, converted to stay",
    ),
    ResidenceSetting.GERIATRIC_REHAB: ("GRZ", "geriatric rehabilitation"),
}

SOURCES_DIFFER: Words = ("bronnen verschillen", "sources differ")
INFERRED: Words = (
    "† Deze lezing staat niet letterlijk in de bron maar is eruit afgeleid. Laat haar bevestigen.",
    "† This reading is not in the source literally but inferred from it. Have it confirmed.",
)

SOLVER: tuple[tuple[str, str], ...] = (
    ("conflict set alone", "alleen de eisen die niet samengaan"),
    (
        "every duty held, without voluntary norms",
        "elke dienst vervuld, zonder vrijwillige normen",
    ),
    ("every duty held", "elke dienst vervuld"),
    (r"1 duty empty", "1 dienst leeg"),
    (r"(\d+) duties empty", r"\1 diensten leeg"),
    (
        r"(\d+) extra people hold at most (\d+) duties",
        r"extra mensen: \1; samen hoogstens \2 diensten",
    ),
    ("without voluntary norms", "zonder vrijwillige normen"),
    ("dropped", "weggelaten"),
    (r"relaxed by (\d+)", r"\1 ruimer"),
    ("all of presolve, 2 workers", "alle vereenvoudiging vooraf, 2 processen"),
    ("all of presolve, 1 worker", "alle vereenvoudiging vooraf, 1 proces"),
    (
        "light presolve, strong relaxation",
        "lichte vereenvoudiging vooraf, sterke lineaire relaxatie",
    ),
    (
        "presolve without probing, strong relaxation",
        "vereenvoudiging vooraf zonder proberen, sterke lineaire relaxatie",
    ),
    ("no presolve", "geen vereenvoudiging vooraf"),
)
"""What the solver was asked, and how it was set: a pattern, and what it is in Dutch."""


def solver_words(english: str) -> Words:
    """A question or configuration in both languages; several are joined by "and". What is not in
    the table stays as it is."""
    return " en ".join(map(_solver_dutch, english.split(" and "))), english


def _solver_dutch(english: str) -> str:
    for pattern, dutch in SOLVER:
        found = re.fullmatch(pattern, english)
        if found is not None:
            return found.expand(dutch)
    return english


def words_of(table: dict[str, Words], code: str) -> Words:
    """The words of a code; one that we do not know stands for itself."""
    return table.get(code, (code, code))
