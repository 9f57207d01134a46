"""Templates made of facts: pairs of a true and a false sentence, and tables that match one thing with another."""

from collections.abc import Sequence
from random import Random

from quizbank.demo.questions.templates import Draft, Shelf, choice, cluster, several, short

Claim = tuple[str, str, str]
"""A true sentence, a false twin, and the mistake that leads to the twin."""

RIGHT_STEMS = (
    "Phát biểu nào sau đây đúng khi nói về {}?",
    "Nhận định nào dưới đây về {} là đúng?",
)
WRONG_STEMS = (
    "Phát biểu nào sau đây không đúng khi nói về {}?",
    "Nhận định nào dưới đây về {} là sai?",
)


def theory(shelf: Shelf, name: str, topic: str, level: str, about: str, claims: Sequence[Claim]) -> None:
    """Put four templates on the shelf: the right one, the wrong one, all that are right, and a cluster of four."""
    room = 4 * len(claims)

    def which_is_right(r: Random) -> Draft:
        rows = r.sample(list(claims), 4)
        wrongs = [(wrong, slip) for _, wrong, slip in rows[1:]]
        return choice(r, r.choice(RIGHT_STEMS).format(about), rows[0][0], wrongs, rows[0][0])

    def which_is_wrong(r: Random) -> Draft:
        rows = r.sample(list(claims), 4)
        right, wrong, slip = rows[0]
        others = [(text, "") for text, _, _ in rows[1:]]
        return choice(r, r.choice(WRONG_STEMS).format(about), wrong, others, f"{right} Nhầm lẫn ở đây: {slip}.")

    def which_are_right(r: Random) -> Draft:
        rows = [(claim, r.random() < 0.5) for claim in r.sample(list(claims), min(5, len(claims)))]
        options = [(claim[0] if holds else claim[1], holds) for claim, holds in rows]
        because = "\n\n".join(f"{right} (Nhầm lẫn: {slip}.)" for (right, _, slip), holds in rows if not holds)
        stem = f"Chọn tất cả các phát biểu đúng về {about}."
        return several(r, stem, options, f"Sửa lại các phát biểu sai:\n\n{because}")

    def true_or_false(r: Random) -> Draft:
        rows = [(claim, r.random() < 0.5) for claim in r.sample(list(claims), 4)]
        statements = [
            (right, True, "Phát biểu phù hợp với kiến thức đã học.") if holds else (wrong, False, f"{right} ({slip})")
            for (right, wrong, slip), holds in rows
        ]
        return cluster(f"Xét các phát biểu về {about}. Mỗi phát biểu sau đúng hay sai?", statements)

    shelf.put(f"{name}_right", topic, level, which_is_right, room)
    shelf.put(f"{name}_wrong", topic, level, which_is_wrong, room)
    shelf.put(f"{name}_all", topic, level, which_are_right, room)
    shelf.put(f"{name}_cluster", topic, level, true_or_false, room)


def matching(
    shelf: Shelf,
    name: str,
    topic: str,
    levels: tuple[str, str],
    rows: Sequence[tuple[str, str]],
    *,
    about: str,
    asks_right: str,
    asks_left: str,
    says: str,
    capital: bool = True,
) -> None:
    """Put four templates on the shelf for a table of pairs, each side of which is told by the other.

    Args:
        levels: of the direct questions, and of the multiple ones.
        rows: no value occurs twice on either side.
        asks_right: a stem with the left value in ``{}``; ``asks_left`` the other way round.
        capital: options begin with a capital letter; not so for symbols and words of a foreign language.
        says: a sentence with ``{0}`` left and ``{1}`` right; it explains, and tells what a wrong option really is.
    """
    table = list(rows)
    truth = dict(table)
    direct, multiple = levels
    head = _capital if capital else str
    room = 3 * len(table)

    def find_right(r: Random) -> Draft:
        picked = r.sample(table, 4)
        wrongs = [(head(right), _aside(says.format(left, right))) for left, right in picked[1:]]
        left, right = picked[0]
        return choice(r, asks_right.format(left), head(right), wrongs, says.format(left, right))

    def find_left(r: Random) -> Draft:
        picked = r.sample(table, 4)
        wrongs = [(head(left), _aside(says.format(left, right))) for left, right in picked[1:]]
        left, right = picked[0]
        return choice(r, asks_left.format(right), head(left), wrongs, says.format(left, right))

    def find_all(r: Random) -> Draft:
        shown = _mixed(r, table, min(5, len(table)))
        options = [(says.format(left, right), holds) for (left, right), holds in shown]
        because = "\n\n".join(says.format(left, truth[left]) for (left, _), _ in shown)
        return several(r, f"Chọn tất cả các câu đúng về {about}.", options, because)

    def true_or_false(r: Random) -> Draft:
        statements = [
            (says.format(left, right), holds, says.format(left, truth[left]))
            for (left, right), holds in _mixed(r, table, 4)
        ]
        return cluster(f"Về {about}, mỗi phát biểu sau đúng hay sai?", statements)

    shelf.put(f"{name}_forth", topic, direct, find_right, room)
    shelf.put(f"{name}_back", topic, direct, find_left, room)
    shelf.put(f"{name}_all", topic, multiple, find_all, room)
    shelf.put(f"{name}_cluster", topic, multiple, true_or_false, room)


def _mixed(r: Random, table: list[tuple[str, str]], count: int) -> list[tuple[tuple[str, str], bool]]:
    """``count`` rows, some of them given the right side of another row."""
    mixed = []
    for left, right in r.sample(table, count):
        holds = r.random() < 0.5
        shown = right if holds else r.choice([other for _, other in table if other != right])
        mixed.append(((left, shown), holds))
    return mixed


def years(shelf: Shelf, name: str, topic: str, level: str, rows: Sequence[tuple[str, int]], about: str) -> None:
    """Put on the shelf what a table of events and years can ask: the year, which was first, true or false."""
    table = list(rows)
    room = 4 * len(table)

    def which_year(r: Random) -> Draft:
        event, year = r.choice(table)
        others = sorted({other for _, other in table} - {year}, key=lambda other: (abs(other - year), other))[:6]
        happened = {other: what for what, other in table}
        wrongs = [(str(other), f"năm của sự kiện «{happened[other]}»") for other in r.sample(others, 3)]
        return choice(r, f"Sự kiện «{event}» diễn ra vào năm nào?", str(year), wrongs, f"{event}: năm {year}.")

    def write_year(r: Random) -> Draft:
        event, year = r.choice(table)
        stem = f"Sự kiện «{event}» diễn ra vào năm nào? (Ghi năm bằng chữ số.)"
        return short(stem, year, f"{event}: năm {year}.")

    def which_first(r: Random) -> Draft:
        picked = sorted(r.sample(table, 4), key=lambda row: row[1])
        if picked[0][1] == picked[1][1]:
            return None
        wrongs = [(event, f"diễn ra năm {year}, muộn hơn") for event, year in picked[1:]]
        stem = "Trong các sự kiện sau, sự kiện nào diễn ra sớm nhất?"
        return choice(r, stem, picked[0][0], wrongs, f"{picked[0][0]}: năm {picked[0][1]}.")

    def years_between(r: Random) -> Draft:
        (first, start), (second, end) = sorted(r.sample(table, 2), key=lambda row: row[1])
        stem = f"Sự kiện «{second}» diễn ra sau sự kiện «{first}» bao nhiêu năm (lấy hiệu của hai năm)?"
        because = f"Hai sự kiện diễn ra vào các năm {start} và {end}: ${end} - {start} = {end - start}$."
        return short(stem, end - start, because) if end > start else None

    def in_order(r: Random) -> Draft:
        statements = []
        for _ in range(4):
            (one, first), (two, second) = r.sample(table, 2)
            if first == second:
                return None
            why = f"{one}: năm {first}; {two}: năm {second}."
            statements.append((f"«{one}» diễn ra trước «{two}».", first < second, why))
        return cluster(f"Về trình tự thời gian của {about}, mỗi phát biểu sau đúng hay sai?", statements)

    shelf.put(f"{name}_year", topic, level, which_year, room)
    shelf.put(f"{name}_written", topic, level, write_year, room)
    shelf.put(f"{name}_first", topic, "hieu", which_first, 2 * room)
    shelf.put(f"{name}_between", topic, "van-dung", years_between, 2 * room)
    shelf.put(f"{name}_order", topic, "hieu", in_order, 2 * room)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _aside(sentence: str) -> str:
    return sentence.rstrip(".")
