"""What DOCX and ODT have in common: a ZIP file of XML parts with paragraphs, tables and notes.

The XML is walked here, since libraries for writing such documents leave words out when reading:
those in content controls, text boxes and accepted insertions.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from onrecord.sources.archive import ENCRYPTED_FLAG, unfolding
from onrecord.sources.fault import Encrypted, TooLarge, Unreadable, no_text
from onrecord.sources.limits import Limits
from onrecord.sources.readers.draft import Draft, tidy
from onrecord.sources.reading import Reading

_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The local names of one format's elements.

    `text` is the one element that holds characters, or None where all within a paragraph are its
    own, with white space that counts as one space. `signs` stand for characters; what is `apart`
    (text boxes, notes) follows its paragraph; what is `left_out` is not part of the text.
    """

    paragraphs: frozenset[str]
    row: str
    cells: frozenset[str]
    text: str | None
    apart: frozenset[str]
    left_out: frozenset[str]
    signs: dict[str, str] = field(default_factory=dict)


def unpack(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The document's parts. Raises a fault if it is damaged, encrypted or a ZIP bomb."""
    try:
        opened = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _damaged(str(error)) from error
    infos = opened.infolist()
    why = unfolding(infos, limits)
    if why:
        raise TooLarge(
            "the document unpacks to too much",
            why=why,
            todo="do not open it unless you know who made it; ask for a PDF of it",
        )
    if any(info.flag_bits & ENCRYPTED_FLAG for info in infos):
        raise encrypted()
    return opened


def encrypted() -> Encrypted:
    """The fault of a document that asks for a password."""
    return Encrypted(
        "the document is encrypted",
        why="it asks for a password",
        todo="open it with its password, save it without one and add that copy",
    )


def part(opened: zipfile.ZipFile, name: str) -> Any:
    """The root element of a part. Raises `Unreadable` if it is absent or not XML."""
    from lxml import etree  # type: ignore[import-untyped]

    # No entities, no network: a document can otherwise read the files of who opens it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(opened.read(name), parser)
    except KeyError as error:
        raise _damaged(f"it has no part {name}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError) as error:
        raise _damaged(f"{name}: {error}") from error


def _damaged(why: str) -> Unreadable:
    return Unreadable(
        "the document is damaged or incomplete",
        why=why,
        todo="open it in the program it was made with, let that repair it, and add the copy",
    )


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name without namespace, or ""."""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def blocks(element: Any, dialect: Dialect) -> Iterator[tuple[Any, str]]:
    """Each paragraph or table row below `element` with its text, in the order of the document."""
    for child in element:
        name = local(child)
        if not name or name in dialect.left_out:
            continue
        if name == dialect.row:
            yield (
                child,
                "\t".join(_cell(cell, dialect) for cell in child if _is_cell(cell, dialect)),
            )
        elif name in dialect.paragraphs:
            yield child, tidy("".join(_words(child, dialect)))
            for inner in _apart(child, dialect):
                yield from blocks(inner, dialect)
        else:
            yield from blocks(child, dialect)


def _is_cell(element: Any, dialect: Dialect) -> bool:
    return local(element) in dialect.cells


def _cell(cell: Any, dialect: Dialect) -> str:
    return " ".join(text for _, text in blocks(cell, dialect) if text).replace("\n", " ")


def _words(element: Any, dialect: Dialect) -> Iterator[str]:
    """The characters of a paragraph, piece by piece."""
    name = local(element)
    if dialect.text is None or name == dialect.text:
        yield _spaced(element.text, dialect)
    for child in element:
        inner = local(child)
        if inner in dialect.signs:
            count = attribute(child, "c") if inner == "s" else ""
            yield dialect.signs[inner] * (min(int(count), 1000) if count.isdecimal() else 1)
        elif inner and inner not in dialect.left_out and inner not in dialect.apart:
            yield from _words(child, dialect)
        if dialect.text is None:
            yield _spaced(child.tail, dialect)


def _spaced(text: str | None, dialect: Dialect) -> str:
    return (text or "") if dialect.text else _SPACE.sub(" ", text or "")


def _apart(element: Any, dialect: Dialect) -> Iterator[Any]:
    for child in element:
        name = local(child)
        if name in dialect.apart:
            yield child
        elif name and name not in dialect.left_out:
            yield from _apart(child, dialect)


@dataclass(frozen=True, slots=True)
class Names:
    """A reader's name and version and the media type that it reads."""

    reader: str
    version: str
    media_type: str


def assemble(
    found: Iterator[tuple[Any, str]], is_title: Callable[[Any], bool], names: Names
) -> Reading:
    """The reading of all blocks, each a paragraph. Raises `Empty` where there is no text."""
    draft, title = Draft(), None
    for element, text in found:
        span = draft.block(text)
        if title is None and span and is_title(element):
            title = span
    if not draft.text.strip():
        raise no_text("there is no text in this document", "it holds nothing, or only pictures")
    return Reading(
        text=draft.text,
        media_type=names.media_type,
        reader=names.reader,
        reader_version=names.version,
        title=title,
    )
