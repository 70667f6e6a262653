"""Writes a simulated world to a folder: reports, records and the truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from onrecord.simulation.stream import simulate

TRUTH = ("people", "events", "documents", "claims", "origins", "contradictions")


def write_world(
    folder: Path,
    *,
    events: int,
    seed: int,
    texts: bool = True,
    advance: Callable[[str], None] = lambda _: None,
) -> int:
    """Write reports (if `texts`), records.jsonl and truth/*.jsonl; how many reports there are."""
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    if texts:
        (folder / "reports").mkdir(exist_ok=True)
    encode = json.JSONEncoder(
        ensure_ascii=False, check_circular=False, separators=(",", ":")
    ).encode
    number = 0
    with ExitStack() as stack:

        def opened(path: Path) -> Any:
            return stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))

        records = opened(folder / "records.jsonl")
        truth = {name: opened(folder / "truth" / f"{name}.jsonl") for name in TRUTH}
        for report in simulate(events, seed):
            number += 1
            path = report.record["document"]["path"]
            if texts:
                (folder / path).write_text(report.text, encoding="utf-8", newline="\n")
            records.write(encode(report.record) + "\n")
            for name, rows in report.truth.items():
                truth[name].writelines(encode(row) + "\n" for row in rows)
            advance(path)
    return number
