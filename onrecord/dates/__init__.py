"""Dates as EDTF (ISO 8601-2): what is unknown stays unknown."""

from onrecord.dates.edtf import Point, Time, bounds, compare, in_words, overlaps, read_edtf
from onrecord.dates.english import parse_date
from onrecord.dates.relative import fill_year, resolve

__all__ = [
    "Point",
    "Time",
    "bounds",
    "compare",
    "fill_year",
    "in_words",
    "overlaps",
    "parse_date",
    "read_edtf",
    "resolve",
]
