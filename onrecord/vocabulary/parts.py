"""Parts of the extraction that a measurement leaves out, to see what each adds.

ONRECORD_WITHOUT names them, with commas between: `selector` (the learned weights that choose
claims; the trust in cues.yaml stands in), `pronouns` (who "he" is), `gazetteer` (names of places).
It is for `benchmarks/ablation.py` and for nothing else.
"""

from __future__ import annotations

import os
from functools import cache

PARTS = ("selector", "pronouns", "gazetteer")


@cache
def has(part: str) -> bool:
    """Whether a part takes part; read once a process."""
    return part not in os.environ.get("ONRECORD_WITHOUT", "").split(",")
