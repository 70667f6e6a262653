"""Whom "he", "they" and "it" are led back to, against GUM's clusters of mentions.

    python benchmarks/pronouns.py GUM [--genre news] [--wrong]

A pronoun is right where a name or description of the entity that it was led back to stands in the
pronoun's cluster, else wrong. It is open where nobody was chosen though its cluster has a name or
description of a person, body or place; what else is left is left rightly and not counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from gum import Document, Mention, read
from speakers import SPEAKERS

from onrecord.entities import EntityBook, find_entities
from onrecord.model import Entity
from onrecord.passages.parse import parse
from onrecord.vocabulary import load

KINDS = {"one": "he, she", "many": "they", "body": "it"}


def clusters_of(document: Document, book: EntityBook, entity: Entity) -> set[str]:
    """The clusters in which names and descriptions of an entity stand."""
    found = set()
    for first, end in entity.mentions:
        if book.text[first:end].lower() in load("pronouns")["pronouns"]:
            continue
        inside = {w for w, (a, b) in enumerate(document.words) if first < b and a < end}
        able = [m for m in document.mentions if m.head in inside and not m.pronoun]
        whole = [m for m in able if m.first <= min(inside) and max(inside) <= m.last] or able[:1]
        if whole:
            found.add(min(whole, key=lambda m: m.last - m.first).cluster)
    return found


def verdict(document: Document, book: EntityBook, pronoun: Mention, able: bool) -> str | None:
    """`right`, `wrong`, `open`, or None where nobody could be chosen and nobody was."""
    entity = book.exactly(document.words[pronoun.first])
    if entity is None or entity.candidates:
        return "open" if able else None
    right = pronoun.cluster in clusters_of(document, book, entity)
    return "right" if right else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--genre", default="", help="only this genre, such as news")
    parser.add_argument("--wrong", action="store_true", help="print those that are wrong")
    args = parser.parse_args()
    table = load("pronouns")["pronouns"]
    count: Counter[tuple[str, str]] = Counter()
    for document in read(args.folder, args.genre):
        book = find_entities(parse(document.text), document.name)
        described = {m.cluster for m in document.mentions if not m.pronoun and m.type in SPEAKERS}
        for mention in document.mentions:
            first, end = document.words[mention.first]
            facts = table.get(document.text[first:end].lower())
            if mention.first != mention.last or facts is None:
                continue
            result = verdict(document, book, mention, mention.cluster in described)
            if result:
                count[facts["number"], result] += 1
            if args.wrong and result == "wrong":
                print(document.name, repr(document.text[max(0, first - 200) : end + 40]))
    for number, name in KINDS.items():
        right, wrong, left = (count[number, r] for r in ("right", "wrong", "open"))
        precision = right / max(1, right + wrong)
        recall = right / max(1, right + wrong + left)
        print(f"{name:<8} right {right:4d}  wrong {wrong:4d}  open {left:4d}", end="")
        print(f"  precision {precision:.3f}  recall {recall:.3f}")


if __name__ == "__main__":
    main()
