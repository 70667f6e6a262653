"""Bytes to characters: told apart, or refused with the place that does not fit."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.encodings import decode, decode_as
from onrecord.sources.fault import Unreadable

ENGLISH = (
    "The guard said that “four men” were killed – nobody else was hurt.\r\nIt isn’t clear why."
)
FRENCH = "Le ministère a déclaré que « quatre pêcheurs » ont été tués près d’Orévac.\n"
POLISH = "Rzecznik oświadczył, że cztery osoby zginęły w pobliżu portu, a łódź zatonęła.\n"
RUSSIAN = "Представитель порта заявил, что четыре рыбака погибли недалеко от берега.\n"
ARABIC = "قال المتحدث باسم الميناء إن أربعة صيادين قتلوا قرب الساحل أمس\n"
TURKISH = "Liman sözcüsü dört balıkçının kıyıda öldürüldüğünü, ağır yaralılar olduğunu söyledi.\n"
GREEK = "Ο εκπρόσωπος δήλωσε ότι τέσσερις ψαράδες σκοτώθηκαν κοντά στο λιμάνι.\n"
HEBREW = "דובר הנמל אמר כי ארבעה דייגים נהרגו סמוך לחוף אתמול בלילה\n"
CHINESE = "港口发言人说，四名渔民昨晚在海岸附近被杀害。军方否认这一指控。\n"


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, ARABIC, CHINESE, "🙂", "a"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-8-sig"])
def test_unicode_encodings(text: str, encoding: str) -> None:
    kept = "\ufeff" if encoding == "utf-8-sig" else ""
    assert decode(text.encode(encoding)).text == kept + text


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, ARABIC])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_unicode_without_a_mark(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)
    assert found.warnings


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "iso8859_15"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (TURKISH, "cp1254"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (CHINESE, "gb18030"),
    ],
)
@pytest.mark.parametrize("times", [1, 20])
def test_legacy_encodings_are_told_apart(text: str, encoding: str, times: int) -> None:
    found = decode((text * times).encode(encoding))
    assert found.text == text * times
    assert found.warnings


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_are_refused(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        decode(data)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (FRENCH.encode() + FRENCH.encode("cp1252"), len(FRENCH.encode()) + FRENCH.index("è")),
        (ENGLISH.encode("cp1252") + FRENCH.encode(), ENGLISH.index("“")),
        (ENGLISH.encode("cp1252") * 9 + "né".encode(), 9 * len(ENGLISH) + 1),
        (POLISH.encode("cp1250") * 9 + "né".encode(), 9 * len(POLISH) + 1),
        (b"\xff\xfe" + "ab".encode("utf-16-le") + b"\x00\xd8", 6),
    ],
)
def test_mixed_encodings_name_the_byte(data: bytes, offset: int) -> None:
    with pytest.raises(Unreadable, match="mixed") as caught:
        decode(data)
    assert f"byte {offset:,} " in caught.value.what


def test_nul_in_a_text_names_the_byte() -> None:
    with pytest.raises(Unreadable, match="NUL byte at byte 1,204"):
        decode(b"words " * 200 + b"more\0words" + b" words" * 200)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x89\x00\x01\x02\xff" * 50])
def test_binary_rubbish(data: bytes) -> None:
    with pytest.raises(Unreadable, match="not a text"):
        decode(data)


def test_declared_encoding_is_used_where_it_fits() -> None:
    assert decode_as(RUSSIAN.encode("koi8_r"), "KOI8-R").text == RUSSIAN
    assert decode_as(RUSSIAN.encode(), "iso-8859-1").text == RUSSIAN
    assert decode_as(ENGLISH.encode("cp1252"), "iso-8859-1").text == ENGLISH
    wrong = decode_as(RUSSIAN.encode("cp1251"), "no-such-encoding")
    assert wrong.text == RUSSIAN
    assert "no-such-encoding" in wrong.warnings[0]
