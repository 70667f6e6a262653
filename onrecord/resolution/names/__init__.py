"""Names: whether two spellings are one name, across scripts, orders and habits of writing."""

from onrecord.resolution.names.comparison import (
    Comparison,
    Evidence,
    compare,
    compare_many,
    explain_many,
    threshold,
)
from onrecord.resolution.names.keys import keys

__all__ = ["Comparison", "Evidence", "compare", "compare_many", "explain_many", "keys", "threshold"]
