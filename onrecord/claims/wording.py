"""The words that tell how a claim is made, read once from `cues.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord import vocabulary
from onrecord.model import ClaimKind

NOBODY = frozenset({"nobody", "no", "no-one", "none", "neither"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor"})
FUTURE = frozenset({"will", "'ll", "shall"})
HYPOTHETICAL = frozenset({"would", "could", "might", "may", "'d"})


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of `cues.yaml` that tell how a claim is made."""

    kind: dict[str, ClaimKind]
    finding_verbs: frozenset[str]
    finding_sources: frozenset[str]
    obligation: frozenset[str]
    addressed: frozenset[str]
    raising: frozenset[str]
    hedge: re.Pattern[str]
    wrongdoing: re.Pattern[str]
    denied: re.Pattern[str]
    unknowing: frozenset[str]
    circumstance: frozenset[str]
    ordering: frozenset[str]
    orders: frozenset[str]
    seizing: frozenset[str]
    unnamed: re.Pattern[str]
    wishing: frozenset[str]
    untrue: re.Pattern[str]
    too_early: re.Pattern[str]
    unproven: re.Pattern[str]
    deeds: dict[str, frozenset[str]]
    forces: frozenset[str]
    taking: frozenset[str]
    withholding: frozenset[str]
    questioning: frozenset[str]
    refused: frozenset[str]
    proposed: frozenset[str]
    professing: frozenset[str]
    ruling: frozenset[str]
    terming: frozenset[str]
    false: re.Pattern[str]
    conceding: frozenset[str]
    conceded: re.Pattern[str]
    wordless: frozenset[str]
    bodily: frozenset[str]
    voiced: frozenset[str]
    coercing: frozenset[str]


@cache
def words() -> Words:
    """The packaged words, read once a process."""
    cues: dict[str, Any] = vocabulary.load("cues")
    return Words(
        kind={
            lemma: group["kind"]
            for group in cues["verbs"].values()
            if "kind" in group
            for lemma in group["lemmas"]
        },
        finding_verbs=frozenset(cues["verbs"]["finding"]["lemmas"]),
        finding_sources=frozenset(cues["finding_sources"]),
        obligation=frozenset(cues["obligation"]),
        addressed=frozenset(cues["addressed"]),
        raising=frozenset(cues["raising"]),
        hedge=re.compile(rf"\b(?:{'|'.join(cues['hedges'])})\b", re.IGNORECASE),
        denied=re.compile(rf"\b(?:{'|'.join(cues['denied'])})s?\b", re.IGNORECASE),
        unknowing=frozenset(cues["unknowing"]),
        circumstance=frozenset(cues["circumstance"]),
        ordering=frozenset(cues["ordering"]["verbs"]),
        orders=frozenset(cues["ordering"]["nouns"]),
        seizing=frozenset(cues["seizing"]),
        wishing=frozenset(cues["wishing"]),
        unnamed=re.compile("|".join(cues["unnamed"]), re.IGNORECASE),
        untrue=re.compile("|".join(cues["untrue"]), re.IGNORECASE),
        too_early=re.compile("|".join(cues["too_early"]), re.IGNORECASE),
        unproven=re.compile("|".join(cues["unproven"]), re.IGNORECASE),
        deeds={lemma: frozenset(after) for lemma, after in cues["deeds"].items()},
        forces=frozenset(cues["forces"]),
        taking=frozenset(cues["taking_responsibility"]),
        questioning=frozenset(cues["questioning"]),
        withholding=frozenset(cues["withholding"]),
        refused=frozenset(cues["refused"]),
        proposed=frozenset(cues["proposed"]),
        professing=frozenset(cues["professing"]),
        ruling=frozenset(cues["ruling"]),
        terming=frozenset(cues["terming"]),
        false=re.compile("|".join(cues["false"]), re.IGNORECASE),
        conceding=frozenset(cues["conceding"]),
        conceded=re.compile(rf"\b(?:{'|'.join(cues['conceded'])})", re.IGNORECASE),
        wordless=frozenset(cues["wordless"]),
        bodily=frozenset(cues["bodily"]),
        voiced=frozenset(cues["voiced"]),
        coercing=frozenset(cues["coercing"]),
        wrongdoing=re.compile(rf"\b(?:{'|'.join(cues['wrongdoing'])})", re.IGNORECASE),
    )
