"""How a reading stands among those around it, once each has a score of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.claims.candidate import Candidate
from onrecord.claims.choose import SAME, overlap
from onrecord.claims.features import GROUPS, group_of
from onrecord.claims.grammar import Grammar


@dataclass(frozen=True, slots=True)
class _Cue:
    """One cue with its readings and the best of them."""

    token: int
    best: Candidate
    score: float
    members: tuple[int, ...]


def around(
    g: Grammar, candidates: Sequence[Candidate], scores: Sequence[float]
) -> list[list[float]]:
    """Numbers that set each candidate beside its rivals, its neighbours and those that hold it.

    `scores` are what the candidates are worth alone. Rows in the order of the candidates.
    """
    cues = _cues(candidates, scores)
    by_sentence: dict[int, list[_Cue]] = {}
    for cue in cues.values():
        by_sentence.setdefault(g.sentence[cue.token], []).append(cue)
    claimed: dict[int, list[_Cue]] = {}
    for cue in cues.values():
        for quote in cue.best.quotes:
            claimed.setdefault(quote, []).append(cue)
    voices = _voices(g, candidates, scores)
    tops = {n: max(c.score for c in found) for n, found in by_sentence.items()}
    usual = sum(tops.values()) / max(1, len(g.sentences))
    rows: list[list[float]] = [[] for _ in candidates]
    for cue in cues.values():
        shared = _agreement(candidates, scores, cue)
        sources = _sources(candidates, scores, cue)
        ranked = sorted((scores[n] for n in cue.members), reverse=True)
        for number, agreed, named in zip(cue.members, shared, sources, strict=True):
            candidate = candidates[number]
            near = _near(g, by_sentence, candidate)
            sentence = g.sentence[cue.token]
            rivals = {id(c): c for q in candidate.quotes for c in claimed.get(q, ())}
            rows[number] = [
                scores[number],
                cue.score,
                scores[number] / max(1e-9, cue.score),
                float(ranked.index(scores[number])),
                sum(ranked),
                agreed,
                named,
                *_elsewhere(voices.get(_voice(g, candidate), {}), cue.token),
                *_beside(near, candidate),
                max((c.score for c in rivals.values() if c is not cue), default=0.0),
                max((c.score for c in by_sentence[sentence] if c is not cue), default=0.0),
                tops.get(sentence - 1, 0.0),
                tops.get(sentence + 1, 0.0),
                usual,
                candidate.length / max(cue.best.length, 1),
                *_own(g, candidate),
            ]
    return rows


def _cues(candidates: Sequence[Candidate], scores: Sequence[float]) -> dict[int, _Cue]:
    members: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        members.setdefault(candidate.cue, []).append(number)
    found = {}
    for token, numbers in members.items():
        top = max(numbers, key=lambda n: (scores[n], -n))
        found[token] = _Cue(token, candidates[top], float(scores[top]), tuple(numbers))
    return found


def _agreement(candidates: Sequence[Candidate], scores: Sequence[float], cue: _Cue) -> list[float]:
    """For each reading of a cue, how much of the score of all of them says about the same."""
    total = sum(scores[n] for n in cue.members)
    return [
        sum(
            scores[other] * overlap(candidates[number].content, candidates[other].content)
            for other in cue.members
        )
        / max(1e-9, total)
        for number in cue.members
    ]


def _sources(candidates: Sequence[Candidate], scores: Sequence[float], cue: _Cue) -> list[float]:
    """For each reading of a cue, the part of the score of all of them with the same source."""
    total = sum(scores[n] for n in cue.members)
    words = [candidates[n].source.words for n in cue.members]
    by_source: dict[tuple[int, int] | None, float] = {}
    for number, source in zip(cue.members, words, strict=True):
        by_source[source] = by_source.get(source, 0.0) + scores[number]
    return [by_source[source] / max(1e-9, total) for source in words]


def _voice(g: Grammar, candidate: Candidate) -> str:
    """The word that heads the source: whoever is quoted once may speak again."""
    return "" if candidate.source.head is None else g.word[candidate.source.head].lower()


def _voices(
    g: Grammar, candidates: Sequence[Candidate], scores: Sequence[float]
) -> dict[str, dict[int, float]]:
    """By the word that heads a source, the best score of each cue that has such a source."""
    found: dict[str, dict[int, float]] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        voice = _voice(g, candidate)
        if voice:
            cues = found.setdefault(voice, {})
            cues[candidate.cue] = max(cues.get(candidate.cue, 0.0), score)
    return found


def _elsewhere(cues: dict[int, float], token: int) -> list[float]:
    """How many other cues have such a source, and their best and mean score."""
    others = [score for cue, score in cues.items() if cue != token]
    if not others:
        return [0.0, 0.0, 0.0]
    return [float(len(others)), max(others), sum(others) / len(others)]


def _near(g: Grammar, by_sentence: dict[int, list[_Cue]], candidate: Candidate) -> list[_Cue]:
    """The other cues in the sentences that a candidate touches."""
    first = min(candidate.cue, candidate.content[0][0])
    last = max(candidate.cue, candidate.content[-1][1] - 1)
    return [
        cue
        for n in range(g.sentence[first], g.sentence[last] + 1)
        for cue in by_sentence.get(n, ())
        if cue.token != candidate.cue
    ]


def _beside(near: list[_Cue], candidate: Candidate) -> list[float]:
    """The best score of a cue that says the same, of one that holds this one, of one it holds."""
    same = holding = held = 0.0
    for cue in near:
        if cue.score > same and overlap(cue.best.content, candidate.content) > SAME:
            same = cue.score
        if cue.score > holding and holds(cue.best, candidate.cue):
            holding = cue.score
        if cue.score > held and holds(candidate, cue.token):
            held = cue.score
    return [same, holding, held]


def holds(candidate: Candidate, token: int) -> bool:
    """Whether a token lies in what a candidate says."""
    return any(first <= token < last for first, last in candidate.content)


def _own(g: Grammar, candidate: Candidate) -> list[float]:
    group = group_of(candidate.construction)
    return [
        *(float(group == name) for name in GROUPS),
        float(candidate.length),
        float(candidate.content[0][0] - candidate.cue),
        float(g.quote[candidate.cue] >= 0),
        float(candidate.source.head is None),
        float("_cut" in candidate.construction),
        float(candidate.source.how.endswith("_short")),
        float(g.paragraph[candidate.cue] == 0),
    ]
