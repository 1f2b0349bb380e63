"""What a proof assumes and takes on the solver's word: derived again, nothing made up besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from so247.audit.claims import assumptions, attested
from so247.audit.verify.faults import Fault, differences, fault
from so247.models.clock import day_start, local_day
from so247.models.proof import Proof, Said

LEFT_OUT = "later_sites_left_out"
POSTPONED = timedelta(weeks=4)
"""A site that is left out opens so long after the period, in the slice."""

FREE: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "region_changed": (
        re.compile(
            r"De regio is gewijzigd( in [a-z_]+(, [a-z_]+)*)? sinds dit rooster is gemaakt; "
            r"beoordeeld is de regio zoals die nu is\."
        ),
        re.compile(
            r"The region changed( in [a-z_]+(, [a-z_]+)*)? since this roster was made; "
            r"judged is the region as it is now\."
        ),
    ),
    "strength_untold": (
        re.compile(r"Uitval en ruimte zijn voor dit rooster niet te berekenen: .*", re.DOTALL),
        re.compile(r"Absences and headroom cannot be computed for this roster: .*", re.DOTALL),
    ),
}
"""What the slice cannot tell, by its code: the form of the Dutch and of the English."""


def assumed_faults(proof: Proof) -> Iterator[Fault]:
    """Where the assumptions are not those that follow from the slice and the history."""
    day, after = local_day(proof.period.start), local_day(proof.period.end) + POSTPONED
    openings = [
        (each.id, each.opening_date)
        for each in proof.slice.facilities
        if each.id != proof.site and each.opening_date is not None
    ]
    later = [name for name, at in openings if day < at and day_start(at) < proof.period.end]
    said = {each.code for each in proof.assumptions}
    left_out = [name for name, at in openings if at == after] if LEFT_OUT in said else []
    wanted = assumptions(proof.slice, later, left_out, proof.history)
    yield from differences("assumptions", proof.assumptions[: len(wanted)], wanted)
    others = proof.assumptions[len(wanted) :]
    for number, each in enumerate(others, len(wanted)):
        if not _known(each) or each.code in {other.code for other in proof.assumptions[:number]}:
            yield fault(
                f"assumptions.{number}",
                each.en,
                None,
                "een aanname die nergens uit volgt",
                "an assumption that follows from nothing",
            )


def _known(said: Said) -> bool:
    forms = FREE.get(said.code)
    return forms is not None and all(
        form.fullmatch(text) for form, text in zip(forms, (said.nl, said.en), strict=True)
    )


def attested_faults(proof: Proof) -> Iterator[Fault]:
    """Where the labels are not those of what the proof takes on the solver's word."""
    wanted = attested(proof.cover, proof.why_not, proof.robustness, headroom=bool(proof.headroom))
    found = {each.code for each in proof.attested}
    missing = [each.code for each in wanted if each.code not in found]
    for code in missing:
        yield fault(
            "attested",
            sorted(found),
            code,
            f"{code} is niet na te rekenen, en staat er zonder dat dat gezegd wordt",
            f"{code} rests on the solver's word, and is not labelled so",
        )
    if not missing:
        yield from differences("attested", proof.attested, wanted)
