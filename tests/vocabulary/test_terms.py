"""The controlled terms: defined, coded, complete."""

import csv
import re
from pathlib import Path
from typing import get_args

import pytest

from onrecord import model
from onrecord.coding.acts_roles import CLEARED, frames
from onrecord.errors import VocabularyError
from onrecord.vocabulary import load
from onrecord.vocabulary.terms import LISTS, terms

SHARED = Path(__file__).resolve().parents[3] / "shared"
NAMED_IN_THE_DESIGN = {
    *("killing", "extrajudicial_killing", "massacre", "mass_grave", "enforced_disappearance"),
    *("abduction", "hostage_taking", "arbitrary_detention", "torture", "ill_treatment"),
    *("mutilation", "sexual_violence", "collective_punishment", "attack_on_civilians"),
    *("attack_on_property", "forced_displacement", "threat", "recruitment_of_children"),
    *("armed_clash", "support_of_armed_group", "restriction_of_freedoms", "other"),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_term_is_defined_once_in_its_own_words(name):
    found = terms(name)
    assert all(t.id == key and t.label and t.definition for key, t in found.items())
    assert len({t.definition for t in found.values()}) == len(found)
    assert all(re.fullmatch(r"[a-z_]+|[A-F]|[1-6]", key) for key in found)


def test_every_type_of_act_has_a_code():
    assert set(terms("acts")) >= NAMED_IN_THE_DESIGN
    assert all(t.codes for t in terms("acts").values())
    assert all(
        re.fullmatch(r"(6|7|8|25)(\(\w+\))*", code)
        for t in terms("acts").values()
        for code in t.codes.get("rome_statute", ())
    )


def test_huridocs_codes_exist():
    source = SHARED / "standards" / "huridocs_microthesauri.csv"
    if not source.is_file():
        pytest.skip(f"the micro-thesauri are not at {source}")
    with source.open(encoding="utf-8") as file:
        known = {(row["list"], row["code"]) for row in csv.DictReader(file)}
    wanted = {
        (standard.removeprefix("huridocs_").upper(), code)
        for name in LISTS
        for term in terms(name).values()
        for standard, codes in term.codes.items()
        if standard.startswith("huridocs_")
        for code in codes
    }
    assert wanted
    assert wanted - known == set()


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("actor_types", model.ActorType),
        ("claim_kinds", model.ClaimKind),
        ("quote", model.Quote),
        ("modality", model.Modality),
        ("polarity", model.Polarity),
        ("relation_types", model.RelationType),
    ],
)
def test_the_lists_are_those_of_the_model(name, literal):
    assert set(terms(name)) == set(get_args(literal))


def test_cues_and_frames_speak_of_known_terms_only():
    assert set(load("act_cues")) <= set(terms("acts"))
    said = {entry["involvement"] for entry in (*frames().phrases, *frames().verbs)}
    said |= {*frames().light_verbs, *frames().led_by, *frames().controllers}
    assert said - {CLEARED} <= set(terms("involvement"))
    families = load("event_rules")["families"]
    assert {kind for kinds in families.values() for kind in kinds} <= set(terms("acts"))


def test_a_list_that_does_not_exist_is_named():
    with pytest.raises(VocabularyError, match="no_such_list"):
        terms("no_such_list")
