"""Contradictions: each side in its own words on whose word, the origins and why, none chosen."""

import product_factory as factory
import pytest

from onrecord.model import Count
from onrecord.products import FORMATS, contradictions, render
from onrecord.products.render.spell import chain, spell

CLINIC = """\
Brask, 6 March 2031 (Sela News): A nurse at the Brask clinic, Mira Sand, said that soldiers killed
four farmers at Tanner's Ford on 5 March 2031.
"""
LEAGUE = """\
Brask, 6 March 2031 (Orlo Post): Ilse Vandar of the Harbour Rights League said that soldiers killed
more than 40 farmers at Tanner's Ford on 5 March 2031.
"""
COPY = """\
Brask, 6 March 2031 (Daily Ferry): The nurse Mira Sand said that soldiers killed four farmers at
Tanner's Ford on 5 March 2031, Sela News reported.
"""


def told(path, text, publisher, speaker, count):
    report = factory.Report(path, text, publisher=publisher, published="2031-03-06")
    by = report.entity(speaker, "Person", [speaker])
    soldiers = report.entity("soldiers", "Group", ["soldiers"])
    farmers = report.entity("farmers", "Group", [f"{count} farmers"])
    ford = report.entity("Tanner's Ford", "Place", ["Tanner's Ford"])
    words = f"that soldiers killed {count} farmers at Tanner's Ford on 5 March 2031"
    claim = report.claim("allegation", [words], [("speaker", by, speaker)], cue="said")
    exact = count == "four"
    number = Count(count, report.at(count), 4 if exact else 41, 4 if exact else None)
    report.act(
        "killing",
        f"killed {count} farmers",
        [claim],
        by=[soldiers],
        to=[(farmers, f"{count} farmers", number)],
        place=ford,
        date="2031-03-05",
    )
    return report.record()


def clusters(records):
    """Places of one name and people of one name are one, as a case would have resolved them."""
    kinds = ("Place", "Person")
    return {
        f"{record.document.id}|{entity.id}": f"cluster:{entity.name}"
        for record in records
        for entity in record.entities
        if entity.type in kinds
    }


@pytest.fixture(scope="module")
def records():
    return [
        told("clinic.txt", CLINIC, "Sela News", "Mira Sand", "four"),
        told("league.txt", LEAGUE, "Orlo Post", "Ilse Vandar", "more than 40"),
        told("copy.txt", COPY, "Daily Ferry", "Mira Sand", "four"),
    ]


@pytest.fixture(scope="module")
def page(records):
    return contradictions(records, clusters=clusters(records))


def test_each_side_stands_in_its_own_words_and_on_whose_word(page):
    (event, _) = page.sections
    assert event.title.startswith("1. Reported: killing; Tanner's Ford; 5 March 2031")
    (differing,) = event.lines
    assert differing.label == "Number of people"
    sides = {spell(side.runs): side for side in differing.children}
    assert len(sides) == 2
    (few,) = (side for words, side in sides.items() if words.startswith("“four” (4) – Mira Sand"))
    (many,) = (s for w, s in sides.items() if w.startswith("“more than 40” (at least 41) – Ilse"))
    assert chain(few.steps) == "publisher Sela News < speaker Mira Sand"
    assert chain(many.steps) == "publisher Orlo Post < speaker Ilse Vandar"
    assert {few.label, many.label} == {"Origin 1", "Origin 2"}
    for side in (few, many):
        (number,) = side.notes
        assert "farmers at Tanner's Ford" in page.notes[number - 1].citations[0].exact


def test_no_figure_is_chosen_and_the_range_is_said(page):
    (differing,) = page.sections[0].lines
    rule = spell(differing.runs)
    assert "here at least 4:" in rule
    assert "never an average" in rule
    assert "22" not in "".join(spell(line.runs) for line in page.lines())


def test_origins_are_counted_and_explained(page):
    (origins,) = page.sections[0].sections
    assert origins.title == "2 independent origins, and why"
    joined = [child for line in origins.lines for child in line.children]
    assert len(joined) == 1
    assert "Not independent: " in spell(joined[0].runs)
    assert "Mira Sand" in spell(joined[0].runs)


def test_the_first_sheet_lists_what_differs(page):
    (line,) = page.summary[0].lines
    assert line.label == "1. Number of people"
    assert spell(line.runs) in {
        "“four” (4) (Mira Sand) – “more than 40” (at least 41) (Ilse Vandar)",
        "“more than 40” (at least 41) (Ilse Vandar) – “four” (4) (Mira Sand)",
    }
    assert len(line.notes) == 2


def test_without_contradictions_the_page_says_so_and_what_that_means(records):
    page = contradictions(records[:1])
    assert not page.summary[0].lines
    for form in FORMATS:
        assert "no sign that they agree" in " ".join(render(page, form).split())


def test_the_order_of_the_documents_changes_nothing(records, page):
    again = contradictions(reversed(records), clusters=clusters(records))
    assert render(again, "json") == render(page, "json")


def test_sides_stand_beside_each_other_on_paper_and_screen(page):
    html = render(page, "html")
    assert html.count('class="under beside"') == 1
