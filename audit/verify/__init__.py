"""A proof computed again from the slice that it embeds, by neither solver nor prover.

What it says of coverage, preconditions and verdict must come out the same; the counting certificate
must hold; repairs must repair. What only a solver can know must be labelled so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from random import Random, SystemRandom

from so247.audit.assess import assess
from so247.audit.certificate import counting_faults
from so247.audit.check import check
from so247.audit.slice.pseudonyms import Kind
from so247.audit.verify.absences import absence_faults
from so247.audit.verify.assumed import assumed_faults, attested_faults
from so247.audit.verify.faults import Fault, differences, fault
from so247.audit.verify.reasons import reason_faults
from so247.audit.verify.word import word_faults
from so247.models.calendar import duties
from so247.models.canonical import region_hash
from so247.models.clock import local_day
from so247.models.errors import So247Error
from so247.models.proof import PROOF_SCHEMA_VERSION, CoverageBasis, Proof, Verdict
from so247.models.roster import Roster

__all__ = ["Fault", "verify"]

HASH = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(rf"{Kind.PHYSICIAN}-[0-9]+")

ASSESSED = (
    "basis",
    "verdict",
    "until",
    "coverage",
    "uncovered_elsewhere",
    "preconditions",
    "checks",
    "readings",
    "warnings",
    "summary",
)
"""Fields that are the same in a proof and in an assessment."""


def verify(proof: Proof, random: Random | None = None) -> tuple[Fault, ...]:
    """Everything in the proof that does not come out; empty: it all does.

    Of many repairs a sample is tried, drawn by ``random``: without it in a way that whoever made
    the proof cannot foresee.
    Where it stops is what ``proof.attested`` names. A proof whose facts themselves were made up
    comes out as well: against that helps only the digest, from somebody who is trusted.
    """
    parts: tuple[tuple[str, Callable[[Proof], Iterator[Fault]]], ...] = (
        ("slice", _belongs),
        ("names", _names),
        ("assessment", _assessed),
        ("cover", _witness),
        ("why_not.counting", _counted),
        ("robustness", partial(absence_faults, random=random or SystemRandom())),
        ("solves", word_faults),
        ("why_not", reason_faults),
        ("headroom", _headroom),
        ("assumptions", assumed_faults),
        ("attested", attested_faults),
    )
    return tuple(found for name, part in parts for found in _guarded(name, part, proof))


def _guarded(name: str, part: Callable[[Proof], Iterator[Fault]], proof: Proof) -> Iterator[Fault]:
    """Whatever a forged proof makes go wrong is a fault of the proof."""
    try:
        yield from part(proof)
    except So247Error as error:
        yield _stuck(name, str(error))
    except Exception as error:  # noqa: BLE001  a forged proof may hold anything
        yield _stuck(name, type(error).__name__)


def _stuck(name: str, why: str) -> Fault:
    return fault(
        name, "", why, f"{name} is niet na te rekenen: {why}", f"{name} cannot be computed: {why}"
    )


def _belongs(proof: Proof) -> Iterator[Fault]:
    """The slice, the rosters and the proof are about one and the same region."""
    now = region_hash(proof.slice)
    rosters: list[tuple[str, Roster]] = [
        (f"history.{number}", each) for number, each in enumerate(proof.history)
    ]
    if proof.roster is not None:
        rosters.insert(0, ("roster", proof.roster))
    for what, roster in rosters:
        yield from differences(f"{what}.region_hash", roster.region_hash, now)
    yield from differences("region_id", proof.region_id, proof.slice.id)
    yield from differences("rule_set", proof.rule_set, proof.slice.settings.rule_set)
    yield from differences("schema_version", proof.schema_version, PROOF_SCHEMA_VERSION)
    if HASH.fullmatch(proof.region_hash) is None:
        yield fault(
            "region_hash",
            proof.region_hash,
            None,
            "dit is geen vingerafdruk van een regio",
            "this is no fingerprint of a region",
        )


def _names(proof: Proof) -> Iterator[Fault]:
    """A copy that says it has no names has none, and none has wishes."""
    named = [each.id for each in proof.slice.physicians if each.name != each.id or each.person_key]
    if proof.named and not named and all(NUMBER.fullmatch(e.id) for e in proof.slice.physicians):
        yield fault(
            "named",
            True,
            False,
            "er zouden namen van artsen in staan, maar iedereen heet naar een nummer",
            "it is said to have names, and everybody goes by a number",
        )
    if not proof.named:
        named += [each.id for each in proof.slice.physicians if not NUMBER.fullmatch(each.id)]
    if named and not proof.named:
        yield fault(
            "named",
            named,
            False,
            "er staan namen van artsen in een exemplaar zonder namen",
            "names of physicians stand in a copy without names",
        )
    if proof.slice.wishes:
        yield fault(
            "slice.wishes",
            len(proof.slice.wishes),
            0,
            "er staan wensen in, die er niet toe doen",
            "it holds wishes, which are nobody's business",
        )


def _assessed(proof: Proof) -> Iterator[Fault]:
    """Coverage, preconditions and verdict, judged anew."""
    found = assess(
        proof.slice,
        proof.site,
        proof.period,
        proof.roster,
        proof.history,
        witness=proof.basis is CoverageBasis.WITNESS,
        cover=proof.cover,
        voluntary_norms=proof.voluntary_norms,
    )
    for name in ASSESSED:
        yield from differences(name, getattr(proof, name), getattr(found, name))


def _witness(proof: Proof) -> Iterator[Fault]:
    """A roster that shows that everybody can be covered breaks no hard rule."""
    if proof.verdict is not Verdict.COVERABLE or proof.basis is not CoverageBasis.WITNESS:
        return
    if proof.roster is None:
        return
    for each in check(proof.slice, proof.roster, proof.history).hard_breaches:
        yield fault(
            "roster",
            each.rule,
            None,
            f"het aangetoonde rooster overtreedt {each.rule}: {each.text}",
            f"the witness breaks {each.rule}: {each.text}",
        )


def _headroom(proof: Proof) -> Iterator[Fault]:
    """Room is that of lines that serve the site, each once, and fails beyond what fits."""
    serving = {each.id for each in proof.slice.lines if proof.site in each.sites}
    names = [each.line for each in proof.headroom]
    for number, each in enumerate(proof.headroom):
        right = (
            each.line in serving
            and each.line not in names[:number]
            and proof.roster is not None
            and _grows(each.residents, each.residents_fail_at)
            and _grows(each.facilities, each.facilities_fail_at)
        )
        if not right:
            yield fault(
                f"headroom.{number}",
                each.line,
                sorted(serving),
                "geen dienstlijn van deze locatie, of getallen die niet samengaan",
                "no line of this site, or figures that do not go together",
            )


def _grows(fits: int | None, fails: int | None) -> bool:
    return fails is None or (fits is not None and fits < fails)


def _counted(proof: Proof) -> Iterator[Fault]:
    """The counting certificate, in whole numbers. Sites that open later are not asked for.

    It is about the period that was searched, which begins before the one that is proven where
    nothing was rostered yet before the opening; the duties are of the latter.
    """
    if proof.why_not is None or proof.why_not.counting is None:
        return
    counting, first = proof.why_not.counting, local_day(proof.period.start)
    openings = {name: proof.slice.opening_of(name) for name in proof.slice.site_by_id}
    sites = {proof.site, *(name for name, day in openings.items() if day is None or day <= first)}
    searched = proof.roster.period if proof.roster is not None else proof.period
    faults = counting_faults(proof.slice, counting, searched, proof.history, sites)
    asked = {duty.id for duty in duties(proof.slice, proof.period)}
    outside = [f"{name} is no duty of the period" for name in counting.duties if name not in asked]
    for text in dict.fromkeys((*faults, *outside)):
        yield fault(
            "why_not.counting",
            "",
            text,
            f"de telling klopt niet: {text}",
            f"the count is not right: {text}",
        )
