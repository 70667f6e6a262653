"""Copies of stories: cut, reworded, said anew and respelled, with a credit or without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from rapidfuzz.distance import LCSseq

from onrecord.simulation.actors import Outlet
from onrecord.simulation.grammar import Word
from onrecord.simulation.happenings import Account
from onrecord.simulation.layout import CREDIT_STYLES, UNDATED, words_of
from onrecord.simulation.pieces import Credit, Mention, Sentence, Story
from onrecord.simulation.telling import ASIDES, QUOTED, Telling, without_repeats
from onrecord.simulation.world import World
from onrecord.simulation.writer import grammar

MOST_CHANGED = 0.6
"""A copy with more of its words changed is made with a lighter hand."""


def copied(
    world: World,
    story: Story,
    outlet: Outlet,
    minute: int,
    random: Random,
    *,
    own: Sequence[Account] = (),
) -> Story:
    """The story as another outlet runs it; `own`: accounts that the outlet adds to it."""
    draw = random.random
    layout = outlet.layouts[0 if draw() < 0.85 else -1]
    sentences = story.sentences
    if draw() < 0.35 and len(sentences) > 4:
        sentences = sentences[: max(4, int(len(sentences) * (0.45 + 0.55 * draw())))]
    respelled = draw() < 0.4
    telling = Telling(world, outlet, story.minute // 1440, random, dated=True)
    telling.told_to = story.outlet.body if story.outlet.own is None else None
    headline = story.headline
    if draw() < 0.4:
        headline = telling.again(headline)
    share = 0.0 if draw() < 0.35 else draw() * (0.3 if draw() < 0.6 else 0.6)
    credit = None
    if draw() < 0.72:
        style = CREDIT_STYLES[int(draw() * len(CREDIT_STYLES))]
        credit = Credit(style, story.outlet if draw() < 0.9 else None)
    copy = Story(
        outlet=outlet,
        desk=0,
        minute=minute,
        event=story.event,
        headline=headline,
        sentences=sentences,
        dateline_place=story.dateline_place if draw() < 0.7 else outlet.seat,
        layout="masthead" if layout == UNDATED else layout,
        credit=credit,
        copy_of=story,
        speller=None if respelled else story.speller or story.outlet,
        speller_desk=0 if respelled else story.speller_desk if story.speller else story.desk,
    )
    if share:
        copy.sentences = _reworded(telling, copy, story, share)
    if own and share < 0.3:
        copy.sentences = [*copy.sentences, *_own(telling, copy, own)]
    return copy


def _own(telling: Telling, copy: Story, accounts: Sequence[Account]) -> Iterator[Sentence]:
    """What the copying outlet adds on its own."""
    telling.told_to = None
    for sentence in copy.sentences:
        _bring_in(telling, sentence)
    for account in accounts:
        if account.denies:
            new = telling.tell("denial", account, "denial", polarity="negated")
        else:
            new = telling.tell("lead", account)
        new.paragraph = True
        yield new


def measured(copy: Story, original: Story) -> tuple[float, float]:
    """How much of a copy's words is changed, and how much of the original's left out."""
    return changed_share(words_of(copy, copy.sentences), words_of(original, original.sentences))


def changed_share(words: list[str], original: list[str]) -> tuple[float, float]:
    """The share of a copy's words that the original has not (in order), and of those left out."""
    kept = LCSseq.similarity(original, words)
    return 1 - kept / max(1, len(words)), 1 - kept / max(1, len(original))


def _reworded(telling: Telling, copy: Story, story: Story, share: float) -> list[Sentence]:
    """The sentences with about this share of the words changed, and at most `MOST_CHANGED`."""
    original = words_of(story, story.sentences)
    while True:
        telling.introduced.clear()
        new = _once_reworded(telling, copy.sentences, share, telling.random)
        if share < 0.01 or changed_share(words_of(copy, new), original)[0] <= MOST_CHANGED:
            return new
        share /= 2


def _once_reworded(
    telling: Telling, sentences: list[Sentence], share: float, random: Random
) -> list[Sentence]:
    """Some words by others, some sentences said anew."""
    draw = random.random
    new: list[Sentence] = []
    for sentence in sentences:
        chance = draw()
        if chance < share * 0.9 and sentence.rule:
            again = _again(telling, sentence)
            again.paragraph = sentence.paragraph
            new.append(again)
            continue
        _bring_in(telling, sentence)
        new.append(
            _other_words(sentence, min(1.0, 2 * share), random) if chance < 2 * share else sentence
        )
    return without_repeats(new)


def _again(telling: Telling, sentence: Sentence) -> Sentence:
    """The same in other words; an aside makes way for another."""
    if sentence.rule in ASIDES and sentence.account is not None:
        return telling.plain("filler", sentence.account)
    return telling.again(sentence)


def _bring_in(telling: Telling, sentence: Sentence) -> None:
    """Whoever a sentence mentions has been brought in."""
    for piece in sentence.pieces:
        if isinstance(piece, Mention) and not piece.words:
            telling.introduced[piece.ref.key] = piece.ref


def _other_words(sentence: Sentence, share: float, random: Random) -> Sentence:
    words = grammar().words
    pieces: list[object] = []
    for piece in sentence.pieces:
        if isinstance(piece, Word) and piece.rule not in QUOTED and random.random() < share:
            choices = words[piece.rule]
            text = choices[int(random.random() * len(choices))]
            if piece.text[:1].isupper():
                text = text[:1].upper() + text[1:]
            pieces.append(Word(piece.rule, text))
        else:
            pieces.append(piece)
    return replace(sentence, pieces=pieces, laid={})
