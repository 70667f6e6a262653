"""The parts of the simulation: grammar, spelling, numbers, dates, and when figures clash."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import vocabulary
from onrecord.dates import read_edtf
from onrecord.simulation.dating import as_date, when_words
from onrecord.simulation.grammar import Grammar
from onrecord.simulation.ledger import Figure, figures_clash
from onrecord.simulation.names import Habit, language_of
from onrecord.simulation.numbers import count_words
from onrecord.simulation.spelling import initials, slip
from onrecord.simulation.telling import Telling
from onrecord.simulation.writer import grammar


class Pen:
    """A writer that takes the first alternative and keeps what it is given."""

    def __init__(self, features):
        self.pieces, self._features, self.put = [], features, None
        self.put = self.pieces.append

    def have(self):
        return self._features

    def open(self, mark):
        self.put(f"<{mark}>")

    def close(self):
        self.put("</>")

    def skewed(self, rule, number):
        return 0

    def slot_who(self):
        self.put("soldiers")


def test_an_alternative_is_used_only_where_its_slots_can_be_filled():
    rules = {
        "top": ["{inner}", "it ended"],
        "inner": ["[a {who} {went}]"],
        "went": ["left", "fled"],
    }
    small = Grammar(rules, ("who",))
    for features, words in ((0, "it ended"), (small.bit("who"), "<a>soldiers left</>")):
        pen = Pen(features)
        small.expand("top", pen)
        assert "".join(getattr(p, "text", p) for p in pen.pieces) == words


def test_a_rule_that_cannot_be_used_says_so():
    with pytest.raises(LookupError, match="top"):
        Grammar({"top": ["{who}"]}, ("who",)).expand("top", Pen(0))


def test_every_slot_of_the_grammar_has_a_writer_and_every_mark_is_closed():
    rules = vocabulary.load("simulation_grammar")
    for name, alternatives in rules.items():
        for text in alternatives:
            assert text.count("[") == text.count("]"), (name, text)
            for slot in (part.split("}")[0] for part in text.split("{")[1:]):
                assert slot in rules or hasattr(Telling, f"slot_{slot}"), (name, slot)


def test_every_type_of_act_has_its_words():
    simulation, acts = vocabulary.load("simulation"), vocabulary.load("acts")
    for kind in {*simulation["types"], *simulation["side_types"].values()}:
        assert kind in acts
        assert {f"pp_{kind}", f"past_{kind}", f"noun_{kind}"} <= set(grammar().words)


def test_habits_spell_one_name_in_several_ways_and_names_stay_apart():
    tongues = vocabulary.load("simulation_names")
    name, rules = next(iter(tongues["languages"].items()))
    language = language_of(name, rules, Random(1), 2000)
    habits = [Habit(tongues["sounds"], Random(n)) for n in range(8)]
    families = language.family.names
    spelled = [{habit.spell(family) for habit in habits} for family in families]
    assert sum(len(forms) > 1 for forms in spelled) > 0.7 * len(families)
    assert len(set(families)) == len(families)


@given(st.text(max_size=30), st.integers(0, 10_000))
def test_a_slip_changes_one_letter_at_most(text, number):
    assert abs(len(slip(text, number)) - len(text)) <= 1


@given(st.text(min_size=1).filter(str.strip))
def test_initials_are_never_empty(name):
    assert initials(name)


@given(st.integers(1, 500), st.integers(0, 99), st.booleans())
def test_bounds_hold_the_number_that_was_meant(number, manner, digits):
    words, least, most = count_words(number, manner, digits=digits)
    assert words
    assert least == number
    assert most in (None, number)


@given(st.integers(0, 40_000), st.integers(0, 2_000), st.integers(), st.booleans(), st.booleans())
def test_dates_are_edtf_and_hold_the_day(day, back, seed, dated, near):
    draw = Random(seed).random
    words, edtf = when_words(day, day + back, draw, dated=dated, near=near)
    assert words
    assert read_edtf(edtf) is not None
    assert (
        as_date(day).isoformat().endswith(edtf.removeprefix("XXXX"))
        or edtf == str(as_date(day))[:7]
    )


def test_a_weekday_is_said_only_of_the_week_before():
    for seed in range(300):
        words, _ = when_words(
            (date(2019, 5, 6) - date(1970, 1, 1)).days,
            (date(2019, 5, 20) - date(1970, 1, 1)).days,
            Random(seed).random,
            dated=True,
            near=True,
        )
        assert "day" not in words.replace("days", "")


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (Figure(4, 4, 10, "a"), Figure(7, 7, 10, "b"), True),
        (Figure(4, None, 10, "a"), Figure(7, 7, 10, "b"), False),
        (Figure(4, 4, 10, "a"), Figure(7, 7, 13, "b"), False),
        (Figure(4, 4, 13, "a"), Figure(7, 7, 10, "b"), True),
        (Figure(4, 4, 10, "a"), Figure(4, 4, 20, "b"), False),
    ],
    ids=["same day", "at least", "an update", "lower and later", "the same"],
)
def test_figures_clash_where_they_cannot_both_hold_and_are_no_update(one, other, clash):
    assert figures_clash(one, other) is clash
    assert figures_clash(other, one) is clash
