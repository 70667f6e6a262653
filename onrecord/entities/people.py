"""One person in one document: which spellings of names stand for the same person.

Precision first: a surname that two people bear is left undecided, and close spellings count as one
only where given name and surname agree letter by letter but for one, and nothing tells them apart.
"""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz.distance import OSA

from onrecord.entities.draft import Draft, Drafts
from onrecord.entities.lexicon import listed, sex_of_given_name, titles
from onrecord.entities.names import Name, key_of
from onrecord.entities.namesakes import callings
from onrecord.entities.parentage import is_parent, particle_in, particles
from onrecord.entities.words import Words

Parts = tuple[str, ...]


def gather_people(words: Words, drafts: Drafts, names: list[Name]) -> None:
    """Add the persons that `names` (bare names of persons, in order) stand for."""
    by_key: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_key[name.key].append(name)
    full = [key for key in by_key if len(core(key)) > 1]
    people: list[Draft] = []
    for key in sorted(full, key=lambda k: (-len(core(k)), by_key[k][0].first)):
        match = _same_full(words, key, people, by_key)
        if match is None:
            match = drafts.add("Person", "")
            people.append(match)
        match.keys.add(key)
    for owner in people[:]:
        borne = [name for key in full if key in owner.keys for name in by_key[key]]
        _bestow(words, drafts, people, owner, borne)
    for key, found in by_key.items():
        if key not in full:
            _short(words, drafts, people, found)
    for person in drafts.of("Person"):
        person.name = _best_name(words, person)
        _sex_of_name(words, person)


def _bestow(
    words: Words, drafts: Drafts, people: list[Draft], owner: Draft, names: list[Name]
) -> None:
    """Give the mentions of a full name to its bearer, or to two bearers and an undecided one."""
    called = callings(words, names)
    bearers: dict[str | None, Draft] = {}
    for kind in dict.fromkeys(c for c in called if c is not None):
        bearers[kind] = drafts.add("Person", "", keys=set(owner.keys)) if bearers else owner
    people += list(bearers.values())[1:]
    if len(bearers) < 2:
        bearers[None] = owner
    elif None in called:
        both = tuple(bearers.values())
        bearers[None] = drafts.add("Person", "", keys=set(owner.keys), candidates=both)
    for name, calling in zip(names, called, strict=True):
        _record(words, drafts, bearers[calling], name)


def _sex_of_name(words: Words, person: Draft) -> None:
    for first, end in sorted(person.mentions):
        given = core(key_of(words, first, end))[:1]
        sex = sex_of_given_name().get(given[0]) if given else None
        if sex and _is_bare(words, (first, end), person) and not person.candidates:
            person.sex[sex] += 2
            at = next((i for i in range(first, end) if words.lower[i] == given[0]), first)
            person.cites.setdefault("sex", []).append(words.span(at, at + 1))
            return
    _sex_of_parentage(words, person)


def _sex_of_parentage(words: Words, person: Draft) -> None:
    """What "son of" or "daughter of" inside a name says, as weak a sign as a given name."""
    for name in sorted(person.mentions):
        at = particle_in(words, name)
        if at is not None and _is_bare(words, name, person) and not person.candidates:
            person.sex[particles()[words.lower[at]]] += 2
            person.cites.setdefault("sex", []).append(words.span(at, at + 1))
            return


def core(key: str) -> Parts:
    """The parts of a name that tell: no titles, suffixes or particles, "al-" taken off."""
    suffixes, small = listed("titles", "suffixes"), listed("titles", "particles")
    parts = [_bare(part) for part in key.split() if part not in suffixes and part not in titles()]
    told = tuple(part for part in parts if part not in small)
    return told or tuple(parts)


def _bare(part: str) -> str:
    for prefix in ("al-", "el-", "ul-", "ur-"):
        if part.startswith(prefix) and len(part) > len(prefix) + 1:
            return part[len(prefix) :]
    return part


def _same_full(
    words: Words, key: str, people: list[Draft], by_key: dict[str, list[Name]]
) -> Draft | None:
    """The one person known by a full name that this one is a form of; None where there are two."""
    parts = core(key)
    exact = [p for p in people if any(_form_of(parts, core(other)) for other in p.keys)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    close = [
        person
        for person in people
        if any(
            _close(parts, core(other)) and not _apart(words, by_key[key], by_key[other])
            for other in person.keys
        )
    ]
    return close[0] if len(close) == 1 else None


def _form_of(short: Parts, long: Parts) -> bool:
    """Whether one name shortens another: "Jon Dahl" or "J. Dahl" of "Jon Erik Dahl"."""
    if short == long:
        return True
    if short[-1] != long[-1]:
        return False
    if len(short) >= 2 and short == long[-len(short) :]:
        return True
    first, other = short[0], long[0]
    given = first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])
    middle = iter(long[1:-1])
    return given and all(part in middle for part in short[1:-1] if len(part) > 1)


def _close(one: Parts, other: Parts) -> bool:
    """Same number of parts, each the same but for one letter within."""
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) <= 2 and all(_one_letter(a, b) for a, b in differing)


def _one_letter(one: str, other: str) -> bool:
    """One letter put in, left out, changed or with the next in a longer part; its ends agree.

    Ends are left alone because they tell sexes and people apart: "Mario" and "Maria".
    """
    return (
        min(len(one), len(other)) >= 5
        and one[0] == other[0]
        and one[-1] == other[-1]
        and OSA.distance(one, other, score_cutoff=1) <= 1
    )


def _apart(words: Words, one: list[Name], other: list[Name]) -> bool:
    """Two full names in one sentence are two people, however near: who killed, and who died.

    Not where the second is told as another spelling: "Oren Dahlmann (also Dahlman)".
    """
    here = {words.sentence[name.first]: name for name in one}
    for name in other:
        beside = here.get(words.sentence[name.first])
        if beside is None:
            continue
        first, last = sorted((beside, name), key=lambda n: n.first)
        between = words.lower[first.end : last.first]
        if listed("titles", "also_called").isdisjoint(between):
            return True
    return False


def _short(words: Words, drafts: Drafts, people: list[Draft], names: list[Name]) -> None:
    """A name of one part: the one person who bears it, an undecided one, or somebody new."""
    bearers = _bearers(names[0].key, people)
    titled = any(name.title < name.first for name in names)
    if not bearers and titled and core(names[0].key):
        bearers = [p for p in people if _ends_close(core(names[0].key)[-1], p)]
        bearers = bearers if len(bearers) == 1 else []
    undecided: Draft | None = None
    for name in names:
        fitting = _fitting(words, name, bearers)
        if len(fitting) == 1:
            _record(words, drafts, fitting[0], name)
            continue
        if undecided is None:
            undecided = drafts.add("Person", "", candidates=tuple(bearers))
            undecided.keys.add(name.key)
        _record(words, drafts, undecided, name)
    if undecided is not None and not bearers:
        people.append(undecided)


def _bearers(key: str, people: list[Draft]) -> list[Draft]:
    """Who bears a lone name: as surname, else as given name, else as any part of theirs.

    Whose son somebody is called is no surname: "King Dahl" is not "Prince Oren bin Dahl".
    """
    parts = core(key)
    word = parts[-1] if parts else ""
    alone = particles().keys().isdisjoint(key.split())
    for place in (slice(-1, None), slice(0, 1), slice(None)):
        found = [
            p
            for p in people
            if any(
                word in core(k)[place] and not (alone and is_parent(word, k.split()))
                for k in p.keys
            )
        ]
        if found:
            return found
    return []


def _ends_close(word: str, person: Draft) -> bool:
    return any(
        _one_letter(word, core(key)[-1])
        for key in person.keys
        if core(key) and not is_parent(core(key)[-1], key.split())
    )


def _fitting(words: Words, name: Name, bearers: list[Draft]) -> list[Draft]:
    """Of those who bear a name, those whom its title and the words after it allow."""
    if len(bearers) < 2:
        return bearers
    title = " ".join(words.lower[name.title : name.first]).replace(".", "").strip()
    if title:
        titled = [p for p in bearers if title in p.known.get("titles", ())]
        if len(titled) == 1:
            return titled
        sex = titles().get(title)
        told = [p for p in bearers if sex and p.sex and not p.sex[_other(sex)] and p.sex[sex]]
        if len(told) == 1:
            return told
    return bearers


def _other(sex: str) -> str:
    return "female" if sex == "male" else "male"


def _record(words: Words, drafts: Drafts, person: Draft, name: Name) -> None:
    drafts.name(person, (name.first, name.end))
    if name.title < name.first:
        drafts.mention(person, (name.title, name.end))
        title = " ".join(words.lower[name.title : name.first]).replace(".", "").strip()
        person.known.setdefault("titles", set()).add(title)
        for word in title.split():
            sex = titles().get(word)
            if sex:
                person.sex[sex] += 3
                person.cites.setdefault("sex", []).append(words.span(name.title, name.end))


def _best_name(words: Words, person: Draft) -> str:
    """The fullest spelling at its first mention; in upper case only where there is no other."""
    bare = [r for r in sorted(person.mentions) if _is_bare(words, r, person)]
    spellings = [words.said(*r) for r in bare or sorted(person.mentions)]
    fullest = max(len(s.split()) for s in spellings)
    full = [s for s in spellings if len(s.split()) == fullest]
    return next((s for s in full if not s.isupper()), full[0])


def _is_bare(words: Words, mention: tuple[int, int], person: Draft) -> bool:
    return key_of(words, *mention) in person.keys
