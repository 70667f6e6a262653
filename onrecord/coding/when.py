"""Expressions of time, as EDTF relative to the dateline and the date of publication."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Edtf, Span
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that say when, and the date they give: "last Tuesday", `2024-02-06`."""

    span: Span
    edtf: Edtf


def find_dates(parsed: Parsed, head: Head) -> tuple[DateMention, ...]:
    """The dates of a text, in order; what the text leaves open stays `X`."""
    return ()
