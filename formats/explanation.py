"""Why a duty is empty, and why somebody does not hold it: what a coordinator reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from so247.formats.dossier.blocks import Block, Cell, Row, Table, Text, cell, figure
from so247.formats.dossier.plain import Names, moment_words, span_words
from so247.formats.words import BASIS, Words, both, hours, tier_words
from so247.models.explanation import (
    Candidate,
    Explained,
    Explanation,
    Move,
    Obstacle,
    Possible,
    Rearranged,
    TierChange,
)
from so247.models.region import Region

WHY: Words = ("waarom", "why")
WHO: Words = ("wie", "who")
RULE: Words = ("regel", "rule")
COULD: Words = ("zou het kunnen, in dit rooster", "could hold it, in this roster")
NOBODY: Words = ("niemand", "nobody")
POSSIBLE: dict[Possible, Words] = {
    Possible.YES: (
        "Het kan, als ook andere diensten van houder wisselen",
        "It can be done if other duties change hands as well",
    ),
    Possible.NO: (
        "Het kan niet, wie de andere diensten ook houdt (bewezen)",
        "It cannot be done, whoever holds the other duties (proven)",
    ),
    Possible.NOT_FOUND: (
        "In de beschikbare tijd is niets gevonden; dat bewijst niets. Meer tijd kan helpen",
        "Nothing was found in the time; that proves nothing. More time may help",
    ),
}
SHOWN = 12
"""Moves of a rearrangement that are listed; the JSON has all of them."""


@dataclass(frozen=True)
class View:
    """``headline`` first, then sentences and tables as they come."""

    headline: Words
    blocks: tuple[Block, ...]


def explanation_view(region: Region, explanation: Explanation) -> View:
    """The view of everything that is empty, of one duty, or of one duty and one person."""
    show = _Showing(region)
    one = explanation.explained[0] if explanation.target is not None else None
    blocks: list[Block] = [Text((each.nl, each.en), "note") for each in explanation.notes]
    if one is None:
        headline = show.counts(explanation.explained)
        blocks += [show.empty(each) for each in explanation.explained]
    elif explanation.person is not None and one.candidates:
        headline = show.held(one)
        blocks += show.candidate(one.candidates[0])
    else:
        headline = show.held(one)
        blocks += [show.substitutes(one.candidates)] if one.candidates else []
    return View(headline, tuple(blocks))


class _Showing:
    """Puts names and words to what was found."""

    def __init__(self, region: Region) -> None:
        self.names = Names(region)

    def counts(self, explained: Sequence[Explained]) -> Words:
        duties = sum(each.line is not None for each in explained)
        sessions = sum(len(each.targets) for each in explained if each.line is None)
        return (
            f"Onbezette diensten: {duties}; ontbrekende dagdelen: {sessions}",
            f"Unfilled duties: {duties}; missing sessions: {sessions}",
        )

    def what(self, each: Explained) -> Words:
        """The duty with its times; sessions that are missing with how many there are."""
        if each.line is None:
            nl, en = self.names.target(each.targets[0])
            if each.when is None:
                return f"{len(each.targets)} × {nl}", f"{len(each.targets)} × {en}"
        else:
            nl = en = self.names.line(each.line)
        when = span_words(each.when) if each.when is not None else ("", "")
        return f"{nl}, {when[0]}", f"{en}, {when[1]}"

    def held(self, each: Explained) -> Words:
        nl, en = self.what(each)
        holders = (each.organisation,) if each.organisation else each.holders
        if not holders:
            return f"{nl}: onbezet", f"{en}: unfilled"
        names = self.names.people(holders)
        return f"{nl}: dienstdoende arts {names}", f"{en}: holder {names}"

    def empty(self, each: Explained) -> Table:
        """One empty duty: per rule whom it keeps away, and who could hold it."""
        (nl, en), lost = self.what(each), hours(each.minutes)
        unit = ("locatie-uren", "site-hours") if each.line is not None else ("uur", "hours")
        rows = [
            (
                cell((rule.words.nl, rule.words.en)),
                cell(self.names.people(rule.people)),
                cell(*_some(self._why(each.candidates, rule.rule))),
            )
            for rule in each.kept_away
        ]
        free = tuple(each.physician for each in each.candidates if each.free)
        if free:
            names = self.names.people(free)
            rows.append((cell(("niets in de weg", "nothing in the way")), cell(names), cell(COULD)))
        caption = (f"{nl}: {lost} {unit[0]}", f"{en}: {lost} {unit[1]}")
        return _table(caption, (RULE, WHO, WHY), rows, (20, 25, 55))

    def _why(self, candidates: Sequence[Candidate], rule: str) -> list[Words]:
        """What one rule says of everybody: with names where it does not say the same."""
        found = [
            (each.physician, obstacle.text)
            for each in candidates
            for obstacle in each.obstacles
            if obstacle.rule == rule
        ]
        if len({name for name, _ in found}) == 1 or len({text for _, text in found}) == 1:
            return [(text.nl, text.en) for _, text in found]
        named = [(self.names.person(name), text) for name, text in found]
        return [(f"{name}: {text.nl}", f"{name}: {text.en}") for name, text in named]

    def substitutes(self, candidates: Iterable[Candidate]) -> Table:
        """Everybody, those first who could take it over, the cheapest first of all."""
        rows = [
            (cell(self.names.person(each.physician)), cell(_short(each)), cell(*_reasons(each)))
            for each in sorted(candidates, key=_order)
        ]
        caption = (
            "Wie zou het kunnen, en wie waarom niet",
            "Who could hold it, and who not, and why",
        )
        columns = (("arts", "physician"), ("kan het", "possible"), WHY)
        return _table(caption, columns, rows, (25, 15, 60))

    def candidate(self, one: Candidate) -> Iterator[Block]:
        """One person: what forbids it, what would break, what it costs."""
        name = self.names.person(one.physician)
        if one.holds:
            yield Text((f"{name} houdt deze al", f"{name} holds this already"))
        if one.declined:
            yield Text((f"{name} heeft deze afgewezen", f"{name} declined this"))
        if one.forbidden:
            caption = (
                f"{name} mag dit niet, wat er verder ook in het rooster staat",
                f"{name} may not, whatever else is rostered",
            )
            yield _obstacles(caption, one.forbidden)
        if one.broken:
            caption = (
                f"{name} kan dit niet in het rooster zoals het is",
                f"{name} cannot, in the roster as it is",
            )
            yield _obstacles(caption, one.broken)
        if one.replaced:
            caption = (
                f"{name} kan dit: wat het kost als alleen dit overgaat",
                f"{name} can: what it costs if only this passes on",
            )
            yield _tiers(caption, one.replaced)
        if one.rearranged is not None:
            yield from self._rearranged(one.rearranged)

    def _rearranged(self, found: Rearranged) -> Iterator[Block]:
        yield Text(POSSIBLE[found.possible])
        if found.tiers:
            caption = (
                "Wat het dan kost (gevonden; niet bewezen het minste)",
                "What it then costs (found; not proven the least)",
            )
            yield _tiers(caption, found.tiers)
        if found.moves:
            rows = [self._move(each) for each in found.moves[:SHOWN]]
            more = len(found.moves) > len(rows)
            extra = (f" (de eerste {SHOWN})", f" (the first {SHOWN})") if more else ("", "")
            caption = (
                f"Diensten en dagdelen die dan overgaan: {len(found.moves)}{extra[0]}",
                f"Duties and sessions that then pass on: {len(found.moves)}{extra[1]}",
            )
            columns = (("dienst", "duty"), ("van", "from"), ("naar", "to"))
            yield _table(caption, columns, rows, (50, 25, 25))

    def _move(self, move: Move) -> tuple[Cell, ...]:
        nl, en = self.names.target(move.target)
        if "@" not in move.target and move.when is not None:
            start = moment_words(move.when.start)
            nl, en = f"{nl}, op {start[0]}", f"{en}, on {start[1]}"
        ends = (
            cell(self.names.person(each) if each is not None else NOBODY)
            for each in (move.before, move.after)
        )
        return (cell((nl, en)), *ends)


def _table(
    caption: Words,
    columns: tuple[Words, ...],
    rows: Iterable[tuple[Cell, ...]],
    widths: tuple[int, ...],
) -> Table:
    return Table(caption, columns, tuple(Row(each) for each in rows), widths)


def _obstacles(caption: Words, obstacles: Sequence[Obstacle]) -> Table:
    rows = []
    for each in obstacles:
        basis = both(BASIS[each.basis]) if each.basis is not None else ""
        grounds = [part for part in (basis, each.source) if part]
        rows.append((cell(each.rule), cell((each.text.nl, each.text.en)), cell(*grounds)))
    return _table(caption, (RULE, WHY, ("grondslag", "basis")), rows, (20, 55, 25))


def _tiers(caption: Words, tiers: Sequence[TierChange]) -> Table:
    rows = [
        (cell(tier_words(each.name)), figure(each.before), figure(each.after), _change(each))
        for each in tiers
    ]
    columns = (("doel", "goal"), ("nu", "now"), ("dan", "then"), ("verschil", "change"))
    return _table(caption, columns, rows, (55, 15, 15, 15))


def _change(each: TierChange) -> Cell:
    return figure(_signed(each))


def _signed(each: TierChange) -> str:
    change = each.after - each.before
    return f"{change:+d}" if change else "0"


def _short(each: Candidate) -> Words:
    if each.holds:
        return "houdt deze", "holds it"
    if each.forbidden:
        return "mag niet", "may not"
    return ("nu niet", "not now") if each.broken else ("ja", "yes")


def _reasons(each: Candidate) -> list[Words]:
    declined = [("heeft afgewezen", "declined")] if each.declined else []
    if each.obstacles:
        return [*declined, *_some([(o.text.nl, o.text.en) for o in each.obstacles])]
    changed = [(tier_words(e.name), _signed(e)) for e in each.replaced if e.before != e.after]
    costs = [(f"{nl} {by}", f"{en} {by}") for (nl, en), by in changed]
    if not costs and not each.holds:
        costs = [("kost niets", "costs nothing")]
    return [*declined, *costs]


def _order(each: Candidate) -> tuple[object, ...]:
    cost = tuple(tier.after - tier.before for tier in each.replaced)
    return (not each.holds, bool(each.forbidden), bool(each.broken), cost)


def _some(texts: Sequence[Words]) -> list[Words]:
    """The first few, and how many more there are."""
    kept = list(dict.fromkeys(texts))
    more = len(kept) - 3
    return [*kept[:3], (f"… {more} meer", f"… {more} more")] if more > 0 else kept
