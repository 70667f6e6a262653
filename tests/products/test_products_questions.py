"""The questions of a brief: on what differs, is denied, is demanded; grave ones first."""

import product_factory as factory

from onrecord.model import Count
from onrecord.products import brief
from onrecord.products.render.spell import spell


def asked(records, name):
    """All questions of a brief on somebody, in their order."""
    page = brief(records, [name])
    sections = {section.key: section for section in (*page.summary, *page.sections)}
    section = sections.get("all-questions", sections["questions"])
    return [spell(line.runs) for line in section.lines if line.kind == "question"]


def toll(path, words, least, most):
    """A report in which a mayor is named and a number of dead is given for one place."""
    report = factory.Report(path, f"{words} villagers were killed in Tolm, Ada Merrow was told.")
    report.entity("Ada Merrow", "Person", ["Ada Merrow"])
    place = report.entity("Tolm", "Place", ["Tolm"])
    dead = report.entity("villagers", "Group", ["villagers"])
    count = Count(words, report.at(words), least, most)
    report.act("killing", "killed", to=[(dead, "villagers", count)], place=place)
    return report.record()


def test_numbers_that_differ_are_asked_about_and_those_that_agree_are_not():
    numbers = "which do you hold to be right"
    agreeing = [toll("a", "At least four", 4, None), toll("b", "Four", 4, 4)]
    assert not any(numbers in question for question in asked(agreeing, "Ada Merrow"))
    (question,) = [
        question
        for question in asked([*agreeing, toll("c", "Eleven", 11, 11)], "Ada Merrow")
        if numbers in question
    ]
    assert "“At least four”" in question
    assert "“Eleven”" in question
    assert "(killing, Tolm)" in question


def test_a_demand_of_an_institution_is_asked_of_who_heads_it_and_of_nobody_else():
    report = factory.Report(
        "a",
        "Harbour Minister Ada Merrow spoke. Lund urged the Ministry of the Harbour to open it. "
        "He urged the government to pay.",
    )
    merrow = report.entity("Ada Merrow", "Person", ["Ada Merrow"])
    lund = report.entity("Lund", "Person", ["Lund"])
    ministry = report.entity("Ministry of the Harbour", "Organization", ["Ministry of the Harbour"])
    government = report.entity("the government", "Organization", ["the government"])
    report.relation("post", merrow, None, "Harbour Minister", "Harbour Minister Ada Merrow")
    for body, what, words in ((ministry, "to open it", "Lund"), (government, "to pay", "He")):
        claim = report.claim("demand", [what], [("speaker", lund, words)])
        report.demand(claim, [body], what)
    (question,) = [q for q in asked([report.record()], "Ada Merrow") if "request" in q]
    assert "“to open it”" in question
    assert "put to Ministry of the Harbour; what has been done" in question


def test_the_gravest_comes_first_and_a_denial_is_asked_what_it_rests_on():
    questions = asked(factory.case(), "Renzo Maldek")
    kinds = [
        next(i for i, question in enumerate(questions) if words in question)
        for words in (
            "establish their fate",
            "access to the places of detention",
            "what contact",
            "what has been done about this request",
            "on what does this rest",
            "in which year and on which days is this",
        )
    ]
    assert kinds == sorted(kinds)
    assert len(questions) == len(set(questions))


def announced(path, text, status, place=None):
    """A report of a visit by a mayor, with or without its place."""
    report = factory.Report(path, text)
    mayor = report.entity("Ada Merrow", "Person", ["Ada Merrow"])
    where = report.entity(place, "Place", [place]) if place else None
    report.engagement(
        "visit",
        [mayor],
        text.rstrip("."),
        place=where,
        start="2031-05-02",
        end="2031-05-03",
        status=status,
    )
    return report.record()


def test_what_one_report_of_a_visit_leaves_out_another_may_state():
    bare = announced("a", "Ada Merrow may visit from 2 May.", "proposed")
    full = announced("b", "Ada Merrow will visit Tolm on 2 May.", "confirmed", "Tolm")

    def lacking(records):
        (section,) = [s for s in brief(records, ["Ada Merrow"]).summary if s.key == "gaps"]
        return " ".join(spell(line.runs) for line in section.lines)

    assert "Where the visit is to be, or was, is not stated." in lacking([bare])
    assert "nothing confirms it" in lacking([bare])
    assert "the visit" not in lacking([bare, full]).casefold()
    assert "nothing confirms it" not in lacking([full])
