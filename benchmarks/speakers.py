"""Whether the speaker of a claim is who it should be, against GUM's clusters of mentions.

    python benchmarks/speakers.py GUM [--genre news]

Of the attribution relations that a claim gives (as in `nested.py`), those whose source the
annotators tied to a cluster of mentions of a person, body or place with at least one name or
description. A speaker is right where the entity that the chain of attribution gives has its name in
a mention of that cluster; so "he said" counts only where "he" was led back to the right name.
Prints the share right, wrong and left open. "I" and "you" of talk that is not labelled with who
speaks cannot be led back to anybody and stand apart.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from gum import Attribution, Document, Mention, read
from nested import found_in

from onrecord.model import Entity, Link, Record
from onrecord.pipeline import Job, extract

SPEAKERS = ("person", "organization", "place")
KINDS = ("named in the third person", "name or description", "he, she, they, who", "I, we, you")


def source_of(document: Document, attribution: Attribution) -> Mention | None:
    """The longest mention that the source's words begin with or lie in; None where none does."""
    words = [w for w in attribution.source if w in attribution.satellite]
    inside = [
        m
        for m in document.mentions
        if m.head in words and all(w in attribution.satellite for w in range(m.first, m.last + 1))
    ]
    return min(inside, key=lambda m: (m.first, -m.last), default=None)


def verdict(document: Document, record: Record, link: Link | None, gold: Mention) -> str:
    """`right`, `wrong` or `open`: whether the entity's name stands among the cluster's mentions."""
    entities = {entity.id: entity for entity in record.entities}
    entity = entities.get(link.entity or "") if link is not None else None
    if entity is None or entity.candidates:
        return "open"
    own = {holder_of(document, span) for span in named(record, entity)}
    return "right" if gold.cluster in own else "wrong"


def holder_of(document: Document, span: tuple[int, int]) -> str | None:
    """The cluster of the smallest mention, no pronoun, that holds these characters."""
    holders = [
        (mention.last - mention.first, mention.cluster)
        for mention in document.mentions
        if not mention.pronoun
        and document.words[mention.first][0] <= span[0]
        and span[1] <= document.words[mention.last][1]
    ]
    return min(holders)[1] if holders else None


def named(record: Record, entity: Entity) -> list[tuple[int, int]]:
    """The mentions that are the entity's name as it is recorded."""
    text = record.text
    return [s for s in entity.mentions if text[slice(*s)].casefold() == entity.name.casefold()]


def kind_of(document: Document, gold: Mention) -> str:
    """How the text names the source there."""
    word = document.text[slice(*document.words[gold.first])].lower()
    if not gold.pronoun:
        return "name or description"
    return "I, we, you" if word in ("i", "we", "you") else "he, she, they, who"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--genre", default="", help="only this genre, such as news")
    args = parser.parse_args()
    count: Counter[tuple[str, str]] = Counter()
    for document in read(args.folder, args.genre):
        record = extract(Job(document.text, document.name))
        named_clusters = {m.cluster for m in document.mentions if not m.pronoun}
        for attribution, claim in found_in(document, record.claims).items():
            gold = source_of(document, attribution)
            if gold is None or gold.cluster not in named_clusters or gold.type not in SPEAKERS:
                continue
            link = next((s for s in claim.attribution if s.level == "speaker"), None)
            result = verdict(document, record, link, gold)
            kind = kind_of(document, gold)
            count[kind, result] += 1
            if kind != KINDS[-1]:
                count[KINDS[0], result] += 1
    for kind in KINDS:
        total = sum(count[kind, result] for result in ("right", "wrong", "open"))
        shares = [
            f"{r} {count[kind, r] / max(1, total):.3f} ({count[kind, r]})"
            for r in ("right", "wrong", "open")
        ]
        print(f"{kind:<27}{total:4d}  " + "  ".join(shares))


if __name__ == "__main__":
    main()
