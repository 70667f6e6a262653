"""Controlled terms with their plain definitions and their codes in the field's standards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from onrecord.errors import VocabularyError
from onrecord.vocabulary import load

LISTS = (
    "acts",
    "actor_types",
    "admiralty_information",
    "admiralty_sources",
    "claim_kinds",
    "engagement_types",
    "involvement",
    "modality",
    "polarity",
    "quote",
    "relation_types",
    "responses",
    "standards_of_proof",
)
"""The lists of terms that the record and the judgements on it use."""

Codes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """One controlled term: its id in the record, what a reader sees, and what it means.

    `codes` maps a standard (`huridocs_mt4`, `rome_statute`, `icpped`, `acled`, `local`, ...) to the
    codes there that come nearest; an ACLED code is "event type / sub-event type".
    """

    id: str
    label: str
    definition: str
    codes: Codes = field(default_factory=dict)


@cache
def terms(name: str) -> Mapping[str, Term]:
    """The terms of one list by id, in the list's own order.

    Raises `VocabularyError` where there is no such list, or a term lacks its label or definition.
    """
    if name not in LISTS:
        raise VocabularyError(
            f"there is no list of terms {name}", todo=f"one of {', '.join(LISTS)}"
        )
    return {identifier: _term(name, identifier, data) for identifier, data in load(name).items()}


def _term(name: str, identifier: str, data: Mapping[str, object]) -> Term:
    label, definition = data.get("label"), data.get("definition")
    if not (isinstance(label, str) and isinstance(definition, str) and definition.endswith(".")):
        raise VocabularyError(f"{name}: {identifier} lacks a label or a definition")
    codes = data.get("codes") or {}
    if not isinstance(codes, Mapping):
        raise VocabularyError(f"{name}: {identifier}: codes are not a mapping of standard to codes")
    return Term(identifier, label, definition, {k: _codes(v) for k, v in codes.items()})


def _codes(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise VocabularyError(f"codes are not a list: {values!r}")
    return tuple(" / ".join(v) if isinstance(v, list) else str(v) for v in values)
