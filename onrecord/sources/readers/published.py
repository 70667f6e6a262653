"""The day on which a web page says that it was published, as precise as it says, not more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from onrecord.model import Edtf

_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "date",
)
"""Names of meta tags that give the date of publication, the most specific first."""
_DATE = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=$|[T\s])")


def published(tree: Any) -> Edtf | None:
    """The first date of publication that the page declares and that is a day, month or year."""
    for said in _declared(tree):
        found = _edtf(said)
        if found:
            return found
    return None


def _declared(tree: Any) -> Iterator[str]:
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        tags.setdefault(name.lower(), tag.get("content") or "")
    yield from (tags[name] for name in _META if name in tags)
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            yield from _json_dates(json.loads(script.text or ""), 0)
        except (ValueError, RecursionError):
            continue
    for tag in tree.iter("time"):
        if tag.get("pubdate") is not None or "datepublished" in (tag.get("itemprop") or "").lower():
            yield tag.get("datetime") or ""


def _json_dates(value: Any, depth: int) -> Iterator[str]:
    if depth > 4:
        return
    if isinstance(value, dict):
        said = value.get("datePublished")
        if isinstance(said, str):
            yield said
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _json_dates(part, depth + 1)


def _edtf(said: str) -> Edtf | None:
    match = _DATE.match(said)
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
