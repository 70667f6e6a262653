import random
import re

import numpy as np
import pyarrow as pa
import pytest

from onrecord.corroboration import shared_runs as sharing
from onrecord.corroboration.closer_look import CloserLook
from onrecord.corroboration.copies import find_copies, near_copies
from onrecord.corroboration.second_look import SecondLook
from onrecord.corroboration.shared_runs import shared_runs
from onrecord.corroboration.shingles import read_words
from onrecord.simulation.stream import simulate


@pytest.fixture(scope="module")
def world():
    """Reports of a simulated world, which are copies of each other, and the little changed ones."""
    texts, publishers, family, places, near = [], [], [], {}, {}
    for number, report in enumerate(simulate(60, 5)):
        document = report.truth["documents"][0]
        places[document["document"]] = number
        texts.append(report.text)
        publishers.append(report.record["document"].get("publisher"))
        made_from = places.get(document["copy_of"])
        family.append(number if made_from is None else family[made_from])
        if made_from is not None and document["changed"] <= 0.3:
            near[number] = made_from
    return texts, publishers, family, near


def test_how_many_pairs_are_held_at_once_changes_nothing(world, monkeypatch):
    texts, publishers, *_ = world
    at_once = list(find_copies(texts, publishers))
    monkeypatch.setattr(sharing, "_PAIRS_AT_ONCE", 500)
    assert sorted(find_copies(texts, publishers)) == sorted(at_once)
    assert at_once


def changed(text, share, draw, vocabulary):
    parts = re.split(r"(\w+)", text)
    places = range(1, len(parts), 2)
    for place in draw.sample(places, int(share * len(places))):
        parts[place] = draw.choice(vocabulary)
    return "".join(parts)


def joined(texts, publishers):
    group = list(range(len(texts)))
    for one, other, _ in find_copies(texts, publishers):
        old, new = group[other], group[one]
        group = [new if of == old else of for of in group]
    return group


def test_what_outlets_copied_in_a_world_is_found_and_nothing_else(world):
    texts, publishers, family, near = world
    group = joined(texts, publishers)
    missed = [copy for copy, made_from in near.items() if group[copy] != group[made_from]]
    assert len(missed) <= 0.01 * len(near)
    pairs = [(a, b) for b in range(len(texts)) for a in range(b) if group[a] == group[b]]
    wrong = [pair for pair in pairs if family[pair[0]] != family[pair[1]]]
    assert len(wrong) <= 0.01 * len(pairs)


@pytest.mark.parametrize("how", ["words", "order", "half", "more"])
def test_planted_copies_with_words_changed_are_found(world, how):
    texts, publishers, *_ = world
    draw = random.Random(3)
    vocabulary = sorted({w for text in texts for w in re.findall(r"\w+", text)})
    long = draw.sample([n for n, text in enumerate(texts) if len(text.split()) >= 90], 20)
    planted = []
    for number in long:
        sentences = re.split(r"(?<=[.!?])\s+|\n+", texts[number])
        if how == "order":
            draw.shuffle(sentences)
        if how == "half":
            sentences = sentences[: (len(sentences) + 1) // 2]
        copy = changed("\n".join(sentences), 0.3 if how == "words" else 0.2, draw, vocabulary)
        more = " ".join(f"stranger{draw.random()}" for _ in range(20)) if how == "more" else ""
        planted.append(f"{copy}\n{more}")
    group = joined([*texts, *planted], [*publishers, *[None] * len(planted)])
    found = [group[n] == group[len(texts) + place] for place, n in enumerate(long)]
    assert sum(found) >= 19


def test_a_title_and_a_date_alone_are_a_copy_of_the_text_they_head_and_half_of_them_are_not(world):
    texts, publishers, *_ = world
    headed = next(
        n for n, t in enumerate(texts) if 8 <= len(" ".join(t.split("\n\n")[:2]).split()) < 12
    )
    words = " ".join(texts[headed].split("\n\n")[:2]).split()
    strange = ["one", "other", "word", "after", "another", "stands", "here"]
    planted = [" ".join(words), " ".join([*words[:3], *strange])]
    group = joined([*texts, *planted], [*publishers, None, None])
    assert group[len(texts)] == group[headed]
    assert group[len(texts) + 1] not in group[: len(texts) + 1]


def test_what_the_copied_outlet_prints_over_everything_does_not_hide_a_title_and_a_date():
    draw = random.Random(1)
    titles = [" ".join(f"w{draw.randrange(300)}" for _ in range(4)) for _ in range(12)]
    over = "By a correspondent\nThe Lark Post, {} July 2016\n"
    texts = [
        f"{title}\n{over.format(day)}{' '.join(f'w{draw.randrange(300)}' for _ in range(60))}"
        for day, title in enumerate(titles, 1)
    ]
    lone = f"{titles[7].rsplit(' ', 1)[0]} strange\n{over.format(8)}"
    found = find_copies([*texts, lone], [*["The Lark"] * 12, "The Wren"])
    assert [(one, other) for one, other, _ in found] == [(7, 12)]


def test_a_text_without_a_copy_is_compared_with_all_even_where_many_share_its_words():
    words = [f"w{n}" for n in range(80)]
    half = [" ".join(words[:40] if n % 2 else words[40:]) for n in range(16)]
    texts = [" ".join(words), " ".join([*words[40:], *words[:40]]), *half, " ".join(words[4:])]
    runs, last = shared_runs(read_words(texts)), len(texts) - 1
    assert (1, last) not in set(runs.candidates())
    assert (1, last) in set(runs.further(np.arange(len(texts))))


def test_a_closer_look_hears_names_that_are_spelled_another_way():
    one = (
        "Mada Kwangu, spokesman for the Bibuku Constabulary, said no patrol was in Tidukumbe. "
        "The mill of Chabi Lunaye burned until noon, and the road to Genadu is closed."
    )
    other = (
        "Mada Kwangoo, spokesman for the Beebooku Constabulary, said no patrol was in Teedookumbe. "
        "The mill of Tchabi Loonaye burned until noon, and the road to Gennadoo is closed."
    )
    texts = [one, other]
    words = read_words(texts)
    look = SecondLook(words, [None, None])
    signs = look.signs(0, 1)
    close = CloserLook(texts, words, [None, None], look, [0, 1]).signs(0, 1, signs)
    assert signs.aligned < 0.85
    assert close.aligned > 0.95
    assert close.names == 1


def test_what_an_outlet_prints_under_everything_joins_nothing():
    foot = "\n\n" + " ".join(f"subscribe{n} to our letters" for n in range(30))
    draw = random.Random(1)
    words = [f"w{n}" for n in range(4000)]
    texts = [" ".join(draw.sample(words, 60)) + foot for _ in range(12)]
    assert list(find_copies(texts, ["The Lark"] * 12)) == []
    assert list(find_copies(texts[:1] * 2, ["The Lark"] * 2)) == [(0, 1, 1.0)]


@pytest.mark.parametrize("seed", [4, 5])
def test_what_joins_two_texts_does_not_join_two_families_of_copies(seed):
    draw = random.Random(seed)
    one = [f"w{n}" for n in range(120)]
    other = put_in(one, 0.45, draw, "other")
    texts = [
        " ".join(put_in(words, 0.05, draw, f"copy{n}of{words[0]}"))
        for words in (one, other)
        for n in range(4)
    ]
    assert len(set(joined([" ".join(one), " ".join(other)], [None] * 2))) == 1
    group = joined(texts, [None] * 8)
    assert [group.index(of) for of in group] == [0] * 4 + [4] * 4


def put_in(words, share, draw, strange):
    places = set(draw.sample(range(len(words)), int(share * len(words))))
    return [f"{strange}{n}" if n in places else word for n, word in enumerate(words)]


def test_the_table_does_not_depend_on_the_order_of_documents(world):
    texts, publishers, *_ = world
    rows = [
        {"key": f"d{n:04}", "text": text, "published": f"2031-01-{1 + n % 28:02}", "publisher": who}
        for n, (text, who) in enumerate(zip(texts, publishers, strict=True))
    ]
    first = near_copies(pa.Table.from_pylist(rows))
    random.Random(2).shuffle(rows)
    assert near_copies(pa.Table.from_pylist(rows)) == first
    assert first.num_rows > 0


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["a b"] * 3, ["\ud800", "\x00"]])
def test_short_and_strange_texts_pass(texts):
    rows = {"key": [str(n) for n in range(len(texts))], "published": [None] * len(texts)}
    schema = pa.schema({n: pa.string() for n in ("key", "published", "publisher")})
    table = pa.table({**rows, "publisher": [None] * len(texts)}, schema=schema)
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    assert near_copies(table.append_column("text", pa.array(texts, pa.string()))).num_rows == 0
