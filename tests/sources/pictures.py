"""Pictures with words inside, of every kind that is read: Pillow writes all but IPTC data."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, PngImagePlugin

UTF8 = b"\x1b%G"
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


def xmp(body: str = "", **properties: str) -> bytes:
    """A packet: `properties` as attributes, as photoshop_Headline="..."; `body` as elements."""
    spaces = "".join(f" xmlns:{name}={quoteattr(uri)}" for name, uri in NAMESPACES.items())
    given = "".join(f" {k.replace('_', ':')}={quoteattr(v)}" for k, v in properties.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{spaces}>'
        f'<rdf:Description rdf:about=""{given}>'
        f'{body}</rdf:Description></rdf:RDF></x:xmpmeta>{" " * 50}<?xpacket end="w"?>'
    ).encode()


def described(**languages: str) -> str:
    """A description in several languages; `x_default` is that for all."""
    items = "".join(
        f'<rdf:li xml:lang="{code.replace("_", "-")}">{escape(text)}</rdf:li>'
        for code, text in languages.items()
    )
    return f"<dc:description><rdf:Alt>{items}</rdf:Alt></dc:description>"


def iim(*data_sets: tuple[int, bytes], character_set: bytes = UTF8) -> bytes:
    """IPTC data: the number of each data set of record 2 with its value."""
    first = [(1, 90, character_set)] if character_set else []
    return b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
        for record, number, value in [*first, *((2, number, value) for number, value in data_sets)]
    )


def resources(iptc: bytes) -> bytes:
    """Resources of Photoshop: a thumbnail's, with a name, and then IPTC data."""
    return b"".join(
        b"8BIM" + struct.pack(">H", number) + name + struct.pack(">I", len(data)) + data
        + b"\0" * (len(data) % 2)
        for number, name, data in ((0x040C, b"\x03odd", b"abc"), (0x0404, b"\0\0", iptc))
    )  # fmt: skip


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


def exif(**entries: str) -> Image.Exif:
    """EXIF data: Description and Artist as letters, XPTitle and XPComment in UTF-16."""
    made = Image.Exif()
    for name, value in entries.items():
        wide = name.startswith("XP")
        number = {"Description": 270, "Artist": 315, "XPTitle": 40091, "XPComment": 40092}[name]
        made[number] = value.encode("utf-16-le") + b"\0\0" if wide else value.encode()
    return made


def picture(
    kind: str,
    *,
    packet: bytes = b"",
    iptc: bytes = b"",
    about: Image.Exif | None = None,
    texts: PngImagePlugin.PngInfo | None = None,
    size: tuple[int, int] = (24, 16),
) -> bytes:
    """A picture of a kind (JPEG, PNG, WEBP, TIFF) with what is given inside."""
    given: dict[str, Any] = {}
    if kind == "TIFF":
        about = about or Image.Exif()
        about.update({number: data for number, data in ((700, packet), (33723, iptc)) if data})
    elif kind == "PNG":
        texts = texts or PngImagePlugin.PngInfo()
        if packet:
            texts.add_itxt("XML:com.adobe.xmp", packet.decode())
        given["pnginfo"] = texts
    elif packet:
        given["xmp"] = packet
    if about:
        given["exif"] = about
    out = BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(out, kind, **given)
    data = out.getvalue()
    if kind == "JPEG" and iptc:
        data = with_segment(data, 0xED, b"Photoshop 3.0\0" + resources(iptc))
    return data
