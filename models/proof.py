"""The proof: is a site covered, may it count on the region, and if not, what is missing?

Plain models, so that whoever reads one needs neither solver nor region. A proof embeds the slice of
the region that its own re-check needs. Rendering is in ``formats``, judging in ``audit``, searching
in ``solver``. docs/PROOF.md says what every field means.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from so247.models.base import Count, Id, Model
from so247.models.clock import Interval
from so247.models.evidence import RuleSet
from so247.models.region import Region
from so247.models.report import SiteCoverage
from so247.models.roster import Roster

PROOF_SCHEMA_VERSION = 1


class Verdict(StrEnum):
    """In order of precedence: the first that applies is the verdict (docs/PROOF.md)."""

    IMPOSSIBLE = "impossible"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    COVERABLE = "coverable"
    MEETS = "meets"


class Said(Model):
    """A sentence in both languages, with a stable code."""

    code: str
    nl: str
    en: str


class Status(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    """It held, and no longer holds at some moment before the period's end."""


class Judgement(Model):
    """One assertion, judged at every moment from opening to the period's end.

    ``key``: ``1`` to ``8`` for the preconditions (S2), else a name (``consent.gp``). ``applies``
    false: the setting does not ask for it. ``blocks`` false: shown, not part of the verdict.
    ``until``: last day on which it surely holds; ``None``: no end is known.
    """

    key: str
    practice: Id | None = None
    status: Status
    applies: bool = True
    blocks: bool = True
    until: date | None = None
    reasons: tuple[Said, ...] = ()
    evidence: tuple[Id, ...] = ()


class CoverageBasis(StrEnum):
    """What the coverage was computed from."""

    PUBLISHED = "published"
    """A published roster in which every duty for the site is accepted."""
    ROSTER = "roster"
    """A roster that is not published, or not wholly accepted: nobody has promised all of it."""
    WITNESS = "witness"
    """A roster made for this proof: it shows that one exists. Not promised by anyone."""
    NONE = "none"


class RequirementKind(StrEnum):
    DUTY = "duty"
    """This duty is held."""
    NORM = "norm"
    CONTRACT = "contract"
    LEAVE = "leave"
    COMMITMENT = "commitment"
    FREE_WEEKDAY = "free_weekday"
    PIN = "pin"
    REGISTRATION = "registration"
    CONTRACT_PERIOD = "contract_period"
    TRAVEL = "travel"
    CAPACITY = "capacity"
    ONE_AT_A_TIME = "one_at_a_time"
    BACKUP = "backup"
    """First line and backup are two people, and an SO stands behind who is no SO."""
    POOL = "pool"
    """Who may be asked at all: pool, role, agreement."""


class Requirement(Model):
    """One thing that is asked: a duty to be held, or a rule for one person.

    ``name`` is the norm, contract or line that it is about; ``rule`` the id in docs/RULES.md.
    """

    key: str
    kind: RequirementKind
    rule: str = ""
    physician: Id | None = None
    name: str = ""
    when: Interval | None = None
    text: Said


class Answered(StrEnum):
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
    """Time ran out, or it was cancelled."""


class Solve(Model):
    """One question to the solver, how it was configured, and its answer."""

    question: str
    configuration: str
    answer: Answered


class Conflict(Model):
    """Requirements that cannot hold together.

    ``minimal``: each member dropped alone makes the rest possible, and that was tried. ``text``
    says it in a coordinator's words. ``solves``: the set alone, under several configurations.
    """

    members: tuple[Requirement, ...]
    minimal: bool
    text: Said
    solves: tuple[Solve, ...] = ()


class Part(Model):
    """Of these duties one person holds at most ``most``, because of ``rule`` (and ``norm``).

    ``rule`` is ``norm.rest``, ``norm.continuous``, ``time.one_at_a_time`` or
    ``cover.backup_differs`` where any two of the duties exclude each other (``most`` 1),
    ``norm.rolling_count`` where all start within one window, ``contract.maximum``, or
    ``cover.one_holder`` where nothing but their number bounds them.
    """

    duties: tuple[str, ...]
    most: Count
    rule: str
    norm: Id | None = None
    contract: Id | None = None
    text: Said


class Share(Model):
    """What one person can hold of the duties that are counted: at most the sum over the parts."""

    physician: Id
    parts: tuple[Part, ...]

    @property
    def most(self) -> int:
        return sum(part.most for part in self.parts)


class Barred(Model):
    """A person who may hold none of the counted duties, and the rule that says so for each."""

    physician: Id
    rules: tuple[str, ...]
    """One rule id per duty, in order of ``Counting.duties``."""


class Counting(Model):
    """A counting certificate: ``duties`` need that many holders, and there is less to go round.

    Checkable with a pencil: the sum of what each can hold is below the need. Everybody in the
    region is in ``shares`` or in ``barred``.
    """

    duties: tuple[str, ...]
    shares: tuple[Share, ...]
    barred: tuple[Barred, ...] = ()
    text: Said

    @property
    def need(self) -> int:
        return len(self.duties)

    @property
    def most(self) -> int:
        return sum(share.most for share in self.shares)


class Extra(Model):
    """The least extra capacity: so many duties more than the region's people can hold.

    ``targets`` is one choice of duties that extra people would hold; ``on_site_minutes`` how near
    to ``sites`` they must be based. ``suffices``: solved again with them, and checked. ``least``:
    one duty less was shown not to suffice.
    """

    duties: Count
    people: Count
    role: str
    weeks: tuple[str, ...]
    """ISO weeks, ``2026-W53``."""
    targets: tuple[str, ...]
    sites: tuple[Id, ...]
    on_site_minutes: Count | None
    suffices: bool
    least: bool
    text: Said
    solves: tuple[Solve, ...] = ()


class Relaxation(Model):
    """One requirement that, relaxed by so much, makes a full cover possible.

    ``suffices``: solved again with it. ``least``: one unit less was shown not to suffice (``None``:
    there are no units, as for a leave).
    """

    requirement: Requirement
    amount: float | None = None
    unit: str = ""
    suffices: bool
    least: bool | None = None
    text: Said
    solves: tuple[Solve, ...] = ()


class WhyNot(Model):
    """Why no full cover exists, and what would make one."""

    conflict: Conflict | None = None
    counting: Counting | None = None
    extra: Extra | None = None
    relaxations: tuple[Relaxation, ...] = ()


class Change(Model):
    """A target passes from one person to another (``None``: nobody)."""

    target: str
    before: Id | None
    after: Id | None
    contract: Id | None = None
    """The contract that ``after`` books it on."""


class Survival(StrEnum):
    SURVIVED = "survived"
    FAILED = "failed"
    """Proven: no legal repair covers everyone."""
    UNKNOWN = "unknown"


class Case(Model):
    """The loss of one person (or two) from any of ``days`` on, with the same duties lost.

    ``lost`` are the targets that need another holder; ``changes`` the repair; ``reasons`` say why
    there is none.
    """

    physicians: tuple[Id, ...]
    days: tuple[date, ...]
    lost: tuple[str, ...]
    survival: Survival
    changes: tuple[Change, ...] = ()
    reasons: tuple[Said, ...] = ()


class Robustness(Model):
    """N-1 (or N-2): for every person and day, can the roster be repaired?

    ``tried`` counts (person, day) pairs; a case stands for ``len(days)`` of them. Only cases that
    lost something are listed; ``unaffected`` counts the others, which survive trivially.
    """

    absence_days: Annotated[int, Field(ge=1, le=366)]
    absent: Annotated[int, Field(ge=1, le=2)] = 1
    tried: Count
    unaffected: Count
    cases: tuple[Case, ...]

    def count(self, survival: Survival) -> int:
        return sum(len(each.days) for each in self.cases if each.survival is survival)

    @property
    def survived(self) -> int:
        return self.unaffected + self.count(Survival.SURVIVED)

    @property
    def share(self) -> float:
        """The share of all (person, day) pairs that is surely survived."""
        return self.survived / self.tried if self.tried else 1.0

    @property
    def indispensable(self) -> tuple[str, ...]:
        """Who cannot be missed on at least one day, most days first."""
        days: dict[str, int] = {}
        for each in self.cases:
            if each.survival is Survival.FAILED:
                for name in each.physicians:
                    days[name] = days.get(name, 0) + len(each.days)
        return tuple(sorted(days, key=lambda name: (-days[name], name)))


class LineRoom(Model):
    """How much more a line can carry before the first failure.

    ``residents`` / ``facilities`` (of the size of the site) are confirmed by a roster; ``None``: no
    limit is set anywhere. ``fails_at`` is shown to be too many; what binds then is in ``binds``.
    """

    line: Id
    residents: Count | None
    residents_fail_at: Count | None = None
    facilities: Count | None
    facilities_fail_at: Count | None = None
    binds: Said | None = None


class CellReading(Model):
    """One cell of the responsibility table, as it is used for a site.

    Where documents differ, the same cell stands twice, each time as one of them reads it.
    """

    setting: str
    indication: str = "any"
    """``wlz``, ``none``, or ``any`` where the table does not tell them apart."""
    column: str
    value: Said
    source: str
    inferred: bool


class Proof(Model):
    """One site's proof. ``until``: the first day on which something that it rests on ends.

    ``slice``, ``roster`` and ``history`` are enough to compute coverage, preconditions and counting
    certificate again; ``attested`` names what rests on the solver's word.
    """

    schema_version: Count = PROOF_SCHEMA_VERSION
    version: str = ""
    region_id: Id
    region_hash: str
    site: Id
    named: bool = False
    """Whether people go by their own names (the coordinator's copy)."""
    rule_set: RuleSet
    period: Interval
    verdict: Verdict
    until: date | None
    summary: tuple[Said, ...]
    preconditions: tuple[Judgement, ...]
    checks: tuple[Judgement, ...] = ()
    """Consent, availability agreement, Wtza, short stay: labelled apart."""
    readings: tuple[CellReading, ...] = ()
    warnings: tuple[Said, ...] = ()
    assumptions: tuple[Said, ...] = ()
    basis: CoverageBasis
    coverage: SiteCoverage | None = None
    uncovered_elsewhere: tuple[tuple[Id, Count], ...] = ()
    """(site, uncovered minutes) of the other open sites."""
    cover: Answered | None = None
    """The solver's word on whether any roster covers the required sites; ``None``: not asked."""
    voluntary_norms: tuple[str, ...] = ()
    """Norms without which a full cover exists."""
    why_not: WhyNot | None = None
    robustness: tuple[Robustness, ...] = ()
    headroom: tuple[LineRoom, ...] = ()
    attested: tuple[Said, ...] = ()
    solves: tuple[Solve, ...] = ()
    slice: Region
    roster: Roster | None = None
    history: tuple[Roster, ...] = ()
