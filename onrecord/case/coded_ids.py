"""The ids of a case as those see them who have no sight of the protected, and back."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from onrecord.case.grouping import split
from onrecord.products.door.redaction import renewed


@dataclass(slots=True)
class Ids:
    """What became of the ids of documents that were changed or left out.

    `changed` has for each such document what its ids became, `hidden` are documents left out,
    `groups` what became of ids of groups, `members` the codes of protected entities by document;
    `coded` are the keys, as they are shown, of all that go by a code, `renamed` documents that are
    the same but for their path.
    """

    secret: bytes
    hidden: Collection[str] = ()
    members: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    coded: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)
    changed: dict[str, Mapping[str, str]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    _first: dict[str, str] = field(default_factory=dict)

    def put(self, document: str, ids: Mapping[str, str]) -> None:
        """Remember what the ids of a document became."""
        self.changed[document] = ids
        self._first[ids[document]] = document

    def new(self, key: str) -> str | None:
        """A document's id, a group's, or a key of several parts, as it is shown; None: it is not.

        Parts after the document's are ids in its record.
        """
        if key in self.groups:
            return self.groups[key]
        document, *parts = key.split("|")
        if document in self.hidden:
            return None
        ids = self.changed.get(document)
        if ids is None:
            return key
        made = [ids.get(part) for part in (document, *parts)]
        return "|".join(part for part in made if part) if all(made) else None

    def first(self, key: str) -> str:
        """The key in the case of one that is shown; of several that became one, the first."""
        document, *parts = key.split("|")
        known = self._first.get(document)
        if known is None:
            return key
        back: dict[str, str] = {}
        for old, new in sorted(self.changed[known].items()):
            back.setdefault(new, old)
        return "|".join((known, *(back.get(part, part) for part in parts)))

    def is_changed(self, document: str) -> bool:
        """Whether a document, by the id that is shown, has other words than its original."""
        return document in self._first

    def is_protected(self, key: str) -> bool:
        """Whether a key, as the case has it, is that of an entity that goes by a code."""
        document, entity = split(key)
        return entity in self.members.get(document, ()) or self.new(key) in self.coded

    def group(self, canonical: str) -> str:
        """The new id of a group that has anything to do with what was changed."""
        made = self.groups[canonical] = renewed(canonical, self.secret)
        return made

    def group_of_code(self, kind: str, code: str) -> str:
        """The id of the group of all of a type that go by a code: nothing could tell them apart."""
        made = hmac.new(self.secret, f"{kind} {code}".encode(), hashlib.sha256).hexdigest()
        return f"cluster:{made[:16]}"
