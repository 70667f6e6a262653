"""Columns in a file: as from the tables, of one state, whole, and for their owner alone."""

import stat

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.store import columns_file
from onrecord.store.arrays import UNKNOWN, Texts, stretches
from onrecord.store.columns import at_hand, keep, load
from onrecord.store.columns_load import arrays
from onrecord.store.facets import Choice, Facets


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("columns") / "case"
    with Case.create(folder) as case:
        case.add(sorted((FOLDER / "reports").iterdir())[:6])
        case.resolve()
        yield case


def files(folder):
    return sorted(folder.glob("case.columns-*"))


def test_what_is_mapped_is_what_the_tables_say(opened, tmp_path):
    with opened.browse() as state:
        whole = arrays(state.connection)
        file = columns_file.named(tmp_path, "a" * 64)
        columns_file.write(file, "a" * 64, whole)
        mapped = columns_file.read(file, "a" * 64)
        assert mapped is not None
        assert list(mapped) == list(whole)
        for name, numbers in whole.items():
            assert mapped[name].dtype == numbers.dtype, name
            assert np.array_equal(mapped[name], numbers), name


def test_a_case_whose_file_is_there_is_not_read(opened, tmp_path):
    with opened.browse() as state:
        assert at_hand(state.connection, tmp_path) == (None, False)
        assert keep(state.connection, tmp_path)
        (file,) = files(tmp_path)
        held, fresh = at_hand(state.connection, tmp_path)
        assert fresh
        assert held is not None
        read = Facets(state.connection, load(state.connection))
        mapped = Facets(state.connection, held)
        for what in ("claims", "acts", "passages"):
            for choice in (Choice(), Choice(kind="denial"), Choice(origins="1")):
                told = mapped.count(what, choice, None, "")
                assert told == read.count(what, choice, None, "")
                assert mapped.answer(choice, None).listed(what, 0, 50) == read.answer(
                    choice, None
                ).listed(what, 0, 50)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_of_another_state_or_with_a_byte_changed_is_left_alone(opened, tmp_path):
    state = "b" * 64
    with opened.browse() as browsed:
        file = columns_file.named(tmp_path, state)
        columns_file.write(file, state, arrays(browsed.connection))
    assert columns_file.read(file, state) is not None
    assert columns_file.read(file, state[:16] + "c" * 48) is None
    body = file.read_bytes()
    for place in (2, len(body) // 2, len(body) - 70):
        file.write_bytes(body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])
        assert columns_file.read(file, state) is None, place
    for size in (0, 100, len(body) - 64):
        file.write_bytes(body[:size])
        assert columns_file.read(file, state) is None, size
    file.unlink()
    assert columns_file.read(file, state) is None


def test_a_newer_state_takes_the_place_of_the_one_before(tmp_path):
    folder = tmp_path / "case"
    with Case.create(folder) as case:
        case.add(sorted((FOLDER / "reports").iterdir())[:2])
        case.resolve()
        with case.browse() as state:
            assert keep(state.connection, folder)
        (first,) = files(folder)
        case.add(sorted((FOLDER / "reports").iterdir())[2:3])
        case.resolve()
        with case.browse() as state:
            held, fresh = at_hand(state.connection, folder)
            assert not fresh
            assert keep(state.connection, folder)
            held, fresh = at_hand(state.connection, folder)
            assert fresh
            assert held.amount == load(state.connection).amount
        (second,) = files(folder)
        assert first != second
        assert case.verify().problems == ()


def test_a_folder_that_cannot_be_written_keeps_nothing(opened, tmp_path):
    with opened.browse() as state:
        assert not keep(state.connection, tmp_path / "nowhere")


@given(st.lists(st.text(max_size=6), unique=True, max_size=40), st.text(max_size=6))
def test_texts_are_found_where_they_stand(some, other):
    ordered = sorted(some)
    texts = Texts.of(ordered)
    assert list(texts) == ordered
    assert texts[1:3] == ordered[1:3]
    for place, text in enumerate(ordered):
        assert texts.place(text) == place
    assert (texts.place(other) == UNKNOWN) == (other not in some)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.data())
def test_stretches_are_what_lies_between(lengths, data):
    begins = np.concatenate(([0], np.cumsum(lengths)))
    chosen = data.draw(st.lists(st.integers(0, len(lengths) - 1), unique=True).map(sorted))
    expected = [n for at in chosen for n in range(begins[at], begins[at + 1])]
    assert stretches(begins, np.array(chosen, dtype=np.int64)).tolist() == expected
