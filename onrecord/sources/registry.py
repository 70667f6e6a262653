"""Which reader reads what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onrecord.sources import kinds
from onrecord.sources.limits import Limits
from onrecord.sources.readers import docx, odt
from onrecord.sources.readers.docx import read_docx
from onrecord.sources.readers.email import read_email
from onrecord.sources.readers.html import read_html
from onrecord.sources.readers.image import read_image
from onrecord.sources.readers.image_blocks import JPEG, PNG, TIFF, WEBP
from onrecord.sources.readers.odt import read_odt
from onrecord.sources.readers.pdf import read_pdf
from onrecord.sources.readers.plain import read_plain
from onrecord.sources.readers.warc import MEDIA_TYPE as WARC
from onrecord.sources.readers.warc import read_warc
from onrecord.sources.reading import Reading

READERS: Mapping[str, Callable[[bytes, Limits], Reading]] = {
    kinds.PLAIN: read_plain,
    kinds.HTML: read_html,
    kinds.EMAIL: read_email,
    kinds.PDF: read_pdf,
    docx.MEDIA_TYPE: read_docx,
    odt.MEDIA_TYPE: read_odt,
    WARC: read_warc,
    **dict.fromkeys((JPEG, PNG, WEBP, TIFF), read_image),
}


def read_as(path: str, data: bytes, limits: Limits) -> Reading:
    """What the bytes say, read by what they are. Raises a `FaultError`."""
    return READERS[kinds.media_type_of(path, data)](data, limits)
