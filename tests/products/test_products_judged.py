"""People's judgements of who is who, as products follow them."""

from __future__ import annotations

from itertools import permutations

import pytest

from onrecord.errors import NotFound
from onrecord.model import Document, Entity, Record
from onrecord.products import dossier
from onrecord.products.index import Index, Judged
from onrecord.products.people import People
from onrecord.products.render.spell import spell


def report(number: int, name: str) -> Record:
    """A report that names one person, whose id is `p` and the report's number."""
    document = Document(f"sha256:{number:064}", f"{number}.txt", "text/plain", language="en")
    entity = Entity(f"p{number}", "Person", name, ((0, len(name)),))
    return Record(document=document, text=name, entities=(entity,))


REPORTS = [report(1, "Tane Orlund"), report(2, "Tane Orlund"), report(3, "Tanneh Orlundt")]


def groups(*judged: tuple[str, str, str]) -> set[frozenset[str]]:
    return set(People(Index(REPORTS, [Judged(*j) for j in judged])).groups)


def test_without_a_judgement_only_a_full_name_takes_together() -> None:
    assert groups() == {frozenset({"p1", "p2"}), frozenset({"p3"})}


def test_same_takes_another_spelling_in() -> None:
    assert groups(("p3", "p1", "same")) == {frozenset({"p1", "p2", "p3"})}


def test_different_keeps_a_shared_name_apart() -> None:
    assert groups(("p1", "p2", "different")) == {frozenset({p}) for p in ("p1", "p2", "p3")}


def test_different_is_never_crossed_by_a_chain() -> None:
    said = [("p1", "p2", "different"), ("p1", "p3", "same"), ("p2", "p3", "same")]
    for order in permutations(said):
        assert not any({"p1", "p2"} <= group for group in groups(*order))


def test_a_name_of_two_judged_different_must_be_told_apart() -> None:
    people = People(Index(REPORTS, [Judged("p1", "p2", "different")]))
    with pytest.raises(NotFound) as caught:
        people.find("Tane Orlund")
    assert "may be any of 2" in str(caught.value)


def told(*judged: tuple[str, str, str]) -> str:
    page = dossier(REPORTS, "p1 = p2", judged=[Judged(*j) for j in judged])
    (rests,) = (section for section in page.summary if section.key == "overview")
    return " ".join(spell(line.runs) for line in rests.lines)


def test_what_a_person_judged_one_is_not_said_to_be_decided_by_nobody() -> None:
    assert "Nobody has decided" in told()
    decided = told(("p1", "p2", "same"))
    assert "a person judged it to be one" in decided
    assert "Nobody has decided" not in decided
