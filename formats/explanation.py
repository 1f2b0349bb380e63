"""Why a duty is empty, and why somebody does not hold it: what a coordinator reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from so247.formats.dossier.plain import Names, moment_words
from so247.formats.sheets import Cell, Sheet, stacked
from so247.formats.words import BASIS, PRODUCT, Words, both, hours, tier_words
from so247.models.clock import Interval
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
    parts: tuple[Words | Sheet, ...]


def explanation_view(region: Region, explanation: Explanation) -> View:
    """The view of everything that is empty, of one duty, or of one duty and one person."""
    show = _Showing(region)
    one = explanation.explained[0] if explanation.target is not None else None
    if one is None:
        headline = show.counts(explanation.explained)
        parts = [part for each in explanation.explained for part in show.empty(each)]
    elif explanation.person is not None and one.candidates:
        headline = show.held(one)
        parts = list(show.candidate(one.candidates[0]))
    else:
        headline = show.held(one)
        parts = [show.substitutes(one.candidates)] if one.candidates else []
    notes: list[Words | Sheet] = [(each.nl, each.en) for each in explanation.notes]
    return View(headline, (*notes, *parts))


class _Showing:
    """Puts names and words to what was found."""

    def __init__(self, region: Region) -> None:
        self.names = Names(region)

    def counts(self, explained: Sequence[Explained]) -> Words:
        duties = sum(each.line is not None for each in explained)
        sessions = sum(len(each.targets) for each in explained if each.line is None)
        return (
            f"{duties} onbezette diensten, {sessions} ontbrekende dagdelen",
            f"{duties} unfilled duties, {sessions} missing sessions",
        )

    def what(self, each: Explained) -> Words:
        """The duty with its times; sessions with how many there are."""
        if each.line is None:
            nl, en = self.names.target(each.targets[0])
            more = len(each.targets)
            if each.when is None:
                return f"{more} × {nl}", f"{more} × {en}"
            (at_nl, at_en) = _span(each.when)
            return f"{PRODUCT[each.product][0] if each.product else nl}, {at_nl}", f"{en}, {at_en}"
        name = self.names.line(each.line)
        nl, en = _span(each.when) if each.when is not None else ("", "")
        return f"{name}, {nl}", f"{name}, {en}"

    def held(self, each: Explained) -> Words:
        nl, en = self.what(each)
        holders = (each.organisation,) if each.organisation else each.holders
        if not holders:
            return f"{nl}: onbezet", f"{en}: unfilled"
        names = self.names.people(tuple(holders))
        return f"{nl}: dienstdoende arts {names}", f"{en}: holder {names}"

    def empty(self, each: Explained) -> Iterator[Words | Sheet]:
        """One empty duty: per rule whom it keeps away, and who could hold it."""
        nl, en = self.what(each)
        lost = hours(each.minutes)
        unit = ("locatie-uren", "site-hours") if each.line is not None else ("uur", "hours")
        rows: list[tuple[Cell, ...]] = [
            (
                (rule.words.nl, rule.words.en),
                self.names.people(rule.people),
                stacked(_some(self._why(each.candidates, rule.rule))),
            )
            for rule in each.kept_away
        ]
        free = tuple(each.physician for each in each.candidates if each.free)
        if free:
            could = ("zou het kunnen, in dit rooster", "could hold it, in this roster")
            rows.append((("niets in de weg", "nothing in the way"), self.names.people(free), could))
        yield Sheet(
            (f"{nl}: {lost} {unit[0]}", f"{en}: {lost} {unit[1]}"), (RULE, WHO, WHY), tuple(rows)
        )

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

    def substitutes(self, candidates: Iterable[Candidate]) -> Sheet:
        """Everybody, those first who could take it over, the cheapest first of all."""
        rows = [
            (self.names.person(each.physician), _short(each), _reasons(each))
            for each in sorted(candidates, key=_order)
        ]
        title = (
            "Wie zou het kunnen, en wie waarom niet",
            "Who could hold it, and who not, and why",
        )
        columns = (("arts", "physician"), ("kan het", "possible"), WHY)
        return Sheet(title, columns, tuple(rows))

    def candidate(self, one: Candidate) -> Iterator[Words | Sheet]:
        """One person: what forbids it, what would break, what it costs."""
        name = self.names.person(one.physician)
        if one.holds:
            yield f"{name} heeft deze dienst al", f"{name} holds this already"
        if one.declined:
            yield f"{name} heeft deze dienst afgewezen", f"{name} declined this duty"
        if one.forbidden:
            yield _obstacles(
                (
                    f"{name} mag dit niet, wat er verder ook in het rooster staat",
                    f"{name} may not, whatever else is rostered",
                ),
                one.forbidden,
            )
        if one.broken:
            yield _obstacles(
                (
                    f"{name} kan dit niet in het rooster zoals het is",
                    f"{name} cannot, in the roster as it is",
                ),
                one.broken,
            )
        if one.replaced:
            yield _tiers(
                (
                    f"{name} kan dit: wat het kost als alleen deze dienst overgaat",
                    f"{name} can: what it costs if only this duty passes on",
                ),
                one.replaced,
            )
        if one.rearranged is not None:
            yield from self._rearranged(one.rearranged)

    def _rearranged(self, found: Rearranged) -> Iterator[Words | Sheet]:
        yield POSSIBLE[found.possible]
        if found.tiers:
            title = (
                "Wat het dan kost (gevonden; niet bewezen het minste)",
                "What it then costs (found; not proven the least)",
            )
            yield _tiers(title, found.tiers)
        if found.moves:
            rows = [self._move(each) for each in found.moves[:SHOWN]]
            more = len(found.moves) - len(rows)
            extra = (f" (de eerste {SHOWN})", f" (the first {SHOWN})") if more else ("", "")
            title = (
                f"{len(found.moves)} diensten en dagdelen die dan overgaan{extra[0]}",
                f"{len(found.moves)} duties and sessions that then pass on{extra[1]}",
            )
            columns = (("dienst", "duty"), ("van", "from"), ("naar", "to"))
            yield Sheet(title, columns, tuple(rows))

    def _move(self, move: Move) -> tuple[Cell, ...]:
        nobody = ("niemand", "nobody")
        before, after = (
            self.names.person(each) if each is not None else nobody
            for each in (move.before, move.after)
        )
        what = self.names.target(move.target)
        if "@" not in move.target and move.when is not None:
            (nl, en) = moment_words(move.when.start)
            what = (f"{what[0]}, op {nl}", f"{what[1]}, on {en}")
        return what, before, after


def _span(when: Interval) -> Words:
    (begin_nl, begin_en), (end_nl, end_en) = moment_words(when.start), moment_words(when.end)
    return f"{begin_nl} – {end_nl}", f"{begin_en} – {end_en}"


def _obstacles(title: Words, obstacles: Sequence[Obstacle]) -> Sheet:
    rows = []
    for each in obstacles:
        basis = both(BASIS[each.basis]) if each.basis is not None else ""
        grounds = ", ".join(part for part in (basis, each.source) if part)
        rows.append((each.rule, (each.text.nl, each.text.en), grounds))
    return Sheet(title, (RULE, WHY, ("grondslag", "basis")), tuple(rows))


def _tiers(title: Words, tiers: Sequence[TierChange]) -> Sheet:
    rows = tuple(
        (tier_words(each.name), str(each.before), str(each.after), _signed(each)) for each in tiers
    )
    columns = (("doel", "goal"), ("nu", "now"), ("dan", "then"), ("verschil", "change"))
    return Sheet(title, columns, rows, figures=(1, 2, 3))


def _signed(each: TierChange) -> str:
    change = each.after - each.before
    return f"{change:+d}" if change else "0"


def _short(each: Candidate) -> Words:
    if each.holds:
        return "houdt deze", "holds it"
    if each.forbidden:
        return "mag niet", "may not"
    return ("nu niet", "not now") if each.broken else ("ja", "yes")


def _reasons(each: Candidate) -> Words:
    declined = [("heeft afgewezen", "declined")] if each.declined else []
    if each.obstacles:
        return stacked([*declined, *_some([(o.text.nl, o.text.en) for o in each.obstacles])])
    changed = [tier for tier in each.replaced if tier.before != tier.after]
    costs = [
        (
            f"{tier_words(tier.name)[0]} {_signed(tier)}",
            f"{tier_words(tier.name)[1]} {_signed(tier)}",
        )
        for tier in changed
    ]
    if not costs and not each.holds:
        costs = [("kost niets", "costs nothing")]
    return stacked([*declined, *costs])


def _order(each: Candidate) -> tuple[object, ...]:
    cost = tuple(tier.after - tier.before for tier in each.replaced)
    return (not each.holds, bool(each.forbidden), bool(each.broken), cost)


def _some(texts: Sequence[Words]) -> list[Words]:
    """The first few, and how many more there are."""
    kept = list(dict.fromkeys(texts))
    more = len(kept) - 3
    return [*kept[:3], (f"… {more} meer", f"… {more} more")] if more > 0 else kept
