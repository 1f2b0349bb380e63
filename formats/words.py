"""The words a user sees, Dutch and English (DOMAIN C), for every value that is written out."""

from __future__ import annotations

from datetime import datetime

from so247.formats.vtimezone import shown_twice
from so247.models.clock import to_local
from so247.models.lines import Care, Form, Position, Product
from so247.models.norms import Basis, Severity
from so247.models.people import EmployerKind, Role
from so247.models.report import Answer, Coverage, Finding, Outcome
from so247.models.roster import State
from so247.models.settings import Burden

Words = tuple[str, str]
"""(Dutch, English)."""

POSITION: dict[Position, Words] = {
    Position.FIRST_LINE: ("voorwacht", "first line"),
    Position.BACKUP: ("achterwacht", "backup"),
}
FORM: dict[Form, Words] = {
    Form.REACHABILITY: ("bereikbaarheidsdienst", "on call from home"),
    Form.PRESENCE: ("aanwezigheidsdienst", "on site"),
}
CARE: dict[Care, Words] = {
    Care.GENERAL: ("algemene geneeskundige zorg", "general care"),
    Care.SPECIFIC: ("specifieke zorg", "specific care"),
    Care.BOTH: ("algemene en specifieke zorg", "general and specific care"),
}
PRODUCT: dict[Product, Words] = {
    Product.CONSULTATION: ("consult", "consultation"),
    Product.GERIATRIC_ASSESSMENT: ("geriatrisch assessment", "geriatric assessment"),
    Product.POLYPHARMACY_REVIEW: ("polyfarmacieconsult", "polypharmacy review"),
    Product.CO_TREATMENT: ("medebehandeling", "co-treatment"),
    Product.TEAM_MEETING: ("multidisciplinair overleg", "team meeting"),
    Product.HOME_VISITS: ("huisbezoeken", "home visits"),
}
ROLE: dict[Role, Words] = {
    Role.ELDERLY_CARE_PHYSICIAN: ("specialist ouderengeneeskunde", "elderly-care physician"),
    Role.TRAINEE: ("aios", "trainee"),
    Role.NON_SPECIALIST_PHYSICIAN: ("basisarts", "non-specialist physician"),
    Role.NURSE_PRACTITIONER: ("verpleegkundig specialist", "nurse practitioner"),
    Role.PHYSICIAN_ASSISTANT: ("physician assistant", "physician assistant"),
    Role.ID_PHYSICIAN: ("arts VG", "physician for intellectual disability"),
}
EMPLOYER: dict[EmployerKind, Words] = {
    EmployerKind.CARE_GROUP: ("zorggroep", "care group"),
    EmployerKind.PARTNERSHIP: ("maatschap", "partnership"),
    EmployerKind.HOSPITAL: ("ziekenhuis", "hospital"),
    EmployerKind.SELF_EMPLOYED: ("zelfstandig", "self-employed"),
}
STATE: dict[State, Words] = {
    State.PROPOSED: ("voorgesteld", "proposed"),
    State.ACCEPTED: ("toegezegd", "accepted"),
    State.DECLINED: ("afgewezen", "declined"),
}
COVERAGE: dict[Coverage, Words] = {
    Coverage.COVERED: ("gedekt", "covered"),
    Coverage.UNCOVERED: ("niet gedekt", "uncovered"),
    Coverage.UNKNOWN: ("niet vast te stellen", "unknown"),
}
VERDICT: dict[Coverage, Words] = {
    Coverage.COVERED: ("voldaan", "met"),
    Coverage.UNCOVERED: ("niet voldaan", "not met"),
    Coverage.UNKNOWN: ("niet vast te stellen", "unknown"),
}
"""A site's verdict: the precondition that an SO is reachable and deployable 24/7."""
ANSWER: dict[Answer, Words] = {
    Answer.YES: ("ja", "yes"),
    Answer.NO: ("nee", "no"),
    Answer.UNKNOWN: ("niet vast te stellen", "unknown"),
}
BASIS: dict[Basis, Words] = {
    Basis.LAW: ("wet", "law"),
    Basis.COLLECTIVE_AGREEMENT: ("collectieve regeling", "collective agreement"),
    Basis.VOLUNTARY: ("vrijwillige norm", "voluntary norm"),
}
SEVERITY: dict[Severity, Words] = {
    Severity.HARD: ("hard", "hard"),
    Severity.SOFT: ("zacht", "soft"),
    Severity.SIGNAL: ("signaal", "signal"),
}
OUTCOME: dict[Outcome, Words] = {
    Outcome.BREACH: ("overschreden", "breach"),
    Outcome.UNKNOWN: ("niet vast te stellen", "unknown"),
}
BURDEN: dict[Burden, Words] = {
    Burden.WEEKNIGHT: ("doordeweekse dienst", "weeknight"),
    Burden.WEEKEND: ("weekenddienst", "weekend"),
    Burden.HOLIDAY: ("feestdagdienst", "holiday"),
    Burden.UNPAIRED_SESSION: ("dagdeel buiten vast koppel", "unpaired session"),
}
TIER: dict[str, Words] = {
    "coverage": ("dekking (ongedekte locatieminuten)", "coverage (uncovered site-minutes)"),
    "sessions": ("dagdelen (ontbrekende minuten)", "sessions (missing minutes)"),
    "soft_norms": ("zachte normen", "soft norms"),
    "pairs": ("vaste koppels en continuïteit", "pairs and continuity"),
    "fairness": ("eerlijke verdeling", "fairness"),
    "wishes": ("wensen", "wishes"),
    "travel": ("reistijd en spreiding", "travel and spread"),
}

HARD_BREACH = ("overtreding", "hard breach")
VOLUNTARY_BREACH = ("afwijking van vrijwillige norm", "voluntary breach")
SOFT_BREACH = ("afwijking", "soft breach")
SIGNAL = ("signaal", "signal")
CANNOT_SAY = ("niet vast te stellen", "unknown")
FINDING_KINDS = (HARD_BREACH, VOLUNTARY_BREACH, SOFT_BREACH, SIGNAL, CANNOT_SAY)
"""What a finding is, worst first."""

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def both(words: Words) -> str:
    """``voorwacht / first line``."""
    dutch, english = words
    return dutch if dutch == english else f"{dutch} / {english}"


def finding_kind(finding: Finding) -> Words:
    """One of ``FINDING_KINDS``. A voluntary norm that the region made hard is a hard breach."""
    if finding.outcome is Outcome.UNKNOWN:
        return CANNOT_SAY
    if finding.severity is Severity.HARD:
        return HARD_BREACH
    if finding.severity is Severity.SIGNAL:
        return SIGNAL
    return VOLUNTARY_BREACH if finding.basis is Basis.VOLUNTARY else SOFT_BREACH


def burden_words(burden: str) -> Words:
    """Words of a burden by its id; an id we do not know stands for itself."""
    return BURDEN[Burden(burden)] if burden in set(Burden) else (burden, burden)


def tier_words(name: str) -> Words:
    return TIER.get(name, (name, name))


def hours(minutes: int) -> str:
    """Minutes as ``h:mm``, also beyond a day: ``63:00``."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def moment(instant: datetime) -> str:
    """Local time, ``ma 05-10-2026 17:00``; with its offset where the clock shows it twice."""
    local = to_local(instant)
    offset = f" ({local.isoformat()[-6:]})" if shown_twice(local) else ""
    return f"{WEEKDAYS[local.weekday()]} {local:%d-%m-%Y %H:%M}{offset}"


def points(thousandths: int) -> str:
    """Fairness points with a decimal comma: ``2,50``."""
    return f"{round(thousandths, -1) / 1000:.2f}".replace(".", ",")
