"""Why there is no roster: what is said of it must fit the slice and the answers given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from so247.audit.verify.faults import Fault, fault
from so247.audit.verify.word import answered_yes, twice
from so247.models.calendar import duties
from so247.models.clock import local_day
from so247.models.people import SO
from so247.models.proof import (
    Answered,
    Conflict,
    Counting,
    Extra,
    Proof,
    Relaxation,
    RequirementKind,
)
from so247.models.region import Region

MAY = (Answered.INFEASIBLE, Answered.UNKNOWN)
"""Answers after which there is something to say (unknown: voluntary norms were not settled)."""


def reason_faults(proof: Proof) -> Iterator[Fault]:
    """Reasons that cannot be reasons, whatever a solver may have answered."""
    why = proof.why_not
    if why is None:
        return
    if proof.cover not in MAY:
        yield _fault(
            "why_not",
            proof.cover.value if proof.cover is not None else None,
            "waarom het niet kan, zonder dat gevraagd is of het kan",
            "why it cannot be, where a solver was not asked, or said that it can",
        )
    periods = [proof.period, *([proof.roster.period] if proof.roster is not None else ())]
    asked = {
        each.id: local_day(each.when.start)
        for period in periods
        for each in duties(proof.slice, period)
    }
    for texts in (
        _conflict(proof.slice, why.conflict, asked),
        _extra(proof.slice, why.extra, asked),
        _relaxations(why.relaxations, why.conflict),
        _counting(proof.slice, why.counting),
    ):
        for what, found, nl, en in texts:
            yield _fault(f"why_not.{what}", found, nl, en)


Asked = dict[str, date]
"""The duties of the period that was searched, and the local day on which each begins."""
Wrong = tuple[str, object, str, str]
"""Field, what stands there, Dutch, English."""


def _fault(what: str, found: object, nl: str, en: str) -> Fault:
    return fault(what, found, None, nl, en)


def _conflict(region: Region, conflict: Conflict | None, asked: Asked) -> Iterator[Wrong]:
    if conflict is None:
        return
    what = "conflict.members"
    if not any(each.kind is RequirementKind.DUTY for each in conflict.members):
        yield what, "", "er botst niets met een dienst", "no duty is among what conflicts"
    for each in conflict.members:
        if each.kind is RequirementKind.DUTY:
            known = each.key.removeprefix("duty:") in asked and each.key.startswith("duty:")
        else:
            known = each.physician is None or each.physician in region.physician_by_id
        if not known:
            yield what, each.key, "dienst of arts is onbekend", "no such duty or physician"


def _extra(region: Region, extra: Extra | None, asked: Asked) -> Iterator[Wrong]:
    if extra is None:
        return
    weeks = {_week(asked[each]) for each in extra.targets if each in asked}
    yes, no = answered_yes(extra.solves), twice(extra.solves)
    for field, found, holds, nl, en in (
        ("role", extra.role, extra.role == SO.value, "is geen SO", "is no SO"),
        (
            "targets",
            extra.targets,
            0 < len(extra.targets) <= extra.duties
            and len(set(extra.targets)) == len(extra.targets)
            and set(extra.targets) <= asked.keys(),
            "zijn niet zoveel diensten van de periode",
            "are not so many duties of the period",
        ),
        ("weeks", extra.weeks, set(extra.weeks) == weeks, "zijn andere", "are others"),
        (
            "sites",
            extra.sites,
            set(extra.sites) <= region.site_by_id.keys(),
            "zijn onbekend",
            "are unknown",
        ),
        (
            "people",
            extra.people,
            extra.people <= extra.duties and (extra.people > 0 or not extra.suffices),
            "past niet bij de diensten",
            "does not fit the duties",
        ),
        (
            "suffices",
            extra.suffices,
            yes or not extra.suffices,
            "zonder berekening die dat zegt",
            "without a solve that says so",
        ),
        (
            "least",
            extra.least,
            no or not extra.least,
            "zonder twee berekeningen die het eens zijn",
            "without two solves that agree",
        ),
    ):
        if not holds:
            yield f"extra.{field}", found, nl, en


def _relaxations(relaxations: tuple[Relaxation, ...], conflict: Conflict | None) -> Iterator[Wrong]:
    members = conflict.members if conflict is not None else ()
    for number, each in enumerate(relaxations):
        what = f"relaxations.{number}"
        if each.requirement not in members:
            nl, en = "hoort niet bij wat botst", "is not among what conflicts"
            yield f"{what}.requirement", each.requirement.key, nl, en
        if each.suffices and not answered_yes(each.solves):
            nl, en = "zonder berekening die dat zegt", "without a solve that says so"
            yield f"{what}.suffices", each.suffices, nl, en


def _counting(region: Region, counting: Counting | None) -> Iterator[Wrong]:
    """The sentences give the figures that are computed again."""
    if counting is None:
        return
    names = [_name(region, each.physician) for each in counting.shares]
    sums = " + ".join(str(each.most) for each in counting.shares) or "0"
    need, most = counting.need, counting.most
    dutch = (
        f" {need} {'dienst' if need == 1 else 'diensten'} te bezetten; "
        f"{_joined(names, 'en') or 'niemand'}: {sums} = {most}, minder dan {need}"
    )
    english = (
        f" {need} {'duty' if need == 1 else 'duties'} held; "
        f"{_joined(names, 'and') or 'nobody'}: {sums} = {most}, fewer than {need}"
    )
    nl, en = "de zin noemt andere getallen", "the sentence has other figures"
    text = counting.text
    if not (text.nl.endswith(dutch) and text.en.endswith(english)):
        yield "counting.text", text.en, nl, en
    for share in counting.shares:
        name = _name(region, share.physician)
        for part in share.parts:
            of = len(part.duties)
            if not (
                part.text.nl.startswith(f"{name} hoogstens {part.most} van {of}: ")
                and part.text.en.startswith(f"{name} at most {part.most} of {of}: ")
            ):
                yield "counting.shares", part.text.en, nl, en


def _name(region: Region, physician: str) -> str:
    person = region.physician_by_id.get(physician)
    return person.name if person is not None else physician


def _joined(names: Sequence[str], word: str) -> str:
    *others, last = names or [""]
    return f"{', '.join(others)} {word} {last}" if others else last


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
