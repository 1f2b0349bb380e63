"""Proofs made by hand, drawn: what the dossier's tests look at."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.append(str(Path(__file__).parent))  # tests/browser uses what is made by hand as well

from made_dossiers import kinds, proofs, regions

from so247.formats.dossier.html import proof_to_html
from so247.models.proof import Proof


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Everything with which a proof is made by hand (tests share it as a fixture)."""
    return SimpleNamespace(**(vars(regions) | vars(proofs)))


@pytest.fixture(scope="session")
def every_verdict() -> dict[str, Proof]:
    return kinds.every_verdict()


@pytest.fixture(scope="session")
def nasty() -> Proof:
    return kinds.nasty()


@pytest.fixture(scope="session")
def page() -> Callable[[Proof], str]:
    return lambda proof: proof_to_html(proof).decode("utf-8")
