"""The words inside pictures: what is read from where, and what is said of those without any."""

from __future__ import annotations

import random
import re
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import UTF8, described, exif, iim, picture, resources, with_segment, xmp
from PIL import Image, IptcImagePlugin, PngImagePlugin

from onrecord.errors import EmptySource, SourceTooLarge, UnreadableSource
from onrecord.sources import Limits, Reader, Reading
from onrecord.sources.fault import FaultError, TooLarge
from onrecord.sources.readers.image import read_image

KINDS = ("JPEG", "PNG", "WEBP", "TIFF")
HEADLINE = "Boatman led away at Orle"
CAPTION = (
    "Sela Onnard, left, is led away by harbour guards in Orle, Karsk, on Tuesday. “They beat him,” "
    "said his brother. The guard denies it."
)
WHOLE = xmp(
    described(en_GB=CAPTION, fr="Sela Onnard à Orle.", x_default=CAPTION)
    + "<dc:creator><rdf:Seq><rdf:li>Ada Nemes</rdf:li></rdf:Seq></dc:creator>"
    "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Sela Onnard</rdf:li><rdf:li>Sela</rdf:li>"
    "</rdf:Bag></Iptc4xmpExt:PersonInImage><Iptc4xmpExt:LocationShown><rdf:Bag>"
    '<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:CountryName>Karsk</Iptc4xmpExt:CountryName>'
    "<Iptc4xmpExt:City>Orle</Iptc4xmpExt:City></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>",
    photoshop_Headline=HEADLINE,
    photoshop_Credit="Ada Nemes/Harbour Wire",
    photoshop_DateCreated="2031-02-08T10:30:00+02:00",
    photoshop_Instructions="Do not show his face",
)
TEXT = (
    f"{HEADLINE}\n\nAda Nemes/Harbour Wire, 2031-02-08\n\nAda Nemes\n\n{CAPTION}\n\n"
    "Sela Onnard à Orle.\n\nIn the picture: Sela Onnard, Sela\n\nPlace: Orle, Karsk"
)
IPTC = iim(
    (105, HEADLINE.encode()),
    (120, CAPTION.encode()),
    (80, b"Ada Nemes"),
    (80, b"Iven Tol"),
    (110, b"Harbour Wire"),
    (55, b"20310208"),
    (92, b"Pier 4"),
    (90, b"Orle"),
    (101, b"Karsk"),
    (25, b"boats"),
)


def read(data: bytes) -> Reading:
    return read_image(data, Limits())


def said(reading: Reading) -> dict[str, str | None]:
    spans = {name: getattr(reading, name) for name in ("title", "publisher", "author")}
    spans["date"] = reading.published and reading.published[1]
    return {name: span and reading.text[slice(*span)] for name, span in spans.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_xmp_of_each_kind_of_picture(reader: Reader, kind: str) -> None:
    reading = reader.read_bytes("a.jpg", picture(kind, packet=WHOLE))
    assert reading.media_type == f"image/{kind.lower()}"
    assert reading.text == TEXT
    assert said(reading) == {
        "title": HEADLINE,
        "publisher": "Harbour Wire",
        "author": "Ada Nemes",
        "date": "2031-02-08",
    }
    assert reading.published
    assert reading.published[0] == "2031-02-08"
    assert reading.warnings == ("its instructions are not part of the text: Do not show his face",)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_iptc_of_a_picture_as_another_library_reads_it(reader: Reader, kind: str) -> None:
    data = picture(kind, iptc=IPTC)
    reading = reader.read_bytes("a", data)
    assert reading.text == (
        f"{HEADLINE}\n\nHarbour Wire, 2031-02-08\n\nAda Nemes, Iven Tol\n\n{CAPTION}\n\n"
        "Place: Pier 4, Orle, Karsk"
    )
    with Image.open(BytesIO(data)) as opened:
        known = IptcImagePlugin.getiptcinfo(opened)
    assert known
    assert known[2, 105] == HEADLINE.encode()
    assert known[2, 120] == CAPTION.encode()
    assert said(reading)["author"] == b", ".join(known[2, 80]).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_exif_gives_its_words_and_nothing_of_the_camera(kind: str) -> None:
    about = exif(Description=CAPTION, Artist="Ada Nemes", XPTitle="Boats at Orle — pier 4")
    about[271], about[272], about[305], about[306] = "Maker", "Model 7", "Program 1", "2031:02:08"
    about.get_ifd(0x8825)[2] = (59.0, 54.0, 0.0)
    reading = read(picture(kind, about=about))
    assert reading.text == f"Boats at Orle — pier 4\n\nAda Nemes\n\n{CAPTION}"
    assert reading.published is None


def test_texts_of_a_png_in_every_form_and_behind_the_image() -> None:
    for compressed in (False, True):
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Title", "Zöe at pier 4", zip=compressed)
        texts.add_itxt("Description", CAPTION, zip=compressed)
        texts.add(b"tEXt", b"Author\0Ada Nemes", after_idat=True)
        texts.add_text("Comment", "Created with a program")
        reading = read(picture("PNG", texts=texts))
        assert reading.text == f"Zöe at pier 4\n\nAda Nemes\n\n{CAPTION}"
        assert said(reading)["title"] == "Zöe at pier 4"


@pytest.mark.parametrize(
    ("head", "profile"),
    [
        ("iptc", IPTC),
        ("8bim", resources(IPTC)),
        ("IPTC profile", resources(IPTC)),
        ("xmp", WHOLE),
        ("exif", exif(Description=CAPTION).tobytes()),
    ],
)
def test_what_a_program_took_over_into_a_png_is_read(head: str, profile: bytes) -> None:
    digits = "\n".join(re.findall(".{1,72}", profile.hex()))
    for compressed in (False, True):
        texts = PngImagePlugin.PngInfo()
        raw = f"\n{head}\n{len(profile):8}\n{digits}\n"
        texts.add_text(f"Raw profile type {head.lower().split()[0]}", raw, zip=compressed)
        reading = read(picture("PNG", texts=texts))
        assert CAPTION in reading.text
        assert "IPTC data" not in "".join(reading.warnings)


def test_what_stands_in_several_blocks_stands_in_the_text_once() -> None:
    cut = iim((105, HEADLINE.upper().encode()), (120, CAPTION.encode()[:70]), (80, b"Ada Nemes"))
    about = exif(Description=CAPTION.replace(". ", ".\r\n"), Artist="Ada Nemes")
    reading = read(picture("JPEG", packet=WHOLE, iptc=cut, about=about))
    assert reading.text == TEXT
    assert len(reading.warnings) == 1


def test_a_caption_in_another_language_of_the_same_picture_is_no_difference() -> None:
    reading = read(picture("JPEG", packet=WHOLE, iptc=iim((120, "Sela Onnard à Orle.".encode()))))
    assert reading.text == TEXT
    assert len(reading.warnings) == 1


def test_blocks_that_differ_are_both_in_the_text_and_told() -> None:
    altered = iim(
        (120, b"Sela Onnard goes home with friends."), (55, b"20310301"), (110, b"A Desk")
    )
    reading = read(picture("JPEG", packet=WHOLE, iptc=altered))
    assert CAPTION in reading.text
    assert "goes home with friends" in reading.text
    assert said(reading)["date"] == "2031-02-08"
    assert reading.warnings[:3] == (
        "XMP and IPTC differ on the caption: both are in the text",
        "XMP and IPTC differ on the credit: that of XMP counts",
        "XMP and IPTC differ on the date: that of XMP counts",
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031", "2031"),
        ("2031-02", "2031-02"),
        ("2031-02-08T10:30", "2031-02-08"),
        ("2031:02:08 10:30:00", "2031-02-08"),
        ("20310200", "2031-02"),
        ("20310000", "2031"),
        ("2031-02-31", None),
        ("00000000", None),
        ("spring", None),
    ],
)
def test_date_is_as_precise_as_it_is_written(written: str, day: str | None) -> None:
    reading = read(picture("PNG", packet=xmp(described(en=CAPTION), photoshop_DateCreated=written)))
    assert (reading.published and reading.published[0]) == day
    assert (day or "2031") in reading.text or day is None


@pytest.mark.parametrize(
    ("credit", "creator", "publisher"),
    [
        ("Harbour Wire", "Ada Nemes", "Harbour Wire"),
        ("Harbour Wire / Ada Nemes", "Ada Nemes", "Harbour Wire"),
        ("Ada Nemes", "Ada Nemes", None),
        ("Harbour Wire/Coastal Watch", "Ada Nemes", "Harbour Wire/Coastal Watch"),
        ("Ada", "Adam Nemes", "Ada"),
    ],
)
def test_publisher_is_who_is_credited_beside_the_by_line(
    credit: str, creator: str, publisher: str | None
) -> None:
    iptc = iim((120, CAPTION.encode()), (110, credit.encode()), (80, creator.encode()))
    told = said(read(picture("JPEG", iptc=iptc)))
    assert (told["publisher"], told["author"]) == (publisher, creator)


@pytest.mark.parametrize(
    ("character_set", "encoding", "words", "warned"),
    [
        (UTF8, "utf-8", "Sela Önnard était là, на пристани", ""),
        (b"", "utf-8", "Sela Önnard était là, на пристани", ""),
        (b"\x1b-A", "latin-1", "Sela Önnard était là hier, à midi", ""),
        (b"\x1b-L", "iso8859-5", "Рыбаков увели с пристани", ""),
        (b"", "cp1252", "Sela Önnard était là hier, à midi", "read as cp1252"),
        (b"", "cp1251", "Рыбаков увели с пристани, сказал брат", "read as cp1251"),
        (UTF8, "cp1252", "Sela Önnard était là hier, à midi", "says that it is in utf-8"),
    ],
)
def test_iptc_in_the_encoding_that_it_names_or_that_fits(
    character_set: bytes, encoding: str, words: str, warned: str
) -> None:
    iptc = iim((105, b"Orle"), (120, words.encode(encoding)), character_set=character_set)
    reading = read(picture("JPEG", iptc=iptc))
    assert reading.text == f"Orle\n\n{words}"
    assert warned in "".join(reading.warnings)
    assert bool(warned) == bool(reading.warnings)


def test_lines_of_a_caption_stay_and_end_plainly() -> None:
    iptc = iim((105, b"One\r\ntwo"), (120, b"First  line.\r\nSecond\tline.\r\n\r\nThird.\0\0"))
    assert read(picture("JPEG", iptc=iptc)).text == "One two\n\nFirst line.\nSecond line.\n\nThird."


def test_who_is_seen_is_told_by_names_with_and_without_details_and_as_bodies() -> None:
    people = (
        "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Sela Onnard</rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:PersonInImage><Iptc4xmpExt:OrganisationInImageName><rdf:Bag>"
        "<rdf:li>Harbour Guard</rdf:li></rdf:Bag></Iptc4xmpExt:OrganisationInImageName>"
        "<Iptc4xmpExt:PersonInImageWDetails><rdf:Bag>"
        '<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:PersonName><rdf:Alt>'
        '<rdf:li xml:lang="x-default">Iven Tol</rdf:li></rdf:Alt></Iptc4xmpExt:PersonName></rdf:li>'
        "<rdf:li><rdf:Description><Iptc4xmpExt:PersonName><rdf:Alt><rdf:li>Sela Onnard</rdf:li>"
        "</rdf:Alt></Iptc4xmpExt:PersonName></rdf:Description></rdf:li>"
        "</rdf:Bag></Iptc4xmpExt:PersonInImageWDetails>"
    )
    reading = read(picture("WEBP", packet=xmp(people)))
    assert reading.text == "In the picture: Sela Onnard, Harbour Guard, Iven Tol"


def test_what_it_was_made_from_says_nothing_of_the_picture() -> None:
    inner = (
        '<xmpMM:DerivedFrom xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"><rdf:Description '
        'photoshop:Headline="Another picture"/></xmpMM:DerivedFrom>'
    )
    assert read(picture("PNG", packet=xmp(inner + described(en=CAPTION)))).text == CAPTION


def test_long_xmp_is_put_together_and_a_missing_portion_is_told() -> None:
    long = xmp(described(en=f"{CAPTION} {'And more. ' * 9000}end"))
    portions = [
        b"http://ns.adobe.com/xmp/extension/\0" + b"F" * 32 + struct.pack(">II", len(long), at)
        + long[at : at + 60_000]
        for at in range(0, len(long), 60_000)
    ]  # fmt: skip
    jpeg = with_segment(
        picture("JPEG"), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(photoshop_Headline=HEADLINE)
    )
    whole = jpeg
    for portion in portions:
        whole = with_segment(whole, 0xE1, portion)
    assert read(whole).text.endswith("And more. end")
    part = read(with_segment(jpeg, 0xE1, portions[0]))
    assert part.text == HEADLINE
    assert "missing" in part.warnings[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "note", ["OLYMPUS DIGITAL CAMERA", "DCIM\\100\\DJI_0001.JPG", "Screenshot"]
)
def test_a_picture_into_which_nobody_wrote_is_refused(reader: Reader, kind: str, note: str) -> None:
    for about in (None, exif(Description=note, Artist="Ada Nemes", XPTitle="DSC_0042")):
        with pytest.raises(EmptySource, match=r"orle\.jpg: there are no words") as caught:
            reader.read_bytes("orle.jpg", picture(kind, about=about))
        assert "caption" in caught.value.why
        assert "text file" in caught.value.todo


@pytest.mark.parametrize("said", ["Canon Orlo led away", "Camera crew beaten", "Demonstration"])
def test_what_somebody_wrote_is_not_taken_for_a_camera_s(said: str) -> None:
    assert read(picture("JPEG", about=exif(Description=said))).text == said


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_was_cut_off_gives_its_words_with_a_warning_or_is_refused(
    reader: Reader, kind: str
) -> None:
    noise = random.Random(7).randbytes(300 * 200 * 3)
    out = BytesIO()
    Image.frombytes("RGB", (300, 200), noise).save(out, kind)
    data = out.getvalue()
    bare = data[: len(data) // 2]
    if kind != "TIFF":  # a TIFF file without words is as long as its header says
        with pytest.raises(UnreadableSource, match="damaged or incomplete") as caught:
            reader.read_bytes("a.jpg", bare)
        assert caught.value.todo
    if kind == "JPEG":
        told = read(with_segment(bare, 0xED, b"Photoshop 3.0\0" + resources(IPTC)))
        assert CAPTION in told.text
        assert told.warnings == ("the end of the picture is missing",)


def test_broken_metadata_is_told_and_the_rest_is_read() -> None:
    broken = WHOLE.replace(b"</dc:creator>", b"")
    reading = read(picture("JPEG", packet=broken, iptc=IPTC))
    assert reading.text.startswith(f"{HEADLINE}\n\nHarbour Wire")
    assert "XMP data cannot be read" in reading.warnings[0]
    with pytest.raises(FaultError, match="damaged") as caught:
        read(picture("JPEG", packet=broken))
    assert "XMP" in caught.value.why
    cut = read(picture("JPEG", iptc=IPTC[: IPTC.index(b"They")]))
    assert cut.text == HEADLINE
    assert "break off" in cut.warnings[0]


def test_a_warning_moves_no_cursor() -> None:
    iptc = iim((105, HEADLINE.encode()), (40, b"Hold\x1b[2J until\r\nMonday"))
    (told,) = read(picture("JPEG", iptc=iptc)).warnings
    assert told == "its instructions are not part of the text: Hold\\x1b[2J until Monday"


def test_nul_is_no_word() -> None:
    reading = read(picture("JPEG", iptc=iim((105, HEADLINE.encode()), (120, b"held\0released"))))
    assert reading.text == HEADLINE
    assert reading.warnings == ("a text in its IPTC data holds NUL: it is left out",)
    two = read(picture("JPEG", about=exif(XPComment="held at Orle\0released")))
    assert two.text == "held at Orle"


def test_a_text_of_a_png_that_was_altered_is_left_out() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Description", "He was held at the pier.")
    texts.add_text("Title", "Pier 4 at Orle")
    data = picture("PNG", texts=texts).replace(b"was held", b"was free")
    reading = read(data)
    assert reading.text == "Pier 4 at Orle"
    assert "altered or is damaged" in reading.warnings[0]


def test_no_pixel_is_decoded_and_no_text_unfolds_without_end(reader: Reader) -> None:
    size = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)
    data = picture("PNG", packet=WHOLE)
    huge = data[:16] + size + struct.pack(">I", zlib.crc32(b"IHDR" + size)) + data[33:]
    assert reader.read_bytes("a.png", huge).text == TEXT
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Description", "held " * 100_000, zip=True)
    with pytest.raises(TooLarge, match="unpacks to too much"):
        read_image(picture("PNG", texts=texts), Limits(max_text=10_000))
    with Reader(Limits(max_text=10_000)) as small, pytest.raises(SourceTooLarge):
        small.read_bytes("a.png", picture("PNG", texts=texts))


def test_a_picture_reads_no_file_of_the_reader() -> None:
    inside = described(en="seen &x;.").replace("&amp;", "&")
    packet = xmp(inside).replace(
        b"<x:xmpmeta", b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><x:xmpmeta'
    )
    assert "root:" not in read(picture("JPEG", packet=packet)).text


def test_pages_of_a_tiff_that_lead_in_a_circle_end() -> None:
    data = bytearray(picture("TIFF", about=exif(Description=CAPTION)))
    (at,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, at)
    struct.pack_into("<I", data, at + 2 + 12 * count, at)
    assert read(bytes(data)).text == CAPTION
    big = BytesIO()
    Image.new("1", (1, 1)).save(big, "TIFF", big_tiff=True)
    assert big.getvalue()[2] == 43


PICTURES = [
    picture(kind, packet=WHOLE, iptc=IPTC, about=exif(Description=CAPTION, XPTitle=HEADLINE))
    for kind in KINDS
]


@settings(max_examples=300, deadline=None)
@given(
    data=st.sampled_from(PICTURES),
    cut=st.floats(0, 1),
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=4),
)
def test_damage_gives_words_or_a_fault_and_nothing_else(
    data: bytes, cut: float, edits: list[tuple[float, bytes]]
) -> None:
    broken = bytearray(data)
    for place, put in edits:
        at = int(place * len(broken))
        broken[at : at + len(put)] = put
    try:
        reading = read(bytes(broken[: int(cut * len(broken))]))
    except FaultError as fault:
        told = fault.why and fault.todo
    else:
        told = reading.text.strip("\0 \n")
    assert told


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from([b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"\x89PNG\r\n\x1a\n", b"RIFF"]),
    rest=st.binary(max_size=200),
)
def test_bytes_that_only_begin_as_a_picture_give_a_fault(start: bytes, rest: bytes) -> None:
    try:
        reading = read(start + rest)
    except FaultError:
        return
    assert reading.text.strip()


@settings(max_examples=150, deadline=None)
@given(caption=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_caption_comes_out_as_it_went_in(caption: str) -> None:
    written = f"Guards at Orle: {caption} there"
    reading = read(picture("JPEG", iptc=iim((120, written.encode()))))
    assert reading.text.split() == written.split()
