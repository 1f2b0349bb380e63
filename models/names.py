"""Ids used twice, and names that name nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from so247.models.errors import Problem
from so247.models.sites import AgreementKind

if TYPE_CHECKING:
    from so247.models.region import Region

Path = tuple[str | int, ...]

PARTNER = "GP post, GP group, organisation, employer or pool"
HOLDER = "physician, practice, GP group, GP post, organisation, employer or facility"


def problem(path: Path, message: str, value: object = "", advice: str = "") -> Problem:
    return Problem(message=message, value=str(value), advice=advice, path=path)


def double_ids(region: Region) -> Iterator[Problem]:
    """Every id that stands twice where it may stand once."""
    for kind in (
        "pools",
        "employers",
        "organisations",
        "agreements",
        "patterns",
        "lines",
        "physicians",
        "contracts",
        "rule_packs",
        "evidence",
    ):
        yield from repeated(_ids(kind, getattr(region, kind)))
    # Whatever can be travelled to shares one name space.
    places = [
        found
        for kind in ("places", "gp_posts", "gp_groups", "facilities")
        for found in _ids(kind, getattr(region, kind))
    ]
    for index, group in enumerate(region.gp_groups):
        for at, practice in enumerate(group.practices):
            places.append((("gp_groups", index, "practices", at, "id"), practice.id))
    yield from repeated(places)
    yield from repeated(
        (("sessions", index, "product"), f"{row.site} {row.product.value}")
        for index, row in enumerate(region.sessions)
    )
    yield from repeated(
        (("travel_times", index, "destination"), f"{row.origin} -> {row.destination}")
        for index, row in enumerate(region.travel_times)
    )
    yield from repeated(
        (("admissions", index, "resident"), f"{row.site} {row.resident}")
        for index, row in enumerate(region.admissions)
    )


def _ids(kind: str, items: Sequence[Any]) -> Iterator[tuple[Path, str]]:
    for index, item in enumerate(items):
        yield (kind, index, "id"), item.id


def repeated(items: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """A problem at the second place where a name stands."""
    seen: Counter[str] = Counter()
    for path, name in items:
        seen[name] += 1
        if seen[name] == 2:
            yield problem(path, "used twice", name, "Give each its own id, or remove one.")


@dataclass(frozen=True)
class Reference:
    """A field of a kind of thing that names something else (one name, or several)."""

    kind: str
    field: str
    target: str
    """What it names, in words; a key of ``_known``."""
    within: str = ""
    """The field that holds the list of parts in which ``field`` stands, if it is not direct."""


REFERENCES = (
    Reference("physicians", "pools", "pool"),
    Reference("physicians", "day_base", "place"),
    Reference("physicians", "night_base", "place"),
    Reference("physicians", "pack", "rule pack", within="rule_packs"),
    Reference("contracts", "physician", "physician"),
    Reference("contracts", "employer", "employer"),
    Reference("absences", "physician", "physician"),
    Reference("commitments", "physician", "physician"),
    Reference("commitments", "place", "place"),
    Reference("commitments", "contract", "contract"),
    Reference("wishes", "physician", "physician"),
    Reference("wishes", "line", "line"),
    Reference("pins", "physician", "physician"),
    Reference("pins", "contract", "contract"),
    Reference("gp_groups", "pools", "pool"),
    Reference("gp_groups", "gp_post", "GP post"),
    Reference("facilities", "gp_group", "GP group"),
    Reference("facilities", "practices", "practice"),
    Reference("facilities", "pools", "pool"),
    Reference("facilities", "physician", "physician", within="function_holders"),
    Reference("agreements", "site", "site"),
    Reference("lines", "sites", "site"),
    Reference("lines", "pattern", "pattern"),
    Reference("lines", "organisation", "GP post or organisation"),
    Reference("lines", "place", "place"),
    Reference("lines", "escalation", "line"),
    Reference("lines", "combinable_with", "line"),
    Reference("sessions", "site", "site or practice"),
    Reference("pairings", "site", "GP group or practice"),
    Reference("pairings", "physician", "physician"),
    Reference("pairings", "deputy", "physician"),
    Reference("travel_times", "origin", "place"),
    Reference("travel_times", "destination", "place"),
    Reference("evidence", "site", "site"),
    Reference("evidence", "practice", "practice"),
    Reference("evidence", "partner", PARTNER),
    Reference("task_holders", "site", "site"),
    Reference("task_holders", "holder", HOLDER),
    Reference("admissions", "site", "facility"),
    Reference("practice_absences", "practice", "practice"),
)


def dangling(region: Region) -> Iterator[Problem]:
    """Every name that names nothing, with the nearest that would."""
    known = _known(region)
    for reference in REFERENCES:
        for path, value in _values(region, reference):
            yield from _missing(path, value, reference.target, known)
    for index, agreement in enumerate(region.agreements):
        with_pool = agreement.kind is AgreementKind.SO_AVAILABILITY
        target = "pool" if with_pool else "GP post or organisation"
        yield from _missing(("agreements", index, "partner"), agreement.partner, target, known)


def _missing(
    path: Path, value: str | None, target: str, known: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    if value is None or value in known[target]:
        return
    near = get_close_matches(value, sorted(known[target]), n=1)
    advice = f"Maybe you meant {near[0]}." if near else "Maybe it was removed or never added."
    yield problem(path, f"no such {target}", value, advice)


def _values(region: Region, reference: Reference) -> Iterator[tuple[Path, str | None]]:
    """(path, name) of every place where a reference stands."""
    for index, item in enumerate(getattr(region, reference.kind)):
        path: Path = (reference.kind, index)
        parts = [(path, item)]
        if reference.within:
            inner = enumerate(getattr(item, reference.within))
            parts = [((*path, reference.within, at), part) for at, part in inner]
        for where, part in parts:
            value = getattr(part, reference.field)
            if isinstance(value, tuple):
                for at, each in enumerate(value):
                    yield (*where, reference.field, at), each
            else:
                yield (*where, reference.field), value


def _known(region: Region) -> dict[str, frozenset[str]]:
    """What each kind of name may name."""

    def ids(items: Iterable[Any]) -> frozenset[str]:
        return frozenset(item.id for item in items)

    posts, groups, facilities = ids(region.gp_posts), ids(region.gp_groups), ids(region.facilities)
    sites = groups | facilities
    practices = ids(practice for group in region.gp_groups for practice in group.practices)
    physicians, pools, employers = ids(region.physicians), ids(region.pools), ids(region.employers)
    organisations = ids(region.organisations)
    return {
        "physician": physicians,
        "pool": pools,
        "employer": employers,
        "contract": ids(region.contracts),
        "line": ids(region.lines),
        "pattern": ids(region.patterns),
        "rule pack": frozenset(region.pack_by_id),
        "GP post": posts,
        "GP group": groups,
        "practice": practices,
        "facility": facilities,
        "site": sites,
        "site or practice": sites | practices,
        "GP group or practice": groups | practices,
        "place": ids(region.places) | posts | sites | practices,
        "GP post or organisation": posts | organisations,
        PARTNER: posts | groups | organisations | employers | pools,
        HOLDER: physicians | practices | posts | organisations | employers | sites,
    }
