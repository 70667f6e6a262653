"""Claims of sentences of our own, about people and places that do not exist."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.claims import find_claims
from onrecord.entities import find_entities
from onrecord.model import Claim, Entity
from onrecord.passages.head import Head
from onrecord.passages.parse import parse
from onrecord.passages.parse import parser as load_parser


@dataclass
class Reading:
    """What a text yields, looked at by its words."""

    text: str
    claims: tuple[Claim, ...]
    entities: dict[str, Entity]

    def words(self, span: tuple[int, int] | None) -> str | None:
        return None if span is None else self.text[slice(*span)]

    def content(self, claim: Claim) -> list[str]:
        return [self.text[a:b] for a, b in claim.content]

    def source(self, claim: Claim) -> str | None:
        return next((self.words(a.span) for a in claim.attribution if a.level == "speaker"), None)

    def named(self, claim: Claim) -> str | None:
        link = next((a for a in claim.attribution if a.level == "speaker"), None)
        return self.entities[link.entity].name if link and link.entity else None

    def saying(self, words: str) -> Claim:
        return next(c for c in self.claims if words in self.text[slice(*c.content[0])])


def read(text: str, head: Head | None = None) -> Reading:
    parsed = parse(text)
    assert parsed.doc is not None, "the sentence was not taken for English"
    book = find_entities(parsed, "sha256:test")
    claims = find_claims(parsed, book, head or Head())
    return Reading(text, claims, {e.id: e for e in book})


CONSTRUCTIONS = [
    (
        "The governor said that the bridge would reopen in March.",
        ("The governor", "said", ["that the bridge would reopen in March"]),
    ),
    (
        "“We saw the trucks leave at night,” Marta Quill said.",
        ("Marta Quill", "said", ["We saw the trucks leave at night"]),
    ),
    (
        "Oren Vash said, “The well was never ours to sell.”",
        ("Oren Vash", "said", ["The well was never ours to sell."]),
    ),
    (
        "“They came at dawn,” said the teacher, Ilse Bram.",
        ("the teacher, Ilse Bram", "said", ["They came at dawn"]),
    ),
    (
        "“They took him,” his mother said. “He was only fifteen.”",
        ("his mother", "said", ["They took him", "He was only fifteen."]),
    ),
    (
        "According to the harbour union, nine dockers were detained in Tarrow.",
        ("the harbour union", "According to", ["nine dockers were detained in Tarrow"]),
    ),
    (
        "Nine dockers were detained in Tarrow, according to the harbour union.",
        ("the harbour union", "according to", ["Nine dockers were detained in Tarrow"]),
    ),
    (
        "The committee accused the Lorn Guard of burning the village of Esk.",
        ("The committee", "accused", ["the Lorn Guard of burning the village of Esk"]),
    ),
    (
        "Ilse Bram urged the parliament to open the archives.",
        ("Ilse Bram", "urged", ["the parliament to open the archives"]),
    ),
    (
        "Mr. Vash denied that his men had fired on the crowd.",
        ("Mr. Vash", "denied", ["that his men had fired on the crowd"]),
    ),
    (
        "The bishop condemned the shelling of Esk.",
        ("The bishop", "condemned", ["the shelling of Esk"]),
    ),
    (
        "What is worse, she noted, is the silence of the courts.",
        ("she", "noted", ["What is worse", "is the silence of the courts"]),
    ),
    (
        "Ilse Bram demanded an inquiry into the deaths at Esk.",
        ("Ilse Bram", "demanded", ["an inquiry into the deaths at Esk"]),
    ),
    (
        "The general was accused of ordering the raid on Esk.",
        (None, "was accused", ["The general", "of ordering the raid on Esk"]),
    ),
    (
        "As the mayor noted, the road has been closed since May.",
        ("the mayor", "noted", ["the road has been closed since May"]),
    ),
    (
        "Bram left the hall, warning that the talks would fail.",
        ("Bram", "warning", ["that the talks would fail"]),
    ),
    (
        "The guard destroyed homes that local monitors have described as protected.",
        ("local monitors", "have described", ["as protected"]),
    ),
    (
        "Vash: we never fired on the crowd\n\nThe governor denied that his men had fired.",
        ("Vash", ":", ["we never fired on the crowd"]),
    ),
    (
        "The talks seem to have failed.",
        (None, "seem", ["The talks", "to have failed"]),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONSTRUCTIONS, ids=[t for t, _ in CONSTRUCTIONS])
def test_source_cue_and_content_by_construction(
    text: str, expected: tuple[str | None, str, list[str]]
) -> None:
    reading = read(text)
    found = [(reading.source(c), reading.words(c.cue), reading.content(c)) for c in reading.claims]
    assert expected in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The ministry said that the bridge was open.", "statement"),
        ("The miners said that soldiers had tortured two men in Esk.", "allegation"),
        ("The committee accused the Lorn Guard of taking the grain.", "allegation"),
        ("Ilse Bram urged the parliament to open the archives.", "demand"),
        ("Bram stressed that the government must open the archives.", "demand"),
        ("Mr. Vash denied that his men had fired on the crowd.", "denial"),
        ("The Lorn Guard said it had no role in the raid on Esk.", "denial"),
        ("Mr. Vash admitted that the list had been burned.", "admission"),
        ("The commission found that the guard had killed six prisoners.", "finding"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [c.kind for c in read(text).claims][:1] == [kind]


def test_a_quotation_without_a_cue_continues_the_last_speaker() -> None:
    reading = read(
        "Ilse Bram urged the parliament to open the archives. "
        "“The families have waited for nine years. They will not wait for ten.”"
    )
    claim = reading.saying("The families")
    assert claim.cue is None
    assert reading.named(claim) == "Ilse Bram"
    assert claim.attribution[0].span is None, "no words name the speaker there"


def test_a_claim_within_a_claim_knows_its_parent() -> None:
    reading = read(
        "According to Ilse Bram, the ministry is responsible for the raids and for policies "
        "that local monitors have described as collective punishment."
    )
    outer = reading.saying("the ministry is")
    inner = next(c for c in reading.claims if reading.words(c.cue) == "have described")
    assert inner.parent == outer.id
    assert outer.parent is None
    assert reading.source(inner) == "local monitors"


def test_hedges_are_kept_and_make_a_claim_hedged() -> None:
    reading = read("The bishop said that the mayor had allegedly sold the well.")
    (claim,) = [c for c in reading.claims if reading.words(c.cue) == "said"]
    assert [reading.words(h) for h in claim.hedges] == ["allegedly"]
    assert claim.modality == "hedged"


def test_modality_and_polarity() -> None:
    assert read("The governor said that the bridge will reopen.").claims[0].modality == "future"
    assert read("The governor said that the bridge was open.").claims[0].modality == "asserted"
    assert read("The governor said that nobody was not paid.").claims[0].polarity == "negated"
    assert read("The governor said that the bridge was open.").claims[0].polarity == "affirmed"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“We saw the trucks leave at night,” Marta Quill said.", "direct"),
        ("Marta Quill said that the trucks “left without a word at night.”", "mixed"),
        ("Marta Quill said that the “trucks” left at night.", "indirect"),
        ("Marta Quill said that the trucks left at night.", "indirect"),
    ],
)
def test_quotes(text: str, quote: str) -> None:
    assert [c.quote for c in read(text).claims] == [quote]


def test_the_channel_is_kept_and_lent_to_the_same_speaker_alone() -> None:
    text = (
        "In a statement on Sunday, Ilse Bram said that the list was burned. "
        "Bram added that two guards had left. Oren Vash said that the list never existed."
    )
    start = text.index("a statement")
    reading = read(text, Head(channel=(start, start + len("a statement on Sunday"))))
    by_words = {
        words: [
            reading.words(a.span) for a in reading.saying(words).attribution if a.level == "channel"
        ]
        for words in ("list was burned", "two guards", "never existed")
    }
    assert by_words["list was burned"] == ["a statement on Sunday"]
    assert by_words["never existed"] == []


def test_the_publisher_closes_the_chain() -> None:
    text = "The governor said that the bridge was open. (ESK WIRE)"
    at = text.index("ESK WIRE")
    reading = read(text, Head(publisher=(at, at + 8)))
    assert [a.level for a in reading.claims[0].attribution] == ["speaker", "publisher"]
    assert reading.words(reading.claims[0].attribution[-1].span) == "ESK WIRE"


def test_the_same_text_gives_the_same_claims() -> None:
    text = " ".join(t for t, _ in CONSTRUCTIONS)
    assert read(text).claims == read(text).claims
    assert len({c.id for c in read(text).claims}) == len(read(text).claims)


_NOISE = """the guard said that “ ” " '' ‘ ’ according to Bram denied accused of killing , . : ?
it he claim demanded called on not seems \u202e 😀 \x00 \ud800 م فوج I we — )"""
_WORDS = st.sampled_from([*_NOISE.split(), "\n\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_yields_spans_inside_it(noise: str) -> None:
    load_parser()
    text = "The guard said that the bridge was open and that the road was closed. " + noise
    parsed = parse(text)
    book = find_entities(parsed, "sha256:test")
    claims = find_claims(parsed, book, Head())
    spans = [s for c in claims for s in (*c.content, *c.hedges, *([c.cue] if c.cue else []))]
    spans += [a.span for c in claims for a in c.attribution if a.span]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(claims) == sorted(claims, key=lambda c: (c.content, c.id))
    assert len({c.id for c in claims}) == len(claims)
    known = {c.id for c in claims}
    assert all(c.parent is None or c.parent in known for c in claims)
