"""Reads PolNeAR (networkdynamics/PolNeAR v1.0.0) and tells which claims are right on it.

A folder holds `text/NAME.txt` and `attributions/NAME_*.ann`, as brat writes. A claim is right where
the annotated attribution whose content it overlaps most overlaps it by half or more (intersection
over union of characters, marks and white space at the edges apart), and so does its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.model import Claim, Span

_EDGES = " \t\n,.;:“”\"'‘’"
_ROLES = ("Source", "Cue", "Content")


@dataclass(frozen=True)
class Attribution:
    """One annotated attribution: the stretches of its source, cue and content."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


@dataclass
class Article:
    """A text and who said what in it, as annotated."""

    name: str
    text: str
    attributions: list[Attribution] = field(default_factory=list)


def read(folder: Path, limit: int | None = None) -> list[Article]:
    """The annotated articles of a part of the corpus, in order of name."""
    found = []
    for path in sorted((folder / "text").glob("*.txt"))[:limit]:
        annotated = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if annotated:
            text = path.read_bytes().decode("utf-8")
            found.append(Article(path.stem, text, _attributions(annotated[0])))
    return found


def _attributions(path: Path) -> list[Attribution]:
    spans: dict[str, list[Span]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T") and rest:
            _, _, where = rest.partition("\t")[0].partition(" ")
            spans[name] = [_span(part) for part in where.split(";")]
        elif name.startswith("E") and rest:
            roles: dict[str, list[Span]] = {role: [] for role in _ROLES}
            for argument in rest.split():
                role, _, target = argument.partition(":")
                roles.get(re.sub(r"\d+$", "", role), []).extend(spans.get(target, []))
            if roles["Content"]:
                found.append(Attribution(*(tuple(roles[role]) for role in _ROLES)))
    return found


def _span(words: str) -> Span:
    first, last = words.split()
    return int(first), int(last)


def positions(text: str, spans: tuple[Span, ...]) -> frozenset[int]:
    """The characters that spans cover, without marks and white space at either end."""
    at = sorted({n for span in spans for n in range(*span)})
    first, last = 0, len(at)
    while first < last and text[at[first]] in _EDGES:
        first += 1
    while last > first and text[at[last - 1]] in _EDGES:
        last -= 1
    return frozenset(at[first:last])


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """Intersection over union."""
    return len(one & other) / len(one | other) if one or other else 0.0


def speaker_span(claim: Claim) -> tuple[Span, ...]:
    """The words that name the source, if any do."""
    link = next((s for s in claim.attribution if s.level == "speaker"), None)
    return (link.span,) if link is not None and link.span is not None else ()


def paired(article: Article, claims: tuple[Claim, ...]) -> list[tuple[Attribution, Claim, float]]:
    """Each claim with the attribution whose content it overlaps most, each used once."""
    gold = [positions(article.text, a.content) for a in article.attributions]
    said = [positions(article.text, c.content) for c in claims]
    scored = sorted(
        ((share(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(said) if g & s),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    pairs = []
    for overlap, i, j in scored:
        if ("gold", i) not in used and ("said", j) not in used:
            used |= {("gold", i), ("said", j)}
            pairs.append((article.attributions[i], claims[j], overlap))
    return pairs


def right(article: Article, claims: tuple[Claim, ...]) -> dict[str, Attribution]:
    """By id, the claims whose content and source are right, each with its attribution."""
    found = {}
    for gold, claim, overlap in paired(article, claims):
        source = positions(article.text, gold.source)
        named = positions(article.text, speaker_span(claim))
        if overlap >= 0.5 and (share(source, named) >= 0.5 or not (source or named)):
            found[claim.id] = gold
    return found
