"""What somebody is told to do: the verbs whose subject a mention is, by grammar alone."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.entities.words import SUBJECTS, Words

_REACH = 5
"""Parts of a list that are climbed from a name to its verb."""
_FOR = frozenset({"for", "over"})
_AFTER = frozenset({"after", "before", "since", "while"})


def verbs_of(words: Words, head: int) -> Iterator[tuple[int, bool]]:
    """The verbs of which a mention, by its head word, is the subject; whether each is passive.

    "X, who edits a paper, was held while covering a march" gives edit, hold and cover.
    """
    for child in words.children[head]:
        if words.dep[child] == "relcl" and _has_relative_subject(words, child):
            yield from _joined(words, child, passive=is_passive(words, child))
    for _ in range(_REACH):
        if words.dep[head] not in ("conj", "appos") or words.head[head] == head:
            break
        head = words.head[head]
    if words.dep[head] in SUBJECTS:
        yield from _joined(words, words.head[head], passive=words.dep[head] == "nsubjpass")
    elif words.dep[head] == "dobj":
        yield from ((verb, False) for verb in _blamed(words, words.head[head], _FOR))


def is_passive(words: Words, verb: int) -> bool:
    """Whether a verb stands in the passive."""
    return any(words.dep[c] in ("auxpass", "nsubjpass") for c in words.children[verb])


def _has_relative_subject(words: Words, verb: int) -> bool:
    return any(
        words.dep[c] in SUBJECTS and words.tag[c] in ("WP", "WDT") for c in words.children[verb]
    )


def _joined(words: Words, verb: int, *, passive: bool) -> Iterator[tuple[int, bool]]:
    """A verb, and those under it that have its subject."""
    yield verb, passive
    for child in words.children[verb]:
        if _same_doer(words, child):
            yield child, is_passive(words, child)
    yield from ((other, False) for other in _blamed(words, verb, _FOR | _AFTER))


def _blamed(words: Words, verb: int, prepositions: frozenset[str]) -> Iterator[int]:
    """What somebody is held for, or did before: "jailed for editing", "was shot after writing"."""
    for child in words.children[verb]:
        if words.dep[child] == "prep" and words.lower[child] in prepositions:
            yield from (c for c in words.children[child] if words.dep[c] == "pcomp")


def _same_doer(words: Words, verb: int) -> bool:
    """Whether a verb under another has its subject: "died while serving", "wrote and edited"."""
    if words.dep[verb] == "advcl":
        return not any(words.dep[c] in SUBJECTS for c in words.children[verb])
    return words.dep[verb] == "conj"
