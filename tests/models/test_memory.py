"""The collector waits within ``uncollected``, and is left as it was found whatever happens."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from so247.models.memory import uncollected


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.unfreeze()
    gc.enable()


def test_the_collector_waits_and_goes_on() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_leaves_it_on() -> None:
    with pytest.raises(LookupError), uncollected():
        raise LookupError
    assert gc.isenabled()


def test_nested_it_waits_until_the_outermost_ends() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_host_that_does_without_keeps_doing_without() -> None:
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()


def test_cycles_made_meanwhile_are_found_later() -> None:
    # A cycle that nothing else refers to: only the collector can free it.
    class Cycle:
        def __init__(self) -> None:
            self.me = self

    with uncollected():
        for _ in range(3):
            Cycle()
    assert sum(isinstance(each, Cycle) for each in gc.get_objects()) == 3
    gc.collect()
    assert not any(isinstance(each, Cycle) for each in gc.get_objects())


def test_what_a_host_froze_stays_frozen() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    with uncollected():
        pass
    # Frozen things may still be freed by their count, but none is handed back to the collector.
    assert 0 < gc.get_freeze_count() <= frozen
