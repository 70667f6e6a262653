"""Whose words are found less often: recall of attributions by who the source is.

    python benchmarks/fairness_speakers.py POLNEAR/dev [--limit N]

Groups the annotated attributions by what their own source words say (he or she, Mr or Ms; a name, a
pronoun, a description, nobody), by the type and sex of the entity the record has at those words,
and by the outlet, which is the first part of a file's name: outlets differ in whose side they take.
Prints for each group how many there are, the share found (source and content), and the distance
from the share of all. A group of fewer than 30 says little and is left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from polnear import Article, Attribution, read, right

from onrecord.model import Record
from onrecord.pipeline import Job, extract

FEWEST = 30
HE = frozenset({"he", "him", "his", "himself", "mr.", "mr"})
SHE = frozenset({"she", "her", "hers", "herself", "ms.", "mrs.", "ms", "mrs", "miss"})
PRONOUNS = HE | SHE | {"they", "we", "i", "you", "it", "who", "which", "that", "his", "their"}


def groups(article: Article, record: Record, gold: Attribution) -> Iterator[str]:
    """The groups that an attribution belongs to."""
    yield f"outlet: {article.name.split('_')[0]}"
    words = [w.casefold() for a, b in gold.source for w in article.text[a:b].split()]
    sex = _sex(set(words))
    if sex:
        yield f"source words: {sex}"
    yield f"source is {_form(article, gold, words)}"
    for entity in record.entities:
        if _stands_at(gold, entity.mentions):
            yield f"entity: {entity.type.lower()}"
            if entity.type == "Person":
                yield f"person's sex as read: {entity.sex or 'not stated'}"
            return


def _sex(words: set[str]) -> str | None:
    he, she = bool(words & HE), bool(words & SHE)
    return None if he == she else "he, Mr" if he else "she, Ms"


def _form(article: Article, gold: Attribution, words: list[str]) -> str:
    if not words:
        return "nobody"
    if len(words) == 1 and words[0] in PRONOUNS:
        return "a pronoun"
    named = any(w[0].isupper() for a, b in gold.source for w in article.text[a:b].split()[1:])
    return "a name" if named or article.text[gold.source[0][0]].isupper() else "a description"


def _stands_at(gold: Attribution, mentions: tuple[tuple[int, int], ...]) -> bool:
    return any(a <= first and last <= b for a, b in gold.source for first, last in mentions)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N articles")
    args = parser.parse_args()
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for article in read(args.folder, args.limit):
        record = extract(Job(article.text, article.name))
        hits = set(right(article, record.claims).values())
        for gold in article.attributions:
            for group in ("all", *groups(article, record, gold)):
                total[group] += 1
                found[group] += gold in hits
    whole = found["all"] / max(1, total["all"])
    print(f"{'group':<38}{'number':>8}{'found':>8}{'apart':>8}")
    for group in sorted(total):
        if total[group] >= FEWEST:
            share = found[group] / total[group]
            print(f"{group:<38}{total[group]:>8}{share:>8.3f}{share - whole:>+8.3f}")


if __name__ == "__main__":
    main()
