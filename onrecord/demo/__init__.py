"""A small invented case to try onrecord on: reports in many formats, with the truth known.

The country, its people, parties, outlets and crimes are fiction. `truth.json` says what holds in
it: who is who (and who is not), what happened, which reports share an origin, who answers what.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = Path(str(files(__name__)))


def reports() -> tuple[Path, ...]:
    """The files of the demo, in the order in which a newcomer should read them."""
    return tuple(sorted((FOLDER / "reports").iterdir()))


def truth() -> dict[str, Any]:
    """What is true in the reports' world: `documents`, `people`, `events`, `origins`, `claims`,
    `demands`, `engagements` and more, as in `truth.json`.
    """
    told: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
    return told
