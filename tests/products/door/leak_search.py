"""A search for words in files that shares nothing with the door's own: bytes against bytes."""

from __future__ import annotations

import base64
import email
import gzip
import html
import io
import json
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pypdfium2


def written(word: str) -> set[bytes]:
    """A word as it may stand in a file, in small letters."""
    ways = {word, json.dumps(word)[1:-1], quote(word), html.escape(word)}
    ways |= {"".join(f"&#{ord(c)};" for c in word), "".join(f"&#x{ord(c):x};" for c in word)}
    ways |= {word.replace(" ", gap) for gap in ("", "_", "-", ".", "+", "%20", "\n", "&nbsp;")}
    found = {way.lower().encode() for way in ways}
    found |= {word.lower().encode(e) for e in ("utf-16-le", "utf-16-be")}
    found |= {word.encode(e) for e in ("utf-16-le", "utf-16-be")}
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + word.encode())
        found.add(coded[4 if shift else 0 : len(coded) // 4 * 4 - 4].lower())
    return {way for way in found if len(way) >= 6}


def unpacked(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """A file's bytes and those of everything in it."""
    yield name, data
    for part, inside in inner(data):
        yield f"{name}/{part}", part.encode()
        yield from unpacked(inside, f"{name}/{part}")
    for run in re.findall(rb"[A-Za-z0-9+/]{40,}={0,2}", data):
        try:
            yield f"{name}/base64", base64.b64decode(run)
        except ValueError:
            continue


def inner(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from ((part, archive.read(part)) for part in archive.namelist())
    elif data[:2] == b"\x1f\x8b":
        yield "unzipped", gzip.decompress(data)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive.getmembers():
                opened = archive.extractfile(member)
                yield member.name, opened.read() if opened else b""
    elif data[:4] == b"PAR1":
        rows = pq.read_table(io.BytesIO(data)).to_pylist()
        yield "cells", json.dumps(rows, default=str, ensure_ascii=False).encode()
    elif data[:4] == b"%PDF":
        yield from in_pdf(data, "pdf")
    elif data[:5] in (b"From:", b"Subje", b"Recei"):
        for part in email.message_from_bytes(data).walk():
            yield "mail", part.get_payload(decode=True) or b""


def in_pdf(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    document = pypdfium2.PdfDocument(data)
    yield f"{name}/about", json.dumps(document.get_metadata_dict(), ensure_ascii=False).encode()
    for page in document:
        yield f"{name}/text", page.get_textpage().get_text_bounded().encode()
    document.close()
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            yield f"{name}/stream", zlib.decompressobj().decompress(data[match.end() :])
        except zlib.error:
            continue


def found_in(path: Path, words: list[str]) -> list[str]:
    """Where any of the words stands in a file, or in a folder and its files' names."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    wanted = {way for word in words for way in written(word)}
    hits = []
    for file in files:
        inside = [(str(file), str(file).encode()), *unpacked(file.read_bytes(), str(file))]
        for where, data in inside:
            small = data.lower()
            hits += [f"{where}: {way!r}" for way in wanted if way in small or way in data]
    return hits
