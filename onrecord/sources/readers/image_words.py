"""What the metadata of a picture say: IPTC (IIM 4.2), XMP, EXIF 2.32, and texts of PNG files.

The properties are those of the IPTC Photo Metadata Standard 2023.2. Whom a program believes to
have recognized, where a camera was, its clock and its settings are not words of anybody: they are
not read. Nor are keywords, which say nothing about anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from onrecord.sources.encodings import decode_as
from onrecord.sources.fault import Unreadable
from onrecord.sources.readers.draft import one_line, tidy
from onrecord.sources.readers.image_blocks import Blocks
from onrecord.sources.readers.office import attribute, local

_Key = TypeVar("_Key", int, str)


@dataclass(frozen=True, slots=True)
class Said:
    """What one block says; `block` is XMP, IPTC, EXIF or PNG. Empty where it says nothing.

    `captions` are the description of the picture in each language, what is said of it to who
    cannot see it, and its comment; `people` who is seen, `places` where; `date` is as written.
    """

    block: str
    headline: str = ""
    title: str = ""
    captions: tuple[str, ...] = ()
    creator: str = ""
    credit: str = ""
    source: str = ""
    date: str = ""
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    instructions: str = ""
    warnings: tuple[str, ...] = ()


def words_of(blocks: Blocks) -> list[Said]:
    """What each block says, those first whose letters are the surest."""
    return [
        *map(_xmp, blocks.xmp),
        *map(_iptc, blocks.iptc),
        *map(_exif, filter(None, blocks.exif)),
        *([_png(blocks.texts)] if blocks.texts else []),
    ]


_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PLACE = (f"{_CORE}Location", *(f"{_PHOTOSHOP}{name}" for name in ("City", "State", "Country")))
_PARTS = ("Sublocation", "City", "ProvinceState", "CountryName")


def _xmp(packet: bytes) -> Said:
    from lxml import etree  # type: ignore[import-untyped]

    # No entities, no network: a picture can otherwise read the files of who opens it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Said("XMP", warnings=(f"its XMP data cannot be read: {error}"[:300],))
    found = _properties(root)
    description = [_value(item) for item in _items(found.get(f"{_DC}description"))]
    for name in ("ExtDescrAccessibility", "AltTextAccessibility"):
        description += [_value(item) for item in _items(found.get(f"{_CORE}{name}"))]
    return Said(
        "XMP",
        headline=_first(found, f"{_PHOTOSHOP}Headline"),
        title=_first(found, f"{_DC}title"),
        captions=tuple(description),
        creator=", ".join(filter(None, map(_line, _items(found.get(f"{_DC}creator"))))),
        credit=_first(found, f"{_PHOTOSHOP}Credit"),
        source=_first(found, f"{_PHOTOSHOP}Source"),
        date=_first(found, f"{_PHOTOSHOP}DateCreated"),
        people=tuple(_people(found)),
        places=tuple(_places(found)),
        instructions=_first(found, f"{_PHOTOSHOP}Instructions"),
    )


def _properties(root: Any) -> dict[str, Any]:
    """The picture's own properties: not those of what it was made from, which stand deeper."""
    found: dict[str, Any] = {}
    holders = [root] if root.tag == f"{_RDF}RDF" else root.findall(f"{_RDF}RDF")
    for described in (each for holder in holders for each in holder):
        for name, value in described.items():
            found.setdefault(name, value)
        for child in described:
            found.setdefault(child.tag, child)
    return found


def _items(value: Any) -> list[Any]:
    """The items of a property; of a text in several languages the one for all comes first."""
    if value is None or isinstance(value, str):
        return [] if value is None else [value]
    items = value.findall(f"*/{_RDF}li")
    return sorted(items, key=lambda li: li.get(_LANGUAGE) != "x-default") if items else [value]


def _value(item: Any) -> str:
    return tidy(item if isinstance(item, str) else "".join(item.itertext()))


def _line(item: Any) -> str:
    return one_line(_value(item))


def _first(found: dict[str, Any], name: str) -> str:
    return next(filter(None, map(_line, _items(found.get(name)))), "")


def _people(found: dict[str, Any]) -> Iterator[str]:
    """People and bodies that are said to be seen; of people also by a name with details."""
    for name in ("PersonInImage", "OrganisationInImageName"):
        yield from map(_line, _items(found.get(f"{_EXTENSION}{name}")))
    for item in _items(found.get(f"{_EXTENSION}PersonInImageWDetails")):
        for named in () if isinstance(item, str) else item.iter(f"{_EXTENSION}PersonName"):
            yield next(filter(None, map(_line, _items(named))), "")


def _places(found: dict[str, Any]) -> Iterator[str]:
    """The places seen; else those at which it was taken; else those of before that was told."""
    for name in ("LocationShown", "LocationCreated"):
        named = [_location(item) for item in _items(found.get(f"{_EXTENSION}{name}"))]
        if any(named):
            yield from named
            return
    yield ", ".join(filter(None, (_first(found, name) for name in _PLACE)))


def _location(item: Any) -> str:
    """A place by its parts, which are attributes or elements, one level down or two."""
    if isinstance(item, str):
        return ""
    said: dict[str, str] = {}
    for element in (item, *item.iterfind(f"{_RDF}Description")):
        for part in _PARTS:
            said.setdefault(part, one_line(attribute(element, part)))
        for child in element:
            if not said.get(local(child)):
                said[local(child)] = next(filter(None, map(_line, _items(child))), "")
    return ", ".join(said[part] for part in _PARTS if said.get(part))


_CHARACTER_SETS = {
    b"\x1b%G": "utf-8",
    b"\x1b%/G": "utf-8",
    b"\x1b%/H": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b.A": "iso8859-1",
    b"\x1b-A": "iso8859-1",
    b"\x1b-B": "iso8859-2",
    b"\x1b-F": "iso8859-7",
    b"\x1b-G": "iso8859-6",
    b"\x1b-H": "iso8859-8",
    b"\x1b-L": "iso8859-5",
    b"\x1b-M": "iso8859-9",
    b"\x1b-b": "iso8859-15",
}
"""Encodings by the escape sequence that calls them (ISO 2022), as data set 1:90 has it."""
_WANTED = frozenset({5, 40, 55, 80, 90, 92, 95, 101, 105, 110, 115, 120})


def _iptc(data: bytes) -> Said:
    """The data sets of record 2, in the encoding that data set 1:90 names, or that fits them."""
    found: dict[int, list[bytes]] = {}
    declared, warnings = None, list[str]()
    for record, number, value in _data_sets(data, warnings):
        if (record, number) == (1, 90):
            declared = _CHARACTER_SETS.get(value)
        elif record == 2 and number in _WANTED and value.strip(b"\0 "):
            found.setdefault(number, []).append(value.rstrip(b"\0"))
    said = _decoded(found, declared, "IPTC", warnings)
    lines = {number: [one_line(value) for value in values] for number, values in said.items()}
    first = {number: values[0] for number, values in lines.items()}
    return Said(
        "IPTC",
        headline=first.get(105, ""),
        title=first.get(5, ""),
        captions=tuple(map(tidy, said.get(120, ()))),
        creator=", ".join(lines.get(80, ())),
        credit=first.get(110, ""),
        source=first.get(115, ""),
        date=first.get(55, ""),
        places=(", ".join(first[number] for number in (92, 90, 95, 101) if number in first),),
        instructions=first.get(40, ""),
        warnings=tuple(warnings),
    )


def _data_sets(data: bytes, warnings: list[str]) -> Iterator[tuple[int, int, bytes]]:
    """Record, number and value of each data set (IIM 4.2, chapter 3)."""
    at = 0
    while data[at : at + 1] == b"\x1c" and at + 5 <= len(data):
        record, number, size = data[at + 1], data[at + 2], int.from_bytes(data[at + 3 : at + 5])
        at += 5
        if size & 0x8000:  # longer than 32,767 bytes: this is the length of the length
            wide = size & 0x7FFF
            size, at = int.from_bytes(data[at : at + min(wide, 8)]), at + wide
        if at + size > len(data):
            break
        yield record, number, data[at : at + size]
        at += size
    if data[at:].strip(b"\0"):
        warnings.append("its IPTC data break off or are broken: what follows is not read")


def _decoded(
    found: dict[_Key, list[bytes]], declared: str | None, block: str, warnings: list[str]
) -> dict[_Key, list[str]]:
    """The values as texts. All together tell their encoding, where none is named."""
    whole = {key: [v for v in values if b"\0" not in v] for key, values in found.items()}
    if any(len(whole[key]) < len(found[key]) for key in found):
        warnings.append(f"a text in its {block} data holds NUL: it is left out")
    try:
        decoded = decode_as(b"\n".join(v for values in whole.values() for v in values), declared)
        said = {key: [v.decode(decoded.encoding) for v in whole[key]] for key in found}
    except (Unreadable, UnicodeDecodeError) as error:
        why = error.what if isinstance(error, Unreadable) else "two encodings are mixed in it"
        warnings.append(f"its {block} data cannot be read: {why}")
        return {}
    warnings += [f"{block}: {said}" for said in decoded.warnings]
    return {key: values for key, values in said.items() if any(map(str.strip, values))}


_DESCRIPTION, _ARTIST = 270, 315
_TITLE, _COMMENT, _AUTHOR, _SUBJECT = 40091, 40092, 40093, 40095
"""What Windows writes of a file's properties, in UTF-16."""


def _exif(entries: dict[int, bytes]) -> Said:
    warnings: list[str] = []
    found = {
        tag: [value.rstrip(b"\0 ")]
        for tag, value in entries.items()
        if tag in (_DESCRIPTION, _ARTIST) and value.strip(b"\0 ")
    }
    said = _decoded(found, None, "EXIF", warnings)
    wide = {tag: _utf16(entries.get(tag, b"")) for tag in (_TITLE, _COMMENT, _AUTHOR, _SUBJECT)}
    captions = [*said.get(_DESCRIPTION, ()), wide[_COMMENT], wide[_SUBJECT]]
    return Said(
        "EXIF",
        title=one_line(wide[_TITLE]),
        captions=tuple(map(tidy, captions)),
        creator=one_line(next(iter(said.get(_ARTIST, ())), wide[_AUTHOR])),
        warnings=tuple(warnings),
    )


def _utf16(value: bytes) -> str:
    return value.decode("utf-16-le", "replace").partition("\0")[0]


def _png(texts: list[tuple[str, bytes, str]]) -> Said:
    found: dict[str, list[str]] = {}
    warnings: list[str] = []
    for keyword, value, encoding in texts:
        decoded = _decoded({keyword: [value]}, encoding, "PNG", warnings)
        found.setdefault(keyword, []).extend(decoded.get(keyword, ()))
    return Said(
        "PNG",
        title=one_line(next(iter(found.get("Title", ())), "")),
        captions=tuple(map(tidy, found.get("Description", ()))),
        creator=", ".join(map(one_line, found.get("Author", ()))),
        warnings=tuple(warnings),
    )
