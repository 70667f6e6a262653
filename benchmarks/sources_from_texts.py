"""Whose word each act goes back to: what was read in simulated reports against what is true.

    python benchmarks/sources_from_texts.py --events 100 --seed 3 [--records EXTRACTED.jsonl]

For each act found that is in the faultless record, the sources that the claims about it go back to
(whom a claim cites, else its speaker) are compared with the one true source. Rows are the ways a
report may give it: in its own voice, as somebody's word, as told to another newsroom, or on the
word of somebody who is cited by the speaker. `words` are right words with another entity, `passed`
names who only passed it on, `own` and `said` take a speaker's word for the report's own, or the
other way round (headlines that say "sources say" count there).
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from from_texts import World

from onrecord.simulation import counterparts

Row = Mapping[str, Any]
OUTCOMES = ("right", "more", "words", "passed", "own", "said", "other")


def source_of(claim: Row) -> Row | None:
    """The link that a claim goes back to: whom it cites first, else its speaker."""
    links = claim["attribution"]
    cited = [link for link in links if link["level"] == "cited"]
    return next(iter([*cited, *(link for link in links if link["level"] == "speaker")]), None)


def given_as(claim: Row | None) -> str:
    """How a report gives an act, by its one true claim."""
    levels = [] if claim is None else [link["level"] for link in claim["attribution"]]
    if "cited" in levels:
        return "cited by the speaker"
    if "channel" in levels:
        return "told to a newsroom"
    return "somebody's word" if "speaker" in levels else "the report's own voice"


def compared(found: Row, true: Row) -> Iterator[tuple[str, str]]:
    """How each act found is given in truth, and how the sources read for it compare."""
    who = counterparts.entities(found, true)
    which = counterparts.acts(found, true)
    said = {claim["id"]: claim for claim in found["claims"]}
    meant = {claim["id"]: claim for claim in true["claims"]}
    acts = {act["id"]: act for act in true["acts"]}
    groups = {e["id"] for e in found["entities"] if e["type"] == "Group"}
    for act in found["acts"]:
        other = acts.get(which.get(act["id"], ""))
        if other is None:
            continue
        claim = meant[other["claims"][0]] if other["claims"] else None
        links = [link for key in act["claims"] if (link := source_of(said[key])) is not None]
        yield given_as(claim), outcome(links, claim, who, groups)


def outcome(links: list[Row], claim: Row | None, who: Mapping[str, str], groups: set[str]) -> str:
    """One of `OUTCOMES`. People without a name count as right by the words that speak of them."""
    source = None if claim is None else source_of(claim)
    if claim is None or source is None:
        return "said" if links else "right"
    if not links:
        return "own"
    entities = [who.get(link["entity"]) for link in links]
    if all(entity == source["entity"] for entity in entities):
        return "right"
    if source["entity"] in entities:
        return "more"
    passers = {link["entity"] for link in claim["attribution"] if link["level"] != "publisher"}
    if passers.intersection(entities):
        return "passed"
    if all(_overlap(link["span"], source["span"]) for link in links):
        unnamed = all(link["entity"] in groups for link in links) and not any(entities)
        return "right" if unnamed else "words"
    return "other"


def _overlap(one: list[int] | None, other: list[int]) -> bool:
    return one is not None and min(one[1], other[1]) > max(one[0], other[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--records", type=Path, help="records extracted before")
    args = parser.parse_args()
    world = World(args.events, args.seed, args.records)
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for document, true in world.true.items():
        for given, result in compared(world.found[document], true):
            rows[given][result] += 1
            rows["all"][result] += 1
    print(f"{'given as':24}{'acts':>8}" + "".join(f"{name:>8}" for name in OUTCOMES))
    for given, count in sorted(rows.items(), key=lambda row: row[1].total()):
        total = count.total()
        shares = "".join(f"{count[name] / total:8.3f}" for name in OUTCOMES)
        print(f"{given:24}{total:8,}{shares}")


if __name__ == "__main__":
    main()
