"""The last look finds a name in every wrapping, and nothing where there is none."""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import random
import tarfile
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import docx
import odfdo
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fpdf import FPDF
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from planted import picture
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.errors import Unsearchable
from onrecord.products.door.finding import Names
from onrecord.products.door.spelling import Coded
from onrecord.products.door.sweep import Leak, sweep

NAME = "Sarela Vostrane"
ARABIC = "سارلا فوستران"
NAMES = Names((Coded("Person K7Q2", "Person", (NAME, ARABIC, "Li Na")),))
AROUND = "said on Tuesday that four farmers were killed. " * 3


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("inside.txt")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def pdf(text: str = AROUND, title: str = "A report") -> bytes:
    paper = FPDF()
    paper.set_title(title)
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.multi_cell(0, 8, text)
    return bytes(paper.output())


def pdf_hidden(data: bytes) -> bytes:
    """A PDF with a compressed stream that no page shows."""
    packed = zlib.compress(data)
    return pdf().replace(
        b"%%EOF", b"99 0 obj <</Length %d>> stream\n%s\nendstream\n%%%%EOF" % (len(packed), packed)
    )


def split_runs() -> bytes:
    """An office document whose program cut the name in pieces."""
    office = docx.Document()
    paragraph = office.add_paragraph("Heard from ")
    for piece in ("Sar", "ela Vos", "trane"):
        paragraph.add_run(piece).bold = piece == "ela Vos"
    out = io.BytesIO()
    office.save(out)
    return out.getvalue()


def office(comment: str = "", author: str = "", image: bytes = b"") -> bytes:
    made = docx.Document()
    paragraph = made.add_paragraph(AROUND)
    made.core_properties.author = author
    if comment:
        made.add_comment(paragraph.runs, text=comment, author="desk", initials="d")
    if image:
        made.add_picture(io.BytesIO(image))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def odt() -> bytes:
    made = odfdo.Document("text")
    made.body.append(odfdo.Paragraph(f"Heard from {NAME}"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def png(**kept: str) -> bytes:
    about = PngInfo()
    if "text" in kept:
        about.add_text("Author", kept["text"])
    if "packed" in kept:
        about.add_text("Author", kept["packed"] + " " * 200, zip=True)
    if "unicode" in kept:
        about.add_itxt("Author", kept["unicode"] + " " * 200, zip=True)
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=about)
    return out.getvalue()


def parquet(**about: str) -> bytes:
    cell = "nothing" if about else NAME
    table = pa.table({"who": [*["nobody"] * 5000, cell]}).replace_schema_metadata(about or None)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def mail(attached: bytes, name: str = "a.docx") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.org", "b@x.org", "Notes"
    message.set_content(AROUND)
    message.add_attachment(attached, maintype="application", subtype="x", filename=name)
    return bytes(message)


def warc(body: bytes) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    packed = gzip.compress(body)
    headers = StatusAndHeaders("200 OK", [("Content-Encoding", "gzip")], protocol="HTTP/1.0")
    writer.write_record(
        writer.create_warc_record(
            "https://x.example/", "response", payload=io.BytesIO(packed),
            length=len(packed),
            http_headers=headers,
        )
    )  # fmt: skip
    return out.getvalue()


RAW = f"{AROUND}{NAME} {AROUND}".encode()
LEAKS: dict[str, bytes] = {
    "UTF-8": RAW,
    "capitals and a line's end": f"{AROUND}SARELA\n      VOSTRANE's".encode(),
    "family name first": b"Vostrane, Sarela",
    "hyphenated": b"Sarela Vos-\ntrane",
    "soft hyphen": "Sarela Vos\u00adtrane".encode(),
    "marks": "S\u00e1rela Vostran\u00e9".encode(),
    "decomposed marks": "Sa\u0301rela Vostrane\u0301".encode(),
    "latin-1": "R\u00e9union: S\u00e1rela Vostran\u00e9".encode("latin-1"),
    "UTF-16 little": RAW.decode().encode("utf-16-le"),
    "UTF-16 big": b"x" + RAW.decode().encode("utf-16-be"),
    "UTF-16 Arabic": ARABIC.encode("utf-16-le"),
    "Arabic": f"\u0642\u0627\u0644\u062a \u0648{ARABIC}".encode(),
    "JSON escapes": json.dumps({"name": ARABIC}).encode(),
    "JSON in JSON": json.dumps(json.dumps({"name": ARABIC})).encode(),
    "percent": quote(f"https://x.example/{NAME}").encode(),
    "percent twice": quote(quote(NAME)).encode(),
    "percent Arabic": quote(ARABIC).encode(),
    "entities": "".join(f"&#{ord(c)};" for c in NAME).encode(),
    "hex entities": "".join(f"&#x{ord(c):x};" for c in ARABIC).encode(),
    "no-break space": b"Sarela&nbsp;Vostrane",
    "inline markup": b"<p>Sar<b>ela</b> <i>Vos</i>trane</p>",
    "line break": b"<td>Sarela<br/>Vostrane</td>",
    "colours": b"\x1b[1mSarela\x1b[0m \x1b[1mVostrane\x1b[0m",
    "quoted-printable": b"S=61rela Vos=\r\ntrane",
    "encoded word": b"Subject: =?utf-8?B?" + base64.b64encode(b"TNa Li Na ok") + b"?=",
    "base64": base64.b64encode(RAW),
    "base64 wrapped": base64.encodebytes(b"x" + RAW),
    "base64 shifted": b"data:;base64,QQ" + base64.b64encode(b"xy" + RAW),
    "base64 of UTF-16": base64.b64encode(RAW.decode().encode("utf-16-le")),
    "base64 of zip": json.dumps({"x": base64.b64encode(zipped(a=RAW)).decode()}).encode(),
    "address": b"write to sarela.vostrane1984@x.example",
    "handle": b"@drsarelavostrane",
    "short name": b"and Li Na, who",
    "zip": zipped(a=RAW),
    "zip in zip": zipped(a=zipped(b=zipped(c=RAW))),
    "name in zip": zipped(**{"sarela_vostrane.txt": b"nothing"}),
    "gzip": gzip.compress(RAW),
    "two gzips": gzip.compress(b"nothing") + gzip.compress(RAW),
    "bzip2": bz2.compress(RAW),
    "xz": lzma.compress(RAW),
    "tar": tarred(RAW),
    "PDF page": pdf(f"{AROUND}{NAME} {AROUND}"),
    "PDF title": pdf(title=f"Statement of {NAME}"),
    "PDF Arabic title": pdf(title=ARABIC),
    "PDF stream": pdf_hidden(RAW),
    "PDF stream, hexadecimal": pdf_hidden(b"<" + NAME.encode("utf-16-be").hex().encode() + b">"),
    "PDF string, octal": pdf_hidden(b"(S\\141rela Vostran\\145)"),
    "DOCX comment": office(comment=f"Heard from {NAME}"),
    "DOCX author": office(author=NAME),
    "DOCX runs": split_runs(),
    "DOCX picture": office(image=picture()),
    "ODT": odt(),
    "JPEG": picture(),
    "PNG text": png(text=NAME),
    "PNG packed": png(packed=NAME),
    "PNG Unicode": png(unicode=ARABIC),
    "Parquet": parquet(),
    "Parquet about": parquet(source=NAME),
    "mail": mail(b"nothing", "sarela vostrane.docx"),
    "mail attachment": mail(office(comment=NAME)),
    "WARC": warc(RAW),
    "far in": b"y" * (1 << 22) + RAW,
    "over a block's end": b"." * ((1 << 22) + (1 << 12) - 8) + NAME.encode(),
}


def swept(folder: Path, data: bytes, name: str = "out.bin") -> list[Leak]:
    (folder / name).write_bytes(data)
    return sweep(folder, [name], NAMES)


@pytest.mark.parametrize("wrapping", LEAKS)
def test_a_name_is_found_in(wrapping: str, tmp_path: Path) -> None:
    found = swept(tmp_path, LEAKS[wrapping])
    assert [leak.file for leak in found] == ["out.bin"]
    assert "vostrane" not in found[0].where.lower()


def test_a_name_is_found_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "of-Vostrane-Sarela").mkdir()
    found = swept(tmp_path, b"nothing", "of-Vostrane-Sarela/x.txt")
    assert [leak.where for leak in found] == ["its name"]
    assert "vostrane" not in found[0].file.lower()


CLEAN: dict[str, bytes] = {
    "others of one name": b"Sarela Orlan and Tomas Vostrane met; Lina has an alibi, Nadja said.",
    "cells beside each other": b"<tr><td>Sarela</td><td>Vostrane</td></tr>",
    "noise": random.Random(7).randbytes(3 << 20),
    "noise in base64": base64.b64encode(random.Random(8).randbytes(1 << 20)),
    "noise packed": zipped(a=base64.b64encode(random.Random(9).randbytes(1 << 20))),
    "a page": html.escape(AROUND).encode(),
    "PDF": pdf(),
    "DOCX": office(),
    "Parquet": parquet(source="nobody"),
}


@pytest.mark.parametrize("wrapping", CLEAN)
def test_nothing_is_found_in(wrapping: str, tmp_path: Path) -> None:
    assert swept(tmp_path, CLEAN[wrapping]) == []


def encrypted_zip() -> bytes:
    """The flag of encryption set in both headers of the one part."""
    data = bytearray(zipped(a=RAW))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        encrypted_zip(),
        zipped(a=RAW)[:80],
        gzip.compress(random.Random(3).randbytes(9000))[:4000],
        b"%PDF-1.7\nnothing of the kind",
        b"Rar!\x1a\x07\x01\x00",
    ],
    ids=["encrypted", "cut zip", "cut gzip", "no PDF", "RAR"],
)
def test_what_cannot_be_searched_is_said_to_be_so(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Unsearchable, match="cannot be searched"):
        swept(tmp_path, data)
