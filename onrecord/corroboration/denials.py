"""What a denial denies: the event, told in its report, of the body that it speaks of, else the one
that its words or what stands before them speak of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.corroboration.answers import Report, answered
from onrecord.resolution.tables import Tables

Row = dict[str, Any]
NAMED = ("Person", "Organization")
_MAY_LEAD_TO_A_DOER = re.compile(
    r"(?:^|\b(?i:that|whether|if|of|by|and|or|from|against|any|some|its|his|her|their|our|when|while)"
    r"|[^\w\s])\s*(?:(?:[Tt]he|[Aa]n?|state|so-called|[A-Z]\w*\.?)\s+)*$"
)
"""What may stand before who does it: the beginning, "that", "of" or "by", an article or a title."""
_ANYTHING = re.compile("")


class Bodies:
    """Persons and bodies that can be told from others, by the resolved id of their keys."""

    def __init__(self, entities: pa.Table, canonical: Mapping[str, str]) -> None:
        columns = ("key", "document", "type", "name", "names")
        self._resolved: dict[str, str] = {}
        self._spellings: dict[str, dict[str, str]] = defaultdict(dict)
        self._names: dict[str, str] = {}
        for row in entities.select(columns).to_pylist():
            if row["type"] in NAMED:
                own = f"{row['type']} {row['name'].casefold()}"
                self._resolved[row["key"]] = canonical.get(row["key"], own)
                self._names[row["key"]] = row["name"]
                for spelling in {row["name"], *(row["names"] or ())}:
                    self._spellings[row["document"]][spelling] = row["key"]

    def of(self, keys: Iterable[str]) -> frozenset[str]:
        """Who the keys stand for; keys of groups and places stand for nobody."""
        return frozenset(self._resolved[key] for key in keys if key in self._resolved)

    def called(self, keys: Iterable[str]) -> str:
        """Their names, as their report has them: "Adu Tamm, Ninth Brigade"."""
        return ", ".join(sorted({self._names[key] for key in keys if key in self._names}))

    def named_in(
        self, document: str, words: str, lead: re.Pattern[str] = _ANYTHING
    ) -> frozenset[str]:
        """Who is named in words of a document, behind words that match `lead`."""
        spellings = self._spellings.get(document, {})
        return self.of(
            key
            for name, key in spellings.items()
            if any(
                lead.search(words[: found.start()])
                for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words)
            )
        )

    def denied_of(self, document: str, words: str) -> frozenset[str]:
        """Who is named in a denial of a document as who would have done it.

        `That the province arms the Reed Guard`, `had acted together with the Reed Guard`: it is not
        the Reed Guard of whom a deed is denied.
        """
        return self.named_in(document, words, _MAY_LEAD_TO_A_DOER)


def denials(tables: Tables, acts: Iterable[Row], bodies: Bodies) -> Iterator[Row]:
    """Each denial as a row like an act's, with the event it bears on and of whom it speaks (`who`).

    `acts` carry `event` and `who`. The event is one whose alleged perpetrator the denial names,
    else the one that it answers. A denial that holds an act itself needs no such reasoning and is
    passed over, as is one of which it is not clear what it answers.
    """
    told: dict[str, list[Row]] = defaultdict(list)
    held: set[str] = set()
    for act in acts:
        told[act["document"]].append(act)
        if act["polarity"] == "negated":
            held.update(act["claims"])
    reports = _Reports(tables, told)
    for claim in _denying(tables.claims).select(_OF_CLAIMS).to_pylist():
        if claim["key"] in held or not told[claim["document"]]:
            continue
        who = bodies.named_in(claim["document"], claim["text"])
        event = _event(claim, reports, bodies.denied_of(claim["document"], claim["text"]))
        if event:
            yield {
                **dict.fromkeys(("first", "last", "place", "count_min", "count_max")),
                "key": claim["key"],
                "document": claim["document"],
                "text": claim["text"],
                "claims": [claim["key"]],
                "speaker": claim["speaker"],
                "denier": _words_for_source(claim),
                "type": "",
                "polarity": "negated",
                "modality": claim["modality"],
                "event": event,
                "who": who,
            }


_OF_CLAIMS = ("key", "document", "text", "speaker", "speaker_words", "cited", "modality", "start")


def _denying(claims: pa.Table) -> pa.Table:
    return claims.filter(pc.equal(claims["kind"], "denial"))


def concerned(tables: Tables) -> pa.Table:
    """The entities that denials may be about: the accused, and all in a report that denies."""
    accused = pc.list_flatten(tables.acts["perpetrators"].combine_chunks()).unique()
    denying = _denying(tables.claims)["document"].combine_chunks().unique()
    keys, documents = (tables.entities[name] for name in ("key", "document"))
    chosen = pc.or_(pc.is_in(keys, value_set=accused), pc.is_in(documents, value_set=denying))
    return tables.entities.filter(chosen)


def _words_for_source(claim: Row) -> str:
    """By which words the source of a claim is called, whom it cites first."""
    cited = next((one["words"] for one in claim["cited"] or () if one["words"]), None)
    return str(cited or claim["speaker_words"] or "")


class _Reports:
    """The reports that deny, each with its text, its claims and its acts."""

    def __init__(self, tables: Tables, acts: Mapping[str, list[Row]]) -> None:
        denying = _denying(tables.claims)["document"].combine_chunks().unique()
        documents, claims = (
            table.filter(pc.is_in(table[key], value_set=denying))
            for table, key in ((tables.documents, "key"), (tables.claims, "document"))
        )
        keys, texts = (documents[name].to_pylist() for name in ("key", "text"))
        self._texts = dict(zip(keys, texts, strict=True))
        self._claims: dict[str, list[Row]] = defaultdict(list)
        for claim in claims.select(("key", "document", "text", "start")).to_pylist():
            self._claims[claim["document"]].append(claim)
        self.acts = acts

    def of(self, document: str) -> Report:
        """The report of a document."""
        return Report(self._texts[document], self._claims[document], self.acts[document])


def _event(claim: Row, reports: _Reports, who: frozenset[str]) -> str | None:
    """The event that a denial bears on: told most of those laid to `who`, else what it answers.

    Who is named and accused of nothing in the report denies what it tells most of.
    """
    acts = reports.acts[claim["document"]]
    accused = [act["event"] for act in acts if act["who"] & who]
    if not accused:
        event = answered(claim, reports.of(claim["document"]))
        if event or not who:
            return event
    told = Counter(accused or [act["event"] for act in acts])
    most: str = min(told, key=lambda event: (-told[event], event))
    return most
