"""What an event is called where it is named by itself: its kinds, when, and where."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Edtf
from onrecord.products.edtf import in_words
from onrecord.vocabulary import load


def event_title(types: Sequence[str], dates: Sequence[Edtf], places: Sequence[str]) -> str:
    """A title of what sources tell of an event: "Killing; 3 March 2025; Ombrath"."""
    kinds = ", ".join(load("acts")[kind]["label"] for kind in types)
    when = ", ".join(map(in_words, dates)) or "date unknown"
    where = ", ".join(places) or "place unknown"
    return f"{kinds}; {when}; {where}"
