"""What is labelled apart from the eight: consent, tasks, functions, availability, Wtza, short stay.

docs/PROOF.md says which of them count for the verdict.
"""

from __future__ import annotations

from so247.audit.preconditions.consent import gp_consent, gp_post_consent
from so247.audit.preconditions.documents import MET, Found, all_of
from so247.audit.preconditions.functions import functions_held
from so247.audit.preconditions.holders import one_holder
from so247.audit.preconditions.p5_so_day_and_night import asks
from so247.audit.preconditions.question import Question, judgement
from so247.audit.preconditions.words import Words, listed, said
from so247.audit.responsibility import treatment_of
from so247.audit.responsibility.population import SHORT_STAY
from so247.models.evidence import Evidence, EvidenceKind, Heading, Party, Task
from so247.models.proof import Judgement, Status

HEADING: dict[Heading, Words] = {
    Heading.PURPOSE: ("doel", "purpose"),
    Heading.FORMS: ("vormen van samenwerking", "forms of collaboration"),
    Heading.LOCATION: ("locatie of regio", "location or region"),
    Heading.WORKING_METHOD: ("werkwijze van de SO", "working method of the SO"),
    Heading.INFORMATION: ("benodigde informatie", "information needed"),
    Heading.REACHABILITY: ("bereikbaarheid van de SO", "reachability of the SO"),
    Heading.FEEDBACK: ("terugkoppeling en registratie", "feedback and registration"),
    Heading.FUNDING: ("financiering", "funding"),
    Heading.EVALUATION: ("evaluatie", "evaluation"),
}
PARTY: dict[Party, Words] = {
    Party.GP_GROUP: ("huisartsengroep", "GP group"),
    Party.GP_POST: ("huisartsenpost", "GP post"),
    Party.SO_PROVIDER: ("aanbieder van de SO", "SO provider"),
}


def checks(question: Question) -> tuple[Judgement, ...]:
    """Every check of a facility; of a GP group, the two that say something there."""
    functions = judgement("functions", functions_held(question), blocks=asks(question) is True)
    if question.facility is None:
        return functions, _availability(question)
    return (
        *gp_consent(question),
        gp_post_consent(question),
        _tasks(question),
        functions,
        _availability(question),
        judgement("wtza", question.on_paper(EvidenceKind.WTZA_NOTIFICATION), blocks=False),
        _short_stay(question),
        _treatment(question),
    )


def _tasks(question: Question) -> Judgement:
    """R20: who it is, is for precondition 2 to judge; here, that it is one."""
    found = all_of(one_holder(question, task) for task in Task)
    return judgement("tasks", found, blocks=False)


def _availability(question: Question) -> Judgement:
    found = question.if_whole(EvidenceKind.AVAILABILITY_AGREEMENT, _lacks)
    return judgement("availability_agreement", found, blocks=False)


def _lacks(document: Evidence) -> Words | None:
    """Headings and signatures that the agreement leaves out."""
    missing = [HEADING[each] for each in Heading if each not in document.headings]
    missing += [PARTY[each] for each in Party if each not in document.parties]
    if not missing:
        return None
    return (
        f"zonder {listed(nl for nl, _ in missing)}",
        f"without {listed(en for _, en in missing)}",
    )


def _short_stay(question: Question) -> Judgement:
    applies = any(each.setting in SHORT_STAY for each in question.population)
    found = question.on_paper(EvidenceKind.SHORT_STAY_AGREEMENT) if applies else MET
    return judgement("short_stay", found, applies=applies, blocks=False)


def _treatment(question: Question) -> Judgement:
    """Whether setting and facts agree; unknown while not all three facts are known (R21)."""
    facility = question.facility
    treatment = treatment_of(facility) if facility is not None else None
    found = MET
    if treatment is not None and treatment.contradictions:
        found = Found(Status.NOT_MET, reasons=treatment.contradictions)
    elif treatment is not None and not treatment.known:
        unknown = said(
            "treatment.unknown",
            "niet alle drie de feiten zijn bekend: toegelaten, gecontracteerd, geleverd",
            "not all three facts are known: admitted, contracted, delivered",
        )
        found = Found(Status.UNKNOWN, reasons=(unknown,))
    return judgement("treatment", found, applies=treatment is not None, blocks=False)
