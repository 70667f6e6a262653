"""Citations: every span of a record, under the field it stands in."""

from onrecord.model import Count, Document, Entity, Record, Victim, as_json
from onrecord.store.citations import decode, encode, passages, spans


def test_spans_are_lists_of_two_numbers_and_nothing_else():
    value = {
        "mentions": [[0, 4], [6, 9]],
        "count": {"min": 1, "max": 2, "span": [3, 4]},
        "flags": [True, False],
        "location": {"lat": 1.5, "lon": 2.5},
        "ages": [1, 2, 3],
        "names": ["a", "b"],
    }
    assert dict(spans(value)) == {
        "/mentions/0": (0, 4),
        "/mentions/1": (6, 9),
        "/count/span": (3, 4),
    }


def test_a_passage_has_its_words_and_what_stands_around_them():
    text = "x" * 40 + "Ilka Varn" + "y" * 40
    record = Record(
        document=Document("sha256:aa", "a.txt", "text/plain"),
        text=text,
        entities=(Entity("e", "Person", "Ilka Varn", ((40, 49),)),),
    )
    (row,) = passages("sha256:aa", as_json(record), text)
    assert (row["field"], row["start"], row["end"]) == ("/entities/0/mentions/0", 40, 49)
    assert (row["exact"], row["prefix"], row["suffix"]) == (b"Ilka Varn", b"x" * 32, b"y" * 32)


def test_every_span_of_the_model_is_seen():
    victim = Victim("e", (1, 2), Count("two", (3, 4), 2, 2))
    assert dict(spans(as_json(victim))) == {"/span": (1, 2), "/count/span": (3, 4)}


def test_text_with_lone_surrogates_comes_back():
    text = "a\x00\ud800\U0001f600"
    assert decode(encode(text)) == text
