"""The best of many, a page at a time. A page is continued by a key: the rank and the number of its last hit."""

import numpy as np
from numpy.typing import NDArray

from repository.errors import Invalid
from repository.search.embedded.lists import Docs

Ranks = NDArray[np.float32] | NDArray[np.float64]


def page_of(
    docs: Docs, ranks: Ranks, idents: NDArray[np.int64], limit: int, after: str | None
) -> tuple[list[int], str | None]:
    """Which ``limit`` of ``docs`` come next after a key, best first, and the key of the page that follows.

    Args:
        docs: the documents found.
        ranks: of each of them; higher first.
        idents: of all documents of the index; they settle ties.
        limit: how many.
        after: a key, or None for the first page.

    Returns:
        Places in ``docs``.
    """
    if not limit:
        return [], None
    left = None
    if after is not None:
        rank, ident = parse_key(after)
        last = ranks.dtype.type(rank)
        left = ((ranks < last) | ((ranks == last) & (idents.take(docs) > ident))).nonzero()[0]
    chosen = best_of(left, docs, ranks, idents, limit + 1)
    page = chosen[:limit].tolist()
    key = f"{float(ranks[page[-1]])!r}~{int(idents[docs[page[-1]]])}" if len(chosen) > limit else None
    return page, key


def best_of(
    left: NDArray[np.intp] | None, docs: Docs, ranks: Ranks, idents: NDArray[np.int64], wanted: int
) -> NDArray[np.intp]:
    """The best ``wanted`` of the places ``left`` (None: of all), ties by ident, without sorting what is not wanted."""
    amount = len(docs) if left is None else len(left)
    if amount > 4 * wanted:
        own = ranks if left is None else ranks[left]
        bar = np.partition(own, amount - wanted)[amount - wanted]
        above = (own >= bar).nonzero()[0]
        left = above if left is None else left[above]
    elif left is None:
        left = np.arange(amount)
    return left[np.lexsort((idents[docs[left]], -ranks[left]))][:wanted]


def parse_key(key: str) -> tuple[float, int]:
    try:
        rank, ident = key.split("~")
        return float(rank), int(ident)
    except ValueError:
        raise Invalid("Địa chỉ trang kết quả không đúng.", after=key) from None
