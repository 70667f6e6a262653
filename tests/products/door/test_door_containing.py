"""Looking for all spellings in one look finds what looking for each by itself finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.products.door.containing import Containing
from onrecord.products.door.finding import Names
from onrecord.products.door.sounding import Sounds
from onrecord.products.door.spelling import Coded

_LETTERS = st.text("abc1", max_size=12)
_LONG = st.lists(st.sampled_from(["abc", "cab", "abcabcab", "b1", "ccc"]), max_size=120)


class Every:
    """As if each run stood in every text: each is then looked for by itself."""

    def __init__(self, runs):
        self._runs = set(runs)

    def held(self, letters):
        del letters
        return self._runs


@given(st.lists(_LETTERS, max_size=8), st.one_of(_LETTERS, _LONG.map("".join)), st.booleans())
def test_it_holds_what_stands_in_it(runs, text, many):
    # With many runs they are looked up together, with few each by itself.
    further = [f"zz{number}" for number in range(700)] if many else []
    assert Containing([*runs, *further]).held(text) == {run for run in runs if run and run in text}


_PEOPLE = [
    ("Sarela Vostrane", "Сарела Востране", "Sari"),
    ("Goran Besk",),
    ("Li An",),
    ("سارلا فوستران", "Tomas de Orlan Vostrane"),
    ("Mirah Tané", "M. T."),
]
_PIECES = [
    *("Sarela", "Vostrane", "SARELA VOSTRANE", "Vostrane, Sarela", "sarela.vostrane@gate.example"),
    *("Goran", "Besk", "goranbesk", "G. Besk", "Gorran Besk", "Li An", "LiAn", "li", "an", "liana"),
    *("Сарела", "Востране", "سارلا", "فوستران", "Myra Tanne", "Mira\nTane", "T&#225;n&eacute;"),
    *("Sar\u00adela", "%53arela", "\\u0053arela", "vos-trane", "the", "a nurse", "said", "of", "/"),
    *("interview-besk.txt", "Tomas", "Orlan", "\n", "  ", "é", "\ud800", "x" * 70),
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).flatmap(
    lambda pieces: st.sampled_from([" ", "", "\n", ", "]).map(lambda by: by.join(pieces))
)
_CODED = st.lists(st.sampled_from(_PEOPLE), min_size=1, max_size=5, unique=True).map(
    lambda people: tuple(Coded(f"Person K{n}", "Person", names) for n, names in enumerate(people))
)


@settings(max_examples=200)
@given(_CODED, _TEXTS)
def test_what_is_found_is_what_each_spelling_finds_by_itself(coded, text):
    names, slow = Names(coded), Names(coded)
    slow.__dict__["_letters"] = Every(variant.letters for variant in slow.variants)
    slow.__dict__["_lone"] = Every(part for part, _ in slow._parts)
    codes = {one.code for one in coded}
    assert names.find(text) == slow.find(text)
    assert names.names(text, 6) == slow.names(text, 6)
    for apart in (True, False):
        assert names.alone(text, codes, apart=apart) == slow.alone(text, codes, apart=apart)


class Attentive(Sounds):
    """Listens to every text."""

    def _may_stand(self, text):
        return True


@settings(max_examples=200)
@given(_CODED, _TEXTS)
def test_what_sounds_alike_is_heard_in_every_text(coded, text):
    assert list(Sounds(coded).find(text)) == list(Attentive(coded).find(text))
