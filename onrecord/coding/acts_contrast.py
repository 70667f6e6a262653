"""Who is named only to be ruled out: "robbers, not the police", "not by the army but by rebels"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import ancestors

if TYPE_CHECKING:
    from spacy.tokens import Token


def ruled_out(head: Token) -> bool:
    """Whether a party stands behind "not", "rather than" or "instead of" that excludes it."""
    first = head
    while first.dep_ == "conj" and any(c.lower_ in ("and", "or") for c in first.head.rights):
        first = first.head  # "not by the police or the army"
    return _excluded(first) or _is_first_of_but(first)


def _excluded(head: Token) -> bool:
    doc, at = head.doc, _start(head)
    if at > head.sent.start and doc[at - 1].lower_ == "by":
        at -= 1
    before = [t.lower_ for t in doc[max(at - 2, head.sent.start) : at]]
    if before[-2:] in (["rather", "than"], ["instead", "of"]):
        return True
    comma = at - 2 >= head.sent.start and doc[at - 2].lower_ in (",", "and", "–", "—", "-")
    return before[-1:] == ["not"] and (comma or head.dep_ in ("appos", "conj"))


def _is_first_of_but(head: Token) -> bool:
    """Whether "but" after a party names another in its place: "not (by) X but (by) Y"."""
    if head.dep_ == "pobj" and head.head.lower_ == "by":
        by = head.head
        shared = [by, by.head]
        other = [c for c in by.rights if c.dep_ == "conj" and c.lower_ == "by"]
    else:
        shared, other = [head], [c for c in head.rights if c.dep_ == "conj"]
    if not other or not any(c.lower_ == "but" for t in shared[:1] for c in t.rights):
        return False
    return any(
        c.dep_ == "neg" or (c.lower_ == "not" and c.i < head.i) for t in shared for c in t.children
    )


def denied_for_another(verb: Token) -> bool:
    """Whether "not" at a verb excludes one doer for another: "was not killed by X but by Y"."""
    return any(
        by.dep_ in ("agent", "prep")
        and by.lower_ == "by"
        and any(c.lower_ == "but" for c in by.rights)
        and any(c.dep_ == "conj" and c.lower_ == "by" for c in by.rights)
        for by in verb.rights
    )


def named_instead(head: Token) -> Token:
    """Whom a cleft means where its clause hangs on who is excluded: "was X, not Y, who did it"."""
    if head.dep_ != "appos" or not _excluded(head):
        return head
    return next((t for t in ancestors(head) if t.pos_ in ("NOUN", "PROPN", "PRON")), head)


def _start(head: Token) -> int:
    return min((c.left_edge.i for c in head.lefts if c.dep_ not in ("neg", "cc")), default=head.i)
