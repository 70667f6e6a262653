"""What people decide of what may leave: whom to protect, consent, confidentiality."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.case import who
from onrecord.case.grouping import Grouping, spellings
from onrecord.errors import NotFound
from onrecord.products.door.policy import EVERYBODY, Answer, Audience, Level
from onrecord.products.door.spelling import spellings_of
from onrecord.store import decisions, reader
from onrecord.store.tables import CONFIDENTIALITY, CONSENTS, ENTITIES, PROTECTIONS
from onrecord.vocabulary import load

Payload = dict[str, Any]
TOLD = "told"
"""Among the members of a group: the spellings that a person told."""
_DECIDED = ("protect", "consent", "confidential")


@dataclass(frozen=True, slots=True)
class Protection:
    """Somebody or something whose names do not leave; `spellings` are those known when decided."""

    subject: str
    code: str
    type: str
    spellings: tuple[str, ...]
    seq: int
    at: str
    actor: str
    why: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is known of somebody's consent to what they said, or to a document, for an audience.

    `audience` "*" is everybody; no `purposes` are all; `given_by` is whoever answered.
    """

    subject: str
    audience: str
    state: str
    purposes: tuple[str, ...]
    given_by: str
    seq: int
    at: str
    actor: str
    why: str


@dataclass(frozen=True, slots=True)
class Confidential:
    """How confidential a document, a claim or an entity is."""

    subject: str
    level: str
    seq: int
    at: str
    actor: str
    why: str


def protection(connection: Connection, name: str, also: Sequence[str], kind: str | None) -> Payload:
    """The decision to protect an entity, with its code. Raises `NotFound`.

    With `kind` a name that no entity of the case has is protected all the same.
    """
    try:
        key = entity(connection, name)
    except NotFound:
        if kind is None or "|" in name or name.startswith("cluster:"):
            raise
        return _unseen(connection, name, also, kind)
    return {"subject": key} | _coding(connection, key, also)


def consent(
    connection: Connection,
    subject: str,
    state: Answer,
    audiences: Sequence[Audience],
    purposes: Sequence[str],
    given_by: str,
) -> Payload:
    """The decision on what is known of consent. Raises `NotFound`."""
    key = _subject(connection, subject)
    return {
        "subject": key,
        "state": state,
        "audiences": sorted(set(map(str, audiences))) or [EVERYBODY],
        "purposes": sorted(set(purposes)),
        "given_by": given_by,
    } | _coding_of(connection, key)


def confidentiality(connection: Connection, subject: str, level: Level) -> Payload:
    """The decision on how confidential something is. Raises `NotFound`."""
    key = _subject(connection, subject)
    return {"subject": key, "level": level} | _coding_of(connection, key)


def entity(connection: Connection, name: str) -> str:
    """The key of an entity; a name may be that of several that are one. Raises `NotFound`."""
    if "|" in name or name.startswith("cluster:"):
        return who.key_of(connection, name)
    query = select(ENTITIES.c.document_id, ENTITIES.c.id).where(ENTITIES.c.name == name)
    keys = sorted(f"{row.document_id}|{row.id}" for row in connection.execute(query))
    if len(keys) > 1 and set(keys) <= Grouping(connection).keys(keys[:1]):
        return keys[0]
    return who.key_of(connection, name)


def _subject(connection: Connection, name: str) -> str:
    """A document's id, or the key of an entity or claim."""
    if name.startswith("cluster:"):
        return who.key_of(connection, name)
    try:
        return reader.subject(connection, name)
    except NotFound:
        return entity(connection, name)


def _coding_of(connection: Connection, key: str) -> Payload:
    """The code that stands for an entity where it may not be named; nothing for what is none."""
    document, _, local = key.rpartition("|")
    query = select(ENTITIES.c.id).where(ENTITIES.c.document_id == document, ENTITIES.c.id == local)
    if not document or connection.execute(query).first() is None:
        return {}
    return _coding(connection, key, ())


def _coding(connection: Connection, key: str, also: Sequence[str]) -> Payload:
    """Type, code and spellings of an entity's group; the code it has, where it has one."""
    keys = Grouping(connection).keys([key])
    document, _, local = key.rpartition("|")
    query = select(ENTITIES.c.type).where(
        ENTITIES.c.document_id == document, ENTITIES.c.id == local
    )
    had = [row for row in coded_rows(connection) if row["subject"] in keys]
    told = {name for row in had for name in json.loads(row["members"]).get(TOLD, ())}
    members = spellings(connection, sorted(keys)) | {TOLD: sorted(told | set(also))}
    code = had[0]["code"] if had else _new_code(connection)
    kind = connection.execute(query).scalar_one()
    return {"type": kind, "code": code, "members": members, "secret": secret(connection)}


def _unseen(connection: Connection, name: str, also: Sequence[str], kind: str) -> Payload:
    code = _new_code(connection)
    members = {TOLD: sorted({name, *also})}
    told = {"type": kind, "code": code, "members": members, "secret": secret(connection)}
    return {"subject": f"name:{code}"} | told


def _new_code(connection: Connection) -> str:
    """A code that nothing leads to: chosen by chance, kept in the log. None is used twice."""
    rules = load("door")
    used = {e.payload.get("code") for e in decisions.decisions(connection)}
    while True:
        code = "".join(secrets.choice(rules["letters"]) for _ in range(rules["length"]))
        if code not in used and any(letter.isdigit() for letter in code):
            return code


def secret(connection: Connection) -> str:
    """The secret with which ids are made anew: one for the case, from its first such decision."""
    for decided in decisions.decisions(connection):
        if decided.payload.get("secret"):
            return str(decided.payload["secret"])
    return secrets.token_hex(32)


def coded_rows(connection: Connection) -> list[dict[str, Any]]:
    """The rows of decisions by which somebody has a code, oldest first."""
    rows = [
        row | {"decided": table.name}
        for table in (PROTECTIONS, CONSENTS, CONFIDENTIALITY)
        for row in decisions.rows(connection, table).values()
        if row["code"]
    ]
    return sorted(rows, key=lambda row: row["seq"])


def is_any(connection: Connection) -> bool:
    """Whether anybody or anything is protected, confidential, or under a refused consent."""
    tables = (PROTECTIONS, CONFIDENTIALITY, CONSENTS)
    return any(
        connection.execute(select(table.c.subject).limit(1)).first() is not None for table in tables
    )


def protections(connection: Connection) -> list[Protection]:
    """The protections that hold, oldest first."""
    return sorted((_protection(row) for row in _rows(connection, PROTECTIONS)), key=_seq)


def _protection(row: Mapping[str, Any]) -> Protection:
    members = json.loads(row["members"])
    told = members.pop(TOLD, ())
    names = {name for words in members.values() for name in words}
    shown = spellings_of(row["type"], names, told)
    return Protection(
        row["subject"],
        f"{load('door')['coded'][row['type']]} {row['code']}",
        row["type"],
        shown,
        *(row[name] for name in ("seq", "at", "actor", "why")),
    )


def agreed(connection: Connection) -> list[Agreed]:
    """What holds of consent, oldest first."""
    names = ("seq", "at", "actor", "why")
    found = [
        Agreed(
            row["subject"], row["audience"], row["state"], tuple(json.loads(row["purposes"])),
            row["given_by"], *(row[name] for name in names),
        )
        for row in _rows(connection, CONSENTS)
    ]  # fmt: skip
    return sorted(found, key=_seq)


def confidential(connection: Connection) -> list[Confidential]:
    """What holds of confidentiality, oldest first."""
    names = ("subject", "level", "seq", "at", "actor", "why")
    rows = _rows(connection, CONFIDENTIALITY)
    return sorted((Confidential(*(row[n] for n in names)) for row in rows), key=_seq)


def _rows(connection: Connection, table: Table) -> Iterator[Mapping[str, Any]]:
    yield from decisions.rows(connection, table).values()


def _seq(held: Protection | Agreed | Confidential) -> int:
    return held.seq
