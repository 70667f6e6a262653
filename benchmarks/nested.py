"""Attributions inside attributions, against GUM's discourse trees.

    python benchmarks/nested.py GUM [--genre news]

`GUM` holds `rst/` and `dep/` (github.com/amir-zeldes/gum, annotations CC BY 4.0). An `attribution`
relation joins a satellite that names the source to the nucleus that says what it says. It is found
where a claim's cue or speaker stands in the satellite and the claim's content overlaps the nucleus
by half or more (intersection over union of characters); one is nested whose satellite lies in
another's nucleus. Prints

- the share of relations found, and of nested ones;
- of nested ones found inside an outer one found, the share whose parent is the outer claim;
- of nested ones, the share found with the right parent.

A tree has one attribution to each discourse unit and knows nothing of noun cues, so that what the
trees do not have is not counted against a claim.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gum import Attribution, Document, read

from onrecord.model import Claim
from onrecord.pipeline import Job, extract

Pairs = dict[Attribution, Claim]


def found_in(document: Document, claims: tuple[Claim, ...]) -> Pairs:
    """The claim that gives each attribution relation, for those that one gives."""
    scored = []
    for attribution in document.attributions:
        satellite = document.characters(attribution.satellite)
        nucleus = document.characters(attribution.nucleus)
        for claim in claims:
            if _names(claim, satellite):
                content = {at for span in claim.content for at in range(*span)}
                share = len(content & nucleus) / len(content | nucleus)
                if share >= 0.5:
                    scored.append((share, attribution, claim))
    pairs: Pairs = {}
    for _, attribution, claim in sorted(scored, key=lambda s: (-s[0], s[2].id)):
        if attribution not in pairs and claim not in pairs.values():
            pairs[attribution] = claim
    return pairs


def _names(claim: Claim, satellite: set[int]) -> bool:
    speaker = next((link.span for link in claim.attribution if link.level == "speaker"), None)
    return any(span is not None and span[0] in satellite for span in (claim.cue, speaker))


def outer_of(attribution: Attribution, document: Document) -> Attribution | None:
    """The smallest attribution in whose nucleus this one's satellite lies."""
    holders = [
        other
        for other in document.attributions
        if other is not attribution and attribution.satellite <= other.nucleus
    ]
    return min(holders, key=lambda a: (len(a.nucleus), min(a.nucleus)), default=None)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--genre", default="", help="only this genre, such as news")
    args = parser.parse_args()
    count = dict.fromkeys(("relations", "found", "nested", "nested found", "both", "right"), 0)
    for document in read(args.folder, args.genre):
        pairs = found_in(document, extract(Job(document.text, document.name)).claims)
        for attribution in document.attributions:
            outer = outer_of(attribution, document)
            claim = pairs.get(attribution)
            count["relations"] += 1
            count["found"] += claim is not None
            count["nested"] += outer is not None
            if outer is not None and claim is not None:
                count["nested found"] += 1
                count["both"] += outer in pairs
                count["right"] += outer in pairs and claim.parent == pairs[outer].id
    _print("attribution relations found", count["found"], count["relations"])
    _print("nested ones found", count["nested found"], count["nested"])
    _print("right parent, where both are found", count["right"], count["both"])
    _print("nested ones found with the right parent", count["right"], count["nested"])


def _print(name: str, part: int, whole: int) -> None:
    print(f"{name:<44}{part / whole if whole else 0:8.3f}  ({part} of {whole})")


if __name__ == "__main__":
    main()
