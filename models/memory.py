"""Memory: work that makes very many small things which all live on, and is not searched meanwhile.

Python's collector of reference cycles looks through everything that lives each time that a quarter
more has been made. While a problem is built, or a roster checked, nearly nothing of that is
garbage: a fifth of the time would go into finding none.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Within, cycles wait; what nothing refers to is freed at once, as always.

    The collector is the whole process's. So this is for work of seconds; it leaves a collector
    alone that is off already, also when nested or in another thread, and whatever happens it is on
    again at the end of whoever turned it off. What was made meanwhile then counts as old, as most
    of it would by now, so that no search through all of it follows at once.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # else the host keeps something frozen, and will go on to
            gc.freeze()
            gc.unfreeze()
        gc.enable()
