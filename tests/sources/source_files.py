"""Files of every kind that is read, made on the spot by the libraries people make them with."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

TITLE = "Four fishermen killed near Orevac, ministry denies"
FIRST = (
    "The Coastal Watch said on Tuesday that four fishermen had been killed near Orevac, and that "
    "the harbour guard had fired at their boat without a warning. The ministry of the interior "
    "denied the allegation, and said that its guards had stayed in the harbour all night."
)
SECOND = "Ilva Marten, who speaks for the guard, called the report “a tale”."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{TITLE}</title><meta property="og:site_name" content="Harbour Wire">
<meta name="author" content="Ada Nemes">
<meta property="article:published_time" content="2031-02-08T22:30:00-05:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
<article><h1>{TITLE}</h1><p>By Ada Nemes</p><p>{FIRST}</p><p>{SECOND}</p></article>
<footer>Cookies, advertising and the weather</footer></body></html>"""


def pdf(*pages: str, password: str = "", picture_only: bool = False) -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.set_font("Helvetica", size=12)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    for page in pages:
        made.add_page()
        if picture_only:
            made.rect(20, 20, 100, 100, style="F")
        else:
            made.multi_cell(0, None, page)
    return bytes(made.output())


def docx(*paragraphs: str, title: str = "") -> bytes:
    from docx import Document

    made, out = Document(), BytesIO()
    if title:
        made.add_heading(title, level=0)
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(out)
    return out.getvalue()


def odt(*paragraphs: str, title: str = "") -> bytes:
    from odfdo import Document, Paragraph

    made, out = Document("text"), BytesIO()
    made.body.clear()
    if title:
        made.body.append(Paragraph(title, style="Title"))
    for paragraph in paragraphs:
        made.body.append(Paragraph(paragraph))
    made.save(out)
    return out.getvalue()


def message(
    body: str = FIRST, *, html: str = "", attachment: bytes = b"", charset: str = "utf-8"
) -> bytes:
    made = EmailMessage()
    made["Subject"] = TITLE
    made["From"] = "Ada Nemes <ada@harbourwire.example>"
    made["To"] = "desk@coastalwatch.example"
    made["Date"] = "Sun, 08 Feb 2032 22:30:00 -0500"
    made["Message-ID"] = "<1@harbourwire.example>"
    if body:
        made.set_content(body, charset=charset)
    if html:
        made.add_alternative(html, subtype="html") if body else made.set_content(
            html, subtype="html"
        )
    if attachment:
        made.add_attachment(attachment, maintype="application", subtype="pdf", filename="log.pdf")
    return made.as_bytes()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
