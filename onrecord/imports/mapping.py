"""A mapping: which columns of a table tell of whom and of what, as YAML that a person writes.

It is kept with every item it was used for, as plain JSON, and read again from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from onrecord.errors import UnreadableSource
from onrecord.imports.dates import DateStyle, checked_formats, checked_order
from onrecord.imports.rules import (
    PARTS,
    ActRule,
    EntityRule,
    Field,
    Number,
    PlaceRule,
    RelationRule,
    Rules,
    Stretch,
)
from onrecord.imports.terms import folded, known_terms
from onrecord.vocabulary.terms import terms


class MappingError(ValueError):
    """What is wrong with a mapping, and at which place in it."""


def read_mapping(text: str, name: str, *, of_a_table: bool = True) -> Mapping[str, Any]:
    """A mapping as plain JSON types; one `of_a_table` is checked, others by their importers.

    Raises `UnreadableSource` that says where it errs.
    """
    import yaml

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise MappingError("it uses YAML aliases (*name), which are not read")
        # Every scalar as text: elsewhere `NO` is Norway, and `yes` what a cell says.
        plain = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes text only
        if not isinstance(plain, dict):
            raise MappingError("it is no table of names and values")
        if of_a_table:
            rules_of(plain)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableSource(
            name,
            "the mapping cannot be used",
            why=str(error)[:500],
            todo="see `onrecord import csv --example` for one that can",
        ) from error
    return plain


def rules_of(plain: Mapping[str, Any]) -> Rules:
    """The rules of a mapping in plain JSON types. Raises `MappingError`."""
    return _rules(json.dumps(plain, sort_keys=True))


@lru_cache(maxsize=64)
def _rules(canonical: str) -> Rules:
    told: dict[str, Any] = json.loads(canonical)
    told.pop("about", None)
    listed = [
        (kind, name)
        for kind, name in (
            ("Person", "people"),
            ("Organization", "organizations"),
            ("Group", "groups"),
        )
        if name in told
    ]
    entities = tuple(
        _entity(kind, each, f"{name}[{number}]")
        for kind, name in listed
        for number, each in _numbered(told.pop(name), name)
    )
    made: dict[str, Any] = {"entities": entities}
    for name, value in told.items():
        if name not in _READ:
            raise MappingError(f"{name!r} is no part of a mapping: {', '.join(sorted(_NAMES))}")
        made[name] = _READ[name](value, name)
    return Rules(**made)


def _field(value: Any, where: str, term_of: str = "") -> Field:
    """A column's name, or a table with `column` or `constant`, `values` and `separator`."""
    if isinstance(value, str) and value.strip():
        return Field(column=value)
    if not isinstance(value, dict):
        raise MappingError(f"{where}: a column's name was due, not {value!r}")
    odd = set(value) - {"column", "constant", "values", "separator"}
    if odd:
        raise MappingError(f"{where}: {min(odd)!r} is not known here")
    column, constant = value.get("column"), value.get("constant")
    if (column is None) == (constant is None):
        raise MappingError(f"{where}: either `column` or `constant` was due")
    separator = value.get("separator")
    if separator is not None and not (isinstance(separator, str) and separator):
        raise MappingError(f"{where}: the separator is no text")
    values = value.get("values")
    if values is not None and not isinstance(values, dict):
        raise MappingError(f"{where}: `values` is no table")
    table = values and {folded(str(key)): _meant(term) for key, term in values.items()}
    found = Field(_text(column), _text(constant), table, separator)
    for term in (*(table or {}).values(), found.constant if term_of else None):
        if term is not None and term_of and term not in known_terms(term_of):
            raise MappingError(
                f"{where}: {term!r} is no {term_of.replace('_', ' ')} that onrecord knows: "
                + ", ".join(known_terms(term_of))
            )
    return found


def _meant(value: Any) -> str | None:
    """What a table says that a word stands for; None where it says null, or nothing."""
    return None if value in (None, "", "null", "~") else str(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _numbered(value: Any, where: str) -> list[tuple[int, dict[str, Any]]]:
    listed = value if isinstance(value, list) else [value]
    for each in listed:
        if not isinstance(each, dict):
            raise MappingError(f"{where}: a table of columns was due, not {each!r}")
    return list(enumerate(listed, 1))


def _entity(kind: str, told: dict[str, Any], where: str) -> EntityRule:
    part = told.pop("as", "mentioned")
    if part not in PARTS:
        raise MappingError(f"{where}: as {part!r} is none of {', '.join(PARTS)}")
    made: dict[str, Any] = {"kind": kind, "part": part}
    for name, value in _known(told, EntityRule, where, {"kind", "part"}):
        place = f"{where}.{name}"
        if name == "count":
            made[name] = _number(value, place)
        else:
            made[name] = _field(value, place, name if known_terms(name) else "")
    if "name" not in made and "count" not in made:
        raise MappingError(f"{where}: a `name` is due, or at least a `count`")
    return EntityRule(**made)


def _known(
    told: dict[str, Any], kind: type[Any], where: str, without: set[str]
) -> list[tuple[str, Any]]:
    names = {each.name for each in fields(kind)} - without
    for name in told:
        if name not in names:
            raise MappingError(f"{where}: {name!r} is not known here: {', '.join(sorted(names))}")
    return list(told.items())


def _stretch(value: Any, where: str) -> Stretch:
    if isinstance(value, dict) and set(value) <= {"start", "end"} and value:
        return Stretch(**{name: _field(part, f"{where}.{name}") for name, part in value.items()})
    return Stretch(at=_field(value, where))


def _number(value: Any, where: str) -> Number:
    if isinstance(value, dict) and set(value) <= {"min", "max"} and value:
        return Number(**{name: _field(part, f"{where}.{name}") for name, part in value.items()})
    return Number(at=_field(value, where))


def _place(told: dict[str, Any], where: str) -> PlaceRule:
    made = {n: _field(v, f"{where}.{n}") for n, v in _known(told, PlaceRule, where, set())}
    if "name" not in made:
        raise MappingError(f"{where}: a `name` is due")
    return PlaceRule(**made)


def _act(told: dict[str, Any], where: str) -> ActRule:
    made: dict[str, Any] = {}
    for name, value in _known(told, ActRule, where, set()):
        place = f"{where}.{name}"
        if name == "date":
            made[name] = _stretch(value, place)
        else:
            made[name] = _field(value, place, name if name == "type" else "")
    if "type" not in made:
        raise MappingError(f"{where}: a `type` is due")
    return ActRule(**made)


def _relation(told: dict[str, Any], where: str) -> RelationRule:
    made = {n: _field(v, f"{where}.{n}") for n, v in _known(told, RelationRule, where, set())}
    if not {"type", "subject", "object"} <= set(made):
        raise MappingError(f"{where}: `type`, `subject` and `object` are due")
    kinds = [made["type"].constant, *(made["type"].values or {}).values()]
    for kind in kinds:
        if kind is not None and kind not in terms("relation_types"):
            listed = ", ".join(terms("relation_types"))
            raise MappingError(f"{where}.type: {kind!r} is none of {listed}")
    return RelationRule(**made)


def _rows(read: Callable[[dict[str, Any], str], Any]) -> Callable[[Any, str], tuple[Any, ...]]:
    def rows(value: Any, where: str) -> tuple[Any, ...]:
        return tuple(read(each, f"{where}[{n}]") for n, each in _numbered(value, where))

    return rows


def _fields(value: Any, where: str) -> tuple[Field, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(_field(each, where) for each in listed)


def _dates(value: Any, where: str) -> DateStyle:
    if not isinstance(value, dict) or set(value) - {"order", "formats"}:
        raise MappingError(f"{where}: `order` and `formats` were due")
    formats = value.get("formats") or []
    listed = formats if isinstance(formats, list) else [formats]
    try:
        return DateStyle(checked_order(value.get("order")), checked_formats(listed))
    except ValueError as error:
        raise MappingError(f"{where}: {error}") from error


def _word(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise MappingError(f"{where}: a word was due, not {value!r}")
    return value


def _claim(value: Any, where: str) -> str:
    if value not in ("allegation", "statement", "finding"):
        raise MappingError(f"{where}: {value!r} is none of allegation, statement, finding")
    return str(value)


def _encoding(value: Any, where: str) -> str:
    try:
        "".encode(_word(value, where))
    except LookupError as error:
        raise MappingError(f"{where}: {error}") from error
    return str(value)


def _delimiter(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) != 1 or value in '\r\n"':
        raise MappingError(f"{where}: one character was due, such as ';' or a tab")
    return value


def _words(value: Any, where: str) -> frozenset[str]:
    if not isinstance(value, list):
        raise MappingError(f"{where}: a list of words was due")
    return frozenset(folded(str(each)) for each in value)


_READ: Mapping[str, Callable[[Any, str], Any]] = {
    "title": _field,
    "published": _field,
    "source": _field,
    "language": _word,
    "encoding": _encoding,
    "delimiter": _delimiter,
    "claim": _claim,
    "dates": _dates,
    "unknown": _words,
    "text": _fields,
    "places": _rows(_place),
    "acts": _rows(_act),
    "relations": _rows(_relation),
}
_NAMES = {*_READ, "about", "people", "organizations", "groups"}
