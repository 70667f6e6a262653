"""What is kept of a document besides its record: the original, its reader's layout and warnings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from onrecord.errors import NotFound
from onrecord.store.tables import DOCUMENTS, TEXTS
from onrecord.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is kept. `size` is in bytes.

    `layout` says for stretches of the text where on paper they stand: start, end, page from 1, and
    the box on it (left, bottom, right, top in points); empty where there are no pages.
    """

    id: str
    sha256: str
    path: str
    media_type: str
    size: int
    reader: str
    reader_version: str
    warnings: tuple[str, ...]
    layout: tuple[dict[str, Any], ...]


def kept(connection: Connection, document: str) -> Kept:
    """What is kept of a document. Raises `NotFound`."""
    names = ("reader", "reader_version", "warnings", "layout")
    query = (
        select(DOCUMENTS, *(TEXTS.c[name] for name in names))
        .join(TEXTS, TEXTS.c.document_id == DOCUMENTS.c.id)
        .where(DOCUMENTS.c.id == document)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(
            f"no document is named {document}",
            why="the case does not hold it",
            todo="look for it in the list of documents",
        )
    told = {name: row[name] for name in Kept.__dataclass_fields__}
    lists = {name: tuple(json.loads(row[name])) for name in ("warnings", "layout")}
    return Kept(**{**told, **lists})


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a document, in `file`, as they came in. `path` is what it was called then."""

    document: str
    sha256: str
    path: str
    media_type: str
    size: int
    file: Path


def original(connection: Connection, vault: Vault, document: str) -> Original:
    """The original of a document. Raises `NotFound` where it is not there as it came in."""
    of = kept(connection, document)
    file = vault.path(of.sha256)
    if _now(file) != of.sha256:
        raise NotFound(
            f"the original of {of.path} cannot be shown",
            why="it is not in this case, or not what it was when it came in",
            todo="run `onrecord verify`, which says what to do",
        )
    return Original(of.id, of.sha256, of.path, of.media_type, of.size, file)


def _now(file: Path) -> str | None:
    """The hash of a file as it is now; None where there is none."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    return _hashed(file, (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))


@lru_cache(maxsize=512)
def _hashed(file: Path, state: tuple[int, ...]) -> str | None:
    """The hash of a file in a state: a large one is not read again for each of its pages."""
    del state
    return Vault(file.parent.parent).sha256_of(file.name)
