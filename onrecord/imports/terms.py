"""From the words of a database to our terms: by its own table, by ours, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from onrecord.vocabulary import load
from onrecord.vocabulary.terms import terms

_TABLES = {"sex", "age_group"}
_LISTS = {"type": "acts", "actor_type": "actor_types", "involvement": "involvement"}


def folded(value: str) -> str:
    """A value as it is compared: without case, with single blanks."""
    return " ".join(value.split()).casefold()


@cache
def _unknown() -> frozenset[str]:
    return frozenset(map(folded, load("import_words")["unknown"]))


def is_unknown(value: str, also: frozenset[str] = frozenset()) -> bool:
    """Whether a cell says that its value is not known; `also` are folded words of the file."""
    words = folded(value)
    return not words or words in also or words in _unknown()


def known_terms(field: str) -> tuple[str, ...]:
    """The terms that a field may have."""
    if field in _TABLES:
        return tuple(load("import_words")[field])
    return tuple(terms(_LISTS[field])) if field in _LISTS else ()


def term(field: str, value: str) -> str | None:
    """Our term for a database's word, where it is the term itself, its label, or a code for it."""
    words = folded(value)
    if field in _TABLES:
        return next(
            (
                name
                for name, spelled in load("import_words")[field].items()
                if words == name or words in map(folded, spelled)
            ),
            None,
        )
    found = _by_label(_LISTS[field]).get(words.replace("_", " "))
    return found or (act_of_code(value) if field == "type" else None)


@cache
def _by_label(name: str) -> Mapping[str, str]:
    labels: dict[str, str] = {}
    for identifier, each in terms(name).items():
        labels[folded(each.label)] = identifier
        labels[identifier.replace("_", " ")] = identifier
    return labels


def act_of_code(code: str) -> str | None:
    """The one act type that a HURIDOCS MT4 code, or the nearest code above it, stands for."""
    digits = "".join(code.upper().removeprefix("MT4").split()).strip(":.-").replace(".", "")
    if not digits.isdigit() or len(digits) not in range(4, 13) or len(digits) % 2:
        return None
    digits = digits.ljust(12, "0")
    for length in (12, 10, 8, 6):
        found = _acts_by_code().get(digits[:length].ljust(12, "0"), ())
        if found:
            return found[0] if len(found) == 1 else None
    return None


@cache
def _acts_by_code() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for identifier, each in terms("acts").items():
        for code in each.codes.get("huridocs_mt4", ()):
            found[code] = (*found.get(code, ()), identifier)
    return found


@lru_cache(maxsize=4096)
def yes_or_no(value: str) -> bool | None:
    """What a cell with yes or no says; None where it says neither."""
    words, table = folded(value), load("import_words")
    if words in map(folded, table["yes"]):
        return True
    return False if words in map(folded, table["no"]) else None


@lru_cache(maxsize=4096)
def country_code(value: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country's name or code; None where it is none."""
    import pycountry

    words = value.strip()
    if words.isascii() and words.isalpha() and len(words) in (2, 3):
        code = words.upper()
        for country in pycountry.countries:
            if code in (country.alpha_2, country.alpha_3):
                return str(country.alpha_2)
    from onrecord.entities.gazetteer import places_named

    named = places_named(words)
    return named[0].country if named and named[0].kind == "country" else None


@lru_cache(maxsize=4096)
def occupation(value: str) -> str | None:
    """The occupation that a word stands for in our list; None where it stands for none."""
    words = folded(value)
    for name, spelled in load("occupations").items():
        if isinstance(spelled, list) and (words == name.replace("_", " ") or words in spelled):
            return str(name)
    return None
