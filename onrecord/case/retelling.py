"""What the log and people's decisions say, retold for those without sight of the protected."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.case.coded_ids import Ids
from onrecord.case.telling import STAY
from onrecord.products.door.finding import Find, Names
from onrecord.products.door.redaction import Coder, nameless
from onrecord.products.door.replacing import replaced

Row = dict[str, Any]
_KEYS = ("sha256:", "coded:", "cluster:")
"""How ids and keys begin."""
_PATHS = ("path", "out", "origin")


class Stays(Exception):
    """Something is about what is not shown."""


@dataclass(slots=True)
class Retelling:
    """Words, keys and rows as they are shown; each distinct text is worked out once."""

    names: Names
    ids: Ids
    _words: dict[str, str] = field(default_factory=dict)

    def words(self, text: str) -> str:
        """What somebody wrote beside the documents, without names and without parts of names.

        A part may be another's, so neither name nor code stands for it.
        """
        if text not in self._words:
            coder = Coder(self.names, frozenset())
            told = coder.path(text) if "/" in text else coder.words(text)
            every = {one.code for one in self.names.coded}
            codes = [span for code in every for span in _places(told, code)]
            parts = [
                Find(one.start, one.end, nameless())
                for one in self.names.alone(told, every)
                if not any(start <= one.start and one.end <= end for start, end in codes)
            ]
            self._words[text] = replaced(told, parts).text
        return self._words[text]

    def key(self, key: str) -> str:
        """A key or an id. Raises `Stays` where what it names is not shown."""
        made = self.ids.new(key)
        if made is None:
            raise Stays
        return made

    def told(self, value: Any) -> Any:
        """A payload or a part of one. Raises `Stays`."""
        if isinstance(value, Mapping):
            return {name: self._field(name, part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.told(part) for part in value]
        if isinstance(value, str):
            return self.key(value) if value.startswith(_KEYS) else self.words(value)
        return value

    def _field(self, name: str, value: Any) -> Any:
        # A hash over what was acquired or extracted would confirm a guess at what it says.
        if name.endswith("sha256") and isinstance(value, str):
            return self.sealed(value)
        return self.told(value)

    def entries(self, rows: Iterator[Mapping[str, Any]]) -> Iterator[Row]:
        """The rows of the log that are shown, oldest first."""
        gone: set[int] = set()
        for row in rows:
            payload = json.loads(row["payload"])
            try:
                if row["kind"] in STAY or payload.get("entry") in gone:
                    raise Stays
                made = self.told(payload)
            except Stays:
                gone.add(row["seq"])
                continue
            told = {"seq": row["seq"], "at": row["at"], "kind": row["kind"], "command": ""}
            told |= {"payload": json.dumps(made), "actor": self.words(row["actor"])}
            yield told | {
                "previous": self.sealed(row["previous"]),
                "hash": self.sealed(row["hash"]),
            }

    def sealed(self, digest: str) -> str:
        """A hash that says which entry it is, and not what that says."""
        return hmac.new(self.ids.secret, digest.encode(), hashlib.sha256).hexdigest()


def _places(text: str, part: str) -> Iterator[tuple[int, int]]:
    at = text.find(part)
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + len(part))
