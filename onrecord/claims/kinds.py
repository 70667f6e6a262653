"""What a claim does: alleges, denies, admits, demands, finds or states."""

from __future__ import annotations

from onrecord.claims.candidate import Candidate
from onrecord.claims.denied import (
    SUBJECTS,
    denies,
    is_negated,
    is_nobody,
    is_to_come,
    own_pronouns,
)
from onrecord.claims.features import group_of
from onrecord.claims.grammar import FINITE, Grammar, Tokens, main_verb
from onrecord.claims.lexicon import lexicon
from onrecord.claims.rebutted import answer_to_charge, calls_untrue, leaves_open, refuses
from onrecord.claims.wording import FUTURE, HYPOTHETICAL, NEGATIONS, NOBODY, words
from onrecord.model import ClaimKind


def kind_of(g: Grammar, candidate: Candidate, content: str) -> ClaimKind:
    """The kind of claim: by its cue where the cue tells, else by what is said."""
    known = words()
    lemma = g.lemma[candidate.cue]
    by_cue = known.kind.get(lemma)
    if lemma in known.taking and _is_responsibility(g, candidate):
        by_cue = "admission"
    if by_cue == "demand" and not _asks(g, candidate):
        by_cue = None
    if _is_withheld(g, candidate) or (lemma in known.questioning and by_cue is None):
        return "statement"
    if by_cue == "denial" and refuses(g, candidate):
        return "statement"
    by_cue = answer_to_charge(g, candidate) or by_cue
    if lemma in known.conceding and not _is_wrong(g, candidate, content):
        by_cue = None
    if by_cue is not None:
        return by_cue
    head = candidate.source.head
    if lemma in known.finding_verbs and head is not None and g.lemma[head] in known.finding_sources:
        return "finding"
    if calls_untrue(g, candidate):
        return "denial"
    told = kind_of_words(g, candidate.content, content, own_pronouns(g, candidate))
    return "statement" if told == "allegation" and _is_wordless(g, candidate) else told


def _is_wrong(g: Grammar, candidate: Candidate, content: str) -> bool:
    """Whether what is conceded is a wrong, a harm, a part in one, or what the speaker did.

    Who concedes that somebody claims a wrong concedes no wrong.
    """
    known = words()
    thing = g.child(candidate.cue, "dobj")
    if thing is not None and g.lemma[thing] in lexicon().nouns:
        return False
    wrongs = (known.wrongdoing, known.denied, known.conceded)
    if any(wrong.search(content) for wrong in wrongs):
        return True
    verb = main_verb(g, candidate.content)
    if g.tag[verb] == "VBG" and g.head[verb] == candidate.cue:
        return True
    subject = g.child(verb, "nsubj")
    if subject is None or g.lemma[verb] in ("be", "have"):
        return False
    return g.word[subject].lower() in ("i", "we", *own_pronouns(g, candidate))


def _is_wordless(g: Grammar, candidate: Candidate) -> bool:
    """`Held villagers hostage`, `seeks to smear them`: a deed of theirs, and no word."""
    thing = g.child(candidate.cue, "dobj")
    if g.lemma[candidate.cue] not in words().wordless or (
        thing is not None and g.lemma[thing] in (lexicon().nouns | words().voiced)
    ):
        return False
    group = group_of(candidate.construction)
    if group == "clause":  # "hold villagers hostage", not "hold that they are guilty"
        tokens = (t for part in candidate.content for t in range(*part))
        return all(g.tag[t] not in FINITE for t in tokens)
    return group in ("object", "preposition", "infinitive", "passive", "rest")


def _is_withheld(g: Grammar, candidate: Candidate) -> bool:
    """`did not deny`, `nobody admitted`, `refused to admit`: the cue's act was not done."""
    cue, words_of = candidate.cue, candidate.source.words
    if any(g.dep[c] == "neg" for c in g.children[cue]) or leaves_open(g, cue):
        return True
    if words_of is not None and g.word[words_of[0]].lower() in NOBODY:
        return True
    return g.dep[cue] == "xcomp" and g.lemma[g.head[cue]] in words().withholding


def kind_of_words(
    g: Grammar, content: tuple[Tokens, ...], text: str, own: frozenset[str] = frozenset()
) -> ClaimKind:
    """The kind of claim that the words said make by themselves.

    `own` are pronouns of the third person by which the speaker is meant there.
    """
    known = words()
    if _obliges(g, content):
        return "demand"
    if known.untrue.search(text):
        return "denial"
    wrong = known.wrongdoing.search(text)
    if denies(g, content, own):
        return "denial"
    deeds = [_own_deed(g, verb) for verb in _sentence_verbs(g, content)]
    told = next((kind for kind in deeds if kind is not None), None)
    if told is not None:
        return told
    if wrong is None or known.too_early.search(text) or _is_not_to_come(g, content):
        return "statement"
    unproven = known.unproven.search(text)
    if unproven is None or unproven.end() > wrong.start():
        return "allegation"
    return "denial" if unproven["there"] else "statement"


def _is_not_to_come(g: Grammar, content: tuple[Tokens, ...]) -> bool:
    """`The paper will not be intimidated`, `no one will be shot`: a wrong that is not to be."""
    known = words()
    verb = main_verb(g, content)
    subject = g.child(verb, *SUBJECTS)
    if subject is None or not is_to_come(g, verb) or not known.wrongdoing.match(g.word[verb]):
        return False
    if not (is_negated(g, verb) or is_nobody(g, subject)):
        return False
    if g.dep[subject] == "nsubjpass":
        return True
    others = (t for part in content for t in range(*part) if t != verb)
    return not any(known.wrongdoing.match(g.word[t]) for t in others)


def _is_responsibility(g: Grammar, candidate: Candidate) -> bool:
    """`claimed responsibility for the attack`, whether as its content or as part of the cue."""
    thing = g.child(candidate.cue, "dobj")
    if thing is None or g.lemma[thing] != "responsibility":
        return False
    return not any(g.word[c].lower() in NEGATIONS for c in g.children[thing])


def _sentence_verbs(g: Grammar, content: tuple[Tokens, ...]) -> list[int]:
    """The main verb of each sentence of a content."""
    found: dict[int, int] = {}
    for first, last in content:
        for token in range(first, last):
            if not first <= g.head[token] < last or g.head[token] == token:
                found.setdefault(g.sentence[token], token)
    return list(found.values())


def _own_deed(g: Grammar, verb: int) -> ClaimKind | None:
    """`Our fighters fired on the bus` admits, `we fired at nobody` denies; else None."""
    after = words().deeds.get(g.lemma[verb])
    subject = g.child(verb, "nsubj")
    if after is None or subject is None or not _is_ours(g, subject):
        return None
    if after and not _is_followed(g, verb, after):
        return None
    helpers = {g.word[c].lower() for c in g.children[verb] if g.dep[c] in ("aux", "neg", "advmod")}
    if helpers & (FUTURE | HYPOTHETICAL):
        return None
    if helpers & NEGATIONS or _is_followed(g, verb, NOBODY):
        return "denial"
    return "admission" if g.tag[verb] in ("VBD", "VBN") else None


def _is_ours(g: Grammar, subject: int) -> bool:
    if g.word[subject].lower() in ("we", "i"):
        return True
    owner = g.child(subject, "poss")
    owned = owner is not None and g.word[owner].lower() in ("our", "my")
    return owned and g.lemma[subject] in words().forces


def _is_followed(g: Grammar, verb: int, after: frozenset[str]) -> bool:
    """Whether one of these words depends on a verb, or on what does."""
    near = [c for c in g.children[verb] if c > verb]
    return any(g.lemma[t] in after for c in near for t in (c, *g.children[c]))


def _asks(g: Grammar, candidate: Candidate) -> bool:
    """`called on`, `asked why`, `urged X to` ask for something; `called him a liar` does not."""
    lemma = g.lemma[candidate.cue]
    group = group_of(candidate.construction)
    if lemma == "call":
        after = candidate.cue + 1
        return after < len(g) and g.lemma[after] in ("on", "upon", "for")
    if lemma in ("ask", "insist", "press", "appeal"):
        first = g.lemma[candidate.content[0][0]]
        return group in ("infinitive", "object", "preposition") or first in ("why", "that", "for")
    return True


def _obliges(g: Grammar, content: tuple[Tokens, ...]) -> bool:
    """Whether the clause says what some institution should or must do."""
    known = words()
    first, last = content[0]
    for token in range(first, min(last, first + 14)):
        if g.lemma[token] in known.obligation and g.tag[token] == "MD":
            subject = g.child(g.head[token], "nsubj")
            if subject is None:
                return False
            named = g.entity[subject] in ("ORG", "GPE")
            return named or g.lemma[subject] in known.addressed
    return False
