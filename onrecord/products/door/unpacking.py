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
from onrecord.products.door.picturing import of_picture, of_png
from onrecord.products.door.undoing import strings_of_pdf

Part = tuple[str, IO[bytes]]
"""The name of a part, and its bytes."""
_MOST_OF_A_STREAM = 1 << 28


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes; empty where it holds no parts that we know of."""
    for kind, starts in _STARTS.items():
        if head.startswith(starts):
            return kind
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
        for info in archive.infolist():
            if not info.is_dir():
                with archive.open(info) as part:
                    yield info.filename, part


def _tar(file: IO[bytes]) -> Iterator[Part]:
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for member in archive:
            part = archive.extractfile(member) if member.isfile() else io.BytesIO()
            if part is not None:
                yield f"{member.name} {member.linkname}".strip(), part


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
    yield from _streams(data)


def _streams(data: bytes) -> Iterator[Part]:
    """The compressed streams of a PDF: metadata and comments may stand in any."""
    view = memoryview(data)
    for number, match in enumerate(re.finditer(rb"stream\r?\n", data)):
        start = match.end()
        if data[start : start + 1] not in (b"\x78", b"\x58", b"\x68", b"\x48"):
            continue
        inflated = zlib.decompressobj()
        try:
            made = inflated.decompress(view[start:], _MOST_OF_A_STREAM)
        except zlib.error:
            continue  # its first byte was that of another filter: the stream was searched as it is
        yield f"stream {number}", io.BytesIO(made)
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
    "gzip": _compressed(gzip.open),
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
