"""Products in other languages: whole catalogues, nothing of ours in English, quotes untouched."""

import gettext
import re
from contextvars import copy_context
from dataclasses import replace
from datetime import date
from pathlib import PurePath

import product_factory as factory
import pytest
from lxml import etree, html

from onrecord.cli.shared_release import LANGUAGES
from onrecord.demo import reports
from onrecord.errors import NotFound
from onrecord.pipeline import extract_many, job_of
from onrecord.products import (
    brief,
    catalogues,
    chronology,
    contradictions,
    demands,
    dossier,
    pictures,
    render_bytes,
    wording,
)
from onrecord.products.confident import Sieve
from onrecord.products.edtf import in_words
from onrecord.products.elements import elements
from onrecord.products.submission import Prepared, submission
from onrecord.products.wording import Wording, say, say_as, say_many, speaking, worded
from onrecord.sources import Limits, Reader, collect

OTHERS = [language for language in LANGUAGES if language != "en"]
TODAY = Prepared({"submitter": "Δ"}, date(2025, 4, 1))
PRODUCTS = {
    "brief": lambda case: brief(case, engagement="Port Ansel"),
    "dossier": lambda case: dossier(case, "Davit Oranesh"),
    "chronology": chronology,
    "demands": demands,
    "contradictions": contradictions,
    "whom": lambda case: submission(case, "wgeid-urgent"),
    "submission": lambda case: submission(case, "ced-urgent", ["Joren Madak"], prepared=TODAY),
    "article 15": lambda case: submission(case, "icc-article-15", ["Joren Madak"]),
    "elements": elements,
}


@pytest.fixture(scope="module")
def demo():
    items = list(collect(reports(), limits=Limits(), on_error=lambda _: None))
    with Reader(Limits()) as reader:
        acquired = [reader.read(item) for item in items]
    return list(extract_many([job_of(one) for one in acquired]))


def strings(message):
    found = message.string
    return list(found) if isinstance(found, tuple | list) else [found]


def held(language):
    return {
        (m.id[0], m.id[1], m.context or "") if m.pluralizable else (m.id, "", m.context or ""): m
        for m in catalogues.catalogue(language)
        if m.id
    }


def test_the_commands_offer_the_languages_there_are():
    assert sorted(wording.languages()) == sorted(LANGUAGES)
    assert {"ar", "fr"} <= set(OTHERS)
    with pytest.raises(NotFound, match="tlh"):
        wording.wording("tlh")


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_every_message_and_no_other(language):
    assert set(held(language)) == {tuple(m) for m in catalogues.messages()}


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_with_the_same_places(language):
    places = re.compile(r"\$?\{\w+\}")
    catalogue = catalogues.catalogue(language)
    for (one, _, _), message in held(language).items():
        assert not message.fuzzy
        assert not message.check(catalogue)
        if message.pluralizable:
            assert len(message.string) == catalogue.num_plurals
        for said in strings(message):
            assert said, one
            assert sorted(places.findall(said)) == sorted(places.findall(one)), one


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_compiled_is_what_is_written(language):
    compiled = wording.wording(language).messages
    form = gettext.c2py(catalogues.catalogue(language).plural_expr)
    forms = [form(number) for number in range(200)]
    for (one, many, context), message in held(language).items():
        if many:
            said = [compiled.ngettext(one, many, number) for number in range(200)]
            assert [message.string[form] for form in forms] == said
        else:
            said = compiled.pgettext(context, one) if context else compiled.gettext(one)
            assert said == message.string


@pytest.mark.parametrize("language", OTHERS)
def test_a_title_keeps_the_colon_behind_which_its_name_stands(language):
    with speaking(language):
        for title in ("Brief: {names}", "Dossier: {name}", "Submission: {name} – {form}"):
            assert ": " in say(title)


def test_english_is_as_it_stands_in_the_code():
    with speaking("en"):
        for one, many, context in catalogues.messages():
            if many:
                assert say_many(one, many, 1) == one.replace("{count}", "1")
                assert say_many(one, many, 1234) == many.replace("{count}", "1234")
            else:
                assert say_as(context, one) == one if context else say(one) == one


def test_another_language_leaves_no_trace_on_english_pages():
    case = factory.case()
    forms = ("terminal", "markdown", "json", "html", "docx")

    def english():
        page = brief(case, ["Quill", "Renzo Maldek"])
        return [render_bytes(page, form) for form in forms]

    before = copy_context().run(english)
    for language in OTHERS:
        with speaking(language):
            page = brief(case, ["Quill", "Renzo Maldek"])
        assert page.language == language
        assert render_bytes(page, "html") != before[3]
        assert english() == before


def test_a_value_is_filled_in_once():
    assert say("{who} alleged{cue}: ", who="{cue}", cue="") == "{cue} alleged: "
    (run,) = worded("{a} and {b}", a="{b}", b="2")
    assert run.text == "{b} and 2"


@pytest.mark.parametrize(
    ("edtf", "french", "arabic"),
    [
        ("2024-03-05", "5 mars 2024", "5 مارس 2024"),
        ("XXXX-02-08", "8 février, année inconnue", "8 فبراير، السنة غير معروفة"),
        ("2024-03-01", "1er mars 2024", "1 مارس 2024"),
        ("2024-03", "mars 2024", "مارس 2024"),
        ("2024", "2024", "2024"),
        ("199X", "les années 1990", "عقد 1990"),
        ("2024-03-05~", "vers le 5 mars 2024", "نحو 5 مارس 2024"),
        ("2024~", "vers 2024", "نحو 2024"),
        ("2024-03-05/2024-03-07", "du 5 au 7 mars 2024", "من 5 إلى 7 مارس 2024"),
        ("2024-03/2024-05", "mars – mai 2024", "من مارس إلى مايو 2024"),
        ("2024-03-05/..", "depuis le 5 mars 2024", "منذ 5 مارس 2024"),
        ("../2024-03-05", "jusqu’au 5 mars 2024", "حتى 5 مارس 2024"),
        ("[2024-03-05,2024-04-06]", "5 mars ou 6 avril 2024", "5 مارس أو 6 أبريل 2024"),
        ("2024-22", "été 2024", "صيف 2024"),
        (None, "date non indiquée", "التاريخ غير مذكور"),
        ("soon", "soon", "soon"),
    ],
)
def test_dates_are_as_people_write_them(edtf, french, arabic):
    for language, told in (("fr", french), ("ar", arabic)):
        with speaking(language):
            assert in_words(edtf) == told


def test_numbers_and_rows_are_as_people_write_them():
    with speaking("fr"):
        assert say("{count} in this case", count=12345) == "12\u202f345 dans ce dossier"
        assert wording.in_a_row(["A", "B", "C"]) == "A, B et C"
    with speaking("ar"):
        assert wording.in_a_row(["A", "B"]) == "A وB"
        assert wording.current().direction == "rtl"


@pytest.mark.parametrize("language", OTHERS)
def test_quotes_and_citations_are_untouched(language):
    """Line by line: only the labels of relations, bare in English, are quoted elsewhere."""
    case = factory.case()
    for make in (lambda c: dossier(c, "Renzo Maldek"), chronology, demands):
        english = make(case)
        with speaking(language):
            other = make(case)
        ours, theirs = (
            [line for line in replace(page, summary=()).lines() if line.kind != "relation"]
            for page in (other, english)
        )
        for mine, yours in zip(ours, theirs, strict=True):
            quotes = [
                [(r.text, r.language) for r in x.runs if r.kind == "quote"] for x in (mine, yours)
            ]
            assert quotes[0] == quotes[1]
        assert other.notes == english.notes


class Marked(gettext.NullTranslations):
    """A language in which each letter of ours is a λ: what is not was never looked up."""

    def gettext(self, message):
        return re.sub(r"(\$?\{\w+\})|[A-Za-z]", lambda found: found[1] or "λ", message)

    def ngettext(self, one, many, count):
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context, message):
        return self.gettext(message)


@pytest.fixture
def marked(monkeypatch):
    spoken = Wording("el", Marked())
    known = wording.wording
    monkeypatch.setattr(wording, "wording", lambda name: spoken if name == "el" else known(name))
    return "el"


def names_in(records):
    """All by which sources call somebody or something, the longest first, as one pattern."""
    found = set()
    for record in records:
        told = record.document
        found |= {told.publisher, told.title, PurePath(told.path).name}
        for entity in record.entities:
            found |= {entity.name, *(record.text[slice(*span)] for span in entity.words)}
        links = [link for claim in record.claims for link in claim.attribution if link.span]
        found |= {record.text[slice(*link.span)] for link in links}
    words = {" ".join(name.split()) for name in found if name}
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def left_in(text, names):
    """Words in Latin letters that are neither quoted, nor a name, nor an id."""
    text = " ".join(text.split())
    text = re.sub(r"“[^“”]*(?:“[^”]*”)?[^“”]*”|(?:entity|sha256):\w+", "", text)
    return re.findall(r"[A-Za-z]{2,}", names.sub("", text))


_THEIRS = (
    "//style|//q|//mark|//code|//*[@class='name' or @class='who' or @class='path' "
    "or @class='title' or @class='context']"
)


@pytest.mark.parametrize("product", PRODUCTS)
def test_nothing_of_ours_is_left_untranslated(demo, marked, product):
    names = names_in(demo)
    with speaking(marked):
        page = PRODUCTS[product](demo)
    document = html.fromstring(render_bytes(page, "html").decode())
    for element in document.xpath(_THEIRS):
        element.drop_tree()
    left = [word for text in document.itertext() for word in left_in(text, names)]
    left += [w for label in document.xpath("//@aria-label") for w in left_in(label, names)]
    assert not left


@pytest.mark.parametrize("draw", [pictures.timeline, pictures.map_of, pictures.network])
def test_pictures_say_nothing_in_english(marked, draw):
    case = factory.case()
    names = names_in(case)
    with speaking(marked):
        picture = draw(case)
    assert not left_in(f"{picture.title} {picture.description.partition('.')[0]}", names)
    svg = etree.fromstring(pictures.to_svg(picture).encode())
    lines = [" ".join(text.itertext()) for text in svg.iter("{*}text")]
    # A quotation or name that runs over a line's end is seen in parts: whole sentences are not.
    assert not [line for line in lines if len(left_in(line, names)) > 12]
    assert sum("λ" in line for line in lines) > 5


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_says_what_was_left_out_in_its_language(language):
    sieve = Sieve(0.5)
    with speaking(language):
        page = dossier(sieve.records(factory.case()), "Renzo Maldek")
    sieve.left_out = 3
    noted = sieve.noted(page)
    assert "confidence" not in noted.lead
    assert noted.lead.startswith(page.lead)
    assert "3" in noted.lead
