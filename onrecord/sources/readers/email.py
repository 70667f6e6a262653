"""Email messages: subject, sender and date, the names of what is attached, and the body."""

from __future__ import annotations

from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import default

from onrecord.model import Edtf, Span
from onrecord.sources.encodings import Decoded, decode_as
from onrecord.sources.fault import Encrypted, no_text
from onrecord.sources.limits import Limits
from onrecord.sources.readers.draft import Draft, clean, one_line
from onrecord.sources.readers.html import main_text
from onrecord.sources.reading import Reading

NAME, VERSION = "email", "1"


def read_email(data: bytes, _limits: Limits) -> Reading:
    """Paragraphs "Subject:", "From:", "Date:" and "Attachment:", and below them the body.

    The body is the plain one, or else the text of the HTML one. What is attached is named, and
    a warning says that it is not read.
    """
    message = BytesParser(EmailMessage, policy=default).parsebytes(data)
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
        raise Encrypted(
            "the message is encrypted",
            why=f"its body is {message.get_content_type()}",
            todo="decrypt it in your mail program, save it as a file and add that",
        )
    draft = Draft()
    title = _line(draft, "Subject", _header(message, "subject"))
    author = _line(draft, "From", _header(message, "from"))
    sent = _line(draft, "Date", _header(message, "date"))
    attached = [one_line(part.get_filename() or "unnamed") for part in message.iter_attachments()]
    for name in attached:
        _line(draft, "Attachment", name)
    body, warnings = _body(message)
    if not draft.block(body) and not title:
        raise no_text("there is no text in this message", "it has neither a subject nor a body")
    day = _day(message)
    return Reading(
        text=draft.text,
        media_type="message/rfc822",
        reader=NAME,
        reader_version=VERSION,
        title=title,
        author=author,
        published=(day, sent) if day and sent else None,
        warnings=(
            *warnings,
            *(f"the attachment {name} is not read: save it and add it" for name in attached),
        ),
    )


def _line(draft: Draft, label: str, value: str) -> Span | None:
    if not value:
        return None
    draft.block(f"{label}: ")
    return draft.add(value)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except (MessageError, ValueError, IndexError, AttributeError):
        # The standard library fails on some malformed headers; the raw one is still the words.
        raw = next((v for k, v in message.raw_items() if k.lower() == name), "")
        return one_line(str(raw))


def _day(message: EmailMessage) -> Edtf | None:
    try:
        moment = getattr(message["date"], "datetime", None)
    except (MessageError, ValueError, IndexError, AttributeError):
        return None
    return moment.date().isoformat() if moment else None


def _body(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    found: list[Decoded] = []
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        if part is None:
            continue
        decoded = _decoded(part)
        text = clean(decoded.text) if kind == "plain" else main_text(decoded.text)
        found.append(Decoded(text.strip("\n"), decoded.encoding, decoded.warnings))
        if text.strip():
            return found[-1].text, found[-1].warnings
    return "", ()


def _decoded(part: MIMEPart) -> Decoded:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload:
        return Decoded("", "ascii")
    return decode_as(payload, part.get_content_charset())
