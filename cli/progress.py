"""A sign of life during a search: on a terminal a small live table, elsewhere nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.table import Table

from so247.formats.words import tier_words
from so247.models.result import Progress


class Board:
    """The latest news of every objective tier, in the order in which the search came to them."""

    def __init__(self) -> None:
        self._latest: dict[str, Progress] = {}

    def note(self, progress: Progress) -> None:
        """Called from the search's own threads."""
        self._latest = {**self._latest, progress.tier: progress}

    def table(self) -> Table:
        news = "Searching; Ctrl-C keeps the best roster so far" if self._latest else "Setting up"
        table = Table(title=news, title_justify="left", show_header=bool(self._latest))
        table.add_column("what is improved")
        for name in ("value", "bound", "gap", "seconds"):
            table.add_column(name, justify="right")
        for tier, latest in self._latest.items():
            table.add_row(
                tier_words(tier)[1],
                "-" if latest.value is None else str(latest.value),
                "-" if latest.bound is None else str(latest.bound),
                _gap(latest),
                f"{latest.seconds:.0f}",
            )
        return table


def _gap(latest: Progress) -> str:
    """How much better it could at most be, as a share of the value."""
    if latest.value is None or latest.bound is None:
        return "-"
    if latest.value <= latest.bound:
        return "0.0 %"
    return f"{100 * (latest.value - latest.bound) / latest.value:.1f} %"


@contextmanager
def shown() -> Iterator[Callable[[Progress], None] | None]:
    """What to call with every ``Progress``; ``None`` when nobody is watching stderr."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    board = Board()
    with Live(get_renderable=board.table, console=console, refresh_per_second=4, transient=True):
        yield board.note
