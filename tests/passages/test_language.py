"""Which language a text is in; where it cannot be told, nothing is guessed."""

import pytest

from onrecord.passages.language import EXTRACTED, language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army closed the road to the village on Monday, two officials said.", "en"),
        ("L'armée a fermé la route du village lundi, ont déclaré deux responsables.", "fr"),
        ("El ejército cerró el lunes la carretera del pueblo, dijeron dos funcionarios.", "es"),
        ("أغلق الجيش الطريق المؤدي إلى القرية يوم الاثنين، حسبما قال مسؤولان.", "ar"),
        ("فوج نے پیر کو گاؤں جانے والی سڑک بند کر دی، دو حکام نے بتایا۔", "ur"),
    ],
)
def test_languages(text, code):
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", " \n", "12-13 ... 7%", "🙂🙂🙂", "\x00\x00\x00"])
def test_no_letters_no_language(text):
    assert language_of(text) is None


def test_english_is_read():
    assert "en" in EXTRACTED
