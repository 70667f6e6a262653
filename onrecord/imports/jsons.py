"""JSON as other programs export it, read strictly and within bounds."""

from __future__ import annotations

import json
from typing import Any

from onrecord.imports.batch import ExportFile
from onrecord.imports.tables import MAX_CELL
from onrecord.sources.encodings import decode
from onrecord.sources.fault import FaultError


def read_json(file: ExportFile) -> Any:
    """What a JSON file says. Raises a `SourceError` where it is broken, too deep, or ambiguous."""
    try:
        text = decode(file.data).text.removeprefix("\ufeff")
    except FaultError as fault:
        raise fault.at(file.name) from fault
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        file.fail(
            "it is not whole JSON",
            why=f"{error}"[:300] or "it is nested too deep",
            todo="export it again; a file that was cut off cannot be told from a whole one",
        )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(f"{name!r} stands twice in one table: which is meant cannot be told")
        if isinstance(value, str) and len(value) > MAX_CELL:
            raise ValueError(
                f"{name!r} has {len(value):,} characters; at most {MAX_CELL:,} are read"
            )
        made[name] = value
    return made


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number that JSON has")
