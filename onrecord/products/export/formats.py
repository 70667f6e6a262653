"""The formats there are. Their modules are loaded when one is chosen."""

from __future__ import annotations

from importlib import import_module

from onrecord.products.export.source import Format

MODULES: dict[str, str] = {
    "geojson": "geojson",
    "graphml": "graphml",
    "ical": "icalendar_export",
    "site": "site",
    "csv": "csv_tables",
    "parquet": "parquet_tables",
    "ftm": "ftm",
    "ftm-statements": "ftm_statements",
    "jsonl": "jsonl",
    "prov": "provenance",
}
"""The module of `onrecord.products.export` that holds each format as `FORMAT`, by its name."""


def every() -> tuple[Format, ...]:
    """All formats, by name."""
    return tuple(find(name) for name in sorted(MODULES))


def find(name: str) -> Format:
    """The format of that name. Raises KeyError."""
    found: Format = import_module(f"onrecord.products.export.{MODULES[name]}").FORMAT
    return found
