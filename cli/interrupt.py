"""Ctrl-C: the first stops the search and keeps what it found, the second quits at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from so247.cli.exits import Code, say
from so247.solver.limits import Cancel

Found = TypeVar("Found")


def cancellable(work: Callable[[Cancel], Found]) -> Found:
    """What ``work`` returns, or raises, while Ctrl-C reaches its ``Cancel``.

    The work is done in a thread of its own: Python hears a signal only in the main thread, and
    only when that is not away in somebody else's compiled code.
    """
    cancel = Cancel()
    found: list[Found] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            found.append(work(cancel))
        except BaseException as error:  # noqa: BLE001  raised again below, in the caller's thread
            errors.append(error)

    thread = threading.Thread(target=target, name="so247-search", daemon=True)
    with _listening(cancel):
        thread.start()
        while thread.is_alive():
            thread.join(0.2)
    if errors:
        raise errors[0]
    return found[0]


@contextmanager
def _listening(cancel: Cancel) -> Iterator[None]:
    """Signals can only be handled by the main thread; in a host's other thread nobody types."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if cancel.cancelled:
            _quit()
        cancel.cancel()
        say("Stopping: the best roster so far is kept. Ctrl-C again to quit at once.")

    before = signal.signal(signal.SIGINT, on_signal)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _quit() -> None:
    """Leaves without waiting for the search, whose thread cannot be stopped from outside."""
    say("Stopped at once. Nothing was written.")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(Code.CANCELLED)
