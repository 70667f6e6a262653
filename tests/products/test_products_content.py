"""What a dossier, a brief, a chronology and a register must hold, on the invented case."""

import product_factory as factory
import pytest

from onrecord.errors import NotFound
from onrecord.passages.language import not_read
from onrecord.products import brief, chronology, demands, dossier
from onrecord.products.render.spell import spell


@pytest.fixture(scope="module")
def case():
    return factory.case()


def sections(page):
    found = {}

    def walk(section):
        found[section.key] = section
        for inner in section.sections:
            walk(inner)

    for section in (*page.summary, *page.sections):
        walk(section)
    return found


def words(section):
    return [spell(line.runs) for line in section.lines]


def test_what_is_laid_to_somebody_is_told_from_what_only_names_them(case):
    found = sections(dossier(case, "Renzo Maldek"))
    assert len(found["laid"].lines) == 2
    assert all("Ilse Vandar alleged" in line for line in words(found["laid"]))
    assert ["ties" in line for line in words(found["named"])] == [True]


def test_a_denial_stands_beside_what_it_answers_and_nowhere_else(case):
    laid = sections(dossier(case, "Renzo Maldek"))["laid"]
    answers = {
        spell(line.runs): [spell(c.runs) for c in line.children if c.kind != "act"]
        for line in laid.lines
    }
    (disappearances,) = [a for line, a in answers.items() if "disappearances" in line]
    assert "Renzo Maldek denied" in disappearances[0]
    assert "both speak of enforced disappearance" in disappearances[0]
    (torture,) = [a for line, a in answers.items() if "tortured" in line]
    assert torture == ["No answer to this is on record in this case."]


def test_a_denied_act_is_not_laid_to_the_one_who_denies_it(case):
    found = sections(dossier(case, "Renzo Maldek"))
    assert not any("denied" in line for line in words(found["laid"]))
    assert len(found["by-denial"].lines) == 1


def test_a_former_post_says_so_and_an_undecided_mention_is_nobodys(case):
    found = sections(dossier(case, "Teodor Quill"))
    assert words(found["posts"]) == ["former defence minister"]
    undecided = sections(dossier(case, "Renzo Maldek"))["undecided"]
    assert "may be Renzo Maldek or Renzo Maldeck" in words(undecided)[0]
    assert not sections(dossier(case, "Osk Brannig")).get("undecided")


def test_a_near_spelling_is_listed_and_taken_only_when_named(case):
    alone = sections(dossier(case, "Renzo Maldek"))["overview"]
    assert "Possibly the same, not taken together: Renzo Maldeck" in " ".join(words(alone))
    both = dossier(case, "Renzo Maldek = Renzo Maldeck")
    assert "Possibly the same" not in " ".join(words(sections(both)["overview"]))
    assert "“Renzo Maldeck”" in " ".join(words(sections(both)["names"]))


def test_those_a_speaker_cites_are_known_through_the_speaker(case):
    spoken = sections(dossier(case, "monitors"))["by-allegation"]
    assert "monitors, as passed on by Ilse Vandar, alleged" in words(spoken)[0]
    levels = [step.level for step in spoken.lines[0].steps]
    assert levels == ["publisher", "channel", "speaker", "cited"]


def test_a_brief_asks_at_least_six_questions_each_with_its_note(case):
    asked = sections(brief(case, ["Quill", "Renzo Maldek"]))["questions"].lines
    questions = [line for line in asked if line.kind == "question"]
    assert len(questions) >= 6
    assert all(line.notes and line.label for line in questions)
    assert all(spell(line.runs).endswith("?") for line in questions)


def test_a_brief_says_what_is_not_supported(case):
    page = brief(case, ["Quill", "Renzo Maldek"])
    found = sections(page)
    lacking = " ".join(words(found.get("all-gaps", found["gaps"])))
    assert "The year of the visit is not stated." in lacking
    assert "Single origin" in lacking
    assert "word of one source, Ilse Vandar" in lacking
    assert "No answer by or for Teodor Quill" in lacking
    assert "no victim who is named" in lacking
    assert "no place" in lacking
    assert "Undecided: “Brannig”" in lacking
    assert "Hedged" in lacking
    assert "Publisher not stated: denial.txt, statement.txt." in lacking


def test_a_brief_tells_what_is_in_another_language_from_what_failed(case):
    unread = [
        factory.Report("lettre.txt", "Une lettre.", note=not_read("fr")).record(),
        factory.Report("odd.txt", "Odd words.", note="extraction failed (ValueError)").record(),
        factory.Report("odder.txt", "Odder words.", note="extraction failed (KeyError)").record(),
    ]
    found = sections(brief([*case, *unread], ["Quill", "Renzo Maldek"]))
    lacking = words(found.get("all-gaps", found["gaps"]))
    assert "Not read, because of their language: 1 of 6." in lacking
    assert "Not read, because it failed: 2 of 6." in lacking


def test_a_brief_on_a_visit_is_on_those_who_take_part(case):
    page = brief(case, engagement="Lisk")
    assert page.title == "Brief: Teodor Quill and Renzo Maldek"
    (where,) = words(sections(page)["where"])
    assert "15 to 17 March, year unknown" in where
    assert "proposed" in where


def test_what_is_said_of_those_they_are_linked_to_is_headed_so(case):
    linked = sections(brief(case, ["Teodor Quill"]))["linked-1"]
    assert linked.title == "Said of Osk Brannig, not of them"
    assert any("mass grave" in line for line in words(linked))
    laid = sections(brief(case, ["Teodor Quill"]))["evidence-1-laid"]
    assert not any("mass grave" in line for line in words(laid))


def test_an_unknown_visit_lists_the_ones_on_record(case):
    with pytest.raises(NotFound, match="15 to 17 March"):
        brief(case, engagement="Geneva")
    with pytest.raises(NotFound, match="nobody to brief on"):
        brief(case)


def test_a_chronology_keeps_unknown_years_apart(case):
    found = sections(chronology(case))
    dated = [line.date for line in found["dated"].lines]
    assert dated == ["2029", "2031-03-10"]
    assert [line.date for line in found["yearless"].lines] == [
        "XXXX-03-08",
        "XXXX-03-15/XXXX-03-17",
    ]
    assert all(line.date is None for line in found["undated"].lines)


def test_a_register_holds_the_response_or_says_there_is_none(case):
    rows = sections(demands(case))["register"].lines
    by_asked = {spell(row.cells[0]): row for row in rows}
    assert spell(by_asked["Lisk city council"].cells[-1]) == "none on record"
    doctors = by_asked["Renzo Maldek"]
    assert spell(doctors.cells[3]) == "1 May 2031"
    assert "On which ground" not in sections(demands(case))["register"].columns
    assert "Possible response" in spell(doctors.cells[-1])
    assert "both speak of doctors, independent, prisons, valley" in spell(doctors.cells[-1])


def test_a_deadline_told_from_an_unknown_day_is_shown_in_its_words():
    told = factory.Report("told.txt", "Ilse Vandar asked Quill to open the road within two weeks.")
    vandar = told.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    quill = told.entity("Teodor Quill", "Person", ["Quill"])
    claim = told.claim(
        "demand", ["to open the road within two weeks"], [("speaker", vandar, "Ilse Vandar")]
    )
    cites = {"deadline": (told.at("within two weeks"),)}
    told.demand(claim, [quill], "open the road within two weeks", cites=cites)
    (row,) = sections(demands([told.record()]))["register"].lines
    assert spell(row.cells[3]) == "“within two weeks”"


def test_a_denial_that_shares_its_words_is_shown_beside_with_the_reason():
    accused = factory.Report("accused.txt", "Vandar said Quill arms the River Guard of Lisk.")
    vandar = accused.entity("Ilse Vandar", "Person", ["Vandar"])
    accused.entity("Teodor Quill", "Person", ["Quill"])
    accused.claim(
        "allegation", ["Quill arms the River Guard of Lisk"], [("speaker", vandar, "Vandar")]
    )
    denied = factory.Report(
        "denied.txt", "Teodor Quill denied any payment to the River Guard. He denied owning boats."
    )
    quill = denied.entity("Teodor Quill", "Person", ["Teodor Quill", "He"])
    denied.claim("denial", ["any payment to the River Guard"], [("speaker", quill, "Teodor Quill")])
    denied.claim("denial", ["owning boats"], [("speaker", quill, "He")])
    (line,) = sections(dossier([accused.record(), denied.record()], "Teodor Quill"))["named"].lines
    (answer,) = [spell(child.runs) for child in line.children]
    assert "any payment to the River Guard" in answer
    assert answer.endswith("(by the one it names; both speak of guard, river)")


def test_a_denial_by_others_lays_nothing_to_those_it_names():
    report = factory.Report("rejects.txt", "The league rejects the claim that Teodor Quill killed.")
    league = report.entity("Harbour League", "Organization", ["The league"])
    quill = report.entity("Teodor Quill", "Person", ["Teodor Quill"])
    denied = report.claim(
        "denial", ["the claim that Teodor Quill killed"], [("speaker", league, "The league")]
    )
    report.act("killing", "killed", [denied], by=[quill])
    found = sections(dossier([report.record()], "Teodor Quill"))
    assert not found["laid"].lines
    (line,) = found["denied"].lines
    assert "(in a denial)" in spell(line.children[0].runs)
