# ruff: noqa: E501
"""Toán 10 and 11: statistics and probability."""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from random import Random

from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    cluster,
    either,
    numbers,
    short,
)
from quizbank.demo.questions.writing import (
    comma,
    listed,
    maths,
    plain,
    tex,
)

SHELF = Shelf()

CENTRE = "toan.l10.thong-ke-xac-suat.cac-so-dac-trung-do-xu-the-trung-tam-mau-so-lieu-khong"
SPREAD = "toan.l10.thong-ke-xac-suat.cac-so-dac-trung-do-muc-do-phan-tan-mau-so-lieu-khong"
CHANCE = "toan.l10.thong-ke-xac-suat.xac-suat-cua-bien-co-cac-tinh-chat-co-ban"
GROUPED = "toan.l11.thong-ke-xac-suat.cac-so-dac-trung-do-xu-the-trung-tam-mau-so-lieu-ghep"
EVENTS = "toan.l11.thong-ke-xac-suat.bien-co-hop-bien-co-giao-bien-co-doc-lap-quy-tac-cong"


@SHELF.add(CENTRE, HIEU)
def median(r: Random) -> Draft:
    values = [r.randint(1, 30) for _ in range(r.choice((5, 6, 7, 8)))]
    ordered, n = sorted(values), len(values)
    key = Fraction(ordered[n // 2]) if n % 2 else Fraction(ordered[n // 2 - 1] + ordered[n // 2], 2)
    unsorted = Fraction(values[n // 2]) if n % 2 else Fraction(values[n // 2 - 1] + values[n // 2], 2)
    wrongs = [
        (unsorted, "quên sắp xếp dãy số"),
        (Fraction(sum(values), n), "nhầm với số trung bình"),
        (Fraction(ordered[0] + ordered[-1], 2), "lấy trung bình hai đầu"),
        (Fraction(ordered[n // 2 - 1]), "lấy sai vị trí"),
        (Fraction(ordered[-1] - ordered[0]), "nhầm với khoảng biến thiên"),
    ]
    return numbers(
        r,
        f"Trung vị của mẫu số liệu {listed(values)} là",
        key,
        wrongs,
        f"Sắp xếp: {listed(ordered)}; trung vị là {plain(key)}.",
        lambda v: plain(v, 2),
    )


@SHELF.add(CENTRE, VAN_DUNG)
def missing_value(r: Random) -> Draft:
    values = [r.randint(4, 30) for _ in range(4)]
    mean = r.choice([Fraction(n, 5) for n in range(5 * min(values), 5 * max(values))])
    key = 5 * mean - sum(values)
    if key <= 0 or key.denominator != 1:
        return None
    return short(
        f"Mẫu số liệu {listed(values)}; $x$ có số trung bình bằng {plain(mean)}. Giá trị của $x$ là bao nhiêu?",
        key,
        f"$x = 5\\cdot {comma(mean)} - {sum(values)} = {plain(key)}$.",
    )


@SHELF.add(SPREAD, HIEU)
def variance(r: Random) -> Draft:
    middle, gaps = r.randint(5, 30), r.sample(range(1, 9), 2)
    values = [middle - gaps[0], middle - gaps[1], middle, middle + gaps[0], middle + gaps[1]]
    r.shuffle(values)
    key = Fraction(2 * (gaps[0] ** 2 + gaps[1] ** 2), 5)
    wrongs = [
        (Fraction(2 * (gaps[0] ** 2 + gaps[1] ** 2), 4), "chia cho n - 1"),
        (Fraction(2 * (gaps[0] + gaps[1]), 5), "quên bình phương độ lệch"),
        (Fraction(2 * (gaps[0] ** 2 + gaps[1] ** 2)), "quên chia cho cỡ mẫu"),
        (Fraction(2 * max(gaps)), "nhầm với khoảng biến thiên"),
    ]
    return numbers(
        r,
        f"Phương sai của mẫu số liệu {listed(values)} là",
        key,
        wrongs,
        f"Số trung bình là {middle}; phương sai $s^2$ = {plain(key)}.",
    )


@SHELF.add(SPREAD, BIET)
def data_range(r: Random) -> Draft:
    values = [r.randint(1, 60) for _ in range(r.choice((6, 7, 8)))]
    ordered = sorted(values)
    wrongs = [
        (ordered[-1], "lấy giá trị lớn nhất"),
        (abs(values[-1] - values[0]), "lấy hiệu số cuối và số đầu"),
        (ordered[-1] + ordered[0], "cộng thay vì trừ"),
        (ordered[-2] - ordered[0], "bỏ sót giá trị lớn nhất"),
        (len(values), "lấy cỡ mẫu"),
    ]
    return numbers(
        r,
        f"Khoảng biến thiên của mẫu số liệu {listed(values)} là",
        ordered[-1] - ordered[0],
        wrongs,
        f"$R = {ordered[-1]} - {ordered[0]} = {ordered[-1] - ordered[0]}$.",
    )


@SHELF.add(CHANCE, BIET)
def two_dice(r: Random) -> Draft:
    target, kind = r.randint(3, 11), r.choice(("bằng", "lớn hơn", "nhỏ hơn"))
    rule: Callable[[int], bool] = {
        "bằng": lambda s: s == target,
        "lớn hơn": lambda s: s > target,
        "nhỏ hơn": lambda s: s < target,
    }[kind]
    hits = len([1 for a in range(1, 7) for b in range(1, 7) if rule(a + b)])
    key = Fraction(hits, 36)
    if hits == 0:
        return None
    wrongs = [
        (Fraction(len([s for s in range(2, 13) if rule(s)]), 11), "coi các tổng có khả năng như nhau"),
        (1 - key, "tính xác suất biến cố đối"),
        (Fraction(hits, 12), "đếm sai không gian mẫu"),
        (Fraction((hits + 1) // 2, 36), "không phân biệt hai xúc xắc"),
    ]
    return numbers(
        r,
        f"Gieo đồng thời hai con xúc xắc cân đối. Xác suất để tổng số chấm {kind} {target} là",
        key,
        wrongs,
        f"Có {hits} kết quả thuận lợi trong 36 kết quả.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(CHANCE, VAN_DUNG)
def at_least_one(r: Random) -> Draft:
    red, blue, k = r.randint(3, 8), r.randint(3, 8), r.choice((2, 3))
    key = 1 - Fraction(comb(blue, k), comb(red + blue, k))
    stem = f"Một hộp có {red} bi đỏ và {blue} bi xanh. Lấy ngẫu nhiên đồng thời {k} viên bi. Xác suất lấy được ít nhất một bi đỏ là bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)"
    return short(
        stem,
        key,
        f"Dùng biến cố đối: $1 - \\frac{{\\mathrm{{C}}_{{{blue}}}^{{{k}}}}}{{\\mathrm{{C}}_{{{red + blue}}}^{{{k}}}}} = {tex(key)} \\approx$ {plain(key, 2)}.",
        2,
    )


@SHELF.add(GROUPED, HIEU)
def grouped_mean(r: Random) -> Draft:
    start, width = r.choice((0, 10, 20, 40, 150)), r.choice((2, 5, 10))
    counts = [r.randint(2, 15) for _ in range(4)]
    middles = [start + width * place + Fraction(width, 2) for place in range(4)]
    whole = sum(counts)
    key = sum((count * middle for count, middle in zip(counts, middles, strict=True)), Fraction(0)) / whole
    rows = "; ".join(
        f"[{start + width * place}; {start + width * (place + 1)}): {count}" for place, count in enumerate(counts)
    )
    wrongs = [
        (key - Fraction(width, 2), "dùng đầu mút trái của nhóm"),
        (key + Fraction(width, 2), "dùng đầu mút phải của nhóm"),
        (sum(middles, Fraction(0)) / 4, "quên tần số"),
        (Fraction(whole, 4), "lấy trung bình các tần số"),
    ]
    return numbers(
        r,
        f"Mẫu số liệu ghép nhóm có tần số: {rows}. Số trung bình của mẫu số liệu xấp xỉ",
        key,
        wrongs,
        f"Dùng giá trị đại diện của mỗi nhóm, $\\overline{{x}} \\approx$ {plain(key, 2)}.",
        lambda v: plain(v, 2),
    )


@SHELF.add(EVENTS, HIEU)
def independent(r: Random) -> Draft:
    a, b = r.choice([Fraction(n, 20) for n in range(2, 19)]), r.choice([Fraction(n, 20) for n in range(2, 19)])
    statements = [
        either(
            r,
            "Xác suất cả hai người cùng bắn trúng là @.",
            plain(a * b),
            plain(a + b),
            f"$P(AB) = P(A)P(B)$ = {plain(a * b)}.",
        ),
        either(
            r,
            "Xác suất cả hai người cùng bắn trượt là @.",
            plain((1 - a) * (1 - b)),
            plain(1 - a * b),
            f"$P = (1-P(A))(1-P(B))$ = {plain((1 - a) * (1 - b))}.",
        ),
        either(
            r,
            "Xác suất có ít nhất một người bắn trúng là @.",
            plain(1 - (1 - a) * (1 - b)),
            plain(a * b / 2),
            f"Biến cố đối: {plain(1 - (1 - a) * (1 - b))}.",
        ),
        either(
            r,
            "Xác suất có đúng một người bắn trúng là @.",
            plain(a * (1 - b) + b * (1 - a)),
            plain(a * (1 - b)),
            f"$P$ = {plain(a * (1 - b) + b * (1 - a))}.",
        ),
    ]
    return cluster(
        f"Hai xạ thủ độc lập bắn vào một bia, mỗi người một viên, xác suất bắn trúng lần lượt là {plain(a)} và {plain(b)}. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(EVENTS, VAN_DUNG)
def union_rule(r: Random) -> Draft:
    both = r.choice([Fraction(n, 100) for n in range(5, 31)])
    a, b = both + Fraction(r.randint(5, 30), 100), both + Fraction(r.randint(5, 30), 100)
    return short(
        f"Một lớp có {plain(a * 100)}% học sinh giỏi Toán, {plain(b * 100)}% học sinh giỏi Ngữ văn và {plain(both * 100)}% học sinh giỏi cả hai môn. Chọn ngẫu nhiên một học sinh. Xác suất học sinh đó giỏi ít nhất một trong hai môn là bao nhiêu?",
        a + b - both,
        f"$P(A \\cup B) = P(A) + P(B) - P(AB)$ = {plain(a + b - both)}.",
    )


@SHELF.add(EVENTS, BIET)
def disjoint(r: Random) -> Draft:
    a, b = r.choice([Fraction(n, 20) for n in range(1, 10)]), r.choice([Fraction(n, 20) for n in range(1, 10)])
    wrongs = [
        (a * b, "dùng quy tắc nhân"),
        (abs(a - b), "trừ hai xác suất"),
        (a + b - a * b, "trừ thêm tích như với biến cố độc lập"),
        (1 - a - b, "tính biến cố đối"),
    ]
    return numbers(
        r,
        f"Cho $A$ và $B$ là hai biến cố xung khắc với $P(A) = {comma(a)}$, $P(B) = {comma(b)}$. Xác suất $P(A \\cup B)$ bằng",
        a + b,
        wrongs,
        f"$P(A \\cup B) = P(A) + P(B)$ = {plain(a + b)}.",
    )
