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


@pytest.mark.parametrize(
    "text",
    [
        "Guards beat Ilmar Kask in Rapsa on 9 June.",
        "Police wound three in Zanderim",
        "Army denies raid on Põlvik",
        "Militia leader Branko Zdelar arrested",
        "Rebels free 40 hostages",
        "Four dead in Nyamkoko attack",
        "Jaan Lepp was beaten in custody.",
        "Minister Corvenza rejects torture claims",
        "Xaawo Guuleed has not been seen since.",
    ],
)
def test_a_lone_sentence_about_people_of_anywhere_is_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Quatre morts à Kingston",
        "Disparition de John Smith",
        "Rebeldes liberan a doce rehenes",
        "Torturas en la prisión de Green Hill",
        "Vier Tote in Washington",
        "Oberst Harris in Kingston verhaftet",
        "Vier doden in Kingston",
        "Убит адвокат Джон Смит",
        "اختفاء جون سميث",
        "Polisi menembak mati dua orang di Kingston",
        "Dem no see John Smith since Monday",
        "Police don kill two people for Kingston",
    ],
)
def test_short_texts_of_other_languages_are_not_taken_for_english(text):
    assert language_of(text) != "en"


@pytest.mark.parametrize("text", ["", " \n", "12-13 ... 7%", "🙂🙂🙂", "\x00\x00\x00"])
def test_no_letters_no_language(text):
    assert language_of(text) is None


def test_english_is_read():
    assert "en" in EXTRACTED
