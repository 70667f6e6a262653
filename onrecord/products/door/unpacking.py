"""The parts of a file that holds others: archives, office documents, PDF, pictures, mail."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from typing import IO, Any

from onrecord.errors import Unsearchable
from onrecord.products.door.picturing import as_text, of_picture, of_png
from onrecord.products.door.undoing import strings_of_pdf

Part = tuple[str, IO[bytes]]
"""The name of a part, and its bytes."""
_MOST_OF_A_STREAM = 1 << 28


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes; empty where it holds no parts that we know of."""
    for kind, starts in _STARTS.items():
        if head.startswith(starts):
            return kind
    if head[4:8] == b"ftyp":
        return "picture"
    if head[257:262] == b"ustar":
        return "tar"
    return "mail" if _MAIL.match(head) else ""


_STARTS: dict[str, tuple[bytes, ...]] = {
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "gzip": (b"\x1f\x8b",),
    "bzip2": (b"BZh",),
    "xz": (b"\xfd7zXZ\x00",),
    "pdf": (b"%PDF",),
    "png": (b"\x89PNG\r\n",),
    "parquet": (b"PAR1",),
    "warc": (b"WARC/1.",),
    "unknown": (b"7z\xbc\xaf\x27", b"Rar!", b"\x28\xb5\x2f\xfd"),
    "picture": (b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"wOF", b"\x00\x01\x00"),
}
_MAIL = re.compile(
    rb"(?:From [^\n]{3,200}\n)?(?:[A-Za-z][A-Za-z0-9-]{1,40}: [^\n]*\n(?:[ \t][^\n]*\n)*){2}"
)
BINARY = frozenset({"zip", "gzip", "bzip2", "xz", "pdf", "png", "parquet", "picture"})


def parts(kind: str, file: IO[bytes]) -> Iterator[Part]:
    """The parts of a file of a kind; to be read `reading` it."""
    opener = _OPENERS.get(kind)
    if opener is not None:
        yield from opener(file)


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Raise `Unsearchable` for what is damaged or encrypted."""
    try:
        yield
    except _BROKEN as error:
        raise Unsearchable(
            f"{where}: cannot be searched for protected names",
            why=type(error).__name__,
            todo="leave it out, or make it anew without a password",
        ) from error


def _zip(file: IO[bytes]) -> Iterator[Part]:
    with zipfile.ZipFile(file) as archive:
        told = [archive.comment, *(e for i in archive.infolist() for e in (i.comment, i.extra))]
        yield "what is told of it", as_text((run, ()) for run in told if run)
        for info in archive.infolist():
            if info.is_dir():
                yield info.filename, io.BytesIO()
                continue
            with archive.open(info) as part:
                yield info.filename, part


def _tar(file: IO[bytes]) -> Iterator[Part]:
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for member in archive:
            part = archive.extractfile(member) if member.isfile() else io.BytesIO()
            owners = (member.uname, member.gname, *member.pax_headers.values())
            told = "\n||||||\n".join(("", *map(str, owners)))
            yield "what is told of it", io.BytesIO(told.encode("utf-8", "replace"))
            if part is not None:
                yield f"{member.name} {member.linkname}".strip(), part


def _gzip(file: IO[bytes]) -> Iterator[Part]:
    """What is compressed; before it the name that it had, and a comment (RFC 1952)."""
    head = file.read(1 << 12)
    file.seek(0)
    at = 10 + (2 + int.from_bytes(head[10:12], "little") if head[3] & 4 else 0)
    yield "what is told of it", as_text((run, ()) for run in head[at:].split(b"\0")[:2])
    yield from _compressed(gzip.open)(file)


def _compressed(opener: Callable[[Any], Any]) -> Callable[[IO[bytes]], Iterator[Part]]:
    def read(file: IO[bytes]) -> Iterator[Part]:
        with opener(file) as part:
            yield "unpacked", part

    return read


def _pdf(file: IO[bytes]) -> Iterator[Part]:
    import pypdfium2

    data = file.read()
    document = pypdfium2.PdfDocument(data)
    try:
        told = "\n||||||\n".join(document.get_metadata_dict().values())
        yield "metadata", io.BytesIO(told.encode("utf-8", "replace"))
        for number in range(len(document)):
            page = document[number]
            layer = page.get_textpage()
            said = layer.get_text_bounded().encode("utf-8", "replace")
            layer.close()
            page.close()
            yield f"page {number + 1}", io.BytesIO(said)
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            yield f"attachment {number + 1}", io.BytesIO(attached.get_name().encode())
            yield f"attachment {number + 1}", io.BytesIO(bytes(attached.get_data()))
    finally:
        document.close()
    yield "its words", as_text((run, ("utf-16-be",)) for run in _told_in(data))
    yield from _streams(data)


_VALUE = re.compile(
    rb"/[A-Za-z]{1,40}\s*(\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]+>)", re.DOTALL
)
"""An entry of a dictionary that is a string (ISO 32000-1, 7.3.4): of a note, a link, a bookmark."""
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)


def _told_in(data: bytes) -> Iterator[bytes]:
    for match in _VALUE.finditer(data):
        value = match[1]
        if value.startswith(b"<"):
            digits = b"".join(value[1:-1].split())
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            yield _ESCAPE.sub(_unescaped, value[1:-1])


def _unescaped(match: re.Match[bytes]) -> bytes:
    said = match[1]
    if said.isdigit():
        return bytes([int(said, 8) & 0xFF]) if said.strip(b"01234567") == b"" else said
    return b"" if said.endswith(b"\n") else said


def _streams(data: bytes) -> Iterator[Part]:
    """The compressed streams of a PDF: metadata and comments may stand in any."""
    view = memoryview(data)
    for number, match in enumerate(re.finditer(rb"stream\r?\n", data)):
        start = match.end()
        if data[start : start + 1] == b"<":
            yield f"stream {number}", io.BytesIO(data[start : data.find(b"endstream", start)])
        if data[start : start + 1] not in (b"\x78", b"\x58", b"\x68", b"\x48"):
            continue
        inflated = zlib.decompressobj()
        try:
            made = inflated.decompress(view[start:], _MOST_OF_A_STREAM)
        except zlib.error:
            continue  # its first byte was that of another filter: the stream was searched as it is
        yield f"stream {number}", io.BytesIO(made)
        yield f"stream {number}", as_text((run, ("utf-16-be",)) for run in _told_in(made))
        for said in strings_of_pdf(made):
            yield f"stream {number}", io.BytesIO(said)


def _parquet(file: IO[bytes]) -> Iterator[Part]:
    """Each column of each batch, its cells far apart."""
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file)
    told = [str(table.schema_arrow), str(table.schema_arrow.metadata or "")]
    yield "schema", io.BytesIO("\n".join(told).encode())
    for batch in table.iter_batches(batch_size=2000):
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            cells = ("|" * 6).join(map(str, column.to_pylist()))
            yield str(name), io.BytesIO(cells.encode("utf-8", "surrogatepass"))


def _warc(file: IO[bytes]) -> Iterator[Part]:
    from warcio.archiveiterator import ArchiveIterator

    for number, record in enumerate(ArchiveIterator(file)):
        yield f"record {number + 1}", io.BytesIO(record.content_stream().read())


def _mail(file: IO[bytes]) -> Iterator[Part]:
    import email

    message = email.message_from_binary_file(file)
    for number, part in enumerate(message.walk()):
        names = [str(value) for value in part.values()] + [part.get_filename() or ""]
        yield f"headers {number + 1}", io.BytesIO("\n".join(names).encode("utf-8", "replace"))
        if not part.is_multipart():
            body = _body(part)
            yield f"part {number + 1}", io.BytesIO(body)


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _unknown(file: IO[bytes]) -> Iterator[Part]:
    del file
    raise zipfile.BadZipFile


_OPENERS: dict[str, Callable[[IO[bytes]], Iterator[Part]]] = {
    "zip": _zip,
    "tar": _tar,
    "gzip": _gzip,
    "bzip2": _compressed(bz2.open),
    "xz": _compressed(lzma.open),
    "pdf": _pdf,
    "png": of_png,
    "picture": of_picture,
    "parquet": _parquet,
    "warc": _warc,
    "mail": _mail,
    "unknown": _unknown,
}


def _errors() -> tuple[type[Exception], ...]:
    return (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        gzip.BadGzipFile,
        tarfile.TarError,
        lzma.LZMAError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    )


_BROKEN = _errors()
"""What the libraries raise for what is damaged or encrypted; theirs for PDF is a RuntimeError."""
