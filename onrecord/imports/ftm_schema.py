"""Whether an entity is as the schemata of FollowTheMoney say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from onrecord.products.export.ftm_schemata import Property, is_known, properties

_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "date": (
        re.compile(
            r"\d{4}(?:-(?:0?[1-9]|1[0-2])(?:-(?:0?[1-9]|[12]\d|3[01])(?:[T ][\d:.]*Z?)?)?)?"
        ),
        "a date begins with its year: 2021, 2021-04, 2021-04-03",
    ),
    "entity": (
        re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?"),
        "an entity is named by its id: letters, digits, dashes and dots",
    ),
    "gender": (re.compile(r"male|female|other"), "a gender is male, female or other"),
    "country": (re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})?"), "a country is a code: tg, gb"),
}


class Fault(NamedTuple):
    """What of an entity cannot be taken: the property (or field), the value, why."""

    field: str
    value: object
    why: str


def faults(item: Any) -> Iterator[Fault]:
    """What of an entity is not as FollowTheMoney says, in the order it stands."""
    if not isinstance(item, dict):
        yield Fault("", item, "an entity is a JSON object")
        return
    identifier = item.get("id")
    if not isinstance(identifier, str) or not _FORMS["entity"][0].fullmatch(identifier):
        yield Fault("id", identifier, f"it has no id that can be used: {_FORMS['entity'][1]}")
    if not is_known(item.get("schema")):
        yield Fault("schema", item.get("schema"), "there is no such schema in FollowTheMoney")
        return
    told = item.get("properties")
    if not isinstance(told, dict):
        yield Fault("properties", told, "the properties are not a JSON object")
        return
    known = properties(item["schema"])
    for name, values in told.items():
        if name not in known:
            yield Fault(name, values, f"a {item['schema']} has no such property")
        else:
            yield from _values(item, name, known[name], values)


def _values(item: dict[str, Any], name: str, known: Property, values: Any) -> Iterator[Fault]:
    if not isinstance(values, list):
        yield Fault(name, values, "the values of a property are a list of strings")
        return
    form = _FORMS.get(known.type)
    for value in values:
        if not isinstance(value, str):
            yield Fault(name, value, "a value is a string; an entity is named by its id")
        elif form and not form[0].fullmatch(value):
            yield Fault(name, value, form[1])
        elif known.type == "entity" and value == item.get("id"):
            yield Fault(name, value, "an entity cannot be tied to itself")
