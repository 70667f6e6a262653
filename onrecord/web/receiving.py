"""What a request brings: the values of a form or of a JSON object, and files."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.web.page import NotAsked, Sent

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def given(request: Request, as_data: bool) -> tuple[dict[str, str], str, tuple[Sent, ...]]:
    """The values sent, the session's token that came with them, and files.

    A form where `as_data` is not said; else JSON, or a form with files. Raises `NotAsked`, and
    status 415 for a body that says it is anything else.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    told = request.headers.get("x-onrecord-token", "")
    if as_data and kind != FORMS[1]:
        return await _object(request, kind), told, ()
    if kind and kind not in FORMS:
        raise HTTPException(415, f"A form is {' or '.join(FORMS)}.")
    form = await request.form()
    values = {name: value for name, value in form.items() if isinstance(value, str)}
    files = tuple(
        Sent(value.filename or "", value.file)
        for _, value in form.multi_items()
        if not isinstance(value, str) and value.filename
    )
    return values, told if as_data else values.get("token", ""), files


async def _object(request: Request, kind: str) -> dict[str, str]:
    body = await request.body()
    if body and kind != "application/json":
        raise HTTPException(415, "Send application/json.")
    try:
        sent = await request.json()
    except (ValueError, RecursionError) as error:
        raise NotAsked("the body is no JSON", why=str(error), todo="send an object") from error
    if not isinstance(sent, dict):
        raise NotAsked("the body is no JSON object", why="it is another value", todo="send one")
    return {name: str(value) for name, value in sent.items() if value is not None}
