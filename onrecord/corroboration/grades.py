"""Grades: four judgements of a source's word, kept apart and never folded into one score.

How reliable the source has been (A to F) and how credible the information is (1 to 6) are judged
apart, by people, as is a finding at its standard of proof. How many independent origins say it is
counted: the only one of the four that the machine suggests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.corroboration.origins import Origin, independent_origins
from onrecord.errors import VocabularyError
from onrecord.vocabulary.terms import terms


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person concludes, at a stated standard of proof; `day` is an EDTF date."""

    words: str
    standard: str
    by: str
    day: str

    def __post_init__(self) -> None:
        """Raises `VocabularyError` where there is no such standard of proof."""
        _known("standards_of_proof", self.standard)


@dataclass(frozen=True, slots=True)
class Grades:
    """The four grades of a claim or an event; None where nobody has judged.

    `source_reliability` and `information_credibility` are terms of the Admiralty lists.
    `independent_origins` is what was counted, or what a person says it is.
    """

    source_reliability: str | None = None
    information_credibility: str | None = None
    independent_origins: int | None = None
    finding: Finding | None = None

    def __post_init__(self) -> None:
        """Raises `VocabularyError` where a grade is none of its list, or a count is below zero."""
        if self.source_reliability is not None:
            _known("admiralty_sources", self.source_reliability)
        if self.information_credibility is not None:
            _known("admiralty_information", self.information_credibility)
        if self.independent_origins is not None and self.independent_origins < 0:
            raise VocabularyError(f"{self.independent_origins} origins: a count is 0 or more")


def suggested(origins: Sequence[Origin]) -> Grades:
    """What the machine suggests for an event: the number of independent origins, nothing else."""
    return Grades(independent_origins=independent_origins(origins))


def _known(name: str, term: str) -> None:
    if term not in terms(name):
        raise VocabularyError(
            f"{term} is no term of {name}", todo=f"one of {', '.join(terms(name))}"
        )
