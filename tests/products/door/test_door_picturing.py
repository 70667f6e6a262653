"""Names inside of pictures are found, short ones and those in old encodings too."""

from __future__ import annotations

import base64
import io
import random
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from onrecord.products.door.finding import Names
from onrecord.products.door.spelling import Coded
from onrecord.products.door.sweep import leaks_in

sys.path.append(str(Path(__file__).parents[2] / "sources"))
from pictures import described, exif, iim, picture, resources, xmp

SPOKEN = ("Sela Onnard", "Jörg Önnård", "Li Na", "سلا رضا", "Ра Ли")
KINDS = ("JPEG", "PNG", "WEBP", "TIFF")


def leaks(name: str, data: bytes, folder: Path) -> bool:
    return leaks_in(data, Names((Coded("Person K7Q2", "Person", (name,)),)), folder)


def caption(name: str) -> str:
    return f"The guard led {name} away at noon, said a boatman at pier four."


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG with a chunk of a kind before its pixels."""
    png = picture("PNG")
    made = struct.pack(">I", len(body)) + kind + body
    return png[:33] + made + struct.pack(">I", zlib.crc32(kind + body)) + png[33:]


def packed(data: bytes, window: int = 15) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, window)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize("name", SPOKEN)
@pytest.mark.parametrize("kind", KINDS)
def test_in_xmp_and_exif(kind: str, name: str, tmp_path: Path) -> None:
    packet = xmp(described(en=caption(name)))
    escaped = "".join(f"&#{ord(char)};" for char in name)
    assert leaks(name, picture(kind, packet=packet), tmp_path)
    assert leaks(name, picture(kind, packet=packet.replace(name.encode(), escaped.encode())),
                 tmp_path)  # fmt: skip
    assert leaks(name, picture(kind, about=exif(Description=caption(name))), tmp_path)
    assert leaks(name, picture(kind, about=exif(XPComment=caption(name))), tmp_path)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Li Na", "utf-8"), ("Jörg Önnård", "cp1252"), ("سلا رضا", "cp1256"), ("Ра Ли", "cp1251")],
)
def test_in_iptc_data_of_old_encodings(name: str, encoding: str, tmp_path: Path) -> None:
    block = iim((120, caption(name).encode(encoding)), (80, name.encode(encoding)))
    old = iim((25, name.encode(encoding)), character_set=b"")
    raw = resources(old)
    digits = f"\niptc\n{len(raw):8}\n{raw.hex()}\n".encode()
    assert leaks(name, picture("JPEG", iptc=block), tmp_path)
    assert leaks(name, picture("TIFF", iptc=old), tmp_path)
    assert leaks(name, chunk(b"tEXt", b"Raw profile type iptc\0" + digits), tmp_path)
    assert leaks(name, chunk(b"zTXt", b"Raw profile type iptc\0\0" + packed(digits)), tmp_path)
    assert leaks(name, base64.b64encode(picture("JPEG", iptc=block)), tmp_path)


@pytest.mark.parametrize("window", range(9, 16))
def test_in_a_text_packed_with_any_window(window: int, tmp_path: Path) -> None:
    for name in SPOKEN:
        text = packed(caption(name).encode(), window)
        assert leaks(name, chunk(b"iTXt", b"Comment\0\1\0\0\0" + text), tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found_where_nobody_is_named(kind: str, tmp_path: Path) -> None:
    about = exif(Description=caption("Nadja"), XPTitle=caption("Lina"))
    data = picture(kind, packet=xmp(described(en=caption("Selma"))), about=about)
    noise = random.Random(3).randbytes(200_000)
    for name in SPOKEN:
        assert not leaks(name, data, tmp_path)
        assert not leaks(name, data + noise, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_picture_is_searched_as_far_as_it_goes(kind: str, tmp_path: Path) -> None:
    chance = random.Random(4)
    whole = picture(kind, packet=xmp(described(en=caption("Li Na"))), about=exif(Artist="Li Na"))
    for _ in range(60):
        broken = bytearray(whole[: chance.randrange(len(whole) // 2, len(whole))])
        for _ in range(4):
            broken[chance.randrange(12, len(broken))] = chance.randrange(256)
        assert leaks("Li Na", bytes(broken), tmp_path) in {True, False}


SHORT = ("Li", "Su", "Ян", "نور", "דן", "Ayşe", "李娜", "Li Na")


def with_entry(kind: str, tag: int, value: bytes, directory: int = 0) -> bytes:
    about = Image.Exif()
    (about.get_ifd(directory) if directory else about)[tag] = value
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind, exif=about.tobytes())
    return out.getvalue()


@pytest.mark.parametrize("name", SHORT)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_short_name_in_any_entry(kind: str, name: str, tmp_path: Path) -> None:
    wide = name.encode("utf-16-le")
    for tag in (0x010E, 0x010F, 0x0131, 0x013B, 0x013C, 0x8298):
        assert leaks(name, with_entry(kind, tag, name.encode()), tmp_path), hex(tag)
    for tag in range(0x9C9B, 0x9CA0):
        assert leaks(name, with_entry(kind, tag, wide + b"\0\0"), tmp_path), hex(tag)
    said_in = {b"UNICODE\0": wide, b"ASCII\0\0\0": name.encode(), bytes(8): name.encode()}
    for code, said in said_in.items():
        assert leaks(name, with_entry(kind, 0x9286, code + said, 0x8769), tmp_path), code
        assert leaks(name, with_entry(kind, 0x1C, code + said, 0x8825), tmp_path), code
    assert leaks(name, with_entry(kind, 0xA430, name.encode(), 0x8769), tmp_path)


@pytest.mark.parametrize("name", SHORT)
def test_a_short_name_in_a_comment_or_behind_the_picture(name: str, tmp_path: Path) -> None:
    said = caption(name).encode() * 6
    for kind in ("JPEG", "GIF"):
        out = io.BytesIO()
        Image.new("RGB", (8, 8)).save(out, kind, comment=said)
        assert leaks(name, out.getvalue(), tmp_path), kind
    for kind in ("JPEG", "PNG"):
        assert leaks(name, picture(kind) + b"\n" + name.encode() + b"\n", tmp_path), kind
    gif = io.BytesIO()
    Image.new("RGB", (8, 8)).save(gif, "GIF")
    packet = b"!\xff\x0bXMP DataXMP" + xmp(described(en=name)) + bytes([1, *range(255, -1, -1), 0])
    assert leaks(name, gif.getvalue()[:-1] + packet + b";", tmp_path)


@pytest.mark.parametrize("name", SHORT)
def test_a_short_name_told_of_an_archive(name: str, tmp_path: Path) -> None:
    for part in ("comment", "member", "extra", "folder"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            info = zipfile.ZipInfo(f"{name}/" if part == "folder" else "a.txt")
            info.comment = name.encode() if part == "member" else b""
            size = len(name.encode()) + 5
            info.extra = struct.pack("<HHBI", 0x7075, size, 1, 0) + name.encode()
            info.extra = info.extra if part == "extra" else b""
            archive.writestr(info, b"")
            archive.comment = name.encode() if part == "comment" else b""
        assert leaks(name, out.getvalue(), tmp_path), part


@pytest.mark.parametrize("name", SHORT)
def test_a_short_name_in_a_note_a_link_or_the_outline_of_a_pdf(name: str, tmp_path: Path) -> None:
    for place in ("note", "link", "outline", "attachment", "xmp", "none"):
        paper = FPDF()
        paper.add_page()
        paper.set_font("helvetica", size=12)
        if place == "note":
            paper.text_annotation(10, 10, name)
        elif place == "link":
            paper.link(10, 10, 10, 10, f"https://x.example/?q={name}")
        elif place == "outline":
            paper.start_section(name)
        elif place == "attachment":
            paper.embed_file(basename="a.txt", bytes=b"abc", desc=name)
        elif place == "xmp":
            paper.set_xmp_metadata(f"<rdf:RDF><dc:creator>{name}</dc:creator></rdf:RDF>")
        assert leaks(name, bytes(paper.output()), tmp_path) == (place != "none"), place
