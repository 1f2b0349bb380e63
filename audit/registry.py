"""Table of contents of the check: every rule of the rulebook, with who re-states it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from so247.audit.admission import check_targets
from so247.audit.backup import check_backup_so
from so247.audit.conflicts import check_conflicts
from so247.audit.contracts import check_contracts
from so247.audit.eligibility import check_eligibility
from so247.audit.norms import KINDS
from so247.audit.pins import check_pins
from so247.audit.sessions import check_sessions
from so247.audit.tiers.fairness import fairness_value
from so247.audit.tiers.pairs import handover_cost, pair_costs
from so247.audit.tiers.travel import spread_cost, travel_costs
from so247.audit.tiers.wishes import wish_costs
from so247.models.norms import NormKind


@dataclass(frozen=True)
class Rule:
    """A rule: its stable id, what it says in one sentence, and the function that re-states it."""

    id: str
    statement: str
    function: Callable[..., object]


def _norm(kind: NormKind, statement: str) -> Rule:
    return Rule(f"norm.{kind.value}", statement, KINDS[kind])


RULES: tuple[Rule, ...] = (
    Rule(
        "roster.unknown_target", "An assignment is for something the region knows.", check_targets
    ),
    Rule("roster.outside_period", "No assignment begins after the period.", check_targets),
    Rule("cover.one_holder", "A duty has one holder at a time.", check_conflicts),
    Rule("cover.backup_differs", "Nobody is his own backup.", check_conflicts),
    Rule("cover.backup_so", "Who is no SO has a callable SO behind him.", check_backup_so),
    Rule("eligible.pool", "The holder is in a pool of every site.", check_eligibility),
    Rule("eligible.role", "The holder has a role that may hold it.", check_eligibility),
    Rule("eligible.registration", "The holder is registered on every day.", check_eligibility),
    Rule("eligible.contract", "It is booked on a valid contract of the holder.", check_eligibility),
    Rule("eligible.agreement", "The site has an agreement with a pool of his.", check_eligibility),
    Rule("eligible.funding", "The employer is paid for the session's label.", check_eligibility),
    Rule("eligible.travel", "The holder can reach every site in time.", check_eligibility),
    Rule("eligible.absence", "The holder is not absent.", check_eligibility),
    Rule("eligible.free_weekday", "It starts on no free weekday.", check_eligibility),
    Rule("eligible.commitment", "The holder is not committed elsewhere.", check_eligibility),
    Rule("time.one_at_a_time", "Nobody does two things at once.", check_conflicts),
    Rule("time.capacity", "Nobody carries too many residents or sites.", check_conflicts),
    _norm(NormKind.REST, "Enough rest lies between stretches of work."),
    _norm(NormKind.CONTINUOUS, "Touching duties do not last too long."),
    _norm(NormKind.ROLLING_COUNT, "Not too many duties start in a rolling window."),
    _norm(NormKind.CONSECUTIVE, "Not too many days in a row have a duty."),
    _norm(NormKind.WEEKENDS, "Not too many weekends are worked."),
    _norm(NormKind.HOURS, "Average hours per week stay within the limit."),
    _norm(NormKind.FREE_PERIODS, "There are enough stretches free of work."),
    Rule("contract.maximum", "Contract maxima are kept.", check_contracts),
    Rule("contract.minimum", "Contract minima are met.", check_contracts),
    Rule("contract.extramural_cap", "Agreed extramural hours are a cap.", check_contracts),
    Rule("contract.extramural_floor", "Agreed extramural hours are a floor.", check_contracts),
    Rule("pin.stands", "Every pin is kept.", check_pins),
    Rule("session.count", "Only sessions that were asked for, each once.", check_sessions),
    Rule("session.weekday", "A session lies on an allowed day, one a day.", check_sessions),
    Rule("session.spread", "Sessions of one demand are spread out.", spread_cost),
    Rule("pair.holder", "Sessions and office hours go to the paired SO.", pair_costs),
    Rule("pair.faces", "A GP group sees few different faces.", pair_costs),
    Rule("continuity.handover", "A weekend or week has few holders.", handover_cost),
    Rule("fairness.share", "Burdens are shared by FTE, presence and eligibility.", fairness_value),
    Rule("wish.met", "Wishes are met.", wish_costs),
    Rule("travel.minutes", "Travel to sessions is short.", travel_costs),
)
