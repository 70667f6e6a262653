"""The index of places: built once, whole or not at all."""

import sqlite3

import pytest

from onrecord.entities import gazetteer


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """An index of its own, built from three towns."""
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path))
    monkeypatch.setattr(gazetteer, "_rows", lambda: iter(ROWS))
    gazetteer.places_named.cache_clear()
    gazetteer._connection.cache_clear()
    yield tmp_path
    gazetteer.places_named.cache_clear()
    gazetteer._connection.cache_clear()


ROWS = [
    ("tharnok", "city", "NO", "Tharnok", True, 1.0, 2.0, 700),
    ("tharnok", "city", "CL", "Old Tharnok", False, 3.0, 4.0, 90_000),
    ("tharnok", "country", "XX", "Tharnok", True, 5.0, 6.0, 10),
]


def test_countries_come_first_then_own_names(own_cache):
    assert [place.country for place in gazetteer.places_named("the THARNOK")] == ["XX", "NO", "CL"]


def test_one_file_is_left_behind(own_cache):
    gazetteer.places_named("tharnok")
    assert [path.name for path in own_cache.iterdir()] == [gazetteer.index_path().name]


def test_a_build_that_fails_leaves_nothing(own_cache, monkeypatch):
    def broken():
        yield ROWS[0]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(gazetteer, "_rows", broken)
    with pytest.raises(OSError, match="No space"):
        gazetteer.places_named("tharnok")
    assert list(own_cache.iterdir()) == []


def test_the_index_cannot_be_written_through_a_reader(own_cache):
    gazetteer.places_named("tharnok")
    connection = gazetteer._connection(__import__("os").getpid())
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM place")


def test_countries_and_towns_of_the_real_index():
    assert gazetteer.places_named("Norway")[0].kind == "country"
    assert {place.country for place in gazetteer.places_named("Oslo")} == {"NO"}
    assert gazetteer.places_named("Tharnok") == ()
    assert gazetteer.demonyms()["norwegians"] == "NO"
