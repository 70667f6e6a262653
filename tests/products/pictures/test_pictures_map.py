"""A map draws areas, and nothing where nobody knows the place."""

import itertools

import picture_factory as factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Entity, Location
from onrecord.products.pictures import basemap, map_of
from onrecord.products.pictures.placing import area_of, distance_km


def _places(picture):
    return {place["name"]: place["area"] for place in picture.data["places"]}


def test_a_town_is_a_circle_a_valley_a_country_a_ford_nothing():
    picture = map_of(factory.case())
    known = _places(picture)
    assert known["Lisk"] == {
        "precision": "city",
        "words": "city, Norway, known to about 10 km",
        "lon": 10.75,
        "lat": 59.91,
        "radius_km": 10.0,
        "country": "NO",
    }
    assert known["Red Valley"]["words"] == "somewhere in Norway"
    assert "lat" not in known["Red Valley"]
    assert known["Tanner's Ford"] == {
        "precision": "unknown",
        "words": "its position is not known",
    }


def test_what_names_no_place_is_counted():
    picture = map_of(factory.case())
    drawn = sum(len(place["entries"]) for place in picture.data["places"])
    assert picture.data["entries_without_a_place"] > 0
    assert drawn + picture.data["entries_without_a_place"] > picture.data["of"]


def _place(identifier, **known):
    return Entity(identifier, "Place", "Lisk", ((0, 4),), **known)


def test_reports_that_contradict_each_other_place_nothing():
    near, far = Location(59.9, 10.7, "city"), Location(63.4, 10.4, "city")
    assert area_of([_place("a", location=near), _place("b", location=far)]).kind == "none"
    assert area_of([_place("a", country="NO"), _place("b", country="SE")]).kind == "none"
    same = Location(59.95, 10.7, "city")
    assert area_of([_place("a", location=near), _place("b", location=same)]).kind == "circle"


def test_a_case_without_positions_says_that_no_map_is_drawn():
    picture = map_of(factory.product_factory.case())
    assert {area["precision"] for area in _places(picture).values()} == {"unknown"}
    texts = [
        m["encode"]["enter"]["text"]["value"] for m in picture.spec["marks"] if m["type"] == "text"
    ]
    assert any("no map is drawn" in text for text in texts)
    assert not [m for m in picture.spec["marks"] if m["type"] == "group"]


def test_the_base_map_is_whole():
    codes = [shape.code for shape in basemap.shapes()]
    assert len(set(codes)) > 230
    for shape in basemap.shapes():
        for polygon in shape.polygons:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
    assert basemap.country("") == basemap.country("QQ") == ()
    oslo = (10.75, 59.91)
    assert _inside(oslo, basemap.main_ring("NO"))
    assert not _inside(oslo, basemap.main_ring("SE"))


def _inside(point, ring):
    """By counting the borders to the east of a point."""
    x, y = point
    crossings = [
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for (x0, y0), (x1, y1) in itertools.pairwise(ring)
        if (y0 > y) != (y1 > y)
    ]
    return sum(crossing > x for crossing in crossings) % 2 == 1


@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(1, 300))
@settings(deadline=None)
def test_a_circle_lies_at_its_distance(longitude, latitude, radius):
    centre = Location(latitude, longitude, "city")
    for x, y in basemap.circle((longitude, latitude), radius):
        assert distance_km(centre, Location(y, x, "city")) == pytest.approx(radius, rel=1e-3)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=6))
@settings(deadline=None)
def test_every_point_is_on_the_map(points):
    extent = basemap.room_around(points)
    projection = basemap.Projection(extent, 10.0, 20.0, 600.0)
    for point in points:
        x, y = projection(point)
        assert 9.9 <= x <= 610.1
        assert 19.9 <= y <= 20.1 + projection.height
