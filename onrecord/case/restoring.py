"""A case made again from its lossless export: into an empty case, whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from onrecord.dates import read_edtf
from onrecord.errors import UnreadableSource
from onrecord.passages.segment import paragraphs
from onrecord.products.export.conforming import faults
from onrecord.products.export.jsonl_lines import Carried, Decided, End, Reading
from onrecord.store.acquisition import Acquisition
from onrecord.store.decisions import KINDS, ON_RECORDS, holding
from onrecord.store.facts import Facts
from onrecord.store.log import Author, Entry
from onrecord.store.restoring import Restorer, restoring
from onrecord.store.session import Session
from onrecord.vocabulary import load

ABOUT = ("media_type", "title", "publisher", "author", "published")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in. `without_original`: documents whose bytes were not in the file."""

    name: str
    documents: int
    decisions: int
    without_original: int


def restore(file: Path, folder: Path, author: Author, progress: Callable[[str], None]) -> Restored:
    """Fill the case in `folder`, or a new one, from an export; it takes the name written there.

    `progress` gets the path of each document. Raises `UnreadableSource`, which names the line and
    the cause, and `CaseError` where the case is not empty; nothing is taken in then, and a case
    that was begun for it is gone.
    """
    with Reading(file) as reading:
        fresh = not (folder / "case.json").exists()
        if fresh:
            session = Session.create(folder, Facts(uuid.uuid4().hex, reading.case), author)
        else:
            session = Session.open(folder, author, write=True)
        try:
            return _filled(session, reading, progress)
        except BaseException:
            session.close()
            if fresh:
                _discard(folder)
            raise
        finally:
            session.close()


def _filled(session: Session, reading: Reading, progress: Callable[[str], None]) -> Restored:
    with session.writing() as writer, restoring(writer) as restorer:
        end, bare = End(0, 0, ""), 0
        for part in reading.parts():
            if isinstance(part, Carried):
                _document(restorer, part, reading)
                bare += part.original is None
                progress(str(part.facts["path"]))
            elif isinstance(part, Decided):
                _decision(restorer, part, reading)
            else:
                end = part
        restorer.done(
            {
                "case": reading.case,
                "file": reading.path.name,
                "file_sha256": end.sha256,
                "documents": end.documents,
                "decisions": end.decisions,
                "without_original": bare,
            }
        )
        session.facts = replace(session.facts, name=reading.case)
        session.facts.write(session.folder)
    return Restored(reading.case, end.documents, end.decisions, bare)


def _discard(folder: Path) -> None:
    """Take away a case that was begun to be filled and was not."""
    shutil.rmtree(folder / "originals", ignore_errors=True)
    for part in (*folder.glob("case.*"), folder / ".lock"):
        part.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _document(restorer: Restorer, carried: Carried, reading: Reading) -> None:
    facts = carried.facts
    first = facts["custody"][0] if facts["custody"] else {}
    if first and (first["path"], first["size"]) != (facts["path"], facts["size"]):
        raise _refused(reading, carried.line, "its custody begins with another path or size")
    item = Acquisition(
        sha256=facts["id"].partition(":")[2],
        data=carried.original or b"",
        path=facts["path"],
        origin=first.get("origin", ""),
        text=carried.text,
        reader=facts["reader"],
        reader_version=facts["reader_version"],
        paragraphs=paragraphs(carried.text),
        about={name: facts[name] for name in ABOUT},
        known=facts["known"],
        layout=facts["layout"],
        warnings=facts["warnings"],
    )
    try:
        restorer.document(item, facts, facts["custody"])
        if carried.record is not None:
            record = {**carried.record, "text": carried.text}
            restorer.record(facts["id"], record, carried.version)
    except IntegrityError as error:
        why = str(error.orig)
        raise _refused(reading, carried.line, "it does not hold together", why) from error


def _decision(restorer: Restorer, decided: Decided, reading: Reading) -> None:
    facts = decided.facts
    told: Mapping[str, Any] = facts["payload"]
    entry = Entry(
        facts["number"], facts["at"], facts["actor"], facts["command"], facts["what"], told, "", ""
    )
    try:
        if facts["what"] in KINDS:
            holding([entry])
        if facts["what"] in ON_RECORDS:
            _must_conform(facts["what"], told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"it is no decision of kind {facts['what']}"
        raise _refused(reading, decided.line, what, repr(error)) from error
    restorer.decision(facts["what"], told, facts)


def _must_conform(kind: str, told: Mapping[str, Any]) -> None:
    """Raise ValueError for a decision on a record that no record could be made of."""
    schema = load("decisions-1.schema")
    for fault in faults(told, schema["$defs"][kind], schema):
        raise ValueError(fault)
    if kind == "correct" and told["field"] == "type":
        _must_be_term("acts", told["value"])
    if kind == "correct" and told["field"] == "perpetrator" and told["value"]["said"]:
        _must_be_term("involvement", told["value"]["involvement"])
    if kind == "correct" and told["field"] == "date" and told["value"]["date"]:
        _must_be_date(told["value"]["date"])
    if kind == "add" and told["what"] == "act":
        _must_be_term("acts", told["body"]["type"])
        for party in told["body"]["perpetrators"]:
            _must_be_term("involvement", party["involvement"])


def _must_be_date(value: str) -> None:
    if read_edtf(value) is None:
        raise ValueError(f"{value!r} is no date")


def _must_be_term(name: str, value: str) -> None:
    if value not in load(name):
        raise ValueError(f"the vocabulary of {name} has no {value}")


def _refused(reading: Reading, line: int, what: str, why: str = "") -> UnreadableSource:
    return UnreadableSource(
        str(reading.path),
        f"line {line}: {what}",
        why=why,
        todo="nothing was taken from it; get the file again from whoever exported it",
    )
