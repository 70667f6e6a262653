"""Reads GUM (github.com/amir-zeldes/gum): its texts, discourse trees and clusters of mentions.

A folder holds `rst/NAME.rs4` and `dep/NAME.conllu`. Words are numbered from 0 through a document.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field, replace
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """A satellite that names a source and the nucleus that says what it says, as words.

    The satellite is without satellites of its own ("According to the paper" in "According to the
    paper, he believes"); `source` are the words that name the source.
    """

    satellite: frozenset[int]
    nucleus: frozenset[int]
    source: tuple[int, ...]


@dataclass(frozen=True)
class Mention:
    """Words that name or stand for something: its cluster, its type ("person"), and their head."""

    cluster: str
    type: str
    first: int
    last: int
    head: int
    pronoun: bool


@dataclass
class Document:
    """A text rebuilt from its words, with what was annotated."""

    name: str
    text: str = ""
    words: list[Span] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def characters(self, words: frozenset[int]) -> set[int]:
        """The positions in the text that these words cover."""
        return {at for word in words for at in range(*self.words[word])}


def read(folder: Path, genre: str = "") -> list[Document]:
    """The documents of a genre (such as "news"), or of all, in order of name."""
    names = sorted(path.stem for path in (folder / "rst").glob(f"GUM_{genre}*.rs4"))
    return [_read(folder, name) for name in names]


def _read(folder: Path, name: str) -> Document:
    document = Document(name)
    _read_words(document, folder / "dep" / f"{name}.conllu")
    tree = Tree(ET.parse(folder / "rst" / f"{name}.rs4").getroot())
    if tree.size != len(document.words):
        raise ValueError(
            f"{name}: {tree.size} words in the tree, {len(document.words)} in the text"
        )
    document.attributions = tree.attributions()
    return document


class Tree:
    """A discourse tree: which words each node spans."""

    def __init__(self, root: ET.Element) -> None:
        self.parent: dict[str, tuple[str | None, str]] = {}
        self.unit: dict[str, range] = {}
        self.below: dict[str, list[str]] = {}
        multinuclear = {r.get("name") for r in root.iter("rel") if r.get("type") == "multinuc"}
        self.joined = multinuclear | {"span"}
        self.size = 0
        for node in (*root.iter("segment"), *root.iter("group")):
            name, above, relation = node.get("id", ""), node.get("parent"), node.get("relname", "")
            self.parent[name] = (above, relation)
            if above is not None:
                self.below.setdefault(above, []).append(name)
            if node.tag == "segment":
                count = len((node.text or "").split())
                self.unit[name] = range(self.size, self.size + count)
                self.size += count
        self.sources: dict[str, tuple[int, ...]] = {}
        for signal in root.iter("signal"):
            if signal.get("subtype") == "attribution_source":
                tokens = (signal.get("tokens") or "").split(",")
                found = tuple(int(t) - 1 for t in tokens if t)
                self.sources[signal.get("source", "")] = found

    def own(self, node: str) -> frozenset[int]:
        """The words of a node without those of its satellites."""
        words = set(self.unit.get(node, ()))
        for child in self.below.get(node, ()):
            if self.parent[child][1] in self.joined:
                words |= self.whole(child)
        return frozenset(words)

    def whole(self, node: str) -> frozenset[int]:
        """The words of a node with its satellites."""
        words = set(self.own(node))
        for child in self.below.get(node, ()):
            if self.parent[child][1] not in self.joined:
                words |= self.whole(child)
        return frozenset(words)

    def attributions(self) -> list[Attribution]:
        """Every attribution relation, in order of its satellite."""
        found = [
            Attribution(self.own(node), self.own(above), self.sources.get(node, ()))
            for node, (above, relation) in self.parent.items()
            if relation.startswith("attribution") and above is not None
        ]
        return sorted(found, key=lambda a: (min(a.satellite), min(a.nucleus)))


def _read_words(document: Document, path: Path) -> None:
    opened: list[tuple[str, str, int]] = []
    sentence = 0
    heads: dict[int, int] = {}
    text: list[str] = []
    length = 0
    space = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            space = "\n\n" if length else ""
        if not line or line.startswith("#"):
            sentence = len(document.words)
            continue
        number, form, _, tag, *rest = _columns(line)
        if not number.isdigit():
            continue
        word = len(document.words)
        text.append(space + form)
        length += len(space)
        document.words.append((length, length + len(form)))
        document.tags.append(tag)
        length += len(form)
        head = int(rest[0])
        heads[word] = sentence + head - 1 if head else word
        misc = rest[-1]
        space = "" if "SpaceAfter=No" in misc else " "
        _entities(document, misc, word, opened)
    document.text = "".join(text)
    document.mentions = [
        replace(m, head=_head(m, heads), pronoun=_is_pronoun(document, m))
        for m in sorted(document.mentions, key=lambda m: (m.first, -m.last))
    ]


def _columns(line: str) -> list[str]:
    """(id, form, lemma, tag, head, relation, misc) of a line."""
    number, form, lemma, _, tag, _, head, relation, _, misc = line.split("\t")
    return [number, form, lemma, tag, head, relation, misc]


def _entities(document: Document, misc: str, word: int, opened: list[tuple[str, str, int]]) -> None:
    value = next((v[7:] for v in misc.split("|") if v.startswith("Entity=")), "")
    for piece in re.findall(r"\([^()]*\)?|[^()]+\)", value):
        cluster, kind, *_ = [*piece.strip("()").split("-"), ""]
        if piece.startswith("("):
            opened.append((cluster, kind, word))
        if piece.endswith(")"):
            at = max((n for n, (c, _, _) in enumerate(opened) if c == cluster), default=None)
            if at is not None:
                _, kind, first = opened.pop(at)
                document.mentions.append(Mention(cluster, kind, first, word, word, pronoun=False))


def _head(mention: Mention, heads: dict[int, int]) -> int:
    inside = range(mention.first, mention.last + 1)
    return next((w for w in inside if heads[w] not in inside or heads[w] == w), mention.last)


def _is_pronoun(document: Document, mention: Mention) -> bool:
    tags = {document.tags[w] for w in range(mention.first, mention.last + 1)}
    return tags <= {"PRP", "PRP$", "DT", "WP", "WDT", "EX"}
