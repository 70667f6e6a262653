"""The entities of a document, in the order in which they are worked out."""

from __future__ import annotations

from onrecord.entities.attributes import learn_attributes
from onrecord.entities.bodies import gather_organizations, settle_acronyms
from onrecord.entities.book import EntityBook
from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.headline_names import without_common_words
from onrecord.entities.kind_signs import is_attributive
from onrecord.entities.kinds import countries_of, decide_kinds
from onrecord.entities.names import Name, find_names
from onrecord.entities.nominals import gather_nominals
from onrecord.entities.people import gather_people
from onrecord.entities.places import gather_places
from onrecord.entities.pronouns import resolve_pronouns
from onrecord.entities.roles import learn_roles
from onrecord.entities.words import Words, words_of
from onrecord.model import content_id
from onrecord.passages.dateline import LINES, lines
from onrecord.passages.head import Head, read_head
from onrecord.passages.letterhead import letterhead_of
from onrecord.passages.parse import Parsed
from onrecord.vocabulary import load
from onrecord.vocabulary.parts import has

_FIELDS = ("country", "location", "actor_type", "occupations", "sex", "age_group")


def find_entities(parsed: Parsed, document_id: str, head: Head | None = None) -> EntityBook:
    """Every person, organization, group and place the text names or describes.

    `head` is what was read of the document's head; where it is not given it is read here.
    """
    book = EntityBook(document_id, parsed.text)
    if parsed.doc is None or not len(parsed.doc):
        return book
    words = words_of(parsed)
    drafts = Drafts()
    head = head or read_head(parsed, Head())
    body = letterhead_of(parsed.text, list(lines(parsed.text, LINES + 2))).body
    bodies = tuple(span for span in (body, head.publisher) if span)
    names = find_names(words, bodies, head.dateline_place)
    names = without_common_words(words, names, head.title)
    kinds = decide_kinds(words, names, head.dateline_place, bodies)
    settle_acronyms(words, names, kinds)
    by_kind: dict[str, list[Name]] = {}
    for name in names:
        by_kind.setdefault(kinds.get(name.key, ""), []).append(name)
    countries = countries_of(words, by_kind.get("Place", []))
    people = [name for name in by_kind.get("Person", []) if not _qualifies(words, name)]
    gather_organizations(words, drafts, by_kind.get("Organization", []))
    gather_places(words, drafts, by_kind.get("Place", []), countries)
    gather_people(words, drafts, people)
    _gather_peoples(words, drafts, by_kind.get("Group", []))
    learn_roles(words, drafts)
    gather_nominals(words, drafts)
    if has("pronouns"):
        resolve_pronouns(words, drafts)
    learn_attributes(words, drafts, countries)
    _write(words, drafts, book)
    return book


def _qualifies(words: Words, name: Name) -> bool:
    """A lone name before a common noun may be a people's or a town's: it is nobody's for sure."""
    return name.end - name.first == 1 and name.title == name.first and is_attributive(words, name)


def _gather_peoples(words: Words, drafts: Drafts, names: list[Name]) -> None:
    """A word for a people ("Iraqis") where it stands for people, not for a quality."""
    made: dict[str, Draft] = {}
    for name in names:
        last = name.end - 1
        if words.dep[last] in ("amod", "compound", "nmod") and words.head[last] > last:
            continue
        draft = made.get(name.key)
        if draft is None:
            said = words.said(name.first, name.end)
            draft = made[name.key] = drafts.add("Group", said, plural=True)
        drafts.name(draft, (name.first, name.end))


def _write(words: Words, drafts: Drafts, book: EntityBook) -> None:
    """Enter the drafts into the book, the undecided ones with the ids of their candidates."""
    spans = {
        draft.number: list(dict.fromkeys(words.span(*mention) for mention in draft.mentions))
        for draft in drafts
    }
    ids = {
        number: content_id("entity", book.document_id, *min(found))
        for number, found in spans.items()
        if found
    }
    for draft in drafts:
        if not spans[draft.number]:
            continue
        known = {name: draft.known[name] for name in _FIELDS if name in draft.known}
        cites = {name: tuple(draft.cites[name]) for name in known if draft.cites.get(name)}
        candidates = tuple(sorted(ids[c.number] for c in draft.candidates if c.number in ids))
        book.add(
            draft.kind,
            spans[draft.number],
            name=_spelled(words, draft),
            cites=cites,
            candidates=candidates,
            **known,
        )
        book.refer(
            words.span(*mention) for mention in draft.mentions if _refers(words, draft, mention)
        )


def _spelled(words: Words, draft: Draft) -> str:
    """The name of a draft; a place that a dateline has in capitals is named as the text has it.

    "Anna Moe, whose husband was killed": the husband is no name that begins with "whose".
    """
    if draft.kind != "Place" or not draft.name.isupper():
        return draft.name.removeprefix("whose ")
    said = (words.said(*mention) for mention in sorted(draft.names))
    plain = (s for s in said if not s.isupper() and s.casefold() == draft.name.casefold())
    return next(plain, draft.name)


def _refers(words: Words, draft: Draft, mention: Range) -> bool:
    """Whether a mention is no name: a pronoun, a title, or a description of what has a name."""
    if draft.names:
        return mention not in draft.names
    return words.said(*mention).lower() in load("pronouns")["pronouns"]
