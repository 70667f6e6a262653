"""The append-only log: every change of state, each entry holding the hash of the one before.

An entry's hash is the SHA-256 of its other fields as canonical JSON, the previous hash among them.
So no entry can be altered, dropped, added or moved without the chain showing it. The number and
hash of the newest entry stand in `meta` too, so that a cut tail shows.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from onrecord.store.tables import LOG, META

FIRST = "0" * 64
"""The previous hash of the first entry."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes the log, and by which command."""

    actor: str
    command: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of state. `at` is UTC in ISO 8601; hashes are SHA-256 in hexadecimal."""

    seq: int
    at: str
    actor: str
    command: str
    kind: str
    payload: Mapping[str, Any]
    previous: str
    hash: str

    @property
    def about(self) -> str:
        """What it is about, in a line: a path, a document, or what a person decided of whom."""
        told = [_words(self.payload[name]) for name in _TOLD if self.payload.get(name)]
        return "  ".join(told) or str(self.payload.get("document") or "")


_TOLD = (
    *("path", "verdict", "left", "right", "entry", "what", "form", "audience", "to", "purpose"),
    *("out", "code", "subject", "state", "field", "words", "audiences", "level"),
    *("source_reliability", "information_credibility", "why"),
)
"""What of an entry is shown, in this order."""


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def author(command: str = "") -> Author:
    """The user (`ONRECORD_USER`, or the login name) and the command line, or the one given."""
    return Author(
        plain(os.environ.get("ONRECORD_USER") or getpass.getuser()),
        plain(command or shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])),
    )


def now() -> str:
    """The time as UTC in ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(value: Any) -> str:
    """JSON in one form only: keys sorted, no blanks, ASCII. Equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def plain(text: str) -> str:
    """`text` as every database can hold it: NUL and lone surrogates are spelled as escapes."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


def plain_all(value: Any) -> Any:
    """`value` with every string in it made `plain`."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {plain(name): plain_all(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain_all(part) for part in value]
    return value


def hash_of(values: Mapping[str, Any]) -> str:
    """The hash of an entry's row: all its fields but the hash itself."""
    fields = {name: values[name] for name in values if name != "hash"}
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def append(connection: Connection, author: Author, kind: str, payload: Mapping[str, Any]) -> Entry:
    """Write one entry after the newest, in the transaction of the caller, who is the one writer."""
    seq, previous = newest(connection)
    row: dict[str, Any] = {
        "seq": seq + 1,
        "at": now(),
        "actor": author.actor,
        "command": author.command,
        "kind": kind,
        "payload": canonical(payload),
        "previous": previous,
    }
    row["hash"] = hash_of(row)
    connection.execute(insert(LOG).values(row))
    for name, value in (("log_seq", str(seq + 1)), ("log_hash", row["hash"])):
        connection.execute(update(META).where(META.c.name == name).values(value=value))
    return Entry(**{**row, "payload": payload})


def newest(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest entry; 0 and `FIRST` before there is one."""
    row = connection.execute(
        select(LOG.c.seq, LOG.c.hash).order_by(LOG.c.seq.desc()).limit(1)
    ).first()
    return (row.seq, row.hash) if row else (0, FIRST)


def entries(connection: Connection) -> Iterator[Entry]:
    """All entries, oldest first."""
    for row in connection.execute(select(LOG).order_by(LOG.c.seq)).mappings():
        yield Entry(**{**row, "payload": json.loads(row["payload"])})


def entries_of(connection: Connection, kinds: Sequence[str]) -> Iterator[Entry]:
    """The entries of some kinds, oldest first, each `as_first` told."""
    query = select(LOG).where(LOG.c.kind.in_(kinds)).order_by(LOG.c.seq)
    for row in connection.execute(query).mappings():
        yield as_first(Entry(**{**row, "payload": json.loads(row["payload"])}))


def as_first(entry: Entry) -> Entry:
    """An entry with the time, actor and command of the case that it was first written in.

    What a restored case carries over says so under `first` in its payload; any other entry is
    given back as it is.
    """
    first = entry.payload.get("first")
    if first is None:
        return entry
    told = {name: value for name, value in entry.payload.items() if name != "first"}
    at, actor, command = (str(first[name]) for name in ("at", "actor", "command"))
    return replace(entry, at=at, actor=actor, command=command, payload=told)
