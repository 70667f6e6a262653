"""Names inside of pictures are found, short ones and those in old encodings too."""

from __future__ import annotations

import base64
import random
import struct
import sys
import zlib
from pathlib import Path

import pytest

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
