"""What people are introduced as: a title, an apposition, or "X is a ..."."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.entities.draft import Draft, Drafts, Range, Role
from onrecord.entities.lexicon import listed, person_nouns, sex_of_noun
from onrecord.entities.phrases import inside, introduced_by, is_role, phrase_of
from onrecord.entities.theirs import is_listed_as_theirs
from onrecord.entities.words import SUBJECTS, Words

WITHIN = 9
"""Words of an apposition that are looked at for its noun."""


def learn_roles(words: Words, drafts: Drafts) -> None:
    """Give each person the roles that the words around their names state."""
    for person in drafts.of("Person"):
        for mention in sorted(person.mentions):
            for noun, phrase in _stated(words, drafts, mention):
                _learn(words, drafts, person, noun, phrase)
    _learn_shared(words, drafts)
    for person in drafts.of("Person"):
        _learn_sex(words, person)


def _learn_sex(words: Words, person: Draft) -> None:
    """The sex that nouns for somebody give, known before pronouns look for whom they fit."""
    for role in person.roles:
        sex = sex_of_noun().get(role.noun)
        if sex:
            person.sex[sex] += 2
            person.cites.setdefault("sex", []).append(words.span(role.at, role.at + 1))


def _learn_shared(words: Words, drafts: Drafts) -> None:
    """A plural before a list of names is what each of them is: "journalists Dahl and Moe"."""
    for index in range(len(words) - 1):
        plural = words.tag[index] in ("NNS", "NNPS") and words.lemma[index] in person_nouns()
        person = drafts.at.get(index + 1) if plural else None
        if plural and words.word[index + 1] in (",", ":", "-", "–", "—") and index + 2 < len(words):
            person = drafts.at.get(index + 2)
        if person is None or person.kind != "Person":
            continue
        phrase = phrase_of(words, index)
        for listed_person in _listed(words, drafts, index + 1):
            role = Role(words.lemma[index], frozenset(), frozenset(), index, phrase)
            listed_person.roles.append(role)


def _listed(words: Words, drafts: Drafts, start: int) -> Iterator[Draft]:
    """The persons of a list that begins here: names set apart by commas and "and" alone."""
    index, last = start, None
    while index < len(words) and words.sentence[index] == words.sentence[start]:
        person = drafts.at.get(index)
        if person is not None and person.kind == "Person":
            if person is not last:
                if _has_own_title(person, index):
                    return
                yield person
            last = person
        elif words.lower[index] not in (",", "and", "&", "or", ":", "-", "–", "—") and not (
            words.pos[index] == "NUM" or words.word[index] in "()"
        ):
            return
        index += 1


def _has_own_title(person: Draft, index: int) -> bool:
    """Whether a token is of a title of somebody's own: "activists X and Y and trade unionist Z"."""
    return any(role.phrase[0] <= index <= role.at for role in person.roles)


def _stated(words: Words, drafts: Drafts, mention: Range) -> Iterator[tuple[int, Range]]:
    """Head nouns of roles around a name, each with its phrase."""
    first, end = mention
    if first and is_role(words, first - 1) and words.sentence[first - 1] == words.sentence[first]:
        yield first - 1, (_before(words, first - 1), first)
        if first > 2 and words.lower[first - 2] == "and" and _is_one(words, first - 3):
            yield first - 3, (_before(words, first - 3), first - 2)
    if words.lower[first] in person_nouns() or is_role(words, first):
        title_end = max((i + 1 for i in range(first, end) if is_role(words, i)), default=first)
        if title_end > first:
            yield title_end - 1, (_before(words, first), title_end)
    before = introduced_by(words, first, end)
    if before is not None and before not in drafts.at:
        yield before, (phrase_of(words, before)[0], first - 1)
    if end < len(words) and words.word[end] == ",":
        found = _apposition(words, drafts, end + 1)
        while found is not None:
            yield found
            after = found[1][1]
            joined = after < len(words) and words.lower[after] in ("and", "&", "/", "-", ",")
            found = _apposition(words, drafts, after + 1) if joined else None
    yield from _predicate(words, mention)


def _is_one(words: Words, index: int) -> bool:
    """A noun for one person: "the activist and blogger Jon Dahl" says two things of one."""
    return is_role(words, index) and words.tag[index] == "NN"


def _before(words: Words, noun: int) -> int:
    """Where the words before a title that belong to it begin: "Marrow Workers' Union (MWU)"."""
    first = noun
    while first > 0 and noun - first < 10 and words.sentence[first - 1] == words.sentence[noun]:
        pos, word = words.pos[first - 1], words.word[first - 1]
        if pos not in ("PROPN", "NOUN", "ADJ", "PART", "NUM") and word not in (
            "(",
            ")",
            "-",
            "'s",
            "of",
            "and",
            "the",
            "for",
        ):
            break
        if word in ("and", "of", "for", "the") and not words.word[first - 2][0].isupper():
            break
        first -= 1
    return first


def _apposition(words: Words, drafts: Drafts, start: int) -> tuple[int, Range] | None:
    """The role noun of what follows a name's comma, with the phrase it stands in."""
    if start >= len(words) or words.word[start] in ("and", "or"):
        return None
    for index in range(start, min(start + WITHIN, len(words))):
        if words.sentence[index] != words.sentence[start] or _leaves(words, drafts, index):
            return None
        if words.dep[index] == "dobj" and start <= words.head[index] < index:
            return None  # "the car of X, killing his wife": the wife is not X
        following = index + 1 < len(words) and words.pos[index + 1] in ("NOUN", "PROPN")
        if is_role(words, index) and words.tag[index] in ("NN", "NNP") and not following:
            end = _after(words, drafts, index)
            acts = end < len(words) and words.tag[end] in ("VBD", "VBZ", "VBP", "MD")
            acts = acts and words.dep[index] in SUBJECTS
            other = acts or is_listed_as_theirs(words, index)
            return None if other else (index, (start, end))
    return None


def _leaves(words: Words, drafts: Drafts, index: int) -> bool:
    """Whether a word cannot stand before the noun of an apposition."""
    if words.word[index] in (",", ".", ";", "“", '"') or words.tag[index] == "WP$":
        return True
    if words.pos[index] in ("VERB", "AUX", "ADP", "SCONJ"):
        return words.tag[index] not in ("VBN", "VBG") and words.lower[index] != "-"
    owner = drafts.at.get(index)
    return owner is not None and owner.kind == "Person" and words.pos[index] == "PROPN"


def _after(words: Words, drafts: Drafts, noun: int) -> int:
    """The end of "of the Marrow Workers' Union (MWU)" behind a role noun."""
    end = noun + 1
    if end < len(words) and words.lower[end] in ("of", "for", "at", "with", "in"):
        index = end + 1
        while (
            index < len(words)
            and index - noun < 14
            and (
                words.pos[index] in ("DET", "ADJ", "NOUN", "PROPN")
                or words.word[index] in ("(", ")", "of", "for", "and", "'s", "’s", "'", "’", "-")
                or words.word[index - 1] == "-"
            )
        ):
            index += 1
        if any(i in drafts.at for i in range(end, index)):
            return index
    return end


def _predicate(words: Words, mention: Range) -> Iterator[tuple[int, Range]]:
    """What a clause says somebody is: "X is a journalist", "X works as an editor"."""
    head = mention[1] - 1
    if words.dep[head] not in ("nsubj", "nsubjpass", "relcl"):
        return
    verb = words.head[head]
    for child in words.children[verb]:
        noun = child
        if words.lower[child] == "as" and words.lemma[verb] in ("work", "serve", "know"):
            noun = next((c for c in words.children[child] if words.dep[c] == "pobj"), child)
        elif words.dep[child] != "attr" or words.lemma[verb] != "be":
            continue
        if is_role(words, noun) and words.tag[noun] == "NN" and child > head:
            yield noun, phrase_of(words, noun)


def _learn(words: Words, drafts: Drafts, person: Draft, noun: int, phrase: Range) -> None:
    around = frozenset(
        w
        for w in words.lower[phrase[0] : phrase[1]]
        if w.isalpha() and w not in listed("titles", "determiners")
    )
    bodies = inside(drafts, phrase, "Organization") + inside(drafts, phrase, "Place")
    role = Role(
        words.lower[noun], around, frozenset(draft.number for draft in bodies), noun, phrase
    )
    if all(role.at != other.at for other in person.roles):
        person.roles.append(role)
    free = all(drafts.at.get(i) in (None, person) for i in range(noun, noun + 1))
    if free and noun not in drafts.at:
        drafts.mention(person, phrase_of(words, noun))
