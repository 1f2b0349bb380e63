"""Rosters elderly-care physicians, and checks that they can be reached and deployed 24/7.

This module holds the public names and nothing else. A name is loaded when it is first used, so
that `import so247` is quick and a host that only reads a roster never loads the solver.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Type checkers and editors read these imports; at run time `__getattr__` does the same later.
    pass

# Public name -> the module that defines it. `__all__` and the imports above list the same names;
# tests/packaging/test_public_names.py holds the three together.
_HOMES: dict[str, str] = {}

__all__: list[str] = []


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value  # the next use does not come here again
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
