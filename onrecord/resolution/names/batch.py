"""Many pairs of names at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names.comparison import score_of
from onrecord.resolution.names.form import form, kind_of


def compare_many(
    lefts: Sequence[str], rights: Sequence[str], kinds: str | Sequence[str] = "person"
) -> NDArray[np.float64]:
    """The scores of pairs of names, shape (pairs,), as `compare` gives them one by one.

    `kinds` is one kind for all or one a pair. Raises `ValueError` where the lengths differ.
    """
    each: Any = [kinds] * len(lefts) if isinstance(kinds, str) else kinds
    scores = (
        score_of(form(left, kind), form(right, kind))
        for left, right, kind in zip(lefts, rights, map(kind_of, each), strict=True)
    )
    return np.fromiter(scores, dtype=np.float64, count=len(lefts))
