"""Strangers get 403 or 404 on everything that is not theirs: every door of the product, every kind of visitor."""

from dataclasses import replace

import pytest
from werkzeug.routing import MapAdapter

from tests.house.doors import DOORS, DoorRow
from tests.house.world import VISITORS, World, world

__all__ = ["world"]

REFUSED = {302, 401, 403, 404}
SECRET = "Vì thế."
"""The explanation of every question of the world, which stands beside its key."""


def routes_of(world: World) -> set[tuple[str, str]]:
    return {
        (method, rule.endpoint)
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def route_of(adapter: MapAdapter, door: DoorRow, world: World) -> tuple[str, str]:
    endpoint, _values = adapter.match(door.address.format_map(world.facts).partition("?")[0], door.method)
    return door.method, endpoint


def test_every_door_of_the_product_is_in_the_table(world: World) -> None:
    adapter = world.app.url_map.bind("localhost")
    assert routes_of(world) - {route_of(adapter, door, world) for door in DOORS} == set()


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_each_visitor_is_answered_as_the_table_says(world: World, door: DoorRow) -> None:
    answers = {}
    for visitor in VISITORS:
        answers[visitor] = world.visit(visitor, door.method, door.address, door.body)
        if door.method != "GET" and answers[visitor] not in REFUSED:
            world.restore()
    assert answers == dict(zip(VISITORS, map(int, door.answers.split()), strict=True))


@pytest.mark.parametrize("door", [door for door in DOORS if "{" in door.address], ids=str)
def test_a_number_that_no_database_holds_names_nothing(world: World, door: DoorRow) -> None:
    absurd = {name: 10**30 if isinstance(fact, int) else fact for name, fact in world.facts.items()}
    assert replace(world, facts=absurd).visit("administrator", door.method, door.address, door.body) < 500
    world.restore()


@pytest.mark.parametrize("door", [door for door in DOORS if door.method == "GET"], ids=str)
def test_no_key_is_sent_to_those_who_do_not_teach(world: World, door: DoorRow) -> None:
    place = door.address.format_map(world.facts)
    for name in ("stranger", "student", "pupil"):
        assert SECRET not in world.browsers[name].get(place).text
