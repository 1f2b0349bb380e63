"""What a zorgkantoor or coordinator asks of a whole region: every site, and what it leans on.

Plain models: computed in ``solver`` (the verdicts in ``audit``), shown by ``formats``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from so247.models.base import Count, Id, Model
from so247.models.clock import Interval
from so247.models.people import EmployerKind
from so247.models.proof import CoverageBasis, Judgement, Said, Solve, Verdict

REGION_REPORT_SCHEMA_VERSION = 1


class SiteRow(Model):
    """One site's verdict, as ``so247 prove`` words it. Minutes are those of ``SiteCoverage``.

    ``verdict`` is ``None`` for a facility that opens after the period. ``failing``: what blocks, or
    cannot be judged. ``until``: the last day before something that the verdict rests on ends.
    ``alone``: people without whom nobody could hold some duty for the site.
    """

    site: Id
    name: str
    opening: date | None = None
    residents: Count = 0
    verdict: Verdict | None = None
    until: date | None = None
    basis: CoverageBasis = CoverageBasis.NONE
    uncovered_minutes: Count = 0
    uncovered_general_minutes: Count = 0
    unknown_minutes: Count = 0
    failing: tuple[Judgement, ...] = ()
    alone: tuple[Id, ...] = ()
    summary: tuple[Said, ...] = ()


class Funding(Model):
    """A funding contract. ``throughout``: it is valid on every day of the period."""

    label: str
    counterparty: str
    valid_from: date | None = None
    valid_until: date | None = None
    throughout: bool


class EmployerRow(Model):
    """An employer: who is under contract, and sessions agreed against rostered.

    ``physicians`` and ``fte`` are of contracts valid somewhere in the period. Of the ``weeks`` ISO
    weeks wholly in it, ``weeks_below`` have fewer session minutes than agreed. ``agreed_minutes``
    are those of the whole period (by days); ``None``: nothing was agreed.
    """

    employer: Id
    name: str
    kind: EmployerKind
    physicians: tuple[Id, ...] = ()
    fte: float = 0.0
    funding: tuple[Funding, ...] = ()
    agreed_minutes: Count | None = None
    rostered_minutes: Count = 0
    weeks: Count = 0
    weeks_below: Count = 0


class Leaning(Model):
    """``duties`` of a line that nobody but these people may hold."""

    physicians: tuple[Id, ...]
    duties: Count


class LineRow(Model):
    """How a line depends on people.

    ``duties`` counts, as ``Capacity.needed`` does, also one that began before the period and runs
    into it, unless an earlier roster holds it.
    ``alone`` and ``pairs``: duties that one person, or two, may hold at all, by whom; ``nobody``:
    duties that no one may hold. That is said of leave, role, pool, travel and the like, before any
    norm. ``top`` holds ``top_duties`` of the ``held`` duties in the roster.
    """

    line: Id
    name: str
    sites: tuple[Id, ...] = ()
    organisation: Id | None = None
    duties: Count
    held: Count
    nobody: Count = 0
    alone: tuple[Leaning, ...] = ()
    pairs: tuple[Leaning, ...] = ()
    top: Id | None = None
    top_duties: Count = 0

    @property
    def top_share(self) -> float:
        """The part of the line's held duties that its top holder holds."""
        return self.top_duties / self.held if self.held else 0.0


class Short(Model):
    """So many duties of a line that stay unfilled in one ISO week (``2026-W46``)."""

    week: Annotated[str, Field(pattern=r"^\d{4}-W\d{2}$")]
    line: Id
    duties: Count


class Capacity(Model):
    """The fewest duties that stay unfilled, whoever is rostered how.

    ``fewest`` were found (``None``: no answer in the time), ``at_least`` is proven; they lie as in
    ``short``, which is one way of several. ``needed``: duties that sites lean on.
    """

    needed: Count
    fewest: Count | None = None
    at_least: Count = 0
    short: tuple[Short, ...] = ()

    @property
    def proven(self) -> bool:
        return self.fewest == self.at_least


class RegionReport(Model):
    """A region over a period: sites, employers, dependence on single people, capacity short.

    ``basis`` is ``witness`` where no roster was given and one was made: nobody has promised it.
    ``changes``: how the region changed since the roster was made. ``notes`` and ``solves`` say what
    the verdicts rest on.
    """

    schema_version: Count = REGION_REPORT_SCHEMA_VERSION
    region_id: Id
    name: str
    region_hash: str
    today: date
    period: Interval
    basis: CoverageBasis
    roster_revision: Count | None = None
    sites: tuple[SiteRow, ...] = ()
    employers: tuple[EmployerRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    capacity: Capacity
    changes: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()
    solves: tuple[Solve, ...] = ()

    def count(self, verdict: Verdict) -> int:
        return sum(each.verdict is verdict for each in self.sites)
