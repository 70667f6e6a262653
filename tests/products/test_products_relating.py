"""Posts and kinship: each once, in plain words, with all its notes; namesakes are warned of."""

import product_factory as factory
import pytest

from onrecord.products import brief, dossier
from onrecord.products.denied_relations import is_denied
from onrecord.products.quoting import quoted
from onrecord.products.render.spell import spell


def appointed(path, text, post, place=None, brother=None):
    """A report of one post, and of one brother where he is named."""
    report = factory.Report(path, text, publisher=path)
    holder = report.entity("Ada Merrow", "Person", ["Ada Merrow"])
    office = report.entity(place, "Place", [place]) if place else None
    report.relation("post", holder, office, post, f"{post} of {place}" if place else post)
    if brother:
        kin = report.entity(brother, "Person", [brother])
        report.relation("family", kin, holder, "brother", "brother")
    return report.record()


def who(page):
    (section,) = [s for s in page.summary if s.key == "who"]
    return section.lines


def test_a_post_told_by_several_is_one_line_with_all_notes():
    case = [
        appointed(
            "a", "Ada Merrow is mayor of Tolm. Her brother Ivo Merrow fishes.", "mayor", "Tolm"
        ),
        appointed("b", "The Mayor of Tolm, Ada Merrow, spoke.", "Mayor", "Tolm"),
        appointed("c", "Mayor Ada Merrow left.", "Mayor"),
        appointed("d", "Ada Merrow is a judge.", "judge"),
    ]
    first, second, warning = who(brief(case, ["Ada Merrow"]))
    assert spell(first.runs) == "mayor of Tolm; elsewhere only Mayor"
    assert (first.label, len(first.notes)) == ("Ada Merrow", 3)
    assert first.steps[0].name == "a, b, c"
    assert spell(second.runs) == "judge"
    assert spell(warning.runs).startswith("(May be more than one person)")


def test_kin_is_named_from_the_side_of_the_one_asked_about():
    case = [
        appointed("a", "Judge Ada Merrow and her brother Ivo Merrow.", "Judge", None, "Ivo Merrow"),
        appointed("b", "Judge Ada Merrow has a brother, Ivo.", "Judge", None, "Ivo"),
    ]
    told = [spell(line.runs) for line in who(brief(case, ["Ada Merrow"]))]
    assert told == ["Judge", "brother: Ivo Merrow; elsewhere only Ivo"]
    (his,) = [spell(line.runs) for line in who(brief(case, ["Ivo Merrow"]))][:1]
    assert his == "brother of Ada Merrow"


def test_a_post_named_in_a_denied_or_hypothetical_sentence_is_no_denied_post():
    report = factory.Report("a", "Lund denied that Judge Ada Merrow allegedly fled.")
    lund = report.entity("Lund", "Person", ["Lund"])
    holder = report.entity("Ada Merrow", "Person", ["Ada Merrow"])
    claim = report.claim(
        "denial",
        ["that Judge Ada Merrow allegedly fled"],
        [("speaker", lund, "Lund")],
        modality="hypothetical",
        polarity="negated",
        hedges=["allegedly"],
    )
    report.relation("post", holder, None, "Judge", "Judge Ada Merrow", claims=(claim,))
    assert [spell(x.runs) for x in who(brief([report.record()], ["Ada Merrow"]))] == ["Judge"]


def test_a_hedge_is_told_unless_it_is_the_cue_itself():
    report = factory.Report("a", "Lund alleged that Ada Merrow reportedly took boats.")
    lund = report.entity("Lund", "Person", ["Lund"])
    report.entity("Ada Merrow", "Person", ["Ada Merrow"])
    report.claim(
        "allegation",
        ["that Ada Merrow reportedly took boats"],
        [("speaker", lund, "Lund")],
        cue="alleged",
        modality="hedged",
        hedges=["alleged", "reportedly"],
    )
    page = dossier([report.record()], "Ada Merrow")
    (line,) = {spell(x.runs) for x in page.lines() if x.kind == "claim"}
    assert line.endswith("took boats” (hedged: “reportedly”)")


def test_documents_that_call_one_name_by_different_words_are_warned_of_first():
    case = [
        appointed("a", "The colonel Ada Merrow spoke.", "colonel"),
        appointed("b", "The baker Ada Merrow spoke.", "baker"),
    ]
    line = dossier(case, "Ada Merrow").summary[0].lines[0]
    words = spell(line.runs)
    assert words.startswith("(May be more than one person)")
    assert "baker [" in words
    assert "colonel [" in words
    alike = [case[0], appointed("c", "Then colonel Ada Merrow left.", "colonel")]
    told = " ".join(spell(x.runs) for x in dossier(alike, "Ada Merrow").lines())
    assert "May be more than one person" not in told


def test_a_quotation_is_cut_where_a_reader_may_pause():
    words = "The governor will travel to the northern port of Tolm next week, officials there said."
    record = factory.Report("a", words).record()
    assert (
        quoted(record, [(0, len(words))], 52)[0].text
        == "The governor will travel to the northern port"
    )
    assert quoted(record, [(0, len(words))], 70)[0].text.endswith("next week")
    assert quoted(record, [(0, len(words))], 240)[0].text == words


@pytest.mark.parametrize(
    ("content", "denied"),
    [
        ("that Ivo Merrow is her brother", True),
        ("that Ivo Merrow was ever a brother of hers", True),
        ("that she paid the guard, whose president is her brother Ivo Merrow", False),
        ("that her brother Ivo Merrow was there", False),
    ],
)
def test_kin_named_in_a_denial_are_denied_only_where_it_says_so(content, denied):
    report = factory.Report("a", f"Ada Merrow denied {content}.", publisher="a")
    ada = report.entity("Ada Merrow", "Person", ["Ada Merrow"])
    ivo = report.entity("Ivo Merrow", "Person", ["Ivo Merrow"])
    no = report.claim("denial", [content], [("speaker", ada, "Ada Merrow")], cue="denied")
    report.relation("family", ivo, ada, "brother", "brother", claims=(no,))
    record = report.record()
    assert is_denied(record, record.claims[0], record.relations[0]) is denied
    told = [run.text for line in dossier([record], "Ada Merrow").lines() for run in line.runs]
    assert ("stated inside a denial" in told) is denied
