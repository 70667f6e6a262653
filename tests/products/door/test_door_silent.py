"""Names with letters that fold to nothing: alef, hamza, ayn, vowel signs, soft signs."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onrecord.model import Document, Record
from onrecord.products.door.finding import Names
from onrecord.products.door.redaction import Marked, redacted
from onrecord.products.door.spelling import Coded, words

CODE = "Person K7Q2"
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکیےھ"
_word = st.text(_ARABIC, min_size=2, max_size=5)


def named(*spellings: str) -> Names:
    return Names((Coded(CODE, "Person", spellings),))


def told(name: str, text: str) -> str:
    record = Record(document=Document(f"sha256:{'0' * 64}", "a.txt", "text/plain"), text=text)
    return redacted(record, named(name), Marked(), b"s" * 32).record.text


NAMES = {
    "inside": "مريم قاسم",
    "first": "أمل إلياس",
    "last": "سلا رضا",
    "nearly all": "علاء دعاء",
    "all of a word": "آعا سلو",
    "Persian": "نازی اکبری",
    "Urdu": "عائشہ خان",
    "Hebrew": "יעל אשר",
    "Hebrew, last": "נטע סבא",
    "Cyrillic": "Ольга Ли",
    "Ayn in Latin letters": "Sa\u02bfd ʿAli",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(
    "around", ["{}", "«{}»، .", "x ({}): 5", "..{}!", "\u2067{}\u2069", "a\n{}\nb", "7 {} 7"]
)
def test_a_whole_name_leaves_with_its_silent_letters(name: str, around: str) -> None:
    assert told(name, around.format(name)) == around.format(CODE)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("مريم قاسم", "قاسم، مريم"),
        ("مريم قاسم", "مَرْيَم قَاسِم"),
        ("مريم قاسم", "مريم\u200c قـاسـم"),
        ("مريم قاسم", "مريم\n    قاسم"),
        ("علي حسن", "عَلِي حَسَن"),
        ("رضا رحمن", "رضا رحمان"),
        ("رضا سعاد", "رضا سَعَاد"),
        ("نرگس كاظمي", "نرگس کاظمی"),
        ("קארין לאור", "קָארִין לָאוֹר"),
        ("Sa'd Ali", "Sa\u02bfd Ali"),
        ("قاسم", "قـاسم"),
        ("عبد العال", "عبدالعال"),
        ("राम सीता", "राम सीता"),
        ("ناری سالک", "ﻧﺎﺭﯼ ﺳﺎﻟﮏ"),
    ],
)
def test_it_is_found_however_it_is_written(name: str, said: str) -> None:
    assert told(name, f"- {said} -") == f"- {CODE} -"


@pytest.mark.parametrize(
    ("name", "text", "leaves"),
    [
        ("مريم قاسم", "ومريم قاسم", f"و{CODE}"),
        ("قاسم رضا", "للقاسم رضا", f"لل{CODE}"),
        ("יעל אשר", "ויעל אשר", f"ו{CODE}"),
        ("قاسىم رازى", "قاسىم رازىنىڭ", f"{CODE}نىڭ"),
    ],
)
def test_what_is_written_together_with_it_stays(name: str, text: str, leaves: str) -> None:
    assert told(name, text) == leaves


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("مريم قاسم", "مريم قاسمية"),
        ("مريم قاسم", "كريمريم قاسم"),
        ("سلا أونارد", "رسلاونارد"),
        ("سلام", "الإسلام"),
        ("سلام", "سالم"),
        ("قاسم", "بلقاسم"),
        ("علاء", "لا، على"),
        ("بالكلم اعات", "بالكلمات"),
        ("هت سالم", "خت سالم"),
        ("कमल नगर", "कमला नागर"),
        ("יעל אשר", "יעל אשרים"),
        ("נאור", "מנאורה"),
        ("Ольга Ли", "Ольга Лиса"),
    ],
)
def test_other_words_with_these_letters_stay(name: str, text: str) -> None:
    assert named(name).find(text) == []


@settings(max_examples=400)
@given(_word, _word, st.sampled_from(["", "\u200f", " ", "«", "(", "\n", ".", "، ", "1", "A:"]))
def test_any_name_in_arabic_letters_is_found(first: str, last: str, beside: str) -> None:
    name = f"{first} {last}"
    assume(len(words(name)) == 2)  # a title before it is no part of a name
    text = f"قالت {beside}{name}{beside[::-1]} يوم"
    found = named(name).find(text)
    start = text.index(name)
    assert any(one.start <= start and one.end >= start + len(name) for one in found)
    assert named(name).names(text)
