"""A first sheet: on whose word within whose words, no doubled words, nothing said as our own."""

import product_factory as factory
import pytest

from onrecord.products import brief, dossier
from onrecord.products.render.spell import chain, marked, spell

VISIT = """\
Lisk, 8 March (Norden Wire): League chair Ada Lind called on the city of Lisk to keep its promises.
She urged the city of Lisk to question the visitors about prisons during the visit of former deputy
mayor Bo Tamm to Lisk from 15 to 17 March. Lind said that Tamm backed policies that monitors have
described as torture, and spoke of secret ties between Tamm and Osk Brannig.
"""


@pytest.fixture(scope="module")
def record():
    r = factory.Report("visit.txt", VISIT, publisher="Norden Wire")
    lind = r.entity("Ada Lind", "Person", ["Ada Lind", "She¦ urged", "Lind¦ said"])
    tamm = r.entity("Bo Tamm", "Person", ["Bo Tamm", "Tamm¦ backed", "Tamm¦ and"])
    brannig = r.entity("Osk Brannig", "Person", ["Osk Brannig"])
    monitors = r.entity("monitors", "Group", ["monitors"])
    city = r.entity("Lisk", "Place", ["Lisk¦ to keep", "Lisk¦ from"])
    r.relation("post", lind, None, "chair", "League chair Ada Lind")
    r.relation("post", tamm, None, "former deputy mayor", "former deputy mayor Bo Tamm", ended=True)
    by = [("publisher", None, None)]
    asked = r.claim("demand", ["to keep its promises"], [("speaker", lind, "Ada Lind"), *by])
    r.demand(asked, [city], "to keep its promises")
    question = "to question the visitors about prisons"
    asked = r.claim("demand", [question], [("speaker", lind, "She"), *by])
    r.demand(asked, [city], question)
    backed = r.claim(
        "allegation",
        ["that Tamm backed policies that monitors have described as torture"],
        [("speaker", lind, "Lind"), *by],
        cue="said",
    )
    inner = r.claim(
        "allegation", ["as torture"], [("speaker", monitors, "monitors"), *by], parent=backed
    )
    r.act("torture", "torture", [backed, inner], by=[tamm])
    ties = r.claim(
        "allegation",
        ["secret ties between Tamm and Osk Brannig"],
        [("speaker", lind, "Lind"), *by],
    )
    r.relation(
        "link", tamm, brannig, "secret ties", "secret ties between Tamm and Osk Brannig",
        claims=(ties,),
    )  # fmt: skip
    r.engagement(
        "visit",
        [tamm],
        "the visit of former deputy mayor Bo Tamm to Lisk",
        place=city,
        start="XXXX-03-15",
        end="XXXX-03-17",
        status="proposed",
    )
    return r.record()


@pytest.fixture(scope="module")
def page(record):
    return brief([record], engagement="visit")


def section(page, key):
    return next(s for s in (*page.summary, *page.sections) if s.key == key)


def test_what_stands_inside_somebodys_words_is_passed_on_by_them(page):
    coded = next(line for line in page.lines() if line.kind == "act")
    told = "publisher Norden Wire < speaker Ada Lind (“Lind”) < cited monitors"
    assert chain(coded.steps) == told
    first = section(page, "questions").lines[0]
    assert spell(first.runs).startswith(
        "“torture” – as monitors alleged, passed on by Ada Lind (Norden Wire): "
    )


def test_how_two_are_linked_is_never_said_in_our_own_words(page):
    (line,) = {
        spell(x.runs) for x in page.lines() if "Brannig" in spell(x.runs) and x.kind == "relation"
    }
    assert line.startswith("“secret ties”: Bo Tamm and Osk Brannig")


def test_a_post_that_says_it_is_over_is_not_said_to_be_over_twice(page):
    assert "former deputy mayor" in [spell(x.runs) for x in section(page, "who").lines]


def test_who_alleges_it_is_introduced(page):
    (line,) = (x for x in section(page, "alleged").lines if x.label == "Who alleges it")
    assert spell(line.runs) == "Ada Lind: chair"


def test_demands_about_the_visit_come_before_other_demands(page):
    every = [spell(line.runs) for line in page.lines() if line.kind == "question"]
    about = next(n for n, words in enumerate(every) if "question the visitors" in words)
    beside = next(n for n, words in enumerate(every) if "keep its promises" in words)
    assert about < beside
    assert "asked of others about your visit" in every[beside]


def test_a_dossier_begins_with_what_one_reads_first(record):
    page = dossier([record], "Bo Tamm")
    titles = [s.title for s in page.summary]
    assert titles[:2] == ["What this rests on", "Who it is, as reported"]
    assert "What is not supported" in titles
    assert all(line.label != "Bo Tamm" for s in page.summary for line in s.lines)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("“stand firm", "“stand firm”"),
        ("stand firm”", "“stand firm”"),
        ("“stand firm”", "“stand firm”"),
        ("he said “stand firm”", "“he said “stand firm””"),
        ("“a” and “b”", "““a” and “b””"),
    ],
)
def test_a_mark_without_its_partner_is_not_doubled(words, shown):
    assert marked(words) == shown
