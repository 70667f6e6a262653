"""The log as it may leave: each entry whole, in outline, or as a number; and which hashes with it.

An entry's hash is made over its contents. Where those must stay, the hash would let somebody who
guesses a name or a colleague confirm the guess: everything else in the entry is known to them or
easily tried. So a hash leaves only if nobody can work it out from guesses, which is so where
nothing was kept back since the log's beginning, or since an entry with a secret of the case in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.products.door.policy import Recipient
from onrecord.products.door.redaction import Coder
from onrecord.store.log import Entry
from onrecord.vocabulary import load

Json = dict[str, Any]
_ABOUT_A_DOCUMENT = ("acquired", "received", "extracted")
_OUTLINE = ("document", "sha256", "size", "text_sha256", "record_sha256", "version", "reader")
BEGUN = "release"
"""The entry that `bundle` writes first, with a secret in it."""
_STAY = frozenset({"protect", "consent", "confidential"})
_OWN_AFFAIR = frozenset({"released", "not_released", "release_refused"})


@dataclass(frozen=True, slots=True)
class Telling:
    """To whom the log is told, how names are found, and the ids of documents that leave as they
    are.
    """

    recipient: Recipient
    coder: Coder
    unchanged: Collection[str]


def log_lines(entries: Iterable[Entry], telling: Telling) -> Iterator[Json]:
    """A line for each entry, oldest first."""
    gone: set[int] = set()
    tellable = True
    for entry in entries:
        rule = _rule(entry, telling, gone)
        before = tellable
        if rule:
            gone.add(entry.seq)
            tellable = bool(entry.payload.get("secret"))
        line: Json = {"seq": entry.seq}
        line["previous"] = entry.previous if before else None
        line["hash"] = entry.hash if tellable else None
        yield line | (_outline(entry, rule, telling) if rule else _whole(entry))


def _whole(entry: Entry) -> Json:
    names = ("at", "actor", "command", "kind", "payload")
    return {name: getattr(entry, name) for name in names}


def _outline(entry: Entry, rule: str, telling: Telling) -> Json:
    """Of an entry that must stay: what it says of a document that leaves as it is, and the rule."""
    if entry.kind not in _ABOUT_A_DOCUMENT or not _about_unchanged(entry.payload, telling):
        return {"withheld": rule}
    payload = {name: entry.payload[name] for name in _OUTLINE if name in entry.payload}
    if not telling.recipient.sees_custody:
        # The sealed record holds the path as typed; its hash would confirm a guess at our folders.
        payload.pop("record_sha256", None)
    if any(telling.coder.path(text) != text for text in _strings(payload)):
        return {"withheld": rule}
    return {"withheld": rule, "kind": entry.kind, "payload": payload}


def _rule(entry: Entry, telling: Telling, gone: Collection[int]) -> str:
    """Why an entry must not leave whole; empty where it may."""
    recipient, rules = telling.recipient, load("bundle")["log"]
    if recipient.sees_names and recipient.sees_custody:
        return ""
    if entry.kind in _STAY or entry.payload.get("entry") in gone:
        return str(rules["decision"])
    if entry.kind == BEGUN:
        return str(rules["begun"])
    if entry.kind == "membership":
        return str(rules["membership"])
    if entry.kind in _OWN_AFFAIR:
        return str(rules["release"])
    told = [entry.actor, entry.command, *_strings(entry.payload)]
    if any(telling.coder.path(text) != text for text in told):
        return str(rules["name"])
    if not _about_unchanged(entry.payload, telling):
        return str(rules["document"])
    return "" if recipient.sees_custody else str(rules["custody"])


def _about_unchanged(payload: Mapping[str, Any], telling: Telling) -> bool:
    """Whether every document that an entry names leaves as it is."""
    named = (text.partition("|")[0] for text in _strings(payload))
    ids = {text for text in named if text.startswith(("sha256:", "coded:"))}
    return all(document in telling.unchanged for document in ids)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield name
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
