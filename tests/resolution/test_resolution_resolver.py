from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolution.judgements import Judgement, live
from onrecord.resolution.resolver import Clusters, Proposal, canonical_id, cluster

KEYS = tuple("abcdefgh")
pairs = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] != p[1])
proposals = st.lists(
    st.builds(lambda p, w: Proposal(*p, w), pairs, st.floats(-8, 8).map(lambda w: round(w, 3)))
)


@st.composite
def logs(draw: st.DrawFn) -> list[Judgement]:
    entries: list[Judgement] = []
    for seq in range(draw(st.integers(0, 12))):
        verdict = draw(st.sampled_from(["same", "different", "unsure", *["undo"] * bool(seq)]))
        if verdict == "undo":
            entries.append(Judgement(seq, "undo", undoes=draw(st.integers(0, seq - 1))))
        else:
            entries.append(Judgement(seq, verdict, *draw(pairs)))
    return entries


def same(seq: int, pair: str) -> Judgement:
    return Judgement(seq, "same", *pair)


def different(seq: int, pair: str) -> Judgement:
    return Judgement(seq, "different", *pair)


def undo(seq: int, undoes: int) -> Judgement:
    return Judgement(seq, "undo", undoes=undoes)


def groups(made: Clusters) -> set[str]:
    return {"".join(keys) for keys in made.members.values() if len(keys) > 1}


@given(proposals, logs())
def test_different_is_never_crossed(proposed, log):
    made = cluster(KEYS, proposed, log)
    held = {entry.pair: entry.verdict for entry in live(log)}
    for (one, other), verdict in held.items():
        if verdict == "different":
            assert not made.together(one, other)


@given(proposals, logs())
def test_same_joins_unless_it_would_cross_a_different(proposed, log):
    made = cluster(KEYS, proposed, log)
    held = {entry.pair: entry for entry in live(log)}
    refused = {entry.seq for entry in made.refused}
    for entry in held.values():
        if entry.verdict == "same":
            assert made.together(*entry.pair) != (entry.seq in refused)
    if "different" not in {entry.verdict for entry in held.values()}:
        assert not refused


@given(proposals, logs(), st.randoms())
def test_the_order_in_which_things_come_does_not_matter(proposed, log, chance: random.Random):
    made = cluster(KEYS, proposed, log)
    keys, mixed, entries = list(KEYS), list(proposed), list(log)
    for some in (keys, mixed, entries):
        chance.shuffle(some)
    swapped = [Proposal(p.right, p.left, p.weight) for p in mixed]
    assert cluster(keys, swapped, entries).canonical == made.canonical


@given(proposals, logs(), pairs, pairs)
def test_two_judgements_undone_in_either_order_leave_what_was(proposed, log, one, other):
    before = cluster(KEYS, proposed, log)
    first, second = Judgement(100, "same", *one), Judgement(101, "different", *other)
    for order in ((100, 101), (101, 100)):
        taken_back = [undo(102 + n, seq) for n, seq in enumerate(order)]
        assert cluster(KEYS, proposed, [*log, first, second, *taken_back]) == before


@given(proposals, logs())
def test_an_id_leads_to_its_cluster_and_names_one_only(proposed, log):
    made = cluster(KEYS, proposed, log)
    assert len(made.members) == len(set(made.members.values()))
    for canonical, keys in made.members.items():
        assert made.find(canonical) == keys
        assert all(made.find(key) == keys for key in keys)


def test_ids_stay_while_judgements_change():
    proposed = [Proposal("a", "b", 3), Proposal("c", "d", 3)]
    alone = cluster("abcd", proposed)
    merged = cluster("abcd", proposed, [same(1, "bd")])
    split = cluster("abcd", proposed, [different(1, "ab")])
    assert set(alone.members) == {canonical_id("a"), canonical_id("c")}
    assert set(merged.members) == {canonical_id("a")}
    assert split.canonical["a"] == alone.canonical["a"]
    assert split.canonical["c"] == alone.canonical["c"]
    assert merged.find(canonical_id("c")) == ("a", "b", "c", "d")


def test_an_undone_undo_brings_the_judgement_back():
    log = [same(1, "ab"), undo(2, 1), undo(3, 2)]
    assert groups(cluster("abc", judgements=log)) == {"ab"}
    assert groups(cluster("abc", judgements=log[:2])) == set()


def test_a_later_judgement_of_the_same_pair_holds():
    assert groups(cluster("ab", judgements=[different(1, "ab"), same(2, "ba")])) == {"ab"}
    assert groups(cluster("ab", judgements=[same(1, "ab"), different(2, "ba")])) == set()


def test_a_chain_that_would_cross_a_different_gives_up_its_oldest_word():
    made = cluster("abc", judgements=[same(1, "ab"), same(2, "bc"), different(3, "ac")])
    assert groups(made) == {"bc"}
    assert [entry.seq for entry in made.refused] == [1]


@pytest.mark.parametrize("extra", [(), (Proposal("c", "d", -2.0),)])
def test_one_weak_bridge_does_not_join_two_groups(extra):
    left = [Proposal(*pair, 6.0) for pair in ("ab", "ac", "bc")]
    right = [Proposal(*pair, 6.0) for pair in ("de", "df", "ef")]
    bridge = [Proposal("a", "d", 4.0), *extra]
    assert groups(cluster("abcdef", [*left, *right, *bridge])) == {"abc", "def"}


def test_unsure_keeps_the_machine_from_joining_but_not_a_person():
    proposed = [Proposal("a", "b", 5.0)]
    doubt = Judgement(1, "unsure", "a", "b")
    assert groups(cluster("abc", proposed, [doubt])) == set()
    assert groups(cluster("abc", proposed, [doubt, same(2, "ac"), same(3, "bc")])) == {"abc"}


def test_judgements_of_entities_no_longer_there_are_left_aside():
    assert cluster("ab", judgements=[same(1, "xa"), different(2, "xy")]).members
