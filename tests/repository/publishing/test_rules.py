import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from repository.errors import Invalid
from repository.publishing.harvest import xml
from repository.publishing.rules import (
    NOT_XML,
    absolute_metadata,
    canonical_json,
    check_sets,
    dublin_core_of,
    payload_sha256,
    xml_text,
)
from tests.repository.publishing.builders import a_content

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def test_a_record_has_the_mandatory_elements() -> None:
    core = dublin_core_of(a_content())
    assert {"title", "creator", "date", "description", "publisher", "identifier"} <= core.keys()
    assert core["date"] == ["2026-09-01"]


@pytest.mark.parametrize("name", ["title", "description", "publisher", "path"])
def test_a_missing_mandatory_element_is_named(name: str) -> None:
    empty: dict[str, Any] = {name: " \x00 "}
    with pytest.raises(Invalid) as refusal:
        dublin_core_of(a_content(**empty))
    assert list(refusal.value.facts["fields"]) == ["identifier" if name == "path" else name]


def test_a_record_without_creators_is_refused() -> None:
    with pytest.raises(Invalid):
        dublin_core_of(a_content(creators=()))


def test_empty_elements_are_left_out() -> None:
    assert "coverage" not in dublin_core_of(a_content(coverage=("",)))


def test_addresses_become_absolute_on_the_way_out() -> None:
    core = absolute_metadata(dublin_core_of(a_content()), "https://hoclieu.example")
    assert core["identifier"] == ["https://hoclieu.example/lectures/1"]


def test_a_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert payload_sha256({"a": ["1"], "b": []}, {}, ()) == payload_sha256({"b": [], "a": ["1"]}, {}, ())
    assert canonical_json({"b": 1, "a": "ộ"}) == '{"a":"ộ","b":1}'


@pytest.mark.parametrize("spec", ["", "a b", "môn", "a::b", ":a"])
def test_a_set_that_harvesters_cannot_read_is_refused(spec: str) -> None:
    with pytest.raises(ValueError, match="set spec"):
        check_sets([spec])


@given(st.text())
def test_any_text_becomes_well_formed_xml(text: str) -> None:
    shown = xml.RecordToShow("oai:x:1", NOW, ("a",), {"title": [text], "description": [xml_text(text)]})
    document = xml.answer(xml.record(shown), base_url="http://x/oai", arguments={"set": text}, now=NOW)
    root = etree.fromstring(document.encode())
    title = root.findtext(".//{http://purl.org/dc/elements/1.1/}title")
    as_parsed = NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    assert (title or "") == as_parsed
