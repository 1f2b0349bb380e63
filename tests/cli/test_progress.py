"""Signs of life: a live table for who watches a terminal, nothing for a pipe."""

import pytest
from rich.console import Console

from so247.cli.progress import Board, shown
from so247.models.result import Progress


def text_of(board: Board) -> str:
    console = Console(width=120)
    with console.capture() as captured:
        console.print(board.table())
    return captured.get()


def test_the_board_keeps_the_latest_news_of_each_tier() -> None:
    board = Board()
    board.note(Progress(seconds=1, tier="coverage", value=600, bound=0))
    board.note(Progress(seconds=2, tier="coverage", value=0, bound=0))
    board.note(Progress(seconds=31, tier="fairness", value=200, bound=150))
    text = text_of(board)
    assert "600" not in text
    # (200 - 150) / 200: a quarter of the value could at most be gained.
    assert "25.0 %" in text
    assert "31" in text
    assert text.index("coverage") < text.index("fairness")


@pytest.mark.parametrize(("value", "bound"), [(None, None), (None, 5), (5, None)])
def test_what_is_not_known_yet_is_a_dash(value: int | None, bound: int | None) -> None:
    board = Board()
    board.note(Progress(seconds=0, tier="pairs", value=value, bound=bound))
    assert "-" in text_of(board)
    assert "%" not in text_of(board)


def test_a_value_of_zero_has_no_gap() -> None:
    board = Board()
    board.note(Progress(seconds=0, tier="coverage", value=0, bound=0))
    assert "0.0 %" in text_of(board)


def test_nobody_is_told_when_stderr_is_no_terminal() -> None:
    # pytest captures stderr, so it is no terminal here.
    with shown() as on_progress:
        assert on_progress is None
