"""What a person corrects of a claim or of an act: one field, checked against the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import Connection

from onrecord.case.checked import Read, look_up, nearest, one_of, spans_of
from onrecord.dates import parse_date, read_edtf
from onrecord.errors import NotDecided
from onrecord.model import ClaimKind, Modality, Polarity, Quote
from onrecord.store.changing import Body
from onrecord.vocabulary import load

Payload = dict[str, Any]
_UNCOUNTED = 10**12
"""More than there are people."""

FIELDS: Mapping[str, Mapping[str, Sequence[str] | None]] = {
    "claim": {
        "kind": get_args(ClaimKind),
        "quote": get_args(Quote),
        "modality": get_args(Modality),
        "polarity": get_args(Polarity),
        "speaker": None,
    },
    "act": {
        "type": None,
        "modality": get_args(Modality),
        "polarity": get_args(Polarity),
        "count": None,
        "perpetrator": None,
        "victim": None,
        "place": None,
        "date": None,
    },
}
"""What may be corrected of a claim and of an act, with the values it may have."""
BY_WORDS = ("speaker", "count", "perpetrator", "victim", "place", "date")
"""Fields that are corrected at words of the text, or with an entity of the document."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a claim or an act and what it shall be: the parameters of `correct`."""

    subject: str
    field: str
    value: Any
    span: Sequence[int] | None = None


def correct(
    connection: Connection, name: str, field: str, value: Any, span: Sequence[int] | None
) -> Payload:
    """The decision to correct a field of a claim or an act. Raises `NotFound`, `NotDecided`.

    `value` is a term of the vocabulary; of a speaker or a place an entity of the document, or
    nothing; of a count `min`, `max` and its `victim`; of a perpetrator or a victim an entity, or
    `who` with `said` (False to take them out) and `involvement`; of a date the date as EDTF or as
    people write it, or `date` with the `words` of the text that say so. `span` are these words.
    """
    told, kind, item = look_up(connection, name)
    one_of(f"field of a {kind}", field, tuple(FIELDS[kind]))
    words = None if span is None else told.span(span)
    payload = {"subject": f"{told.id}|{item['id']}", "field": field}
    payload["words"] = told.words(spans_of(kind, item))
    if field in BY_WORDS:
        return payload | _OF_WORDS[field](told, item, value, words)
    known = FIELDS[kind][field] or tuple(load("acts"))
    one_of(field, value, known)
    if item[field] == value:
        raise _already(field, value)
    return payload | {"value": value}


def _already(field: str, value: object) -> NotDecided:
    return NotDecided(f"the {field} is {value} already", todo="choose another")


def _speaker(told: Read, claim: Body, value: Any, span: list[int] | None) -> Payload:
    if not value:
        return {"value": {"entity": None, "span": span}}
    entity = told.entity(str(value))
    links = [link for link in claim["attribution"] if link["level"] == "speaker"]
    if span is None and not (links and links[0].get("span")):
        span = nearest(told, entity, claim["content"], outside=True)
    return {"value": {"entity": entity, "span": span}}


def _count(told: Read, act: Body, value: Any, span: list[int] | None) -> Payload:
    least, most = bounds(value)
    victim = victim_of(told, act, value.get("victim"))
    if span is None and not victim.get("count"):
        raise NotDecided(
            "no words give that number",
            why="a count is recorded only where words of the text say it",
            todo="select the words that say how many",
        )
    return {"part": victim["entity"], "value": {"min": least, "max": most, "span": span}}


def _perpetrator(told: Read, act: Body, value: Any, span: list[int] | None) -> Payload:
    return _party(told, act, "perpetrators", value, span)


def _victim(told: Read, act: Body, value: Any, span: list[int] | None) -> Payload:
    return _party(told, act, "victims", value, span)


def _party(told: Read, act: Body, name: str, value: Any, span: list[int] | None) -> Payload:
    """Somebody who is said to have done it, or whom it was done to; or who is not said so."""
    given = value if isinstance(value, Mapping) else {"who": value}
    entity, said = told.entity(str(given.get("who") or "")), given.get("said", True)
    known = next((party for party in act[name] if party["entity"] == entity), None)
    if not said:
        if known is None:
            raise NotDecided("the act names no such person or body there", todo="look at it again")
        return {"part": entity, "value": {"said": False, "span": None}}
    had = (known or {}).get("involvement", "carried_out")
    more = {"involvement": given.get("involvement") or had} if name == "perpetrators" else {}
    one_of("involvement", more.get("involvement", had), tuple(load("involvement")))
    if known and span is None and more.get("involvement", had) == had:
        raise NotDecided("the act says so already", todo="choose another, or take them out")
    words = span or (known["span"] if known else nearest(told, entity, [act["span"]]))
    return {"part": entity, "value": {"said": True, "span": words} | more}


def _place(told: Read, act: Body, value: Any, span: list[int] | None) -> Payload:
    if not value:
        return _untold(act, "place") | {"value": {"entity": None, "span": None}}
    entity = told.entity(str(value))
    if entity == act.get("place") and span is None:
        raise _already("place", value)
    return {"value": {"entity": entity, "span": span or nearest(told, entity, [act["span"]])}}


def _date(told: Read, act: Body, value: Any, span: list[int] | None) -> Payload:
    given = value if isinstance(value, Mapping) else {"date": value}
    if given.get("words"):
        span = told.place_of(str(given["words"]), [act["span"]])
    written = str(given.get("date") or "")
    if not written and span is None:
        return _untold(act, "date") | {"value": {"date": None, "span": None}}
    if not written and span is not None:
        written = " ".join(told.text[slice(*span)].split())
    edtf = written if read_edtf(written) else parse_date(written)
    if edtf is None:
        raise NotDecided(
            f"“{written}” is read as no date",
            why="a date is written as 2023-05-12, 2023-05, 12 May 2023 or May 2023",
            todo="write it so; words such as “on Friday” belong beside the date, as its words",
        )
    if span is None and not act.get("cites", {}).get("date"):
        raise NotDecided(
            "no words give that date",
            why="a date is recorded only where words of the text say it",
            todo="give the words of the text that say when",
        )
    if span is None and edtf == act.get("date"):
        raise _already("date", edtf)
    return {"value": {"date": edtf, "span": span}}


def _untold(act: Body, name: str) -> Payload:
    """For a field that the text does not tell; refused where it is so already."""
    if act.get(name) is None:
        raise NotDecided(f"the act has no {name} as it is", todo=f"give the {name}")
    return {}


_OF_WORDS: Mapping[str, Callable[[Read, Body, Any, list[int] | None], Payload]] = {
    "speaker": _speaker,
    "count": _count,
    "perpetrator": _perpetrator,
    "victim": _victim,
    "place": _place,
    "date": _date,
}


def bounds(value: Any) -> tuple[int | None, int | None]:
    """Least and most of a number, both inclusive. Raises `NotDecided`."""
    told = value if isinstance(value, Mapping) else {}
    given = [told.get("min"), told.get("max")]
    known = [number for number in given if number is not None]
    whole = all(type(number) is int and 0 <= number < _UNCOUNTED for number in known)
    if not known or not whole or known != sorted(known):
        raise NotDecided(
            "that is no number of people",
            why="a count has a least, a most or both: whole numbers, the least not over the most",
            todo="give 4 as min 4 and max 4; “more than 169” as min 170 alone",
        )
    return given[0], given[1]


def victim_of(told: Read, act: Body, name: Any) -> Body:
    """The victim of an act that a count is of. Raises `NotFound`, `NotDecided`."""
    if not act["victims"]:
        raise NotDecided(
            "the act has no victim whose number this could be",
            why="a count belongs to those whom it counts",
            todo="mark the act again with those it was done to",
        )
    if not name and len(act["victims"]) == 1:
        found: Body = act["victims"][0]
        return found
    names = {entity["id"]: entity["name"] for entity in told.body["entities"]}
    known = [f"{names[victim['entity']]} ({victim['entity']})" for victim in act["victims"]]
    entity = told.entity(str(name)) if name else None
    for victim in act["victims"]:
        if victim["entity"] == entity:
            return dict(victim)
    raise NotDecided(
        "whose number is it?", why=f"the act is said to have been done to {', '.join(known)}"
    )
