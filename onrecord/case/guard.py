"""What must stay with a recipient, gathered from the decisions that hold."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from onrecord.case import protecting, who
from onrecord.case.grouping import Grouping, spellings, split
from onrecord.model import Record
from onrecord.products.door.finding import Names
from onrecord.products.door.policy import Consent, Recipient, consents
from onrecord.products.door.redaction import Marked
from onrecord.products.door.spelling import Coded, spellings_of
from onrecord.vocabulary import load

Rule = str


@dataclass(slots=True)
class Guard:
    """What must stay: names, and by their ids and keys documents, claims and what people said.

    `members` are the codes of entities by document and id; by document, `silent` are the entities
    whose words stay, and `namesakes` those that people judged to be others than a protected one.
    """

    names: Names
    secret: bytes
    members: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    silent: Mapping[str, Collection[str]] = field(default_factory=dict)
    namesakes: Mapping[str, Collection[str]] = field(default_factory=dict)
    stays: Mapping[str, Rule] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.names or self.stays or self.silent)

    def marked(self, record: Record) -> Marked:
        """What of a record must not leave as it is."""
        document = record.document.id
        silent = self.silent.get(document, ())
        claims = {
            claim.id
            for claim in record.claims
            if f"{document}|{claim.id}" in self.stays
            or any(
                link.entity in silent for link in claim.attribution if link.level in _WHO_SAYS_IT
            )
        }
        return Marked(
            self.members.get(document, {}), self.namesakes.get(document, ()), frozenset(claims)
        )

    def rule_of(self, record: Record, claim: str) -> Rule:
        """Why a claim of a record stays."""
        return self.stays.get(f"{record.document.id}|{claim}", load("door")["rules"]["consent"])


_WHO_SAYS_IT = ("speaker", "cited")


def guard(connection: Connection, grouping: Grouping, recipient: Recipient) -> Guard:
    """What must stay with a recipient."""
    levels = {row.subject: row.level for row in protecting.confidential(connection)}
    told: dict[str, list[Consent]] = defaultdict(list)
    for row in protecting.agreed(connection):
        told[row.subject].append(Consent(row.audience, row.state, row.purposes, row.seq))
    rules = load("door")["rules"]
    stays = {s: rules["consent"] for s, said in told.items() if not consents(recipient, said)}
    stays |= {s: rules["level"] for s, level in levels.items() if not recipient.may_have(level)}
    coded = [
        row
        for row in protecting.coded_rows(connection)
        if row["subject"] in stays or (row["decided"] == "protections" and not recipient.sees_names)
    ]
    secret = bytes.fromhex(protecting.secret(connection)) if coded or stays else b""
    if not coded:
        return Guard(Names(()), secret, stays=stays)
    apart = _apart(connection)
    groups = _groups(coded, grouping, apart)
    found = spellings(connection, sorted(key for group in groups for key in group.keys))
    members: dict[str, dict[str, str]] = defaultdict(dict)
    silent: dict[str, set[str]] = defaultdict(set)
    unheard = {s for s, said in told.items() if not consents(recipient, said)}
    for group in groups:
        for document, entity in map(split, group.keys):
            members[document].setdefault(entity, group.code)
            if group.subjects & unheard:
                silent[document].add(entity)
    others: dict[str, set[str]] = defaultdict(set)
    judged = {key for group in groups for mine in group.keys for key in apart.get(mine, ())}
    for document, entity in map(split, grouping.keys(judged) if judged else ()):
        if entity not in members[document]:
            others[document].add(entity)
    names = Names(tuple(group.coded(found) for group in groups))
    return Guard(names, secret, members, silent, others, stays)


@dataclass(slots=True)
class _Group:
    """Somebody or something that is coded: all that is known of whom it takes in."""

    code: str
    type: str
    keys: set[str]
    subjects: set[str]
    told: set[str]
    known: set[str]

    def coded(self, found: Mapping[str, Collection[str]]) -> Coded:
        names = self.known | {name for key in self.keys for name in found.get(key, ())}
        return Coded(self.code, self.type, spellings_of(self.type, names, sorted(self.told)))


def _groups(
    rows: Collection[Mapping[str, Any]], grouping: Grouping, apart: Mapping[str, Collection[str]]
) -> list[_Group]:
    """One group for each that decisions are about: as it was when decided, and as it is now."""
    groups: list[_Group] = []
    for row in rows:
        known = json.loads(row["members"])
        told = set(known.pop(protecting.TOLD, ()))
        other = apart.get(row["subject"], ())
        held = {key: names for key, names in known.items() if key not in other}
        keys = set(held)
        if "|" in row["subject"]:
            keys |= grouping.keys([row["subject"]])
        same = next((g for g in groups if g.keys & keys or row["subject"] in g.subjects), None)
        if same is None:
            code = f"{load('door')['coded'][row['type']]} {row['code']}"
            same = _Group(code, row["type"], set(), set(), set(), set())
            groups.append(same)
        same.keys |= keys
        same.subjects.add(row["subject"])
        same.told |= told
        same.known |= {name for names in held.values() for name in names}
    return groups


def _apart(connection: Connection) -> dict[str, set[str]]:
    """Whom people judged to be another than each entity."""
    found: dict[str, set[str]] = defaultdict(set)
    for decision in who.judged(connection):
        if decision.verdict == "different":
            found[decision.left].add(decision.right)
            found[decision.right].add(decision.left)
    return found
