"""The log's decisions as they may leave: coded, and without those that say who is protected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.products.door.policy import Recipient
from onrecord.products.door.redaction import Coder
from onrecord.store.decisions import ON_RECORDS
from onrecord.store.log import Entry

STAY = frozenset(
    {"protect", "consent", "confidential"}
    | {"release", "released", "not_released", "release_refused"}
)
"""Entries that hold names, who agreed to what, or what others were given: they never leave."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How an entry is retold: to whom, its words, its keys (None: stays), and which documents."""

    recipient: Recipient
    coder: Coder
    key: Callable[[str], str | None]
    leaves: Callable[[str], bool]


class _Stays(Exception):
    """An entry is about a document that stays."""


def retold(entries: Iterable[Entry], coding: Coding) -> Iterator[Entry]:
    """The entries that may leave. For ourselves they are as the log has them."""
    gone: set[int] = set()
    for entry in entries:
        if coding.recipient.sees_names:
            yield entry
            continue
        if entry.kind in STAY or entry.payload.get("entry") in gone:
            gone.add(entry.seq)
            continue
        try:
            if entry.kind in ON_RECORDS:
                _must_hold(entry, coding)
            payload = _retold(entry.payload, coding)
        except _Stays:
            gone.add(entry.seq)
            continue
        whole = coding.recipient.sees_custody
        # A hash over names would confirm a guess, so an entry leaves without its own.
        yield replace(
            entry,
            payload=payload,
            actor=coding.coder.words(entry.actor) if whole else "",
            command=coding.coder.path(entry.command) if whole else "",
            previous="",
            hash="",
        )


def _must_hold(entry: Entry, coding: Coding) -> None:
    """What was decided on a record leaves with the record as it was extracted.

    Where our own people stay unnamed or words were replaced, the record leaves as they made it.
    """
    document = entry.payload.get("document") or entry.payload["subject"].rpartition("|")[0]
    if not coding.recipient.sees_custody or coding.key(document) != document:
        raise _Stays


def _retold(value: Any, coding: Coding) -> Any:
    if isinstance(value, Mapping):
        return {name: _retold(part, coding) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_retold(part, coding) for part in value]
    if isinstance(value, str):
        if value.startswith("sha256:"):
            key = coding.key(value)
            if key is None:
                raise _Stays
            return key
        return coding.coder.words(value)
    return value
