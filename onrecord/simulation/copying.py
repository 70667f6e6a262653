"""Copies of stories: cut, reworded and respelled, with a credit or without."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from onrecord.simulation.actors import Outlet
from onrecord.simulation.grammar import Word
from onrecord.simulation.pieces import Sentence, Story
from onrecord.simulation.telling import grammar


def copied(story: Story, outlet: Outlet, minute: int, random: Random) -> Story:
    """The story as another outlet runs it."""
    sentences = story.sentences
    if random.random() < 0.35 and len(sentences) > 2:
        sentences = sentences[: random.randrange(2, len(sentences) + 1)]
    share = random.choice((0.0, 0.0, random.random() * 0.5, random.random()))
    respell = random.random() < 0.4
    return Story(
        outlet=outlet,
        minute=minute,
        event=story.event,
        headline=story.headline,
        sentences=[_reworded(s, share, random) for s in sentences] if share else sentences,
        dateline_place=story.dateline_place,
        dated=True,
        copy_of=story,
        credit=story.outlet.acronym if random.random() < 0.6 else "",
        habit_of=None if respell else story.habit_of or story.outlet,
    )


def _reworded(sentence: Sentence, share: float, random: Random) -> Sentence:
    words = grammar().words
    pieces: list[object] = []
    for piece in sentence.pieces:
        if isinstance(piece, Word) and random.random() < share:
            text = random.choice(words[piece.rule])
            if piece.text[:1].isupper():
                text = text[:1].upper() + text[1:]
            pieces.append(Word(piece.rule, text))
        else:
            pieces.append(piece)
    return replace(sentence, pieces=pieces)
