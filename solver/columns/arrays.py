"""The kinds of arrays that people, pricing and the master hand to each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Indices = npt.NDArray[np.intp]
