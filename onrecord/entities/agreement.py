"""Whether somebody is of the number and the sex of a pronoun."""

from __future__ import annotations

from onrecord.entities.draft import Draft
from onrecord.entities.lexicon import listed
from onrecord.vocabulary import load


def fits(draft: Draft, facts: dict[str, str]) -> bool:
    """Whether somebody is of the number and, as far as is known, the sex of a pronoun."""
    if facts["number"] == "one":
        other = "female" if facts["sex"] == "male" else "male"
        against = draft.sex[other] - draft.sex[facts["sex"]]
        return draft.kind == "Person" and against < 1
    if facts["number"] == "many":
        return draft.kind == "Group" or (draft.kind == "Organization" and _are_many(draft))
    if draft.kind == "Place":
        return draft.known.get("place_kind") in ("country", "region")
    return draft.kind == "Organization" and not draft.plural


def _are_many(body: Draft) -> bool:
    """Whether a body is spoken of as "they": "the police", "the Orla Rifles"."""
    last = body.name.lower().split()[-1]
    if last in listed("pronouns", "single_bodies"):
        return False
    plain = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return body.plural or plain or last in load("pronouns")["plural_bodies"]
