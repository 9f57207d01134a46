import time
from pathlib import Path

import pytest

from quizbank.questions.formats.xml_source import (
    MAX_ATTRIBUTES,
    iterate_xml,
    line_of,
    local_name,
    namespace_of,
    parse_xml,
    source_of,
)
from repository.errors import Invalid


def refusal_of(data: bytes) -> Invalid:
    with pytest.raises(Invalid) as caught:
        parse_xml(data)
    return caught.value


def test_an_element_knows_its_name_namespace_and_line() -> None:
    root = parse_xml(b'<?xml version="1.0"?>\n<!-- head -->\n<q xmlns="urn:x">\n<a/>tail</q>')
    assert (local_name(root), namespace_of(root), line_of(root)) == ("q", "urn:x", 3)
    assert (line_of(root[0]), source_of(root[0])) == (4, '<a xmlns="urn:x"/>')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_any_common_encoding_is_read(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    root = parse_xml(f'<?xml version="1.0" encoding="{declared}"?>\n<a>é</a>'.encode(encoding))
    assert (root.text, line_of(root)) == ("é", 2)


def test_named_entities_of_html_become_their_characters() -> None:
    root = parse_xml(b"<a>1&nbsp;&ndash;&nbsp;2 &lt; 3 &amp;nbsp;</a>")
    assert root.text == "1\xa0–\xa02 < 3 &nbsp;"


def test_a_named_entity_is_read_wherever_the_pieces_are_cut() -> None:
    for padding in range(65_520, 65_545):
        assert (parse_xml(b"<a>" + b"x" * padding + b"&nbsp;</a>").text or "").endswith("x\xa0")


def test_a_document_type_without_entities_is_passed_over() -> None:
    head = b'<!DOCTYPE a SYSTEM "no.dtd" [\n<!-- don\'t -->\n<!ELEMENT a ANY>\n<!ATTLIST a b CDATA "]">\n]>\n'
    root = parse_xml(head + b"<a>x</a>")
    assert (root.text, len(root.attrib), line_of(root)) == ("x", 0, 6)


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        b'<!-- c --><!DOCTYPE a SYSTEM "x" [\n<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [\n<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
        b'<!DOCTYPE a [\n<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]><a/>',
    ],
)
def test_entities_of_ones_own_are_refused_with_their_line(data: bytes) -> None:
    assert refusal_of(data).facts["place"] == "line 2"


def test_an_entity_from_an_outside_definition_is_refused() -> None:
    assert "'x'" in str(refusal_of(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&x;</a>'))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"just words", 1),
        (b"<a>\n\n<b></a>", 3),
        (b"<a>\n\0</a>", 2),
        (b"<a>\n\n\xff</a>", 3),
        (b"<a/>\n<b/>", 2),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', 1),
        (b"<a>\xc3", 1),
        (b"<a>&nowhere;</a>", 1),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_line(data: bytes, line: int) -> None:
    assert refusal_of(data).facts["line"] == line


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 201 + b"</a>" * 201,
        b"<a>" * 100_000,
        b"<a>" + b"<b/>" * 500_001 + b"</a>",
        b"<a " + b" ".join(b'a%d=""' % number for number in range(MAX_ATTRIBUTES + 1)) + b"/>",
        b"<a " + b" ".join(b'attribute-%d="%s"' % (number, b"x" * 300) for number in range(600)) + b"/>",
        b"<a>" + b"x" * 11_000_000 + b"</a>",
        b"<a>" + b"x" * (64 << 20),
        b"<?a?>" * 300_000 + b"!",
        b"<!--a-->" * 300_000 + b"!",
        b"<!DOCTYPE a [" + b"<!--a-->" * 300_000 + b"!",
    ],
    ids=["deep", "very deep", "crowded", "attributes", "long attributes", "text", "size", "pis", "comments", "subset"],
)
def test_what_is_beyond_a_limit_is_refused_soon(data: bytes) -> None:
    begun = time.process_time()
    refusal_of(data)
    assert time.process_time() - begun < 10


def test_a_stream_gives_each_wanted_element_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "many.xml"
    path.write_text("<quiz>\n" + "<q><t>é&nbsp;</t><q>inner</q></q>\n" * 5_000 + "</quiz>", encoding="utf-8")
    found = [(line_of(element), "".join(map(str, element.itertext()))) for element in iterate_xml(path, "q")]
    assert found == [(line, "é\xa0inner") for line in range(2, 5_002)]


def test_a_stream_has_no_end_of_memory_and_stops_where_the_file_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "broken.xml"
    path.write_text("<quiz>\n" + "<q/>\n" * 600_000 + "<q></quiz>")
    seen = 0
    with pytest.raises(Invalid) as caught:
        for _ in iterate_xml(path, "q"):
            seen += 1
    assert (seen, caught.value.facts["line"]) == (600_000, 600_002)
