"""Names instead of ids in the sentences that check and solver write, for people to read."""

from __future__ import annotations

import re
from collections.abc import Callable

from so247.formats.tables import names_of
from so247.models.region import Region

ID = r"[a-z0-9][a-z0-9_-]*"
LINE_BEFORE = ("line ", "backup ", "order of ")
"""What stands before a line."""
NAME_BEFORE = (
    *(", ", ": ", "; ", " and ", " of ", " from ", " for "),
    *("whether ", "where ", "organisation ", "serves ", "promised to "),
)
"""What stands before a person, an organisation or a site, where no sentence begins with it."""
ALONE = r"(?![\w@.-])"
"""Not a part of a longer id, nor of that of a duty or session."""


def _after(words: tuple[str, ...]) -> str:
    return "|".join(rf"(?<={re.escape(each)})" for each in words)


NAMED = re.compile(
    rf"(?:{_after(LINE_BEFORE)})(?P<line>{ID}){ALONE}(?: (?P<then>{ID}){ALONE})?"
    rf"|(?:^|{_after(NAME_BEFORE)})(?P<other>{ID}){ALONE}"
)


def namer(region: Region) -> Callable[[str], str]:
    """A function that puts names in a sentence, and leaves what it does not know.

    Only where the sentence names somebody or something: an id may be an ordinary word.
    """
    names = {each.id: each.name for each in region.site_by_id.values()}
    names |= {each.id: each.name for group in region.gp_groups for each in group.practices}
    names |= names_of(region)
    lines = {each.id: each.name for each in region.lines}

    def fill(found: re.Match[str]) -> str:
        line, then, other = found["line"], found["then"], found["other"]
        if line is None:
            return names.get(other, other)
        # "on backup LINE so-03 is absent"
        after = f" {names.get(then, then)}" if then else ""
        return lines.get(line, names.get(line, line)) + after

    return lambda text: NAMED.sub(fill, text)
