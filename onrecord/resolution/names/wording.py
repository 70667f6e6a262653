"""The reasons of a comparison in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.resolution.names.comparison import Comparison


def explain(comparison: Comparison) -> str:
    """One sentence: each reason with what it is about."""
    if not comparison.features:
        return "the names are the same" if comparison.score else "there is no name to compare"
    ordered = sorted(comparison.features, key=lambda e: (-abs(e.adds), e.name))
    return "; ".join(e.says for e in ordered)
