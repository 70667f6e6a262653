"""A protected name is found in every form that a sentence gives it; ordinary words stay."""

from __future__ import annotations

import pytest

from onrecord.model import Document, Record
from onrecord.products.door.finding import Names
from onrecord.products.door.redaction import Marked, redacted
from onrecord.products.door.spelling import Coded

CODE = "Person K7Q2"
FORMS: dict[str, list[str]] = {
    "سارا وستران": [
        "سارای وستران",
        "سارا وسترانی",
        "سارا وستران‌ها",
        "سارا وسترانها",
        "سارا وسترانش",
        "سارا وسترانم",
    ],
    "مینو": ["مینوی", "مینو‌ها", "مینوها", "مینویی", "مینوست", "مینویش"],
    "رضا": ["رضای", "رضا‌ی", "رضاها", "رضا‌ها", "رضایی", "رضایش"],
    "بهاره کیانفر": [
        "بهارهٔ کیانفر",
        "بهاره‌ی کیانفر",
        "بهارۀ کیانفر",
        "بهاره کیان‌فر",
        "بهاره کیانفرها",
        "كيانفر، بهاره",
    ],
    "ڕۆژین": ["ڕۆژینێک", "ڕۆژینەکە", "ڕۆژینی", "ڕۆژینم", "ڕۆژینیان", "ڕۆژینە"],
    "دارا": ["دارای", "داراێک", "دارایەک", "داراکە", "داران", "دارایش"],
    "هێرۆ قادر": ["هێرۆی قادر", "هێرۆ قادرەکە", "هێرۆ قادری", "هێرۆ قادرێک", "هیرۆ قادر"],
    "زینب خان": ["زینبِ خان", "زینب خانوں", "زینب خانی"],
    "سمير": ["وسمير", "بسمير", "لسمير", "السمير", "فسمير", "كسمير"],
    "نور": ["ونور", "بنور", "لنور", "النور", "فنور", "نوراً"],
    "رحمن": ["رحمان", "الرحمن", "والرحمان", "رحمٰن", "رحمانى"],
    "إسحاق": ["إسحق", "اسحاق", "اسحق", "وإسحق", "لإسحاق", "أسحاق"],
    "נאור": ["ונאור", "הנאור", "בנאור", "לנאור", "מנאור", "שנאור"],
    "דנה": ["ודנה", "לדנה", "שדנה", "מדנה", "כשדנה", "ובדנה"],
    "רות בן גל": ["ורות בן גל", "לרות בן־גל", "רות בן-גל", "לרות בן גל", "שרות בן גל"],
    "Анна Востранова": [
        "Анны Вострановой",
        "Анне Вострановой",
        "Анну Востранову",
        "Анной Вострановой",
        "Вострановой Анны",
        "Анною Вострановою",
    ],
    "Пётр Белозор": [
        "Петра Белозора",
        "Петру Белозору",
        "Петром Белозором",
        "Петре Белозоре",
        "Белозора Петра",
    ],
    "Лев Орец": ["Льва Орца", "Льву Орцу", "Львом Орцом", "Льва Ореца"],
    "Павел Дымский": [
        "Павла Дымского",
        "Павлу Дымскому",
        "Павлом Дымским",
        "Павле Дымском",
        "Дымского Павла",
    ],
    "Востранов": [
        "Востранова",
        "Востранову",
        "Вострановым",
        "Востранове",
        "Вострановы",
        "Вострановых",
    ],
    "Татьяна": ["Татьяны", "Татьяне", "Татьяну", "Татьяной", "Татяна", "Татяны"],
    "Андрій Дорошко": [
        "Андрія Дорошка",
        "Андрієві Дорошку",
        "Андрієм Дорошком",
        "Андрію Дорошкові",
    ],
    "Милица Вострић": ["Милице Вострић", "Милици Вострић", "Милицу Вострић", "Милицом Вострић"],
    "Ana Vostrić": ["Ane Vostrić", "Ani Vostrić", "Anu Vostrić", "Anom Vostrić", "Vostrić Ane"],
    "Petar Vostrak": ["Petra Vostraka", "Petru Vostraku", "Petrom Vostrakom", "Petra Vostraka"],
    "Vostrak": ["Vostraka", "Vostraku", "Vostrakom", "Vostrakov", "Vostrakova", "Vostrakove"],
    "Jan Wostrański": ["Jana Wostrańskiego", "Janowi Wostrańskiemu", "Janem Wostrańskim"],
    "Jana Vostřáková": [
        "Jany Vostřákové",
        "Janě Vostřákové",
        "Janu Vostřákovou",
        "Janou Vostřákovou",
    ],
    "Ayşe": ["Ayşe'nin", "Ayşe’ye", "Ayşe'yi", "Ayşe'den", "Ayşe'de", "Ayşe'yle"],
    "Işıl Dor": [
        "Işıl Dor'un",
        "Işıl Dor’a",
        "IŞIL DOR'UN",
        "Işıl Dorun",
        "Işıl Dor'dan",
        "Isil Dor'un",
    ],
    "Rojîn Tar": ["Rojîna Tar", "Rojînê Tar", "Rojîn Tarê"],
    "Ελένη Βοστράνη": ["Ελένης Βοστράνη"],
    "Անի Վոստրան": ["Անիի Վոստրանի", "Անի Վոստրանը"],
    "ნინო ვოსტრანი": ["ნინოს ვოსტრანს", "ნინო ვოსტრანმა", "ნინომ ვოსტრანმა", "ნინო ვოსტრანის"],
    "ሳራ ወስት": ["የሳራ ወስት", "ለሳራ ወስት", "ሳራ ወስትን", "ከሳራ ወስት", "በሳራ ወስት", "ሳራና ወስት"],
}
ALONE: dict[str, list[str]] = {
    "Анна Востранова": ["Востранову", "Анны"],
    "سمير وسطران": ["لسمير", "ووسطران"],
    "عمر رضا": ["لرضا", "وعمر"],
    "דנה נאור": ["לדנה", "שנאור"],
    "Ayşe Dorluk": ["Dorluk'un", "Ayşenin"],
    "Ana Vostrić": ["Vostrićeva", "Anom"],
    "Лев Орец": ["Льва", "Орца"],
    "ნინო ვოსტრანი": ["ვოსტრანმა", "ნინომ"],
    "ሳራ ወስት": ["ለሳራ", "ወስትን"],
}
"""Forms of a part of a name, in a text that names the person."""
OTHERS: dict[str, list[str]] = {
    "دارا": ["در", "درباره", "مادر", "Dr"],
    "علي": ["على", "عليه", "ليس", "اليوم"],
    "رضا": ["الأرض", "مجرد", "مورد", "کرد"],
    "אור": ["דבר", "כבר", "אורות"],
    "יעל": ["אפילו", "ילדים"],
    "نور": ["نورة", "تنوير"],
    "Толь": ["Только", "Столь"],
    "Tho": ["The", "Then"],
    "Ana": ["Any", "And", "Analysis", "An"],
    "Sho": ["She"],
    "Mark": ["Marker", "Remark", "mark"],
    "Ян": ["Январь"],
    "Can": ["Cancel", "Candidate", "can"],
}
"""Ordinary words that are like a name of one word."""


def named(*spellings: str) -> Names:
    return Names((Coded(CODE, "Person", spellings),))


def told(name: str, text: str) -> str:
    record = Record(document=Document(f"sha256:{'0' * 64}", "a.txt", "text/plain"), text=text)
    return redacted(record, named(name), Marked(), b"s" * 32).record.text


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, form) for name, forms in table.items() for form in forms]


@pytest.mark.parametrize(("name", "form"), cases(FORMS))
@pytest.mark.parametrize("around", ["7 {} 7", "({}),\n", "«{}».", "\n{}\n"])
def test_a_name_is_found_in_each_form(name: str, form: str, around: str) -> None:
    text = around.format(form)
    assert named(name).names(text)  # as the last look does
    assert CODE in told(name, text)
    assert form not in told(name, text)


@pytest.mark.parametrize(("name", "form"), cases(ALONE))
def test_so_is_a_part_of_it_alone(name: str, form: str) -> None:
    assert told(name, f"7 {name} 7. 7 {form} 7").count(CODE) == 2
    assert CODE not in told(name, f"7 {form} 7")


@pytest.mark.parametrize(("name", "word"), cases(OTHERS))
def test_ordinary_words_stay(name: str, word: str) -> None:
    assert named(name).find(f"7 {word} 7, {word}.") == []


def test_a_first_name_that_is_also_a_title_goes_with_the_last() -> None:
    assert told("Said Orlan", "Then Said Orlan left.") == f"Then {CODE} left."
    assert told("عمر رضا", "7 عمر رضا 7") == f"7 {CODE} 7"


def test_a_fathers_name_between_hides_nobody() -> None:
    assert told("Лев Орец", "у Льва Игоревича Орца") == f"у {CODE}"


def test_of_a_case_behind_an_apostrophe_only_the_ending_is_left() -> None:
    assert told("Ayşe Dor", "Ayşe Dor'un evi") == f"{CODE}'un evi"
