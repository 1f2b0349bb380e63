"""The slice of a region that a proof embeds: enough to check it again, and nobody's name.

docs/PROOF.md ("The dossier") says what is in it.
"""

from __future__ import annotations

from difflib import get_close_matches

from so247.audit.slice.masks import Masks
from so247.audit.slice.parts import number_everything, region_of_slice
from so247.audit.slice.pseudonyms import Pseudonyms
from so247.audit.slice.rosters import Renames
from so247.models.canonical import region_hash, section_hashes
from so247.models.errors import NotFound
from so247.models.region import Region
from so247.models.roster import Roster

__all__ = ["Slice", "slice_of"]


class Slice:
    """``region`` is what is embedded; rosters go in by ``roster`` and come out by ``back``.

    The check says the same of the slice as of the region, but for names and order. A roster may
    name people that the region does not know: they become ``onbekend-01`` and so on.
    """

    def __init__(self, whole: Region, site: str, names: bool) -> None:
        self._whole = whole
        self._names = Pseudonyms(whole, names)
        number_everything(whole, self._names)
        masks = Masks(whole, self._names)
        self._into = Renames(masks.holder, masks.contract, masks.line, masks.place, masks.target)
        real = self.real
        self._back = Renames(real, real, real, real, masks.real_target)
        self.region = region_of_slice(masks, site)

    def roster(self, roster: Roster) -> Roster:
        """The roster in the slice's ids, as made from the slice."""
        return _made_from(self.region, self._into.roster(roster))

    def back(self, roster: Roster) -> Roster:
        """A roster of the slice in the region's ids, as made from the region."""
        return _made_from(self._whole, self._back.roster(roster))

    def real(self, number: str) -> str:
        """The id behind a number of the slice; what is no number stands for itself."""
        return self._names.real(number)


def _made_from(region: Region, roster: Roster) -> Roster:
    return roster.model_copy(
        update={"region_hash": region_hash(region), "region_sections": section_hashes(region)}
    )


def slice_of(region: Region, site: str, *, names: bool = False) -> Slice:
    """What a proof about ``site`` needs of the region, with numbers for names.

    Everything that coverage of *all* sites rests on is in it, and what the preconditions of this
    one rest on. ``names`` keeps ids and names (the coordinator's copy) and leaves out the same.
    Raises ``NotFound`` when the region has no such site.
    """
    if site not in region.site_by_id:
        near = get_close_matches(site, sorted(region.site_by_id), n=1)
        advice = f"Maybe you meant {near[0]}." if near else "Maybe it is called otherwise there."
        raise NotFound(f"{site}: region {region.id} has no such facility or GP group. {advice}")
    return Slice(region, site, names)
