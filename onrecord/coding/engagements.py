"""Visits, meetings, hearings and trips."""

from __future__ import annotations

from onrecord.coding.context import Context
from onrecord.model import Engagement


def find_engagements(context: Context) -> tuple[Engagement, ...]:
    """Visits, meetings, hearings and trips."""
    return ()
