"""One row for each entity of a record, with the evidence of who it is that its document gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onrecord.resolution.spellings import proper_spellings, writable

Row = dict[str, Any]
Days = Callable[[str | None], tuple[int | None, int | None]]
MOST_COMPANY = 40
"""People named beside one in a document: a list of hundreds tells of no acquaintance."""


def entity_rows(record: Mapping[str, Any], days_of: Days) -> Iterator[Row]:
    """The rows of a record's entities; columns as in `schemas.ENTITIES`."""
    evidence = _Evidence(record, days_of)
    for entity in record.get("entities", ()):
        yield evidence.row(entity)


class _Evidence:
    """What one document says of its entities, gathered once for all of them."""

    def __init__(self, record: Mapping[str, Any], days_of: Days) -> None:
        self.document: str = record["document"]["id"]
        self.entities = {entity["id"]: entity for entity in record.get("entities", ())}
        self.names = {
            i: [writable(n) for n in proper_spellings(e, record["text"])]
            for i, e in self.entities.items()
        }
        self.people = [
            i for i, e in self.entities.items() if e["type"] == "Person" and not e.get("candidates")
        ]
        self.posts: dict[str, list[str]] = defaultdict(list)
        self.kin: dict[str, list[Row]] = defaultdict(list)
        self.places: dict[str, list[str]] = defaultdict(list)
        self.days: dict[str, list[tuple[int | None, int | None]]] = defaultdict(list)
        self.usual_days = _usual_days(record, days_of)
        settings = (self._name(i) for i, e in self.entities.items() if e["type"] == "Place")
        self.settings = _once(filter(None, settings))[:MOST_COMPANY]
        for relation in record.get("relations", ()):
            self._relate(record["text"], relation)
        for act in record.get("acts", ()):
            self._act(act, days_of(act.get("date")))

    def row(self, entity: Mapping[str, Any]) -> Row:
        local = entity["id"]
        point = entity.get("location") or {}
        first, last = self._span(local)
        known = ("type", "country", "actor_type", "sex", "age_group")
        return {
            **{name: entity.get(name) for name in known},
            "key": f"{self.document}|{local}",
            "document": self.document,
            "name": writable(entity["name"]),
            "names": self.names[local],
            "occupations": list(entity.get("occupations") or ()),
            "posts": _once(self.posts[local]),
            "kin": self.kin[local],
            "places": (places := _once(self.places[local])),
            "settings": [s for s in self.settings if s not in places and s != self._name(local)],
            "company": self._company(local) if entity["type"] == "Person" else [],
            "lat": point.get("lat"),
            "lon": point.get("lon"),
            "first": first,
            "last": last,
            "undecided": bool(entity.get("candidates")),
        }

    def _relate(self, text: str, relation: Mapping[str, Any]) -> None:
        subject, other, label = relation["subject"], relation.get("object"), relation["label"]
        if relation["type"] == "family":
            if other:
                self._kin(subject, other, label)
        elif relation["type"] in ("post", "leads", "command", "membership"):
            words = [text[s[0] : s[1]] for s in (relation.get("rank"), relation.get("role")) if s]
            body = self.entities[other]["name"] if other in self.entities else None
            parts = [" ".join(words) or label, *([body] if body else [])]
            self.posts[subject].append(writable(", ".join(parts)))
            if body and self.entities[other]["type"] == "Place":
                self.places[subject].append(writable(body))

    def _kin(self, subject: str, other: str, label: str) -> None:
        for one, whom, of in ((subject, other, True), (other, subject, False)):
            self.kin[one].append(
                {"label": writable(label), "entity": f"{self.document}|{whom}", "of": of}
            )

    def _act(self, act: Mapping[str, Any], days: tuple[int | None, int | None]) -> None:
        place = self.entities.get(act.get("place") or "")
        for party in (*act["perpetrators"], *act["victims"]):
            self.days[party["entity"]].append(days)
            if place is not None:
                self.places[party["entity"]].append(writable(place["name"]))

    def _span(self, local: str) -> tuple[int | None, int | None]:
        known = [days for days in self.days[local] if None not in days] or [self.usual_days]
        firsts = [first for first, _ in known if first is not None]
        lasts = [last for _, last in known if last is not None]
        return min(firsts, default=None), max(lasts, default=None)

    def _name(self, local: str) -> str | None:
        names = self.names[local]
        return names[0] if names else None

    def _company(self, local: str) -> list[str]:
        others = (self.names[i][0] for i in self.people if i != local and self.names[i])
        return _once(others)[:MOST_COMPANY]


def _once(values: Any) -> list[str]:
    return list(dict.fromkeys(values))


def _usual_days(record: Mapping[str, Any], days_of: Days) -> tuple[int | None, int | None]:
    """The days of the principal event of a report, else the day it was published."""
    for event in record.get("events", ()):
        if event["principal"] and event.get("date"):
            first, last = days_of(event["date"])
            if first is not None and last is not None:
                return first, last
    return days_of(record["document"].get("published"))
