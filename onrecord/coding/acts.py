"""Who is said to have done what to whom."""

from __future__ import annotations

from onrecord.coding.context import Context
from onrecord.model import Act


def find_acts(context: Context) -> tuple[Act, ...]:
    """Who is said to have done what to whom."""
    return ()
