"""Does a value conform to a JSON Schema of the package? Faults named by where they stand.

Knows the keywords that the package's own schemas use, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

Schema = Mapping[str, Any]

KEYWORDS = frozenset(
    {"$ref", "additionalProperties", "anyOf", "const", "enum", "items", "maximum", "minItems"}
    | {"minimum", "pattern", "prefixItems", "properties", "required", "type"}
)
"""What is checked; `$schema`, `$id`, `$defs`, `title` and `description` say nothing of a value."""

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


def faults(value: Any, schema: Schema, root: Schema, where: str = "") -> Iterator[str]:
    """What of a value does not conform, each with its place as a JSON Pointer (RFC 6901).

    `root` is the schema that `$ref` points into.
    """
    if "$ref" in schema:
        yield from faults(value, _definition(root, schema["$ref"]), root, where)
        return
    if "anyOf" in schema:
        if all(any(True for _ in faults(value, each, root, where)) for each in schema["anyOf"]):
            yield _fault(where, value, "is of none of the forms that are allowed")
        return
    kind = schema.get("type")
    if kind is not None and not _TYPES[kind](value):
        yield _fault(where, value, f"is no {kind}")
        return
    yield from _scalar(value, schema, where)
    if isinstance(value, dict):
        yield from _object(value, schema, root, where)
    elif isinstance(value, list):
        yield from _array(value, schema, root, where)


def _definition(root: Schema, reference: str) -> Schema:
    found: Schema = root["$defs"][reference.removeprefix("#/$defs/")]
    return found


def _scalar(value: Any, schema: Schema, where: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield _fault(where, value, f"is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        yield _fault(where, value, f"is none of {', '.join(map(str, schema['enum']))}")
    if isinstance(value, str) and "pattern" in schema and not _pattern(schema["pattern"])(value):
        yield _fault(where, value, f"is not of the form {schema['pattern']}")
    if isinstance(value, int | float):
        if value < schema.get("minimum", value):
            yield _fault(where, value, f"is below {schema['minimum']}")
        if value > schema.get("maximum", value):
            yield _fault(where, value, f"is above {schema['maximum']}")


@cache
def _pattern(pattern: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(pattern).search


def _object(value: dict[str, Any], schema: Schema, root: Schema, where: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where or '/'} has no {name}"
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, part in value.items():
        if name in known:
            yield from faults(part, known[name], root, f"{where}/{name}")
        elif isinstance(others, dict):
            yield from faults(part, others, root, f"{where}/{name}")
        elif others is False:
            yield f"{where or '/'} has a {name[:60]!r}, which nothing knows"


def _array(value: list[Any], schema: Schema, root: Schema, where: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield _fault(where, value, f"has fewer than {schema['minItems']} items")
    first = schema.get("prefixItems", ())
    for number, (part, each) in enumerate(zip(value, first, strict=False)):
        yield from faults(part, each, root, f"{where}/{number}")
    rest = schema.get("items", True)
    if rest is False and len(value) > len(first):
        yield _fault(where, value, f"has more than {len(first)} items")
    elif isinstance(rest, dict):
        for number, part in enumerate(value[len(first) :], len(first)):
            yield from faults(part, rest, root, f"{where}/{number}")


def _fault(where: str, value: Any, what: str) -> str:
    return f"{where or '/'} {what}: {repr(value)[:60]}"
