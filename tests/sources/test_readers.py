"""What each kind of file says, and where its own data stand in its text."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from io import BytesIO

import pytest
from docx import Document
from source_files import FIRST, PAGE, SECOND, TITLE, docx, message, odt, pdf, zipped

from onrecord.errors import EmptySource, EncryptedSource, SourceError, UnreadableSource
from onrecord.model import Span
from onrecord.sources import Reader, Reading

ASCII_SECOND = SECOND.replace("“", '"').replace("”", '"')


def words(reading: Reading, span: Span | None) -> str:
    assert span
    return reading.text[slice(*span)]


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a", "a.pdf"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_html(reader: Reader, name: str, encoding: str) -> None:
    page = reader.read_bytes(name, PAGE.encode(encoding))
    assert page.media_type == "text/html"
    assert words(page, page.title) == TITLE
    assert words(page, page.publisher) == "Harbour Wire"
    assert words(page, page.author) == "Ada Nemes"
    assert page.published
    assert page.published[0] == words(page, page.published[1]) == "2031-02-08"
    assert (
        page.text == f"{TITLE}\n\nHarbour Wire, 2031-02-08\n\nBy Ada Nemes\n\n{FIRST}\n\n{SECOND}"
    )


def test_html_in_the_encoding_that_it_declares(reader: Reader) -> None:
    page = f"<html><head><meta charset='windows-1251'></head><body><p>{'Рыбаки погибли. ' * 9}</p>"
    assert "Рыбаки погибли." in reader.read_bytes("a.html", page.encode("cp1251")).text


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="dc.date" content="2031">', "2031"),
        ('<meta name="date" content="2031-02">', "2031-02"),
        ('<meta name="citation_date" content="2031/2/8">', "2031-02-08"),
        (
            '<script type="application/ld+json">[{"datePublished": "2031-02-08T09"}]</script>',
            "2031-02-08",
        ),
        ('<meta name="date" content="yesterday"><meta name="modified" content="2031-02-08">', None),
        ('<meta name="date" content="2031-02-31">', None),
    ],
)
def test_date_of_a_page_is_as_precise_as_it_says(
    reader: Reader, head: str, day: str | None
) -> None:
    page = f"<html><head>{head}</head><body><p>{FIRST}</p></body></html>"
    published = reader.read_bytes("a.html", page.encode()).published
    assert (published and published[0]) == day


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><script>let a = 1</script></html>",
        "<!doctype html><img src=a.png>",
    ],
)
def test_html_without_text(reader: Reader, page: str) -> None:
    with pytest.raises(EmptySource, match=r"a\.html") as caught:
        reader.read_bytes("a.html", page.encode())
    assert caught.value.todo


def test_text_that_speaks_of_html_is_plain(reader: Reader) -> None:
    text = "The page began with <html> and the commission kept a copy.\n"
    assert reader.read_bytes("a.txt", text.encode()).text == text


@pytest.mark.parametrize("name", ["a.pdf", "a.txt"])
def test_pdf_has_paragraphs_and_a_box_for_every_line(reader: Reader, name: str) -> None:
    made = pdf(f"{TITLE}\n\n{FIRST}\n\n{ASCII_SECOND}", "The second page.")
    reading = reader.read_bytes(name, made)
    assert reading.media_type == "application/pdf"
    assert reading.text == f"{TITLE}\n\n{FIRST}\n\n{ASCII_SECOND}\n\nThe second page."
    lines = [reading.text[box.start : box.end] for box in reading.layout]
    assert " ".join(lines) == " ".join(reading.text.split())
    assert [box.page for box in reading.layout] == [1] * (len(lines) - 1) + [2]
    for box in reading.layout:
        left, bottom, right, top = box.box
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842
    tops = [box.box[3] for box in reading.layout[:-1]]
    assert tops == sorted(tops, reverse=True)


def test_pdf_hyphen_at_the_end_of_a_line_follows_the_document(reader: Reader) -> None:
    text = (
        "A commander of the government forces and a well-known lawyer met there. The govern-\n"
        "ment denied that, said the lawyer, who is well-\nknown in the harbour and Orevac-\nbased."
    )
    (line,) = reader.read_bytes("a.pdf", pdf(text)).text.split("\n\n")
    assert "The government denied" in line
    assert "who is well-known in" in line
    assert line.endswith("Orevac-based.")


def test_pdf_without_a_text_layer(reader: Reader) -> None:
    with pytest.raises(UnreadableSource, match=r"a\.pdf.*no text") as caught:
        reader.read_bytes("a.pdf", pdf("", picture_only=True))
    assert "OCR" in caught.value.todo


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_truncated_pdf(reader: Reader, part: float) -> None:
    whole = pdf(FIRST, FIRST)
    with pytest.raises(UnreadableSource, match=r"a\.pdf.*damaged") as caught:
        reader.read_bytes("a.pdf", whole[: int(len(whole) * part)])
    assert caught.value.todo


def test_pdf_that_lost_its_middle(reader: Reader) -> None:
    whole = pdf(FIRST)
    with pytest.raises(UnreadableSource, match=r"a\.pdf"):
        reader.read_bytes("a.pdf", whole[:60] + whole[-60:])


def test_encrypted_pdf(reader: Reader) -> None:
    with pytest.raises(EncryptedSource, match=r"a\.pdf.*encrypted") as caught:
        reader.read_bytes("a.pdf", pdf(FIRST, password="secret"))
    assert "password" in caught.value.todo


@pytest.mark.parametrize(("make", "kind"), [(docx, "wordprocessingml"), (odt, "opendocument")])
@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.txt", "a.pdf"])
def test_office_documents(reader: Reader, make: object, kind: str, name: str) -> None:
    reading = reader.read_bytes(name, make(FIRST, SECOND, title=TITLE))  # type: ignore[operator]
    assert kind in reading.media_type
    assert reading.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}"
    assert words(reading, reading.title) == TITLE


def test_docx_tables_headers_insertions_and_deletions(reader: Reader) -> None:
    made, out = Document(), BytesIO()
    made.sections[0].header.paragraphs[0].text = "Coastal Watch"
    made.add_paragraph("Before\tand\nafter.")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip([c for row in table.rows for c in row.cells], "abcd", strict=True):
        cell.text = text
    made.add_paragraph("CHANGED")
    made.save(out)
    changed = (
        "<w:ins><w:r><w:t>four men</w:t></w:r></w:ins><w:del><w:r><w:delText>two men</w:delText>"
        "</w:r></w:del><w:sdt><w:sdtContent><w:r><w:t> died</w:t></w:r></w:sdtContent></w:sdt>"
    )
    data = edited(out.getvalue(), "word/document.xml", "<w:r><w:t>CHANGED</w:t></w:r>", changed)
    text = reader.read_bytes("a.docx", data).text
    assert text == "Coastal Watch\n\nBefore and\nafter.\n\na\tb\n\nc\td\n\nfour men died"


def test_odt_tables_notes_spaces_and_deletions(reader: Reader) -> None:
    body = (
        "<text:tracked-changes><text:p>two men</text:p></text:tracked-changes>"
        '<text:p>Four <text:span>men</text:span><text:s text:c="2"/>died<text:line-break/>here'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note.</text:p></text:note-body></text:note>.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    data = edited(odt("CHANGED"), "content.xml", "<text:p>CHANGED</text:p>", body)
    assert reader.read_bytes("a.odt", data).text == "Four men died\nhere.\n\nA note.\n\na\tb"


def edited(document: bytes, part: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(BytesIO(document)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    assert old.encode() in members[part]
    members[part] = members[part].replace(old.encode(), new.encode())
    return zipped(members)


@pytest.mark.parametrize("make", [docx, odt])
def test_damaged_and_empty_office_documents(reader: Reader, make: object) -> None:
    whole = make(FIRST)  # type: ignore[operator]
    for part in (0.2, 0.7, 0.99):
        with pytest.raises(UnreadableSource, match=r"a\.doc: .*damaged") as caught:
            reader.read_bytes("a.doc", whole[: int(len(whole) * part)])
        assert caught.value.todo
    with pytest.raises(EmptySource, match="no text"):
        reader.read_bytes("a.doc", make())  # type: ignore[operator]


def test_office_document_reads_no_file_of_the_reader(reader: Reader) -> None:
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'
    data = edited(docx("CHANGED"), "word/document.xml", "<w:document", entity)
    data = edited(data, "word/document.xml", "CHANGED", "seen &x;")
    assert reader.read_bytes("a.docx", data).text == "seen"


def test_encrypted_office_documents(reader: Reader) -> None:
    compound = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(EncryptedSource, match=r"a\.docx"):
        reader.read_bytes("a.docx", compound)
    manifest = '<manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    data = edited(odt(FIRST), "META-INF/manifest.xml", "</manifest:manifest>", manifest)
    with pytest.raises(EncryptedSource, match=r"a\.odt"):
        reader.read_bytes("a.odt", data)


@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_email(reader: Reader, name: str) -> None:
    reading = reader.read_bytes(name, message(attachment=b"a log"))
    assert reading.media_type == "message/rfc822"
    assert words(reading, reading.title) == TITLE
    assert words(reading, reading.author) == "Ada Nemes <ada@harbourwire.example>"
    assert reading.published
    assert reading.published[0] == "2032-02-08"
    assert words(reading, reading.published[1]) == "Sun, 08 Feb 2032 22:30:00 -0500"
    assert "Attachment: log.pdf" in reading.text
    assert "log.pdf" in reading.warnings[0]
    assert reading.text.endswith(FIRST)


def test_email_bodies(reader: Reader) -> None:
    assert reader.read_bytes("a.eml", message("", html=PAGE)).text.endswith(f"{FIRST}\n\n{SECOND}")
    both = reader.read_bytes("a.eml", message("The plain one.", html=PAGE)).text
    assert both.endswith("The plain one.")
    legacy = reader.read_bytes("a.eml", message("Рыбаки погибли у берега.", charset="koi8-r"))
    assert legacy.text.endswith("Рыбаки погибли у берега.")


@pytest.mark.parametrize(
    "start", ["RIFF", "GIF8", "BM", "MZ", "ID3", "OggS", "BZh", "From ", "PK", "<", "{"]
)
def test_text_that_begins_as_another_format_does_is_plain(reader: Reader, start: str) -> None:
    text = f"{start} is how it began.\n{FIRST}\n"
    reading = reader.read_bytes("a.txt", text.encode())
    assert (reading.text, reading.media_type) == (text, "text/plain")


def test_memo_with_header_lines_is_plain_text(reader: Reader) -> None:
    memo = "From: the harbour master\nTo: the guard\nSubject: boats\n\nNo boat leaves tonight.\n"
    reading = reader.read_bytes("memo.txt", memo.encode())
    assert (reading.text, reading.media_type) == (memo, "text/plain")


def test_encrypted_and_empty_email(reader: Reader) -> None:
    made = EmailMessage()
    made["From"] = "Ada Nemes <ada@harbourwire.example>"
    with pytest.raises(EmptySource, match=r"a\.eml"):
        reader.read_bytes("a.eml", made.as_bytes())
    made["Content-Type"] = 'multipart/encrypted; protocol="application/pgp-encrypted"'
    with pytest.raises(EncryptedSource, match=r"a\.eml"):
        reader.read_bytes("a.eml", made.as_bytes())


@pytest.mark.parametrize("text", [" \r\n\t", "\ufeff\n", "\u00a0"])
def test_white_space_alone_is_no_document(reader: Reader, text: str) -> None:
    with pytest.raises(EmptySource, match=r"a\.txt") as caught:
        reader.read_bytes("a.txt", text.encode())
    assert caught.value.todo


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40), "picture"),
        (b"{\\rtf1\\ansi words}", "RTF"),
        (b"\x1f\x8b\x08" + bytes(40), "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
        (zipped({"a.txt": b"words"}), "archive"),
        (zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}), "document"),
        (bytes(range(256)) * 8, "not a text"),
        (b"words\0words", "NUL byte at byte 5"),
        ("né ".encode() * 5 + "né".encode("cp1252"), "mixed in it: byte 21"),
    ],
)
def test_what_has_no_reader_is_refused_by_name(reader: Reader, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSource, match=r"odd\.txt: ") as caught:
        reader.read_bytes("odd.txt", data)
    assert said in caught.value.what
    assert caught.value.why
    assert caught.value.todo


@pytest.mark.parametrize(
    "make",
    [lambda: pdf(FIRST, SECOND[:4]), lambda: docx(FIRST), lambda: odt(FIRST), message, PAGE.encode],
)
def test_no_damage_gets_through_as_anything_but_an_error_or_a_reading(
    reader: Reader, make: object
) -> None:
    whole = bytes(make())  # type: ignore[operator]
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        broken = whole[:place] + b"\xff\x00\xfe" + whole[place + 3 :]
        try:
            reading = reader.read_bytes("a", broken)
        except SourceError as error:
            said = error
        else:
            assert reading.text.strip()
            continue
        assert said.path == "a"
        assert said.todo
