"""Whether counts have become worse than the committed ones."""

from __future__ import annotations

from collections.abc import Mapping

NEVER_MORE = ("gaps", "uncovered_site_minutes", "hard_breaches")
HARDLY_MORE = ("options", "variables", "rows")
ROOM = 0.02
"""By how much a model may grow before somebody has to say that it is meant."""


def worse(committed: Mapping[str, int] | None, found: Mapping[str, int]) -> list[str]:
    """One sentence for everything that is worse; none when all is as well or better."""
    sentences = [
        f"{name} is {found[name]}, below its bound {found[bound]}"
        for name, bound in ((each, each.replace("_value", "_bound")) for each in found)
        if name.endswith("_value") and found[name] < found[bound]
    ]
    if committed is None:
        return [*sentences, "nothing is committed to compare with"]
    for name in (*NEVER_MORE, *HARDLY_MORE):
        if name in committed and name not in found:
            sentences.append(f"{name} is not measured any more")
        elif name in committed:
            most = committed[name] * (1 + ROOM) if name in HARDLY_MORE else committed[name]
            if found[name] > most:
                sentences.append(f"{name} is {found[name]}, was {committed[name]}")
    return sentences
