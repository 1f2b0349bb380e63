"""Rule packs of fictional employers."""

from __future__ import annotations

from so247.models.norms import Basis, Norm, RulePack, Severity, Work


def binding(pack: RulePack, name: str, text: str) -> RulePack:
    """The pack's norms for on-call duties, the hard ones as if agreed collectively."""

    def agreed(norm: Norm) -> Norm:
        if norm.severity is not Severity.HARD:
            return norm
        update = {"basis": Basis.COLLECTIVE_AGREEMENT, "source": text}
        return norm.model_copy(update=update)

    norms = tuple(agreed(norm) for norm in pack.norms if Work.REACHABILITY_DUTY in norm.counts)
    return RulePack(id=name, name=text, norms=norms)
