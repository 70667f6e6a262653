"""What a file is, by its bytes first and its name second."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from onrecord.sources.fault import Encrypted, FaultError, Unreadable
from onrecord.sources.readers import docx, odt, warc
from onrecord.sources.readers.image_blocks import image_type

PDF, HTML, EMAIL, PLAIN = "application/pdf", "text/html", "message/rfc822", "text/plain"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a damaged picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II+\0", "a picture (BigTIFF)"),
    (b"MM\0+", "a picture (BigTIFF)"),
    (b"BM", "a picture (BMP)"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a", "an archive (RAR)"),
    (b"BZh", "an archive (bzip2)"),
    (b"\xfd7zXZ", "an archive (xz)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "a sound (MP3)"),
    (b"OggS", "a sound or film (Ogg)"),
    (b"\x1a\x45\xdf\xa3", "a film (Matroska)"),
)
_HTML = re.compile(
    r"(?is)(?:<\?xml[^>]*+>|<!--(?:(?!-->).)*+-->|\s)*+<(?:!doctype\s+html|html[\s>])"
)
_TAG = re.compile(r"(?i)<(?:p|div|body|head|h\d|article|table|span|br|a|meta|title)[\s>/]")
_FIELD = re.compile(r"([!-9;-~]+):(?:[ \t]|$)|[ \t]")
_CARRIED = frozenset({"received", "message-id", "mime-version", "return-path", "delivered-to"})
"""Header fields that mail programs write: with one of these a text is a message, not a memo."""
_SNIFF = 1 << 16


def media_type_of(path: str, data: bytes) -> str:
    """The media type by which `data` is to be read. The name decides only between kinds of text.

    Raises a fault for formats without a reader, and for documents that ask for a password.
    """
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(b"WARC/"):
        return warc.MEDIA_TYPE
    if data.startswith(_OLE):
        raise _compound(data)
    if (picture := image_type(data)) is not None:
        return picture
    name = path.lower()
    if b"%PDF-" in data[:1024] and (name.endswith(".pdf") or data.lstrip().startswith(b"%PDF-")):
        return PDF
    if b"%%EOF" in data[-1024:] and name.endswith(".pdf"):
        raise Unreadable(
            "the PDF is damaged or incomplete",
            why="it does not begin as a PDF does",
            todo="get it again from where it came from",
        )
    _refuse_others(data)
    return _kind_of_text(name, _glance(data))


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            names = set(opened.namelist())
            said = opened.read("mimetype")[:200] if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError) as error:
        raise Unreadable(
            "the file is damaged or incomplete",
            why=f"it begins as a ZIP file or office document, but: {error}",
            todo="get it again from where it came from",
        ) from error
    if said.startswith(b"application/vnd.oasis.opendocument.text"):
        return odt.MEDIA_TYPE
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return docx.MEDIA_TYPE
    kind = "a document" if said or "[Content_Types].xml" in names else "an archive"
    raise _no_reader(f"{kind} (ZIP)")


def _compound(data: bytes) -> FaultError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Encrypted(
            "the document is encrypted",
            why="it asks for a password",
            todo="open it with its password, save it without one and add that copy",
        )
    return _no_reader("a document of an old Office program (.doc, .xls, .ppt, .msg)")


def _refuse_others(data: bytes) -> None:
    binary = b"\0" in data[:512]
    for magic, kind in _OTHERS:
        # A few letters may begin a text too, but no text goes on with NUL bytes.
        if data.startswith(magic) and (binary or not magic.isalnum()):
            raise _no_reader(kind)
    if binary and data[4:8] == b"ftyp":
        raise _no_reader("a film, sound or picture (MP4)")
    if binary and data[257:262] == b"ustar":
        raise _no_reader("an archive (tar)")


def _no_reader(kind: str) -> Unreadable:
    if "picture" in kind:
        todo = (
            "keep it, and add a text file that names it and says what it shows, or what text "
            "recognition (OCR) gives; or save it as JPEG, PNG or TIFF with its caption in it"
        )
    elif "archive" in kind:
        todo = "unpack it and add the folder"
    else:
        todo = "save it as PDF, DOCX, ODT, HTML or plain text and add that copy"
    return Unreadable(f"this is {kind}", why="there is no reader for such files yet", todo=todo)


def _glance(data: bytes) -> str:
    """The start of a text, good enough to see markup in, whatever its encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: _SNIFF & ~3].decode("utf-16", "ignore")
    return data[:_SNIFF].replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff")


def _kind_of_text(name: str, start: str) -> str:
    if _HTML.match(start) or (
        name.endswith((".html", ".htm", ".xhtml")) and _TAG.search(start) is not None
    ):
        return HTML
    fields = _fields(start)
    if "from" in fields and (_CARRIED & fields or name.endswith((".eml", ".mht", ".mhtml"))):
        return EMAIL
    return PLAIN


def _fields(start: str) -> set[str]:
    """The names of the header fields that a text begins with; none if it does not begin so."""
    found: set[str] = set()
    lines = start.splitlines()
    for line in lines[1:] if lines and lines[0].startswith("From ") else lines:
        if not line:
            break
        match = _FIELD.match(line)
        if match is None or (match[1] is None and not found):
            return set()
        if match[1]:
            found.add(match[1].lower())
    return found
