"""What the rules that join voices work on: a join, and what is known of the reports of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.corroboration.credits import UNNAMED
from onrecord.corroboration.voices import Voice


@dataclass(frozen=True, slots=True)
class Join:
    """Two voices of one event, by their places in its list, and why they are not independent."""

    one: int
    other: int
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reports:
    """What is known of the documents of a case, for the rules.

    `copies`: for pairs (earlier, later) of near copies, the share of words that stand in both.
    `families`: for a document, the first of those that are copies of each other.
    `credited`: the newsrooms a document is credited to. `witnessed`: documents that say their own
    people saw it. `alike`: pairs of named sources whose names may be one name.
    """

    copies: Mapping[tuple[str, str], float] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    credited: Mapping[str, frozenset[str]] = field(default_factory=dict)
    witnessed: frozenset[str] = frozenset()
    alike: frozenset[tuple[str, str]] = frozenset()


def is_known(voice: Voice, reports: Reports) -> bool:
    """Whether it can be told who the source is: only such voices are joined for sure."""
    return voice.standing != "unnamed" and not is_own(voice, reports)


def is_own(voice: Voice, reports: Reports) -> bool:
    """Whether it names no source, and its outlet does not say that its own people saw it.

    Whom a title does not name ("Officials say") the report below it names, if anybody does.
    """
    witnessed = voice.alone and voice.document in reports.witnessed
    return (
        (voice.standing == "own" and not witnessed)
        or (voice.standing == "newsroom" and voice.source == UNNAMED)
        or (voice.standing == "unnamed" and voice.in_title)
    )


def report_of(voice: Voice) -> str:
    """What a voice's report is called in a sentence."""
    day = "" if voice.published == "~" else f" of {voice.published}"
    return f"The report in {voice.publisher}{day}" if voice.publisher else f"The report{day}"


def places_by(
    voices: Sequence[Voice], key: Callable[[Voice], str | None]
) -> Mapping[str, list[int]]:
    """The places of voices by what `key` gives for them; without those it gives nothing for."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, voice in enumerate(voices):
        value = key(voice)
        if value:
            found[value].append(place)
    return found
