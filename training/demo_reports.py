"""Write the demo's reports that are not UTF-8 text, HTML or mail, from plain sources.

    python training/demo_reports.py

Reads `training/demo_sources/*.txt`, writes into `onrecord/demo/reports`. A PDF, DOCX or ODT takes
the first paragraph of its source as its letterhead. All dates and ids inside the files are fixed,
so that the same sources and the same libraries give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

SOURCES = Path(__file__).with_name("demo_sources")
REPORTS = Path(__file__).parents[1] / "onrecord" / "demo" / "reports"
MADE = dt.datetime(2025, 3, 21, 12, 0, tzinfo=dt.UTC)
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def legacy_text(text: str) -> bytes:
    """Windows-1252, as old newsroom systems send it."""
    return text.replace("\n", "\r\n").encode("cp1252")


def wide_text(text: str) -> bytes:
    """UTF-16, little-endian, with its byte order mark, as Windows' editor once saved "Unicode"."""
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def pdf(text: str) -> bytes:
    """Pages of plain paragraphs; the fonts that every reader has know no curly quotation marks."""
    from fpdf import FPDF

    document = FPDF(format="A4")
    document.set_creation_date(MADE)
    document.set_margins(25, 25, 25)
    document.set_auto_page_break(auto=True, margin=25)
    document.add_page()
    for number, paragraph in enumerate(paragraphs(text.translate(STRAIGHT))):
        document.set_font("Helvetica", "B" if number < 2 else "", 13 if number < 2 else 11)
        document.multi_cell(0, 6, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
        document.ln(4)
    return bytes(document.output())


def docx(text: str) -> bytes:
    """A word-processor file with a heading and paragraphs."""
    from docx import Document

    document = Document()
    document.core_properties.created = document.core_properties.modified = MADE
    document.core_properties.author = ""
    head, title, *body = paragraphs(text)
    document.add_paragraph(head)
    document.add_heading(title, level=1)
    for paragraph in body:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return zipped(members(file.getvalue()))


def odt(text: str) -> bytes:
    """An OpenDocument text with a heading and paragraphs."""
    from odfdo import Document, Header, Paragraph

    document = Document("text")
    document.meta.set_creation_date(MADE.replace(tzinfo=None))
    document.meta.set_modification_date(MADE.replace(tzinfo=None))
    head, title, *body = paragraphs(text)
    document.body.clear()
    document.body.append(Paragraph(head))
    document.body.append(Header(1, title))
    for paragraph in body:
        document.body.append(Paragraph(paragraph))
    file = io.BytesIO()
    document.save(file)
    return zipped(members(file.getvalue()))


def paragraphs(text: str) -> list[str]:
    """What blank lines divide."""
    return [part.strip("\n") for part in text.split("\n\n") if part.strip()]


def members(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents: dict[str, bytes]) -> bytes:
    """A ZIP whose every member carries the same date."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            # OpenDocument asks for its first member, "mimetype", to be stored as it is.
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return file.getvalue()


WRITERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "03-daily-post-ombrath-copy": (".txt", legacy_text),
    "06-ministry-release": (".docx", docx),
    "08-hearth-guard-reply": (".txt", wide_text),
    "13-lantern-urgent-action": (".pdf", pdf),
    "15-gendarmerie-bulletin": (".odt", odt),
    "17-journalists-union": (".pdf", pdf),
    "19-commission-summary": (".pdf", pdf),
    "20-governor-statement": (".odt", odt),
    "26-lantern-open-letter": (".docx", docx),
}
ARCHIVE = (
    "29-bulletin-and-newsletter.zip",
    ("29a-coast-radio-bulletin", "29b-parish-newsletter"),
)


def source(name: str) -> str:
    """The plain source of one report."""
    return (SOURCES / f"{name}.txt").read_text(encoding="utf-8")


def main() -> None:
    """Write them all."""
    for name, (suffix, writer) in WRITERS.items():
        (REPORTS / f"{name}{suffix}").write_bytes(writer(source(name)))
    archive, names = ARCHIVE
    contents = {f"{name}.txt": source(name).encode() for name in names}
    (REPORTS / archive).write_bytes(zipped(contents))


if __name__ == "__main__":
    main()
