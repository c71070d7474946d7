from __future__ import annotations

import dataclasses

from dragoman.analysis.incidents import Incident
from dragoman.model import Place
from dragoman.web.desk import Desk
from dragoman.web.ground import grid
from dragoman.web.locating import WIDTH, clusters_of, framed, labels_of, radius, spots_of

SEOUL = Place(text="Seoul", name="Seoul", country="KOR", lat=37.566, lon=126.978)
SUBURB = Place(text="Goyang", name="Goyang", country="KOR", lat=37.658, lon=126.832)
HANOI = Place(text="Hanoi", name="Hanoi", country="VNM", lat=21.028, lon=105.834)


def at(desk: Desk, *places: Place | None) -> list[Incident]:
    """The first incidents of the desk, at these places."""
    return [dataclasses.replace(each, place=place) for each, place in zip(desk.incidents, places, strict=False)]


def test_locating_spots_are_places_with_coordinates_most_first(desk: Desk) -> None:
    spots = spots_of(at(desk, HANOI, SEOUL, SEOUL, Place(text="Japan", name="Japan", country="JPN"), None))
    assert [(spot.name, spot.state, len(spot.found)) for spot in spots] == [
        ("Seoul", "South Korea", 2),
        ("Hanoi", "Vietnam", 1),
    ]


def test_locating_places_that_touch_are_one_circle_until_one_goes_closer(desk: Desk) -> None:
    spots = spots_of(at(desk, SEOUL, SEOUL, SUBURB, HANOI))
    wide = clusters_of(spots, framed(90, 10, 150, 50))
    close = clusters_of(spots, framed(126, 37, 128, 38.5))
    assert [[spot.name for spot in cluster.spots] for cluster in wide] == [["Seoul", "Goyang"], ["Hanoi"]]
    assert [[spot.name for spot in cluster.spots] for cluster in close] == [["Seoul"], ["Goyang"]]


def test_locating_area_of_a_circle_goes_with_its_number() -> None:
    assert radius(100, 100) == 2 * radius(25, 100)
    assert radius(1, 10_000) > 0


def test_locating_labels_hide_nothing_and_stay_inside() -> None:
    names = [
        ("Seoul", 100.0, 100.0, 10.0, False),
        ("Goyang", 102.0, 98.0, 10.0, True),
        ("X" * 400, 5.0, 5.0, 1.0, True),
    ]
    labels = labels_of(names, [(100.0, 100.0, 10.0)], 400)
    assert [label.text for label in labels] == ["Seoul", "Goyang"]
    assert labels[0].anchor != labels[1].anchor


def test_locating_grid_is_at_whole_degrees_and_few() -> None:
    lines = grid(framed(120, 30, 135, 45))
    words = [line.words for line in lines]
    assert "125° E" in words
    assert "35° N" in words
    assert len(lines) < 24
    assert all(0 <= line.x1 <= WIDTH for line in lines)
    assert {"180°", "165° W"} <= {line.words for line in grid(framed(150, -40, 230, 40))}
