"""What a counting certificate says of each person, re-computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from so247.audit.certificate.counts import by_contracts, by_rolling_count
from so247.audit.certificate.ground import Ground
from so247.audit.certificate.holders import Holders
from so247.audit.certificate.pairs import Pairs
from so247.models.duty import Duty
from so247.models.proof import Barred, Counting, Part, Share

EXCLUDING = frozenset(
    {"norm.rest", "norm.continuous", "time.one_at_a_time", "cover.backup_differs"}
)
"""Rules under which two duties exclude each other."""


class Judge:
    """Re-computes what the certificate says of each person."""

    def __init__(self, ground: Ground, duties: Sequence[Duty]) -> None:
        self.ground = ground
        self.duties = {duty.id: duty for duty in duties}
        self.holders = Holders(ground, duties)
        self.pairs = Pairs(ground)

    def faults(self, counting: Counting) -> Iterator[str]:
        people = self.ground.region.physician_by_id
        for share in counting.shares:
            if share.physician in people:
                yield from self._share(share)
        for barred in counting.barred:
            if barred.physician in people:
                yield from self._barred(barred)

    def _barred(self, barred: Barred) -> Iterator[str]:
        who = barred.physician
        if len(barred.rules) != len(self.duties):
            yield f"{who}: {len(barred.rules)} rules for {len(self.duties)} duties"
            return
        for rule, duty in zip(barred.rules, self.duties.values(), strict=True):
            found = self.holders.forbidden(who, duty)
            if not all(found):
                yield f"{who} may hold {duty.id}"
            elif not any(rule in each for each in found):
                known = ", ".join(sorted(frozenset().union(*found)))
                yield f"{who}: {duty.id} is barred by {known}, not by {rule}"

    def _share(self, share: Share) -> Iterator[str]:
        who = share.physician
        listed = {name for part in share.parts for name in part.duties}
        for name in sorted(listed - set(self.duties)):
            yield f"{who}: {name} is none of the duties counted"
        for name, duty in self.duties.items():
            if name not in listed and self.holders.may_hold(who, duty):
                yield f"{who} may hold {name}, which no part counts"
        for part in share.parts:
            yield from self.part(who, part)

    def part(self, who: str, part: Part) -> Iterator[str]:
        """Why the person might hold more than the part says."""
        names = dict.fromkeys(name for name in part.duties if name in self.duties)
        mine = [self.duties[name] for name in names]
        open_to = [duty for duty in mine if self.holders.may_hold(who, duty)]
        most = self._most(who, part, open_to) if open_to else 0
        what = part.norm or part.contract or ""
        reason = f"{part.rule} {what}".strip()
        if most is None:
            yield f"{who}: {reason} does not bound {', '.join(names)}"
        elif most > part.most:
            yield f"{who}: {reason} allows {most} of {', '.join(names)}, not {part.most}"

    def _most(self, who: str, part: Part, duties: Sequence[Duty]) -> int | None:
        """How many of the duties the person can hold by the rule of the part, if it says."""
        if part.rule == "cover.one_holder":
            return len(duties)  # one duty is held once
        if part.rule == "norm.rolling_count":
            return by_rolling_count(self.ground, who, part.norm, duties)
        if part.rule == "contract.maximum":
            return by_contracts(self.ground, self.holders, who, part.contract, duties)
        return self._one_of(who, part, duties) if part.rule in EXCLUDING else None

    def _one_of(self, who: str, part: Part, duties: Sequence[Duty]) -> int | None:
        """One, if any two exclude each other, some of them under the rule that is named."""
        found = [self.pairs.exclusions(who, *pair) for pair in combinations(duties, 2)]
        named = any((part.rule, part.norm) in each for each in found)
        return 1 if all(found) and (named or not found) else None
