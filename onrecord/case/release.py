"""What may leave a case, as exporters and products read it: a `Source` behind the door."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from onrecord.case import who
from onrecord.case.grouping import Grouping, split
from onrecord.case.guard import Guard, guard
from onrecord.case.telling import Coding, retold
from onrecord.case.unsigned import unsigned, unsigned_body
from onrecord.errors import NotFound, Unsearchable
from onrecord.model import Document, Record
from onrecord.products.door.policy import Recipient
from onrecord.products.door.redaction import Coder, Redacted, redacted, renewed
from onrecord.products.door.sweep import leaks_in
from onrecord.products.index import Judged, last_part
from onrecord.store import carrying, reader, reviews
from onrecord.store.carrying import Kept
from onrecord.store.log import Entry
from onrecord.store.reader import CaseDocument, Custody
from onrecord.store.vault import Vault
from onrecord.vocabulary import load

_REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that was left out: what (a document's id, a claim's key), and by which rule."""

    subject: str
    rule: str


class Release:
    """The part of a case that may leave to a recipient; and the private folder it is made in.

    Write what is to leave at `path(name)`: one file or one folder, which becomes what the caller
    of `Case.release` named; of several, it becomes a folder that holds them. Every method streams.
    Documents are named by the ids under which they leave.
    """

    def __init__(
        self,
        connection: Connection,
        vault: Vault,
        name: str,
        folder: Path,
        recipient: Recipient,
        known: Guard | None = None,
    ) -> None:
        self._connection, self._vault = connection, vault
        self._grouping = Grouping(connection)
        self.guard = guard(connection, self._grouping, recipient) if known is None else known
        self.folder, self.recipient = folder, recipient
        self.name = self._everywhere().words(name)
        self.sent: dict[str, bytes] = {}
        self._withheld: dict[Withheld, None] = {}
        self._known: OrderedDict[str, Redacted] = OrderedDict()
        self._first_ids: dict[str, str] = {}
        self._all_known = False
        self._shared: set[str] = set()
        self._alike: set[str] = set()

    def path(self, name: str) -> Path:
        """Where to write the file or folder of that name."""
        return self.folder / name

    def read(self, name: str) -> bytes:
        """A file that goes to standard output; to be had when the `with` block is over."""
        return self.sent[name]

    @property
    def withheld(self) -> Sequence[Withheld]:
        """What was left out so far, each once."""
        return tuple(self._withheld)

    @property
    def notes(self) -> Sequence[str]:
        """What whoever gives it out must know of what was done to it."""
        if not self.guard.names:
            return ()
        notes = load("door")["notes"]
        counted = (("kept", self._shared), ("alike", self._alike))
        told = [notes[name].format(count=len(found)) for name, found in counted if found]
        return (notes["descriptions"], *told)

    def coded(self, words: str) -> str:
        """Words with the protected names in them replaced, as they stand in what leaves."""
        return self._everywhere().whole(words)

    @property
    def judged(self) -> Sequence[Judged]:
        """People's judgements of who is who."""
        found = []
        for decision in who.judged(self._connection):
            keys = [self._key(key) for key in (decision.left, decision.right)]
            left, right = (split(key)[1] if key else "" for key in keys)
            if left and right:
                found.append(Judged(left, right, decision.verdict))
        return found

    def records(self, documents: Sequence[str] | None = None) -> Iterator[Record]:
        """The records that may leave, redacted, in the order their documents were acquired.

        With `documents` those of these alone, in the order given.
        """
        for document in reader.record_ids(self._connection) if documents is None else documents:
            if self._leaves(document):
                yield self._redacted(document).record

    def documents(self) -> Iterator[CaseDocument]:
        """The documents that may leave, in the same order."""
        for document in reader.documents(self._connection):
            if self._leaves(document.id):
                yield self._document(document)

    def _document(self, document: CaseDocument) -> CaseDocument:
        document = replace(document, path=self._path(document.path))
        if not self.guard:
            return document
        made = self._redacted(document.id)
        if not made.changed:
            return document
        told, coder = made.record.document, self._coder(made)
        return replace(
            document,
            id=told.id,
            path=told.path,
            size=len(made.record.text.encode("utf-8", "surrogatepass")),
            title=document.title and coder.words(document.title),
            publisher=document.publisher and coder.words(document.publisher),
            author=document.author and coder.words(document.author),
            warnings=tuple(map(coder.words, document.warnings)),
        )

    def redacted(self, document: str) -> Redacted:
        """A document's record as it may leave, with what became of its ids; if none, its text."""
        return self._redacted(document)

    def document(self, document: CaseDocument) -> CaseDocument:
        """What is told of a document, as it may leave."""
        return self._document(document)

    def custody(self, document: str) -> Sequence[Custody]:
        """Each time a document came in; whole only for those who may know our own people."""
        coder = self._everywhere()
        found = reader.custody(self._connection, self._first(document))
        whole = self.recipient.sees_custody
        return [
            replace(
                entry,
                path=coder.path(self._path(entry.path)),
                origin=coder.path(entry.origin) if whole else "",
                command=coder.path(entry.command) if whole else "",
                actor=coder.words(entry.actor) if whole else "",
            )
            for entry in found
        ]

    def who_is(self, document: str) -> Mapping[str, str]:
        """The canonical id of each entity of a document, by the entity's id.

        As last resolved; worked out once where documents or judgements came since.
        """
        first = self._first(document)
        found = self._grouping.of_document(first)
        if not self.guard:
            return found
        ids, members = self._redacted(first).ids, self.guard.members.get(first, {})
        # Several may have become one, which then is who the protected one is.
        ordered = sorted(found, key=lambda entity: entity in members)
        return {ids.get(e, e): renewed(found[e], self.guard.secret) for e in ordered}

    def kept(self, document: str) -> Kept:
        """Text, reader's facts and sealed record of a document; of a coded one its text alone.

        Who may not know our own people gets the record as they corrected it, and not what they did.
        """
        first = self._first(document)
        kept = carrying.kept(self._connection, first)
        record = kept.record
        if record is not None and not self.recipient.sees_custody:
            if reviews.decided(self._connection, first):
                record = unsigned_body(reader.record(self._connection, first))
            told = {**record["document"], "path": self._path(record["document"]["path"])}
            kept = replace(kept, record={**record, "document": told}, record_sha256=None)
        made = self._redacted(first) if self.guard else None
        if made is None or not made.changed:
            return kept
        left = made.record
        return replace(
            kept,
            sha256=left.document.id.partition(":")[2],
            text=left.text,
            known={},
            layout=(),
            warnings=tuple(map(self._coder(made).words, kept.warnings)),
            record=None,
            coded=True,
        )

    def original(self, document: str) -> bytes | None:
        """The original bytes of a document; None, and a line in `withheld`, if they must stay."""
        first = self._first(document)
        data = self._vault.read(first.removeprefix("sha256:"))
        if data is None or not self.guard:
            return data
        rules = load("door")["rules"]
        if self._redacted(first).changed or self._came_as_coded(first):
            self._note(document, rules["original"])
            return None
        try:
            leaks = leaks_in(data, self.guard.names, self.folder)
        except Unsearchable:
            self._note(document, rules["unsearchable"])
            return None
        if leaks:
            self._note(document, rules["original"])
            return None
        return data

    def decisions(self) -> Iterator[Entry]:
        """People's decisions that may leave: all, for ourselves; else those on who is who and such.

        What they say is coded; who decided is told where custody is.
        """
        yield from retold(
            carrying.decisions(self._connection),
            Coding(self.recipient, self._everywhere(), self._key, self._leaves),
        )

    def _came_as_coded(self, document: str) -> bool:
        coder = self._everywhere()
        custody = reader.custody(self._connection, document)
        return any(coder.path(text) != text for c in custody for text in (c.path, c.origin))

    def _leaves(self, document: str) -> bool:
        rule = self.guard.stays.get(document)
        if rule:
            self._note(document, rule)
        return rule is None

    def _note(self, subject: str, rule: str) -> None:
        self._withheld[Withheld(subject, rule)] = None

    def _path(self, path: str) -> str:
        """A path as the recipient may know it: without our folders, where custody stays."""
        return path if self.recipient.sees_custody else last_part(path)

    def _everywhere(self) -> Coder:
        return Coder(self.guard.names, frozenset())

    def _coder(self, made: Redacted) -> Coder:
        return made.coder or self._everywhere()

    def _key(self, key: str) -> str | None:
        """A key or a document's id as it leaves; None where its document does not."""
        document, entity = split(key) if "|" in key else (key, "")
        if document.startswith("sha256:") and reader.held(self._connection, document):
            if not self._leaves(document):
                return None
            ids = self._redacted(document).ids
            document, entity = ids.get(document, document), ids.get(entity, entity)
        return f"{document}|{entity}" if entity else document

    def _redacted(self, document: str) -> Redacted:
        """A document's record as it may leave; of one without a record its text."""
        if document in self._known:
            self._known.move_to_end(document)
            return self._known[document]
        record = self._record(document)
        path = self._path(record.document.path)
        record = replace(record, document=replace(record.document, path=path))
        made = self._make(record) if self.guard else Redacted(record)
        self._known[document] = made
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return made

    def _make(self, record: Record) -> Redacted:
        marked = self.guard.marked(record)
        author, warnings = reader.beside(self._connection, record.document.id)
        beside = [text for text in (author, *warnings) if text]
        made = redacted(record, self.guard.names, marked, self.guard.secret, beside)
        for claim in sorted(marked.claims):
            self._note(f"{record.document.id}|{claim}", self.guard.rule_of(record, claim))
        if made.changed:
            self._first_ids[made.record.document.id] = record.document.id
        if made.kept:
            self._shared.add(record.document.id)
        if made.alike:
            self._alike.add(record.document.id)
        return made

    def _record(self, document: str) -> Record:
        try:
            record = reader.record(self._connection, document)
            return record if self.recipient.sees_custody else unsigned(record)
        except NotFound:
            job = reader.job(self._connection, document)
            told = Document(id=job.id, path=job.path, media_type=job.media_type)
            return Record(document=told, text=job.text)

    def _first(self, document: str) -> str:
        """The id in the case of a document that left under another. Raises `NotFound`."""
        if document in self._first_ids:
            return self._first_ids[document]
        if not document.startswith("coded:") or reader.held(self._connection, document):
            return document  # A restored case may hold what left another coded.
        if not self._all_known:
            self._all_known = True
            for each in reader.documents(self._connection):
                self._first_ids.setdefault(renewed(each.id, self.guard.secret), each.id)
        if document in self._first_ids:
            return self._first_ids[document]
        raise NotFound(
            f"{document} is no document of this release",
            why="coded documents have ids of their own",
            todo="take the id from the records that the release gives",
        )
