"""What a site is entitled to at a moment: pools, agreements and minutes.

These change on certain days only. Between two such days lies an *era*; facts are kept per site and
era (``RULES``, "Required minutes").
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from so247.audit.instants import ONE_DAY, midnight
from so247.models.region import Region
from so247.models.sites import Agreement, AgreementKind


@dataclass(frozen=True)
class Required:
    """Minutes that a site requires; ``proven`` when site or signed agreement says so itself."""

    minutes: int
    proven: bool


@dataclass(frozen=True)
class SiteFacts:
    """One site in one era. ``agreed`` are its pools with a valid SO agreement, ``covering`` the
    organisations that may hold a line for it; ``signed_*`` those with a signed one.
    """

    open: bool
    pools: frozenset[str]
    agreed: frozenset[str]
    signed: frozenset[str]
    covering: frozenset[str]
    signed_covering: frozenset[str]
    phone: Required
    on_site: Required


class Sites:
    """Facts of every site (and practice) of a region, by era."""

    def __init__(self, region: Region) -> None:
        self.region = region
        days = {each.valid_from for each in region.agreements if each.valid_from}
        days |= {each.valid_until + ONE_DAY for each in region.agreements if each.valid_until}
        days |= {each.signed_on for each in region.agreements if each.signed_on}
        days |= {each.opening_date for each in region.facilities if each.opening_date}
        self._days = sorted(days)
        self.cuts = [midnight(day) for day in self._days]
        self._facts: dict[tuple[str, int], SiteFacts] = {}
        self._agreements: dict[str, list[Agreement]] = {}
        for agreement in region.agreements:
            self._agreements.setdefault(agreement.site, []).append(agreement)

    def era(self, at: int) -> int:
        """The number of the era that holds the minute."""
        return bisect_right(self.cuts, at)

    def _day(self, era: int) -> date:
        if not self._days:
            return self.region.anchor_date
        return self._days[era - 1] if era else self._days[0] - timedelta(days=1)

    def facts(self, site: str, era: int) -> SiteFacts:
        key = (site, era)
        if key not in self._facts:
            self._facts[key] = self._derive(site, self._day(era))
        return self._facts[key]

    def _derive(self, name: str, day: date) -> SiteFacts:
        group = self.region.group_of_practice.get(name)
        site = group or self.region.site_by_id[name]
        opening = None if group else self.region.opening_of(name)
        valid = [each for each in self._agreements.get(site.id, ()) if each.holds_on(day)]
        ours = [each for each in valid if each.kind is AgreementKind.SO_AVAILABILITY]
        others = [each for each in valid if each.kind is AgreementKind.ORGANISATION_COVER]
        pools = frozenset(site.pools)
        signed = [each for each in ours if each.signed_by(day)]
        settings = self.region.settings
        return SiteFacts(
            open=opening is None or opening <= day,
            pools=pools,
            agreed=pools & {each.partner for each in ours},
            signed=pools & {each.partner for each in signed},
            covering=frozenset(each.partner for each in others),
            signed_covering=frozenset(each.partner for each in others if each.signed_by(day)),
            phone=_smallest(
                [site.phone_minutes, *(each.phone_minutes for each in signed)],
                settings.default_phone_minutes,
            ),
            on_site=_smallest(
                [site.on_site_minutes, *(each.on_site_minutes for each in signed)],
                settings.default_on_site_minutes,
            ),
        )


def _smallest(figures: list[int | None], default: int) -> Required:
    known = [figure for figure in figures if figure is not None]
    return Required(min(known), True) if known else Required(default, False)
