"""Who is asked by whom to do what."""

from __future__ import annotations

from onrecord.coding.context import Context
from onrecord.model import Demand


def find_demands(context: Context) -> tuple[Demand, ...]:
    """Who is asked by whom to do what."""
    return ()
