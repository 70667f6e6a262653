"""Mailboxes (mbox): where in the file each message stands."""

from __future__ import annotations

import re
from typing import BinaryIO

from onrecord.sources.captures import Part
from onrecord.sources.fault import TooLarge
from onrecord.sources.limits import Limits

MAGIC = b"From "
_SEPARATOR = re.compile(rb"From \S+ +.*\d\d:\d\d.* \d{4}\s*$")
_LONGEST_LINE = 1 << 20


def begins_mailbox(line: bytes) -> bool:
    """Whether a line is one that mail programs put before each message of a mailbox."""
    return _SEPARATOR.match(line) is not None


def messages(stream: BinaryIO, limits: Limits) -> list[Part]:
    """Where each message stands, its "From " line first. Raises a fault for too many."""
    starts: list[int] = []
    at, blank = 0, True
    while line := stream.readline(_LONGEST_LINE):
        if blank and line.startswith(MAGIC) and _SEPARATOR.match(line):
            starts.append(at)
        blank = not line.strip()
        at += len(line)
        if len(starts) > limits.max_members:
            raise TooLarge(
                "there are too many messages in this mailbox",
                why=f"at most {limits.max_members:,} are read",
                todo="split it in the mail program, and add the parts",
            )
    ends = [*starts[1:], at]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]
