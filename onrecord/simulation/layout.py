"""From a story to its text: head, paragraphs and foot, and where each thing in it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord import vocabulary
from onrecord.simulation.actors import Outlet
from onrecord.simulation.dating import as_date, long_date, without_year
from onrecord.simulation.grammar import Word
from onrecord.simulation.pieces import (
    CLOSE,
    Credit,
    LaidSentence,
    Mention,
    Open,
    Ref,
    Sentence,
    Story,
)
from onrecord.simulation.spelling import spelled

Spans = list[list[int]]
UNDATED = "undated"


def lay(sentence: Sentence, outlet: Outlet, desk: int) -> LaidSentence:
    """A sentence as a desk of an outlet spells it."""
    habit = outlet.habits[desk]
    known = sentence.laid.get(id(habit))
    if known is not None:
        return known
    parts: list[str] = []
    add = parts.append
    marks: list[tuple[int, str, int, int]] = []
    mentions: list[tuple[Ref, int, int, str]] = []
    stack: list[tuple[Open, int]] = []
    length = 0
    for piece in sentence.pieces:
        if type(piece) is str:
            add(piece)
            length += len(piece)
        elif type(piece) is Word:
            text = piece.text
            add(text)
            length += len(text)
        elif piece is CLOSE:
            (mark, draft), start = stack.pop()
            if start < length:
                if mark == "m":
                    words = "".join(parts)[start:length]
                    mentions.append((draft, start, length, words))  # type: ignore[arg-type]
                else:
                    marks.append((id(draft), mark, start, length))
        elif type(piece) is Mention:
            ref, form, text = piece
            text = text or spelled(ref, form, outlet, habit)
            start = length
            length += len(text)
            mentions.append((ref, start, length, text))
            add(text)
        elif type(piece) is Open:
            stack.append((piece, length))
    text = "".join(parts)
    laid = LaidSentence(text, text.split(), marks, mentions)
    sentence.laid[id(habit)] = laid
    return laid


def speller_of(story: Story) -> tuple[Outlet, int]:
    """Whose spelling a story is in, and which desk's."""
    if story.speller is not None:
        return story.speller, story.speller_desk
    return story.outlet, story.desk


def words_of(story: Story, sentences: Iterable[Sentence]) -> list[str]:
    """The words of sentences in the spelling of a story."""
    outlet, desk = speller_of(story)
    words: list[str] = []
    for sentence in sentences:
        words += lay(sentence, outlet, desk).words
    return words


@dataclass(slots=True)
class Laid:
    """A story laid out: its text, spans of marks by draft and letter, mentions by entity."""

    story: Story
    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: dict[tuple[int, str], Spans] = field(default_factory=dict)
    mentions: dict[str, tuple[Ref, Spans, list[str]]] = field(default_factory=dict)
    publisher: list[int] = field(default_factory=list)
    published: list[int] | None = None
    title: list[int] | None = None
    dateline: list[int] | None = None
    body: list[int] = field(default_factory=list)

    @property
    def day(self) -> int:
        """The day of publication, since 1970-01-01."""
        return self.story.minute // 1440

    @property
    def edtf(self) -> str:
        """The day of publication as far as the text gives it."""
        if self.story.layout == UNDATED:
            return without_year(self.day)
        return as_date(self.day).isoformat()

    def write(self, text: str) -> list[int]:
        """Add text; where it stands."""
        start = self.length
        self.length += len(text)
        self.parts.append(text)
        return [start, self.length]

    def mention(self, ref: Ref, text: str) -> list[int]:
        """Add a mention; where it stands."""
        span = self.write(text)
        self._mentioned(ref, span, text)
        return span

    def _mentioned(self, ref: Ref, span: list[int], text: str) -> None:
        found = self.mentions.get(ref.key)
        if found is None:
            self.mentions[ref.key] = (ref, [span], [text])
        else:
            found[1].append(span)
            found[2].append(text)

    def sentence(self, sentence: Sentence) -> list[int]:
        """Add a sentence; where it stands."""
        laid = lay(sentence, *speller_of(self.story))
        at, marks, mentions = self.length, self.marks, self.mentions
        for draft, mark, start, end in laid.marks:
            span, key = [at + start, at + end], (draft, mark)
            if key in marks:
                marks[key].append(span)
            else:
                marks[key] = [span]
        for ref, start, end, text in laid.mentions:
            span, found = [at + start, at + end], mentions.get(ref.key)
            if found is None:
                mentions[ref.key] = (ref, [span], [text])
            else:
                found[1].append(span)
                found[2].append(text)
        return self.write(laid.text)

    def outlet(self, outlet: Outlet | None = None, *, acronym: bool = False) -> list[int]:
        """The name of an outlet; the publisher's own unless one is given."""
        outlet = outlet or self.story.outlet
        habit = outlet.habits[0]
        text = outlet.acronym if acronym else spelled(outlet.body, (), outlet, habit)
        return self.mention(outlet.body, text)


def lay_out(story: Story) -> Laid:
    """The text of a story."""
    laid = Laid(story)
    _head(laid)
    start = laid.length
    for number, sentence in enumerate(story.sentences):
        if number:
            laid.write("\n\n" if sentence.paragraph else " ")
        laid.sentence(sentence)
    laid.body = [start, laid.length]
    _foot(laid)
    laid.write("\n")
    return laid


def _head(laid: Laid) -> None:
    story = laid.story
    layout, taste = story.layout, story.outlet.taste
    date = long_date(laid.day, month_first=taste % 3 == 0)
    if layout in ("masthead", "dateline_short", UNDATED, "statement"):
        laid.publisher = laid.outlet()
        if layout in ("masthead", "dateline_short"):
            laid.write("\n" if taste % 5 < 3 else " | ")
            laid.published = laid.write(date)
        elif layout == "statement":
            laid.write(
                "\n" + ("Statement of ", "Press release, ", "For immediate release\n")[taste % 3]
            )
            laid.published = laid.write(date)
        laid.write("\n\n")
    laid.title = laid.sentence(story.headline)
    laid.write("\n\n")
    if layout == "byline":
        laid.write(("By our staff reporter\n", "By a correspondent\n", "Staff report\n")[taste % 3])
        laid.publisher = laid.outlet()
        laid.write(", ")
        laid.published = laid.write(date)
        laid.write("\n\n")
    elif layout == "published_line":
        laid.write(("Published: ", "", "Posted on ")[taste % 3])
        laid.published = laid.write(date)
        laid.write(" | ")
        laid.publisher = laid.outlet()
        laid.write("\n\n")
    _dateline(laid)


def _dateline(laid: Laid) -> None:
    story = laid.story
    layout, taste, credit = story.layout, story.outlet.taste, story.credit
    if layout in ("statement", "byline") or (layout == "footer" and taste % 2):
        return
    place = spelled(story.dateline_place, (), story.outlet, story.outlet.habits[story.desk])
    start = laid.length
    laid.mention(story.dateline_place, place.upper() if taste % 7 < 4 else place)
    if layout == "dateline_full":
        laid.write(", ")
        laid.published = laid.write(long_date(laid.day, month_first=taste % 2 == 0))
    elif layout in ("dateline_short", UNDATED):
        laid.write(", ")
        span = laid.write(long_date(laid.day, month_first=taste % 2 == 0, year=False))
        laid.published = laid.published or span
    laid.dateline = [start, laid.length]
    if story.outlet.kind == "agency":
        laid.write(" (")
        span = laid.outlet(acronym=True)
        laid.publisher = laid.publisher or span
        laid.write(")")
    elif credit is not None and credit.style == "dateline" and credit.outlet is not None:
        laid.write(" (")
        laid.outlet(credit.outlet, acronym=True)
        laid.write(")")
    laid.write((" - ", ": ", " — ", " – ")[taste % 4])


def _foot(laid: Laid) -> None:
    story = laid.story
    if story.credit is not None:
        _credit(laid, story.credit)
    lines = vocabulary.load("simulation")["boilerplate"]
    line = story.outlet.taste // 7 % (3 * len(lines))
    if line < len(lines) and story.layout != "statement":
        laid.write(f"\n\n{lines[line]}")
    if story.layout == "footer":
        laid.write("\n\n" + ("", "© ", "Source: ")[story.outlet.taste % 2])
        laid.publisher = laid.outlet()
        laid.write(", ")
        laid.published = laid.write(long_date(laid.day, month_first=story.outlet.taste % 3 == 0))


_BEFORE = {
    "inputs": "\n\n(With inputs from ",
    "paren": " (",
    "source": "\n\nSource: ",
    "first": "\n\nThis story was first published by ",
    "contributed": "\n\n",
    "dash": "\n\n— ",
}
_AFTER = {
    "inputs": ")",
    "paren": ")",
    "source": "",
    "first": ".",
    "contributed": " contributed to this report.",
    "dash": "",
}
CREDIT_STYLES = ("dateline", *_BEFORE)


def _credit(laid: Laid, credit: Credit) -> None:
    if credit.outlet is None:
        laid.write("\n\n(With inputs from agencies)")
    elif credit.style in _BEFORE:
        laid.write(_BEFORE[credit.style])
        acronym = credit.style in ("paren", "dash") or laid.story.outlet.taste % 3 == 0
        laid.outlet(credit.outlet, acronym=acronym)
        laid.write(_AFTER[credit.style])
