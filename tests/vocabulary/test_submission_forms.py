"""The forms of submissions and the elements of crimes, as data: whole, consistent, searchable."""

from __future__ import annotations

import re
from datetime import date

import pytest

from onrecord.cli.submitting import CRIMES, FORMS
from onrecord.products.elements.rules import crime, crime_names
from onrecord.products.submission import forms
from onrecord.products.submission.readiness import FINDERS
from onrecord.vocabulary import load
from onrecord.vocabulary.terms import terms


def test_the_commands_offer_what_the_data_hold() -> None:
    assert forms.names() == FORMS
    assert crime_names() == CRIMES


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_a_place_for_each_of_its_fields(name: str) -> None:
    form = forms.form(name)
    placed = [key for part in form.order for key in part.fields]
    assert sorted(placed) == sorted(form.fields)
    assert all(f.need in ("required", "advised") and f.rule for f in form.fields.values())
    assert all(f.label and f.held.endswith(".") and f.question for f in form.fields.values())
    assert form.accepts
    assert form.refuses
    assert re.fullmatch(r"\d{4}-\d\d", form.as_of)


def test_every_field_is_for_the_record_or_for_a_person() -> None:
    fields = load("submissions")["fields"]
    assert {key for key, field in fields.items() if field["by"] == "record"} == set(FINDERS)
    used = {key for name in FORMS for key in forms.form(name).fields}
    assert used == set(fields)


def test_limits_of_time_name_a_field_and_another_way() -> None:
    for name in FORMS:
        form = forms.form(name)
        for limit in filter(None, (form.window, form.not_before)):
            assert limit["field"] in form.fields
        if form.window:
            assert form.window["otherwise"] in FORMS
        if form.not_before:
            date.fromisoformat(form.not_before["date"])


def test_every_rule_reads_what_the_record_has() -> None:
    groups = load("elements")["groups"]
    acts = terms("acts")
    for group in groups.values():
        assert set(group["acts"]) <= set(acts)
        assert all(re.compile(words) for words in group["words"])
    for name in crime_names():
        for element in crime(name).elements:
            assert element.question.endswith("?")
            for _, rule in element.rules:
                known = {"acts", "words", "with", "by", "involvement", "kinds", "denied", "why"}
                assert set(rule) <= known
                assert {"acts", "words"} & set(rule)
                assert set(rule.get("by", ())) <= set(terms("actor_types"))
                assert set(rule.get("involvement", ())) <= set(terms("involvement"))
                assert set(rule.get("kinds", ())) <= set(terms("claim_kinds"))
                named = [rule[k] for k in ("acts", "words", "with") if isinstance(rule.get(k), str)]
                assert set(named) <= set(groups)


def test_the_words_searched_for_are_patterns() -> None:
    for value in load("submission_words").values():
        listed = value if isinstance(value, list) else [w for part in value.values() for w in part]
        for words in listed:
            assert isinstance(words, str), words
            re.compile(words.replace("{}", "x"))
