"""Who is responsible for which care, per living situation: the documents' table, as data.

``table.csv``, ``settings.csv``, ``tasks.csv`` and ``sources.csv`` are the data (DOMAIN D, R20);
``table`` reads them, ``population`` says which rows hold for a site.
"""

from __future__ import annotations

from so247.audit.responsibility.population import (
    Resident,
    Treatment,
    population,
    readings,
    treatment_of,
)
from so247.audit.responsibility.table import (
    COLUMNS,
    Binds,
    Cell,
    Column,
    Holding,
    Row,
    Source,
    known_settings,
    rows,
    sources,
    tasks_of,
)

__all__ = [
    "COLUMNS",
    "Binds",
    "Cell",
    "Column",
    "Holding",
    "Resident",
    "Row",
    "Source",
    "Treatment",
    "known_settings",
    "population",
    "readings",
    "rows",
    "sources",
    "tasks_of",
    "treatment_of",
]
