"""The table engine (daft), started so that it tells nobody: rule 7, no telemetry.

The same calls run on daft's own engine in one process and, after `on_ray`, on a Ray cluster.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

_SILENT = {
    "DO_NOT_TRACK": "1",
    "DAFT_ANALYTICS_ENABLED": "0",
    "SCARF_NO_ANALYTICS": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
}


@cache
def engine() -> Any:
    """The `daft` module. Import it through here only: its import would send word of itself."""
    os.environ.update(_SILENT)
    import daft

    return daft


def on_ray(address: str | None = None) -> None:
    """Run what follows on a Ray cluster: the one at `address`, else one started on this machine.

    To be called before any table work; a process keeps the engine that it began with.
    """
    daft = engine()
    daft.set_runner_ray(address) if address else daft.set_runner_ray()
