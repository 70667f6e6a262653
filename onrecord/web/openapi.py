"""The API as an OpenAPI 3.1 document, made from the pages and from the types of what they show."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from importlib.metadata import version
from typing import Any, get_args, get_origin, get_type_hints

from onrecord.web.access import COOKIE
from onrecord.web.giving import File
from onrecord.web.page import MOST_BODY, Action, Page, Parameter

Schema = dict[str, Any]
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def described(
    pages: Iterable[Page], actions: Iterable[Action], files: Iterable[File], cookie: str = COOKIE
) -> Schema:
    """The whole document; `cookie` is what a session's is called here."""
    schemas: dict[str, Schema] = {"Trouble": _TROUBLE}
    paths: dict[str, Schema] = {page.api: {"get": _reading(page, schemas)} for page in pages}
    paths |= {file.path: {"get": _giving(file)} for file in files}
    for action in actions:
        paths.setdefault(action.api, {})["post"] = _doing(action)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": version("onrecord"),
            "description": "A case, page by page. A session's cookie opens it; what changes the "
            "case needs the session's token in the header X-Onrecord-Token.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": cookie},
                "token": {"type": "apiKey", "in": "header", "name": "X-Onrecord-Token"},
            },
        },
        "security": [{"session": []}],
    }


_TROUBLE: Schema = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("error", "why", "todo")},
    "required": ["error", "why", "todo"],
}


def _reading(page: Page, schemas: dict[str, Schema]) -> Schema:
    shown = get_type_hints(page.view)["return"]
    return {
        "operationId": page.name,
        "summary": page.about,
        "parameters": [_parameter(page, each) for each in page.parameters],
        "responses": {"200": _answer("What the page shows", _schema(shown, schemas)), **_REFUSALS},
    }


def _giving(file: File) -> Schema:
    content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    page = {"text/html": {"schema": {"type": "string"}}}
    refusals = {
        code: {"description": told["description"], "content": page}
        for code, told in _REFUSALS.items()
    }
    return {
        "operationId": file.name,
        "summary": file.about,
        "parameters": [_parameter(file, each) for each in file.parameters],
        "responses": {"200": {"description": "The file", "content": content}, **refusals},
    }


def _doing(action: Action) -> Schema:
    properties = {each.name: _bounds(each) for each in action.parameters}
    needed = [each.name for each in action.parameters if each.default is None]
    needed = [name for name in needed if name != "entry"]
    form = "application/json"
    if action.body > MOST_BODY:
        files = {"type": "array", "items": {"type": "string", "format": "binary"}}
        properties["files"], form = files, "multipart/form-data"
        needed.append("files")
    body = {"type": "object", "properties": properties, "required": needed}
    return {
        "operationId": action.name,
        "summary": action.about,
        "security": [{"session": [], "token": []}],
        "requestBody": {"required": True, "content": {form: {"schema": body}}},
        "responses": {
            "200": _answer(
                "Where to go next",
                {
                    "type": "object",
                    "properties": {"next": {"type": "string"}},
                    "required": ["next"],
                },
            ),
            **_REFUSALS,
        },
    }


def _answer(about: str, schema: Schema) -> Schema:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


_REFUSALS = {
    code: _answer(about, {"$ref": "#/components/schemas/Trouble"})
    for code, about in {
        "400": "A parameter cannot be read",
        "401": "No session",
        "403": "Not sent by a page of this workbench",
        "404": "Nothing answers to that name or id",
        "409": "Another process is writing the case",
        "413": "The body is too large",
        "415": "The body is of another kind",
        "422": "It cannot be done",
        "429": "It was tried too often; Retry-After says when it may be tried again",
    }.items()
}


def _parameter(page: Page | File, parameter: Parameter) -> Schema:
    inside = f"{{{parameter.name}}}" in page.path
    return {
        "name": parameter.name,
        "in": "path" if inside else "query",
        "required": inside,
        "description": parameter.about,
        "schema": _bounds(parameter),
    }


def _bounds(parameter: Parameter) -> Schema:
    if parameter.kind == "integer":
        return {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
    return {"type": "string", "maxLength": parameter.most}


def _schema(hint: Any, schemas: dict[str, Schema]) -> Schema:
    """The JSON Schema of a type as `as_json` writes it."""
    if isinstance(hint, type) and is_dataclass(hint):
        return _named(hint, schemas)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema(each, schemas) for each in arguments]}
    if hint is types.NoneType:
        return {"type": "null"}
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "array", "items": _schema(arguments[0], schemas)}
        items = [_schema(each, schemas) for each in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items)}
    if origin in (Mapping, dict) or origin is not None:
        return {"type": "object"}
    return {}


def _named(kind: type, schemas: dict[str, Schema]) -> Schema:
    """A reference to the schema of a dataclass, which is written down where it is new."""
    if kind.__name__ not in schemas:
        schemas[kind.__name__] = {}
        hints = get_type_hints(kind)
        schemas[kind.__name__].update(
            {
                "type": "object",
                "description": (kind.__doc__ or "").strip().partition("\n")[0],
                "properties": {
                    each.name: _schema(hints[each.name], schemas) for each in fields(kind)
                },
            }
        )
    return {"$ref": f"#/components/schemas/{kind.__name__}"}
