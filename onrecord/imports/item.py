"""The contract of importers: an item with its bytes, and what those bytes say.

    Imported            what an importer finds in a file: one item, with all it takes to read it
    Imported.data       its bytes: canonical JSON, kept as the document's original
    read(data)          the text and the record that those bytes give: pure, the same for the same

To add a format, write a module with `make(item, maker)`, which lays out the item's lines and makes
its record (see `making.py`; one that holds a record already returns it), and give it a line in
`MODULES`. What a format makes of the same bytes never changes in its text: another layout is
another format ("csv/2"); where the record changes, `pipeline.VERSION` is raised.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from onrecord.errors import UnreadableSource
from onrecord.model import Record
from onrecord.sources.acquire import printable
from onrecord.sources.reading import Reading

SCHEMA = "onrecord/import/1"
MEDIA_TYPE = "application/json"
READER = "import/"
"""How the names of readers begin that made a text from an item: "import/csv"."""
READER_VERSION = "1"

MODULES: dict[str, str] = {
    "csv": "tabular",
    "sfm": "sfm",
    "uwazi": "uwazi",
    "bayanat": "bayanat",
    "ftm": "ftm_entity",
    "ftm-own": "ftm_own",
}
"""The module of `onrecord.imports` that makes text and record of each format, by its name."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One item of a file that somebody exported.

    `format` is a name of `MODULES`. `publisher` is who says what the item says, as the user named
    them. `file` and `sha256` are of the file it stood in; `place` says where in it, as a URI
    fragment ("row=12", "/entities/3"). `cells` is the item as it stood there, in JSON types (raw:
    nothing trimmed, nothing translated); `mapping` whatever else its reading depends on.
    """

    format: str
    publisher: str
    file: str
    sha256: str
    place: str
    cells: Any
    mapping: Any = None

    @property
    def path(self) -> str:
        """What the document is called: "people.csv#row=12"."""
        return printable(f"{self.file}#{self.place}")

    @property
    def data(self) -> bytes:
        """Canonical JSON: keys sorted, no blanks, ASCII. Equal items have equal bytes."""
        told = {name: getattr(self, name) for name in self.__slots__}
        text = json.dumps(
            {"schema": SCHEMA, **told},
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=True,
            allow_nan=False,
        )
        return text.encode()

    @classmethod
    def of(cls, data: bytes) -> Imported:
        """The item whose `data` these bytes are. Raises `UnreadableSource` on any others."""
        try:
            told = json.loads(data)
            if told.pop("schema") != SCHEMA:
                raise ValueError("its schema is another")
            item = cls(**told)
            if item.format not in MODULES or item.data != data:
                raise ValueError("it is not as an import wrote it")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise UnreadableSource(
                "an imported item",
                "the original cannot be read as an imported item",
                why=f"{type(error).__name__}: {error}"[:300],
                todo="use the onrecord that imported it, or import the file again",
            ) from error
        return item


@dataclass(frozen=True, slots=True)
class Read:
    """What an item's bytes give: itself, its text with what it says of itself, its record."""

    item: Imported
    reading: Reading
    record: Record


def is_imported(reader: str) -> bool:
    """Whether a text was made from an imported item, by the name of what made it."""
    return reader.startswith(READER)


def read(data: bytes) -> Read:
    """What the bytes of an item say. Raises `UnreadableSource` on bytes that are no item's."""
    item = Imported.of(data)
    digest = hashlib.sha256(data).hexdigest()
    from onrecord.imports.making import Maker

    maker = Maker(item, f"sha256:{digest}")
    record = _module(item.format).make(item, maker) or maker.record()
    reading = Reading(
        text=record.text,
        media_type=MEDIA_TYPE,
        reader=f"{READER}{item.format}",
        reader_version=READER_VERSION,
        title=maker.title,
        publisher=maker.publisher_span,
        published=maker.published,
    )
    return Read(item, reading, record)


def _module(name: str) -> Any:
    return import_module(f"onrecord.imports.{MODULES[name]}")
