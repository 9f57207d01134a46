"""The columns of the bank: filters, counts and pages held to plain loops over the same rows."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.shelf import (
    CURRENT,
    PUBLISHED,
    SMALL_FACETS,
    SORTS,
    UNKNOWN,
    Key,
    Names,
    Shelf,
    ShelfRow,
    joined,
    key_from,
    shelf_of,
)

TOPICS = ("-", "toan.l12", "toan.l12.a", "toan.l12.ab", "toan.l12.a.b", "vat-li.l12.a")
small = st.tuples(*[st.sampled_from(("x", "y", "-"))] * len(SMALL_FACETS))
row_parts = st.tuples(
    st.sampled_from((CURRENT, PUBLISHED, CURRENT | PUBLISHED)),
    *[st.integers(0, 3)] * 3,
    st.integers(UNKNOWN, 3),
    st.sampled_from(TOPICS),
    st.sampled_from(("-", "7", "8")),
    small,
)
rows = st.lists(row_parts, max_size=25).map(
    lambda some: [ShelfRow(number, 100 + number, *parts) for number, parts in enumerate(some, start=1)]
)


def everything(shelf: Shelf) -> np.ndarray:
    return np.ones(len(shelf), np.bool_)


@given(rows, st.data())
def test_counts_are_those_of_a_plain_count(some: list[ShelfRow], data: st.DataObject) -> None:
    shelf = shelf_of(some)
    mask = np.array([data.draw(st.booleans()) for _ in some], np.bool_)
    chosen = [row for row, is_in in zip(some, mask, strict=True) if is_in]
    counts = shelf.counts(mask)
    assert counts["topic"] == Counter(row.topic for row in chosen)
    assert counts["import"] == Counter(row.imported for row in chosen)
    for place, name in enumerate(SMALL_FACETS):
        assert counts[name] == Counter(row.small[place] for row in chosen) == shelf.count(name, mask)


@given(rows)
def test_filters_are_those_of_a_plain_look(some: list[ShelfRow]) -> None:
    shelf = shelf_of(some)
    for place, name in enumerate(SMALL_FACETS):
        assert shelf.equals(name, "x").tolist() == [row.small[place] == "x" for row in some]
        assert not shelf.equals(name, "never heard of").any()
    assert shelf.equals("import", "7").tolist() == [row.imported == "7" for row in some]
    below = [row.topic == "toan.l12.a" or row.topic.startswith("toan.l12.a.") for row in some]
    assert shelf.within("topic", "toan.l12.a").tolist() == below
    assert shelf.among([101, 103]).tolist() == [row.version_id in (101, 103) for row in some]


@given(rows, st.sampled_from(list(SORTS)), st.integers(1, 6))
def test_pages_show_every_question_once_and_in_order(some: list[ShelfRow], sort: str, limit: int) -> None:
    shelf, order = shelf_of(some), SORTS[sort]
    seen: list[ShelfRow] = []
    after: Key | None = None
    for _ in range(len(some) + 1):
        page = shelf.page(everything(shelf), order, after, limit)
        seen += [some[place] for place in page]
        if len(page) < limit:
            break
        after = key_from(str(shelf.key_of(page[-1], order)))
    assert seen == sorted(some, key=lambda row: plain_key(row, sort))


def plain_key(row: ShelfRow, sort: str) -> tuple[bool, int, int]:
    if sort in ("newest", "oldest"):
        return (False, 0, row.question_id if sort == "oldest" else -row.question_id)
    value = {"changed": row.changed_at, "used": row.uses}.get(sort, row.wrong)
    is_unknown = value == UNKNOWN
    return (is_unknown, 0 if is_unknown else value if sort == "easiest" else -value, -row.question_id)


@given(rows, rows, st.sets(st.integers(1, 30)))
def test_changed_rows_stand_where_they_would_have_stood(
    old: list[ShelfRow], new: list[ShelfRow], gone: set[int]
) -> None:
    changed = {row.question_id for row in new} | gone
    kept = [row for row in old if row.question_id not in changed]
    right = shelf_of(sorted((*kept, *new), key=lambda row: row.question_id))
    found = shelf_of(old).with_rows(new, changed)
    assert found.questions.tolist() == right.questions.tolist()
    assert found.versions.tolist() == right.versions.tolist()
    assert found.counts(everything(found)) == right.counts(everything(right))
    assert found.equals("level", "x").tolist() == right.equals("level", "x").tolist()


@given(rows, st.integers(0, 25))
def test_shelves_read_in_pieces_are_one(some: list[ShelfRow], cut: int) -> None:
    names = Names()
    pieces = joined([shelf_of(some[:cut], names), shelf_of(some[cut:], names)], names)
    whole = shelf_of(some)
    assert pieces.questions.tolist() == whole.questions.tolist()
    assert pieces.counts(everything(pieces)) == whole.counts(everything(whole))


def test_an_old_shelf_stays_as_it_was() -> None:
    row = ShelfRow(1, 101, CURRENT, 0, 0, 0, UNKNOWN, "-", "-", ("x",) * len(SMALL_FACETS))
    old = shelf_of([row])
    new = old.with_rows([row._replace(version_id=102, small=("y",) * len(SMALL_FACETS))], [1])
    assert (old.counts(everything(old))["level"], new.counts(everything(new))["level"]) == ({"x": 1}, {"y": 1})
    assert not old.equals("level", "y").any()


class SlowList(list[str]):
    def append(self, one: str, /) -> None:
        super().append(one)
        sleep(0.005)


def test_threads_that_count_at_once_number_a_value_once() -> None:
    values = [str(number) for number in range(8)]
    shelf = shelf_of(
        ShelfRow(number, number, CURRENT, 0, 0, 0, UNKNOWN, "-", "-", (value,) * len(SMALL_FACETS))
        for number, value in enumerate(values, start=1)
    )
    shelf.names.parts["level"].names = SlowList()
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: shelf.count("level", everything(shelf)), range(4)))
    assert counts == [dict.fromkeys(values, 1)] * 4
    assert shelf.names.parts["level"].names == values


def test_what_is_no_key_is_no_key() -> None:
    for text in (None, "", "x", "1_x", "_", "1_", "9" * 40, f"{'9' * 40}_1"):
        assert key_from(text) is None, text
    assert key_from("12") == Key(0, 12)
    assert key_from("-1_12") == Key(-1, 12)
