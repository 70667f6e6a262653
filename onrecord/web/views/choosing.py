"""Facets beside a search: what may be chosen of each, read from an address and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection

from onrecord.store import pages
from onrecord.store.counted import Counted
from onrecord.store.facets import Choice
from onrecord.vocabulary import load
from onrecord.web.page import Asked, NotAsked, Parameter

WHO = ("place", "speaker", "accused")
TITLES = {
    "kind": "Kind of claim",
    "act": "Act",
    "when": "When",
    "place": "Where",
    "speaker": "On whose word",
    "accused": "Laid to",
    "origins": "Independent origins",
    "language": "Language",
    "reviewed": "Review",
}
_ORIGINS = {"1": "one", "2": "two", "3": "three or more"}
_REVIEWED = {
    "open": "not reviewed",
    "accepted": "accepted",
    "rejected": "rejected",
    "undecided": "undecided",
}
PARAMETERS = (
    Parameter("kind", "A kind of claim.", default="", most=20),
    Parameter("act", "A type of act.", default="", most=60),
    Parameter("from", "On or after a day (2023-01-31), month or year.", default="", most=10),
    Parameter("to", "On or before a day, month or year.", default="", most=10),
    Parameter("place", "The id of a place's group.", default="", most=300),
    Parameter("speaker", "The id of the group of whoever says it.", default="", most=300),
    Parameter("accused", "The id of the group that it is laid to.", default="", most=300),
    Parameter("origins", "Independent origins: 1, 2, or 3 (and more).", default="", most=1),
    Parameter("language", "The language of the document, as in ISO 639-1.", default="", most=20),
    Parameter("reviewed", f"One of {', '.join(_REVIEWED)}.", default="", most=20),
)
"""What a choice is made with. Each is empty where nothing is chosen."""


@dataclass(frozen=True, slots=True)
class Value:
    """Something that may be chosen of a facet: `asked` is what the address then says."""

    label: str
    number: int
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, most first; `more` values are not shown. `chosen` is one's label."""

    name: str
    title: str
    chosen: str
    values: tuple[Value, ...]
    more: int


def choice_of(asked: Asked) -> Choice:
    """What is chosen. Raises `NotAsked` for a day that is none."""
    said = {p.name: str(asked[p.name] or "").strip() for p in PARAMETERS}
    return Choice(
        kind=said["kind"],
        act=said["act"],
        origins=said["origins"],
        language=said["language"],
        reviewed=said["reviewed"],
        speaker=said["speaker"],
        accused=said["accused"],
        place=said["place"],
        first=_day("from", said["from"]),
        last=_day("to", said["to"]),
    )


def _day(name: str, text: str) -> int:
    """The first day of what `from` says, the last of what `to` says, as a whole number."""
    if not text:
        return 0
    year, month, day = (*text.split("-"), "", "")[:3]
    late = name == "to"
    try:
        numbers = [int(year), int(month or (12 if late else 1)), int(day or 1)]
        if late and not day:
            return numbers[0] * 10_000 + numbers[1] * 100 + 31
        told = date(*numbers)
    except ValueError as error:
        raise NotAsked(
            f"{name} cannot be read",
            why=f"{text!r} is no day, month or year",
            todo="write it as 2023-01-31, 2023-01 or 2023",
        ) from error
    return told.year * 10_000 + told.month * 100 + told.day


def asked_again(asked: Asked) -> dict[str, str]:
    """The choice as an address says it."""
    return {p.name: value for p in PARAMETERS if (value := str(asked[p.name] or "").strip())}


def shown(
    connection: Connection, counted: Sequence[Counted], choice: Choice, said: Mapping[str, str]
) -> tuple[Facet, ...]:
    """The facets that there is anything to choose of, with their values in words."""
    names = _names(connection, counted, said)
    facets = (_facet(each, names, choice, said) for each in counted)
    return tuple(facet for facet in facets if facet.values or facet.chosen)


def _names(
    connection: Connection, counted: Sequence[Counted], said: Mapping[str, str]
) -> dict[str, str]:
    wanted = {term for each in counted if each.facet in WHO for term, _ in each.values}
    wanted.update(said[facet] for facet in WHO if facet in said)
    return pages.names_of(connection, sorted(wanted))


def _facet(
    counted: Counted, names: Mapping[str, str], choice: Choice, said: Mapping[str, str]
) -> Facet:
    facet = counted.facet
    values = tuple(
        Value(label_of(facet, term, names), number, _asking(facet, term))
        for term, number in _ordered(counted)
        if facet not in WHO or term in names
    )
    if facet == "when":
        chosen = _span(said)
    else:
        told = getattr(choice, facet)
        chosen = label_of(facet, told, names) if told else ""
    return Facet(facet, TITLES[facet], chosen, values, counted.more)


def _ordered(counted: Counted) -> list[tuple[str, int]]:
    """Years and numbers of origins in their own order, the rest the most first."""
    ordered = list(counted.values)
    return sorted(ordered) if counted.facet in ("when", "origins") else ordered


def _asking(facet: str, term: str) -> tuple[tuple[str, str], ...]:
    return (("from", term), ("to", term)) if facet == "when" else ((facet, term),)


def _span(said: Mapping[str, str]) -> str:
    first, last = said.get("from", ""), said.get("to", "")
    if first == last:
        return first
    return " ".join(part for part in (first and f"from {first}", last and f"to {last}") if part)


def label_of(facet: str, term: str, names: Mapping[str, str]) -> str:
    """A value of a facet in words."""
    if facet in WHO:
        return names.get(term, "somebody who is listed otherwise now")
    if facet == "act":
        known = load("acts").get(term)
        return str(known["label"]) if known else term
    if facet == "kind":
        return "told by the publisher itself" if term == "act" else term.replace("_", " ")
    if facet == "language":
        return _language(term)
    return {**_ORIGINS, **_REVIEWED}.get(term, term)


@cache
def _language(code: str) -> str:
    import pycountry

    found = pycountry.languages.get(alpha_2=code) if len(code) == 2 else None
    return str(found.name) if found else code
