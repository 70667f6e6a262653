"""Reads what `jsonl` writes, each line checked; nothing is taken on trust.

A document is given when its lines are complete. What a line says of a hash is computed again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

from onrecord.errors import UnreadableSource
from onrecord.products.export.conforming import faults
from onrecord.products.export.jsonl import SCHEMA
from onrecord.store.citations import encode, spans
from onrecord.store.log import canonical
from onrecord.vocabulary import load

LONGEST = 512 << 20
"""Bytes of a line; one that is longer is none of ours."""

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Carried:
    """A document as its lines tell of it: its `facts` (the line `document`), and what follows."""

    facts: Told
    text: str
    original: bytes | None
    record: Told | None
    version: str
    line: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as its line tells of it."""

    facts: Told
    line: int


@dataclass(frozen=True, slots=True)
class End:
    """What the last line says, and the hash of the whole file."""

    documents: int
    decisions: int
    sha256: str


class Reading:
    """One reading of a file: the name of its case, then `parts`. Use it in a `with` statement.

    Raises `UnreadableSource`, which names the line and the cause.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0
        self._schema = load("export-1.schema")
        self._record = load("record-1.schema")
        self._digest = hashlib.sha256()
        self._before = ""
        self._ids: set[str] = set()
        self._decisions = 0
        try:
            self._file: IO[bytes] = path.open("rb")
        except OSError as error:
            why = error.strerror or str(error)
            raise UnreadableSource(str(path), "cannot be read", why=why) from error
        try:
            self.case = str(self._header()["case"])
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def parts(self) -> Iterator[Carried | Decided | End]:
        """The documents, the decisions, and the end of the file, in this order."""
        told = self._next()
        while told["kind"] == "document":
            carried, told = self._document(told)
            yield carried
        while told["kind"] == "decision":
            self._decisions += 1
            self._check_decision(told)
            yield Decided(told, self.line)
            told = self._next()
        if told["kind"] != "end":
            self._refuse(f"a line of kind {told['kind']} cannot stand here")
        self._check_end(told)
        yield End(len(self._ids), self._decisions, self._digest.hexdigest())

    def _header(self) -> Told:
        told = self._next()
        if told["kind"] != "header":
            self._refuse("the file does not begin with a header")
        return told

    def _next(self) -> Told:
        """The next line, as what its schema says it is."""
        data = self._file.readline(LONGEST)
        self.line += 1
        if not data.endswith(b"\n"):
            what = "the file ends in the middle of the line" if data else "the file was cut"
            self._refuse(what, "its last line, `end`, is not there")
        self._before = self._digest.hexdigest()
        self._digest.update(data)
        try:
            told = json.loads(data)
        except (ValueError, RecursionError) as error:
            self._refuse("it is not JSON", str(error))
        return self._conforming(told)

    def _conforming(self, told: Any) -> Told:
        kind = told.get("kind") if isinstance(told, dict) else None
        if kind == "header" and told.get("schema") != SCHEMA:
            why = f"it is of {told.get('schema')!r}; this onrecord reads {SCHEMA}"
            self._refuse("the file is of another version", why)
        if not isinstance(kind, str) or kind not in _KINDS:
            self._refuse("it is no line of an export", f"its kind is {kind!r}")
        self._check(told, self._schema["$defs"][kind], self._schema)
        conforming: Told = told
        return conforming

    def _check(self, value: Any, schema: Told, root: Told) -> None:
        fault = next(faults(value, schema, root), None)
        if fault is not None:
            self._refuse("it is not as its schema has it", fault)

    def _document(self, facts: Told) -> tuple[Carried, Told]:
        """A document with what belongs to it, and the line after that."""
        first = self.line
        if facts["id"] in self._ids:
            self._refuse(f"{facts['id']} is in the file twice")
        self._ids.add(facts["id"])
        told = self._next()
        original, told = self._original(facts, told)
        record, version, text, at = None, "", facts["text"], first
        if told["kind"] == "record":
            at, version = self.line, told["version"]
            record, text = self._checked_record(facts, told)
            told = self._next()
        if text is None:
            why = "no line `record` holds it"
            self._refuse(f"the text of {facts['id']} is not there", why, first)
        if hashlib.sha256(encode(text)).hexdigest() != facts["text_sha256"]:
            self._refuse(f"the text of {facts['id']} is not the one that was written", line=at)
        return Carried(facts, text, original, record, version, first), told

    def _original(self, facts: Told, told: Told) -> tuple[bytes | None, Told]:
        if not facts["original"]:
            return None, told
        data, at = bytearray(), self.line
        for part in range(1, facts["original"] + 1):
            if (told["kind"], told.get("document"), told.get("part")) != (
                *("original", facts["id"]),
                part,
            ):
                self._refuse(f"part {part} of the original of {facts['id']} is not there")
            try:
                data += base64.b64decode(told["base64"], validate=True)
            except binascii.Error as error:
                self._refuse("it is not base64", str(error))
            at, told = self.line, self._next()
        if f"sha256:{hashlib.sha256(data).hexdigest()}" != facts["id"]:
            self._refuse(f"the original of {facts['id']} hashes to something else", line=at)
        if len(data) != facts["size"]:
            self._refuse(f"the original of {facts['id']} has {len(data)} bytes", line=at)
        return bytes(data), told

    def _checked_record(self, facts: Told, told: Told) -> tuple[Told, str]:
        """The record without its text, and the text."""
        self._check(told["record"], self._record, self._record)
        record = dict(told["record"])
        text = str(record.pop("text"))
        if not told["document"] == record["document"]["id"] == facts["id"]:
            self._refuse(f"it is not the record of {facts['id']}")
        if hashlib.sha256(canonical(record).encode()).hexdigest() != told["sha256"]:
            self._refuse(f"the record of {facts['id']} is not the one that was written")
        for field, (start, end) in spans(record):
            if not 0 <= start < end <= len(text):
                self._refuse(f"{field} points outside of the text: {start} to {end}")
        for name in ("entities", "claims", "acts"):
            self._once(name, record[name])
        return record, text

    def _once(self, name: str, parts: Sequence[Told]) -> None:
        ids = [part["id"] for part in parts]
        if len(set(ids)) != len(ids):
            self._refuse(f"two of the record's {name} have one id")

    def _check_decision(self, told: Told) -> None:
        if told["number"] != self._decisions:
            self._refuse(f"decision {self._decisions} is not there")
        taken_back = told["payload"].get("entry", 0)
        if type(taken_back) is not int or not (
            "entry" not in told["payload"] or 0 < taken_back < self._decisions
        ):
            self._refuse(f"it takes back decision {taken_back!r}, which is not before it")

    def _check_end(self, told: Told) -> None:
        if (told["documents"], told["decisions"]) != (len(self._ids), self._decisions):
            what = f"{told['documents']} documents and {told['decisions']} decisions were written"
            found = f"{len(self._ids)} and {self._decisions} are here"
            self._refuse(what, found)
        if told["sha256"] != self._before:
            self._refuse("the file was altered", "its lines do not have the hash it ends with")
        if self._file.read(1):
            self.line += 1
            self._refuse("something stands after the end")

    def _refuse(self, what: str, why: str = "", line: int | None = None) -> NoReturn:
        raise UnreadableSource(
            str(self.path),
            f"line {line or self.line}: {what}",
            why=why,
            todo="nothing was taken from it; get the file again from whoever exported it",
        )


_KINDS = frozenset({"header", "document", "original", "record", "decision", "end"})
