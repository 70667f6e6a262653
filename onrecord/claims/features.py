"""What a candidate looks like: keys that are counted and numbers that are weighed.

Nothing here holds words of a text other than lemmas of cues and of common nouns that name sources.
"""

from __future__ import annotations

from collections import Counter

from onrecord.claims.candidate import Candidate, Source
from onrecord.claims.grammar import Grammar

FIRST_PERSON = frozenset({"i", "we", "you", "us", "me"})
THIRD_PERSON = frozenset({"he", "she"})
_GROUPS = (
    ("quote", "quote"),
    ("paragraphs", "quote"),
    ("clause_of", "of_object"),
    ("of_object", "of_object"),
    ("clause", "clause"),
    ("sentence_before", "clause"),
    ("inserted", "inserted"),
    ("object", "object"),
    ("preposition", "preposition"),
    ("as", "preposition"),
    ("infinitive", "infinitive"),
    ("noun", "noun"),
    ("according", "according"),
    ("label", "label"),
    ("passive", "passive"),
    ("raised", "passive"),
    ("adjective", "adjective"),
    ("rest", "rest"),
    ("all_before", "rest"),
)
GROUPS = tuple(dict.fromkeys(group for _, group in _GROUPS))
_HOW = (
    "subject",
    "inherited",
    "modified",
    "relative",
    "agent",
    "possessive",
    "none",
    "inverted",
    "adjacent",
)
_DEPS = ("ROOT", "conj", "ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "parataxis")
_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_CLASSES = (
    "first",
    "third",
    "it",
    "they",
    "which",
    "person",
    "organization",
    "name",
    "noun",
    "none",
)


def group_of(construction: str) -> str:
    """The family of a construction."""
    return next(group for start, group in _GROUPS if construction.startswith(start))


def class_of(g: Grammar, source: Source) -> str:
    """What kind of words name the source."""
    if source.head is None:
        return "none"
    word, tag, entity = g.word[source.head].lower(), g.tag[source.head], g.entity[source.head]
    if word in FIRST_PERSON:
        return "first"
    if word in THIRD_PERSON:
        return "third"
    if word in ("it", "they"):
        return word
    if tag.startswith("W") or word == "that":
        return "which"
    if entity == "PERSON":
        return "person"
    if entity in ("ORG", "GPE", "NORP"):
        return "organization"
    return "name" if tag.startswith("NNP") else "noun"


def keys_of(g: Grammar, candidate: Candidate) -> tuple[str, ...]:
    """The keys under which candidates like this one are counted, from narrow to wide."""
    lemma, construction = g.lemma[candidate.cue], candidate.construction
    group, kind = group_of(construction), class_of(g, candidate.source)
    head = candidate.source.head
    noun = g.lemma[head] if head is not None and g.tag[head] in ("NN", "NNS") else kind
    tag, dep = g.tag[candidate.cue], g.dep[candidate.cue]
    start, last = candidate.content[0][0], candidate.content[-1][1]
    first = g.tag[start]
    return (
        f"{lemma}|{construction}",
        f"{lemma}|{group}",
        lemma,
        f"{construction}|{tag}|{dep}",
        f"{construction}|{kind}|{candidate.source.how}",
        f"noun|{noun}",
        f"{lemma}|{tag}|{kind}",
        f"{construction}|{first}",
        f"{lemma}|{_after(g, candidate)}",
        f"end|{construction}|{g.tag[last - 1]}|{g.tag[last] if last < len(g) else 'end'}",
        f"start|{group}|{g.tag[start - 1] if start else 'start'}|{first}",
        f"head|{group}|{_above(g, candidate.cue)}|{dep}",
        f"what|{group}|{_what(g, candidate)}",
        f"form|{group}|{tag}|{_form(g, candidate.cue)}",
    )


KEYS = 14


def _what(g: Grammar, candidate: Candidate) -> str:
    """The word on top of what is said: its lemma where that is a common word, else its class."""
    top = g.head_of(candidate.content[0])
    if g.tag[top].startswith("VB") or g.tag[top] in ("NN", "NNS"):
        return f"{g.lemma[top]}|{g.tag[top][:2]}"
    return g.entity[top] or g.tag[top]


def _form(g: Grammar, cue: int) -> str:
    """The small words that stand with a cue: helping verbs, negation, a mark such as "that"."""
    small = ("aux", "auxpass", "neg", "mark", "det", "poss")
    words = [
        g.lemma[c] if g.dep[c] != "poss" else "poss" for c in g.children[cue] if g.dep[c] in small
    ]
    return "+".join(words[:3])


def _above(g: Grammar, cue: int) -> str:
    """The word a cue hangs on: its lemma unless that may be a name."""
    head = g.head[cue]
    if head == cue:
        return "ROOT"
    common = g.tag[head].startswith("VB") or g.tag[head] in ("NN", "NNS", "IN")
    return g.lemma[head] if common else g.tag[head]


def _after(g: Grammar, candidate: Candidate) -> str:
    """The small word that follows a cue: `called for`, `told that`; else a tag."""
    after = candidate.cue + 1
    if after >= len(g):
        return "end"
    return g.lemma[after] if g.tag[after] in ("IN", "TO", "RP", ",", ":") else g.tag[after]


def _has_clause(g: Grammar, source: Source) -> bool:
    """Whether the source's words hold a clause or participle added to its head."""
    if source.head is None or source.words is None:
        return False
    _, last = source.words
    below = (c for c in g.children[source.head] if source.head < c < last)
    return any(g.dep[c] in ("relcl", "acl") for c in below)


def numbers_of(g: Grammar, candidate: Candidate) -> list[float]:
    """Numbers that describe one candidate by itself; their order is fixed."""
    cue, content, source = candidate.cue, candidate.content, candidate.source
    first, last = content[0][0], content[-1][1]
    group, kind = group_of(candidate.construction), class_of(g, source)
    low, high = g.sentence_of(cue)
    head = source.head
    words = [g.lemma[c] for c in g.children[cue]]
    return [
        *(float(group == name) for name in GROUPS),
        *(float(source.how.removesuffix("_short") == name) for name in _HOW),
        float(source.how.endswith("_short")),
        float(_has_clause(g, source)),
        float("_cut" in candidate.construction),
        *(float(kind == name) for name in _CLASSES),
        *(float(g.dep[cue] == name) for name in _DEPS),
        *(float(g.tag[cue] == name) for name in _TAGS),
        float(candidate.length),
        float(len(content)),
        float(first - cue),
        float(last - cue),
        float(cue - low),
        float(high - last),
        float(high - low),
        float(g.paragraph[cue] == 0),
        float(min(g.paragraph[cue], 20)),
        0.0 if head is None else float(head - cue),
        0.0 if source.words is None else float(source.words[1] - source.words[0]),
        float("not" in words or "n't" in words or "never" in words),
        float(any(w in words for w in ("would", "could", "should", "may", "might", "can", "must"))),
        float("will" in words),
        float("have" in words or "be" in words),
        float(any(w in words for w in ("if", "unless", "when", "because", "while", "after"))),
        float("to" in words),
        float(g.word[high - 1] == "?"),
        float(sum(g.quote[t] >= 0 for part in content for t in range(*part)) / candidate.length),
        float(g.quote[first] >= 0 and (first == 0 or g.quote[first - 1] < 0)),
        float(g.word[first].lower() == "that"),
        float(g.tag[first].startswith("W")),
        float(any(g.dep[t] in ("nsubj", "nsubjpass") for t in range(first, min(last, first + 12)))),
        float(
            any(
                g.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in range(first, min(last, first + 15))
            )
        ),
        float(g.word[first - 1] in (",", ":") if first else 0),
        float(last < len(g) and g.word[last] in (",", ".", "?", "!")),
        float(last == high or (last < len(g) and g.word[last] == ".")),
        float(len(candidate.quotes)),
        float(g.word[cue + 1] in (",", ".") if cue + 1 < len(g) else 1),
        float(g.entity[first] == "PERSON"),
        float(first > cue and g.tag[first].startswith("PRP")),
    ]


def rivalry(candidates: list[Candidate], rates: list[float]) -> list[list[float]]:
    """How each candidate stands among the readings of the same cue, by a counted rate."""
    many = Counter(c.cue for c in candidates)
    best: dict[int, list[float]] = {}
    longest: dict[int, int] = {}
    for candidate, rate in zip(candidates, rates, strict=True):
        best.setdefault(candidate.cue, []).append(rate)
        longest[candidate.cue] = max(longest.get(candidate.cue, 0), candidate.length)
    rows = []
    for candidate, rate in zip(candidates, rates, strict=True):
        rivals = sorted(best[candidate.cue], reverse=True)
        top, second = rivals[0], rivals[1] if len(rivals) > 1 else 0.0
        other = second if rate == top else top
        rows.append(
            [
                float(many[candidate.cue]),
                rate - other,
                top,
                candidate.length / longest[candidate.cue],
                float(rivals.index(rate)),
            ]
        )
    return rows
