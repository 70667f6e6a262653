"""GeoJSON as maps read it: RFC 7946, no point where nobody knows the place, each word cited."""

import itertools
import json
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "pictures"))

import picture_factory as factory

from onrecord.products.export.formats import find
from onrecord.products.export.source import Records


def _written(tmp_path, records):
    path = tmp_path / "case.geojson"
    told = []
    find("geojson").write(Records.of(records), path, told.append)
    assert told == [record.document.path for record in records]
    return json.loads(path.read_text(encoding="utf-8"))


def _by_place(collection):
    return {f["properties"].get("place"): f for f in collection["features"]}


def test_every_act_and_engagement_is_a_feature_that_cites_its_words(tmp_path):
    records = factory.case()
    made = _written(tmp_path, records)
    assert made["type"] == "FeatureCollection"
    ids = {f"{r.document.id}|{item.id}" for r in records for item in (*r.acts, *r.engagements)}
    assert {feature["id"] for feature in made["features"]} == ids
    texts = {record.document.id: record.text for record in records}
    for feature in made["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        told = feature["properties"]
        assert told["attribution"].startswith("publisher")
        for cited in told["citations"]:
            assert texts[cited["document"]][cited["start"] : cited["end"]] == cited["exact"]


def test_a_town_is_a_point_with_its_radius_a_country_its_shape_the_rest_nothing(tmp_path):
    found = _by_place(_written(tmp_path, factory.case()))
    town, valley, ford = found["Lisk"], found["Red Valley"], found["Tanner's Ford"]
    assert town["geometry"] == {"type": "Point", "coordinates": [10.75, 59.91]}
    assert town["properties"]["uncertainty_radius_m"] == 10_000
    assert valley["geometry"]["type"] == "MultiPolygon"
    assert valley["properties"]["precision"] == "country"
    assert ford["geometry"] is None
    assert found[None]["geometry"] is None


def test_polygons_are_closed_and_turn_as_the_standard_says(tmp_path):
    shape = _by_place(_written(tmp_path, factory.case()))["Red Valley"]["geometry"]
    for polygon in shape["coordinates"]:
        for number, ring in enumerate(polygon):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert (_area(ring) > 0) == (number == 0), "outer rings run counter-clockwise"
    assert len(json.dumps(shape)) < 60_000


def _area(ring):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring))


def test_a_year_that_is_not_known_gives_no_day(tmp_path):
    dates = ["XXXX-03-08", "2029-05", None]
    features = _written(tmp_path, [factory.dated(dates)])["features"]
    told = [feature["properties"] for feature in features]
    assert "first_day" not in told[0]
    assert told[0]["date_words"] == "8 March, year unknown"
    assert (told[1]["first_day"], told[1]["last_day"]) == ("2029-05-01", "2029-05-31")
    assert "date" not in told[2]


def test_an_empty_case_and_odd_characters_are_still_json(tmp_path):
    assert _written(tmp_path, [])["features"] == []
    record = factory.dated([None])
    words = "held person \ud800"
    text = record.text.replace("held person 0", words)
    document = replace(record.document, path="odd\ud800.txt")
    (feature,) = _written(tmp_path, [replace(record, text=text, document=document)])["features"]
    assert words in {cited["exact"] for cited in feature["properties"]["citations"]}
