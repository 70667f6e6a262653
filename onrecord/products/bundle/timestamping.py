"""An RFC 3161 timestamp: an authority's word that some bytes were there at a time.

The authority is told a hash and nothing else. It is asked only where a person names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampRequest, TimeStampResponse

_SECONDS = 30
_LARGEST = 1 << 20


def timestamp(data: bytes, url: str) -> bytes:
    """An authority's response (DER) for some bytes. Raises OnrecordError.

    What the response says of the bytes is checked; whom the authority's certificate can be trusted
    by is for the reader to say, who has the roots.
    """
    from rfc3161_client import TimestampRequestBuilder

    request = TimestampRequestBuilder().data(data).build()
    answer = _ask(url, request.as_bytes())
    return _checked(request, answer, url)


def _ask(url: str, query: bytes) -> bytes:
    import httpx

    headers = {"Content-Type": "application/timestamp-query"}
    try:
        with httpx.stream("POST", url, content=query, headers=headers, timeout=_SECONDS) as said:
            said.raise_for_status()
            answer = b""
            for part in said.iter_bytes():
                answer += part
                if len(answer) > _LARGEST:
                    raise _refused(url, f"it answers with more than {_LARGEST} bytes")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _refused(url, str(error) or type(error).__name__) from error
    return answer


def _checked(request: TimeStampRequest, answer: bytes, url: str) -> bytes:
    from rfc3161_client import decode_timestamp_response

    try:
        response = decode_timestamp_response(answer)
        same = response.status in (0, 1) and _same(request, response)
    except ValueError as error:
        raise _refused(url, f"what it answers is no timestamp: {error}") from error
    if not same:
        raise _refused(url, "its timestamp is refused, or one of other bytes")
    return answer


def _same(request: TimeStampRequest, response: TimeStampResponse) -> bool:
    told = response.tst_info
    return (
        told.message_imprint.message == request.message_imprint.message
        and told.nonce == request.nonce
    )


def _refused(url: str, why: str) -> OnrecordError:
    return OnrecordError(
        f"{url}: no timestamp was had; nothing was given out",
        why=why,
        todo="try again, name another authority, or leave out --timestamp-authority",
    )
