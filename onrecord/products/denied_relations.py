"""Whether a denial is of a post, kinship or link, or only names it on its way."""

from __future__ import annotations

import re

from onrecord.model import Claim, Record, Relation
from onrecord.vocabulary import load

_SAID_TO_BE = re.compile(
    r"\b(?:is|was|are|were|be|being|been|became|become)(?:\s+(?:ever|an?|the|his|her|its|their))*\s*$"
)
_BESIDE = re.compile(r"\b(?:who|whose|whom|which)\b", re.IGNORECASE)


def is_denied(record: Record, claim: Claim | None, relation: Relation) -> bool:
    """Whether somebody denies a relation: `that Adu is his brother`, not `that his brother lied`.

    A link is what a denial that holds it is about; kinship and posts are so only behind a verb
    that says that somebody is or was it.
    """
    if claim is None or claim.kind != "denial":
        return False
    if relation.type in load("products")["linking"]:
        return True
    first, last = relation.span
    whole = next((span for span in claim.content if span[0] <= first and last <= span[1]), None)
    if whole is None:
        return False
    role = relation.role[0] if relation.role else first
    before = record.text[whole[0] : max(first, role)]
    return _SAID_TO_BE.search(before) is not None and _BESIDE.search(before) is None
