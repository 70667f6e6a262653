"""Acts that belong together."""

from __future__ import annotations

from onrecord.coding.context import Context
from onrecord.model import Act, Event


def find_events(context: Context, acts: tuple[Act, ...]) -> tuple[Event, ...]:
    """Acts that belong together."""
    return ()
