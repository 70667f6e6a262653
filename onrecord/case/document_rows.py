"""The rows that pages read of one record: claims to be found, engagements and demands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.case.group_rows import Rows
from onrecord.case.listed import Demanded, Party, Planned, body_of, days
from onrecord.store.log import canonical, plain
from onrecord.store.tables import DEMANDS, ENGAGEMENTS, FINDABLE, FINDABLE_WHO, PARTIES, TALLIES

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What the case knows of a document beside its record.

    `groups` gives the group of each entity, `origins` how many independent origins the event of
    each act has, both by local ids. `seq` is the number of the document.
    """

    seq: int
    groups: Mapping[str, str]
    origins: Mapping[str, int]


class DocumentRows:
    """The rows of documents, one after the other, and what they come to together."""

    def __init__(self) -> None:
        self._tally: Counter[tuple[str, str]] = Counter()

    def of(self, body: Json, known: Known) -> Rows:
        """The rows of a record, as parsed JSON with its text."""
        one = _One(body, known)
        yield from one.findable()
        yield from one.engagements()
        yield from one.demands()
        document = body["document"]
        self._tally.update(("claims", claim["kind"]) for claim in body["claims"])
        self._tally.update(("acts", act["type"]) for act in body["acts"])
        self._tally.update(("engagements", e["status"]) for e in body["engagements"])
        self._tally["demands", "all"] += len(body["demands"])
        self._tally["languages", plain(document.get("language") or "")] += 1
        self._tally["publishers", plain(document.get("publisher") or "")] += 1
        self._tally["months", (days(document.get("published"))[0] or "")[:7]] += 1

    def tallies(self) -> Rows:
        """How many there are of each thing, in the documents so far."""
        for (what, value), number in sorted(self._tally.items()):
            if number:
                yield TALLIES, {"what": what, "value": value, "number": number}


class _One:
    """One record with what the case knows of it."""

    def __init__(self, body: Json, known: Known) -> None:
        self._body, self._known = body, known
        self._document: str = body["document"]["id"]
        self._names = {entity["id"]: entity["name"] for entity in body["entities"]}
        self._claims = {claim["id"]: claim for claim in body["claims"]}
        self._issued = {
            name: plain(value) if (value := body["document"].get(name)) else None
            for name in ("path", "publisher", "published", "language")
        }

    def findable(self) -> Rows:
        """Claims, and the acts that no claim tells of, in the order of their words."""
        told: dict[str, list[Json]] = defaultdict(list)
        alone = []
        for act in self._body["acts"]:
            for claim in act["claims"]:
                told[claim].append(act)
            if not act["claims"]:
                alone.append(act)
        found = [
            (_stretch(claim["content"]), claim, told[claim["id"]])
            for claim in self._claims.values()
        ]
        found += [(tuple(act["span"]), act | {"kind": "act"}, [act]) for act in alone]
        found.sort(key=lambda one: (one[0], one[1]["id"]))
        for number, (span, said, acts) in enumerate(found):
            yield from self._said(number, span, said, acts)

    def _said(self, number: int, span: Sequence[int], said: Json, acts: Sequence[Json]) -> Rows:
        sources = list(_sources(said.get("attribution") or ()))
        types = sorted({act["type"] for act in acts})
        first, last = days(*(act.get("date") for act in acts))
        origins = [n for act in acts if (n := self._known.origins.get(act["id"])) is not None]
        where = {"document_id": self._document, "claim": said["id"]}
        yield (
            FINDABLE,
            where
            | {
                "seq": self._known.seq,
                "number": number,
                "start": span[0],
                "end": span[1],
                **{name: said[name] for name in ("kind", "modality", "polarity")},
                "acts": " ".join(["", *types, ""]) if types else "",
                "speaker": self._group(sources[0]) if sources else None,
                "date_from": first,
                "date_to": last,
                "origins": max(origins, default=None),
                "language": self._issued["language"],
                "publisher": self._issued["publisher"],
                "published": days(self._body["document"].get("published"))[0],
            },
        )
        parts = {("speaker", self._group(source)) for source in sources}
        parts |= {pair for act in acts for pair in self._parts(act)}
        for part, named in sorted(parts):
            yield FINDABLE_WHO, where | {"part": part, "canonical": named}

    def _parts(self, act: Json) -> Iterator[tuple[str, str]]:
        yield "act", act["type"]
        for part, named in (("accused", act["perpetrators"]), ("victim", act["victims"])):
            for each in named:
                yield part, self._group(each["entity"])
        if act.get("place"):
            yield "place", self._group(act["place"])

    def engagements(self) -> Rows:
        """Engagements, in the order of the record."""
        for number, one in enumerate(self._body["engagements"]):
            first, last = days(one.get("start"), one.get("end"))
            place = self._party(one.get("place"))
            shown = Planned(
                **{name: one[name] for name in ("id", "type", "status")},
                start=one.get("start"),
                end=one.get("end"),
                place=place,
                participants=self._parties(one["participants"]),
                span=tuple(one["span"]),
                words=self._words(one["span"]) or "",
                **self._where(),
            )
            yield (
                ENGAGEMENTS,
                {
                    **self._listed(one["id"], number, canonical(body_of(shown))),
                    "type": one["type"],
                    "status": one["status"],
                    "date_from": first,
                    "date_to": last,
                    "place": place.canonical if place else None,
                },
            )
            parts = {"participant": one["participants"], "place": [one.get("place")]}
            yield from self._party_rows("engagement", one["id"], parts)

    def demands(self) -> Rows:
        """Demands, in the order of the record."""
        for number, one in enumerate(self._body["demands"]):
            links = self._claims.get(one["claim"], {}).get("attribution", ())
            speaker = next(_sources(links), None)
            first, last = days(one.get("deadline"))
            shown = Demanded(
                id=one["id"],
                claim=one["claim"],
                source=next((self._words(s["span"]) for s in links if s.get("span")), None),
                speaker=self._party(speaker),
                addressees=self._parties(one["addressees"]),
                span=tuple(one["action"]),
                action=self._words(one["action"]) or "",
                ground=self._words(one.get("ground")),
                deadline=one.get("deadline"),
                **self._where(),
            )
            yield (
                DEMANDS,
                {
                    **self._listed(one["id"], number, canonical(body_of(shown))),
                    "claim": one["claim"],
                    "speaker": shown.speaker.canonical if shown.speaker else None,
                    "date_from": first,
                    "date_to": last,
                },
            )
            yield from self._party_rows(
                "demand", one["id"], {"speaker": [speaker], "addressee": one["addressees"]}
            )

    def _where(self) -> dict[str, Any]:
        known = {name: self._issued[name] for name in ("publisher", "published")}
        return {"document": self._document, "path": self._issued["path"] or ""} | known

    def _listed(self, identity: str, number: int, body: str) -> dict[str, Any]:
        told = {"document_id": self._document, "id": identity, "seq": self._known.seq}
        return told | {"number": number, "body": body}

    def _party_rows(
        self, kind: str, identity: str, parts: Mapping[str, Sequence[str | None]]
    ) -> Rows:
        told = {"kind": kind, "document_id": self._document, "id": identity}
        named = {(self._group(e), part) for part, them in parts.items() for e in them if e}
        for group, part in sorted(named):
            yield PARTIES, told | {"canonical": group, "part": part}

    def _parties(self, entities: Iterable[str]) -> tuple[Party, ...]:
        found = (self._party(entity) for entity in entities)
        return tuple(party for party in found if party)

    def _party(self, entity: str | None) -> Party | None:
        if not entity or entity not in self._names:
            return None
        return Party(self._names[entity], self._group(entity))

    def _group(self, entity: str) -> str:
        return self._known.groups.get(entity) or f"{self._document}|{entity}"

    def _words(self, span: Sequence[int] | None) -> str | None:
        return " ".join(self._body["text"][slice(*span)].split()) if span else None


def _sources(links: Iterable[Json]) -> Iterator[str]:
    """Who it is attributed to, the innermost first; of channel and publisher only the innermost."""
    first = True
    for link in links:
        if link.get("entity") and (first or link["level"] in ("cited", "speaker")):
            yield link["entity"]
            first = False


def _stretch(spans: Sequence[Sequence[int]]) -> tuple[int, int]:
    return min((s[0] for s in spans), default=0), max((s[1] for s in spans), default=0)
