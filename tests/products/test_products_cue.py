"""What a source did not say is never told as said; what names somebody is never left out."""

from dataclasses import replace

import product_factory as factory
import pytest

from onrecord.products import brief, chronology, dossier
from onrecord.products.cue import turning
from onrecord.products.render.spell import spell

PANEL = """\
The Panel found no evidence that Bo Tamm killed the miller. Ada Lind never claimed that Bo Tamm
was there. Osk Brannig neither confirmed nor denied that the miller was dead. Ada Lind said, without
giving details, that Bo Tamm owned the mill. Witnesses told the Panel that Bo Tamm gave the order.
The Panel called on the city to suspend Bo Tamm. Maud Orr wrote she saw no proof that he lied.
"""


NAMED = ["killed", "was", "owned", "gave", "."]


@pytest.fixture(scope="module")
def record():
    r = factory.Report("panel.txt", PANEL, publisher="Norden Wire")
    behind = [f" {word}" if word.isalpha() else word for word in NAMED]
    tamm = r.entity("Bo Tamm", "Person", [f"Bo Tamm¦{word}" for word in behind])
    city = r.entity("city", "Organization", ["the city"])
    miller = r.entity("the miller", "Person", ["the miller"])
    said = {
        "that Bo Tamm killed the miller": ("finding", "The Panel", "found"),
        "that Bo Tamm was there": ("statement", "Ada Lind", "never claimed"),
        "that the miller was dead": ("denial", "Osk Brannig", "denied"),
        "that Bo Tamm owned the mill": ("allegation", "Ada Lind", "said"),
        "that Bo Tamm gave the order": ("statement", "Witnesses", "told"),
        "the city to suspend Bo Tamm": ("demand", "The Panel", "called on"),
        "she saw no proof that he lied": ("allegation", "Maud Orr", "wrote"),
    }
    found, *_, asked, _ = [
        r.claim(kind, [words], [("speaker", None, who)], cue=cue)
        for words, (kind, who, cue) in said.items()
    ]
    r.act("killing", "killed", [found], by=[tamm], to=[(miller, "the miller", None)])
    suspended = (tamm, "Bo Tamm¦.", None)
    told = {"modality": "hypothetical", "date": "2031-05-01"}
    r.act("other", "suspend", [asked], by=[city], to=[suspended], **told)
    return r.record()


def _lines(page):
    """Every line of a page, those under others too."""
    sections, lines = [*page.summary, *page.sections], []
    while sections:
        section = sections.pop(0)
        sections += section.sections
        below = list(section.lines)
        while below:
            line = below.pop(0)
            below += line.children
            lines.append(line)
    return lines


def _words(record, claim):
    return " ".join(record.text[slice(*claim.content[0])].split())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("that Bo Tamm killed the miller", "found no evidence"),
        ("that Bo Tamm was there", "never claimed"),
        ("that the miller was dead", "neither confirmed nor denied"),
        ("she saw no proof that he lied", "wrote"),
        ("that Bo Tamm owned the mill", None),
        ("that Bo Tamm gave the order", None),
    ],
)
def test_a_word_that_turns_a_cue_is_found_before_and_behind_it(record, content, words):
    claim = next(c for c in record.claims if _words(record, c) == content)
    span = turning(record, claim)
    assert (record.text[slice(*span)] if span else None) == words


def test_what_was_not_found_is_not_told_as_found_nor_laid_to_anybody(record):
    page = dossier([record], "Bo Tamm")
    lines = [spell(line.runs) for line in _lines(page)]
    told = [line for line in lines if "killed the miller" in line]
    assert all("“found no evidence”: “that Bo Tamm killed" in line for line in told)
    assert not any("stated as a finding" in line for line in lines)
    held = {s.key: [spell(line.runs) for line in s.lines] for s in page.sections}
    assert not held["laid"]
    assert any("killed the miller" in line for line in held["mentioned"])


def test_all_that_others_say_with_a_name_stands_in_the_dossier_of_its_bearer(record):
    held = {s.key: s for s in dossier([record], "Bo Tamm").sections}
    told = " ".join(spell(line.runs) for line in held["mentioned"].lines)
    assert "that Bo Tamm gave the order" in told
    assert "suspend Bo Tamm" in told
    assert "suffered" not in held


def test_a_page_that_lists_no_allegation_leads_to_what_names_them(record):
    quiet = replace(record, claims=tuple(c for c in record.claims if c.kind != "allegation"))
    lines = [line for line in _lines(brief([quiet], ["Bo Tamm"])) if line.kind == "gap"]
    leads = [line for line in lines if "was taken for an allegation" in spell(line.runs)]
    assert leads
    assert all(line.notes for line in leads)


def test_the_day_by_which_something_is_asked_for_is_not_told_as_a_day_on_which_it_was(record):
    (dated, *_) = chronology([record]).sections
    (line,) = (spell(line.runs) for line in dated.lines if line.date == "2031-05-01")
    assert "not said to have happened" in line
