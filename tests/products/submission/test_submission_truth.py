"""Readiness on the packaged demo: every field's state is what a careful reader finds."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

import pytest

from onrecord.demo import reports, truth
from onrecord.model import Entity
from onrecord.pipeline import extract_many, job_of
from onrecord.products.index import Index, Sheet
from onrecord.products.parts import Desk
from onrecord.products.submission import forms, whom
from onrecord.products.submission.passages import Spoken
from onrecord.products.submission.readiness import Prepared, readiness
from onrecord.sources import Limits, Reader, collect

TRUTH = truth()["submissions"]
TODAY = date.fromisoformat(TRUTH["today"])


@pytest.fixture(scope="module")
def desk() -> Desk:
    items = list(collect(reports(), limits=Limits(), on_error=lambda _: None))
    with Reader(Limits()) as reader:
        acquired = [reader.read(item) for item in items]
    return Desk(Index(extract_many([job_of(one) for one in acquired])))


def meant(desk: Desk, person: str) -> str:
    """The ids of the entities that somebody who knows the truth would name as the person."""
    return " = ".join(_entity(desk, *place).id for place in TRUTH["passages"][person])


def _entity(desk: Desk, document: str, quote: str) -> Entity:
    sheet = next(s for s in desk.index.sheets if _stem(s) == document)
    start = sheet.record.text.index(quote)
    inside = [
        (end - first, first, entity)
        for entity in sheet.record.entities
        if entity.type == "Person"
        for first, end in entity.mentions
        if start <= first and end <= start + len(quote)
    ]
    return min(inside, key=lambda found: found[:2])[2]


def _stem(sheet: Sheet) -> str:
    return PurePath(sheet.record.document.path).stem


@pytest.mark.parametrize("row", TRUTH["fields"], ids=lambda row: f"{row['person']}-{row['form']}")
def test_every_field_of_every_form_is_in_the_state_that_is_true(desk: Desk, row: Any) -> None:
    subject = whom.find(desk, [meant(desk, row["person"])])
    found = readiness(forms.form(row["form"]), Spoken(desk, subject), Prepared(today=TODAY))
    assert {key: one.found.state for key, one in found.items()} == row["states"]


def test_every_form_is_held_against_the_truth() -> None:
    assert {row["form"] for row in TRUTH["fields"]} == set(forms.names())


def test_what_is_held_is_what_the_reports_say(desk: Desk) -> None:
    subject = whom.find(desk, [meant(desk, "joren-maddak-fisherman")])
    found = readiness(forms.form("wgeid-urgent"), Spoken(desk, subject), Prepared(today=TODAY))
    values = {key: one.found.value for key, one in found.items()}
    assert values["date"] == "2025-01-14"
    assert (values["place"], values["state"], values["age"]) == ("Tolvane", "Talvenia", "34")
    assert {"National Gendarmerie", "Hearth Guard"} <= set(values["responsible"].split("; "))
    assert [one.words for one in found["responsible"].found.beside] == [
        "Counsel for the state, Aubin Merrow, denied that Maddak was in custody."
    ]


def test_the_namesake_is_not_said_to_be_missing(desk: Desk) -> None:
    ids = {e for one in whom.candidates(desk) for e in one.ids}
    colonel = set(meant(desk, "joren-maddak-colonel").split(" = "))
    assert not ids & colonel
    assert ids & set(meant(desk, "joren-maddak-fisherman").split(" = "))


@pytest.mark.parametrize(
    ("today", "state"),
    [("2025-01-20", "held"), ("2025-04-14", "held"), ("2025-04-15", "closed"), (None, "person")],
)
def test_the_urgent_procedure_ends_after_three_months(
    desk: Desk, today: str | None, state: str
) -> None:
    subject = whom.find(desk, [meant(desk, "joren-maddak-fisherman")])
    day = date.fromisoformat(today) if today else None
    found = readiness(forms.form("wgeid-urgent"), Spoken(desk, subject), Prepared(today=day))
    assert found["time"].found.state == state
