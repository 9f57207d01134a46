# ruff: noqa: E501
"""Toán 12: grouped data and conditional probability."""

from fractions import Fraction
from math import isqrt
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
from quizbank.demo.questions.writing import comma, maths, plain, tex

SHELF = Shelf()

SPREAD = "toan.l12.thong-ke-xac-suat.cac-so-dac-trung-do-muc-do-phan-tan-mau-so-lieu-ghep"
CONDITIONAL = "toan.l12.thong-ke-xac-suat.xac-suat-co-dieu-kien"
BAYES = "toan.l12.thong-ke-xac-suat.cong-thuc-xac-suat-toan-phan-va-cong-thuc-bayes"


@SHELF.add(SPREAD, BIET)
def grouped_range(r: Random) -> Draft:
    start, width, groups = r.choice((0, 10, 20, 40, 100, 150)), r.choice((2, 4, 5, 10)), r.randint(4, 7)
    counts = [r.randint(1, 15) for _ in range(groups)]
    key = width * groups
    rows = "; ".join(
        f"[{start + width * place}; {start + width * (place + 1)}): {count}" for place, count in enumerate(counts)
    )
    wrongs = [
        (key - width, "dùng giá trị đại diện của nhóm"),
        (start + key, "lấy đầu mút phải của nhóm cuối"),
        (max(counts) - min(counts), "lấy hiệu các tần số"),
        (width, "lấy độ dài nhóm"),
        (sum(counts), "lấy cỡ mẫu"),
    ]
    return numbers(
        r,
        f"Mẫu số liệu ghép nhóm có tần số: {rows}. Khoảng biến thiên của mẫu số liệu ghép nhóm là",
        key,
        wrongs,
        f"$R = {start + key} - {start} = {key}$.",
    )


@SHELF.add(SPREAD, HIEU)
def grouped_variance(r: Random) -> Draft:
    start, width = r.choice((0, 10, 20, 40)), r.choice((2, 4, 10))
    side, middle_count = r.randint(2, 12), r.randint(4, 20)
    whole = 2 * side + middle_count
    key = Fraction(2 * side * width * width, whole)
    rows = "; ".join(
        f"[{start + width * place}; {start + width * (place + 1)}): {count}"
        for place, count in enumerate((side, middle_count, side))
    )
    wrongs = [
        (Fraction(2 * side * width, whole), "quên bình phương độ lệch"),
        (Fraction(2 * side * width * width, whole - 1), "chia cho n - 1"),
        (Fraction(2 * width * width, 3), "quên tần số"),
        (Fraction(2 * side * width * width), "quên chia cho cỡ mẫu"),
    ]
    return numbers(
        r,
        f"Mẫu số liệu ghép nhóm có tần số: {rows}. Phương sai của mẫu số liệu xấp xỉ",
        key,
        wrongs,
        f"Số trung bình là {plain(start + Fraction(3 * width, 2))}; $s^2 \\approx$ {plain(key, 2)}.",
        lambda v: plain(v, 2),
    )


@SHELF.add(SPREAD, VAN_DUNG)
def grouped_deviation(r: Random) -> Draft:
    width, side, middle_count = r.choice((2, 4, 5, 10)), r.randint(2, 15), r.randint(3, 25)
    whole = 2 * side + middle_count
    squared = Fraction(2 * side * width * width, whole)
    deviation = Fraction(isqrt(squared.numerator * squared.denominator * 10**8), squared.denominator * 10**4)
    rows = "; ".join(
        f"[{30 + width * place}; {30 + width * (place + 1)}): {count}"
        for place, count in enumerate((side, middle_count, side))
    )
    return short(
        f"Thời gian (phút) đến trường của học sinh được cho bởi mẫu số liệu ghép nhóm có tần số: {rows}. Độ lệch chuẩn của mẫu số liệu là bao nhiêu phút? (Làm tròn kết quả đến hàng phần mười.)",
        deviation,
        f"Phương sai $\\approx$ {plain(squared, 2)}, độ lệch chuẩn $\\approx$ {plain(deviation, 1)} phút.",
        1,
    )


@SHELF.add(CONDITIONAL, BIET)
def conditional_formula(r: Random) -> Draft:
    b = r.choice([Fraction(n, 20) for n in range(4, 20)])
    both = b * r.choice([Fraction(n, 10) for n in range(1, 10)])
    key = both / b
    wrongs = [
        (both * b, "nhân thay vì chia"),
        (b - both, "trừ hai xác suất"),
        (b, "lấy P(B)"),
        (both, "lấy P(AB)"),
        (1 - key, "tính xác suất biến cố đối"),
    ]
    return numbers(
        r,
        f"Cho hai biến cố $A$, $B$ với $P(AB) = {comma(both)}$ và $P(B) = {comma(b)}$. Xác suất $P(A \\mid B)$ bằng",
        key,
        wrongs,
        f"$P(A \\mid B) = \\frac{{P(AB)}}{{P(B)}}$ = {plain(key)}.",
    )


@SHELF.add(CONDITIONAL, HIEU)
def second_ball(r: Random) -> Draft:
    red, blue = r.randint(3, 12), r.randint(3, 12)
    key = Fraction(red - 1, red + blue - 1)
    wrongs = [
        (Fraction(red, red + blue), "coi như có hoàn lại"),
        (Fraction(red - 1, red + blue), "quên giảm tổng số bi"),
        (Fraction(red, red + blue - 1), "quên giảm số bi đỏ"),
        (Fraction(red * (red - 1), (red + blue) * (red + blue - 1)), "tính xác suất cả hai lần lấy bi đỏ"),
    ]
    return numbers(
        r,
        f"Một hộp có {red} bi đỏ và {blue} bi xanh. Lấy lần lượt hai viên bi không hoàn lại. Biết viên thứ nhất màu đỏ, xác suất viên thứ hai màu đỏ là",
        key,
        wrongs,
        f"Còn lại {red - 1} bi đỏ trong {red + blue - 1} viên bi.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(CONDITIONAL, VAN_DUNG)
def survey(r: Random) -> Draft:
    a, b, c, d = (r.randint(5, 60) for _ in range(4))
    key = Fraction(a, a + c)
    return short(
        f"Khảo sát {a + b + c + d} học sinh: có {a} học sinh nam và {c} học sinh nữ tham gia câu lạc bộ, còn lại {b} học sinh nam và {d} học sinh nữ không tham gia. Chọn ngẫu nhiên một học sinh tham gia câu lạc bộ. Xác suất học sinh đó là nam bằng bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)",
        key,
        f"Có {a + c} học sinh tham gia, trong đó {a} nam: {plain(key, 2)}.",
        2,
    )


@SHELF.add(BAYES, HIEU)
def total_probability(r: Random) -> Draft:
    share, good, bad = (
        r.choice([Fraction(n, 20) for n in range(4, 17)]),
        r.choice([Fraction(n, 100) for n in range(1, 10)]),
        r.choice([Fraction(n, 100) for n in range(2, 15)]),
    )
    if good == bad or share == Fraction(1, 2):
        return None
    key = share * good + (1 - share) * bad
    wrongs = [
        ((good + bad) / 2, "lấy trung bình cộng"),
        (good + bad, "cộng hai xác suất"),
        (share * bad + (1 - share) * good, "nhầm trọng số"),
        (share * good, "bỏ sót trường hợp thứ hai"),
    ]
    return numbers(
        r,
        f"Một nhà máy có hai dây chuyền. Dây chuyền I làm ra {plain(share * 100)}% sản phẩm với tỉ lệ phế phẩm {plain(good * 100)}%, dây chuyền II làm ra số còn lại với tỉ lệ phế phẩm {plain(bad * 100)}%. Lấy ngẫu nhiên một sản phẩm, xác suất lấy được phế phẩm là",
        key,
        wrongs,
        f"${comma(share)}\\cdot {comma(good)} + {comma(1 - share)}\\cdot {comma(bad)}$ = {plain(key)}.",
    )


@SHELF.add(BAYES, VAN_DUNG)
def medical_test(r: Random) -> Draft:
    ill, sure, false = (
        r.choice([Fraction(n, 100) for n in range(1, 11)]),
        r.choice([Fraction(n, 100) for n in range(85, 100)]),
        r.choice([Fraction(n, 100) for n in range(1, 11)]),
    )
    key = ill * sure / (ill * sure + (1 - ill) * false)
    return short(
        f"Tỉ lệ người mắc một bệnh trong dân số là {plain(ill * 100)}%. Một xét nghiệm cho kết quả dương tính với {plain(sure * 100)}% người mắc bệnh và {plain(false * 100)}% người không mắc bệnh. Một người có kết quả dương tính; xác suất người đó mắc bệnh là bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)",
        key,
        f"Công thức Bayes: $\\frac{{{comma(ill * sure)}}}{{{comma(ill * sure)} + {comma((1 - ill) * false)}}} \\approx$ {plain(key, 2)}.",
        2,
    )


@SHELF.add(BAYES, VAN_DUNG)
def two_boxes(r: Random) -> Draft:
    a, b, c, d = (r.randint(2, 9) for _ in range(4))
    first, second = Fraction(a, a + b), Fraction(c, c + d)
    either_box = (first + second) / 2
    back = first / (first + second)
    if first == second:
        return None
    statements = [
        either(
            r,
            "Nếu chọn hộp I, xác suất lấy được bi đỏ là $@$.",
            tex(first),
            tex(1 - first),
            f"Hộp I có {a} bi đỏ trong {a + b} viên.",
        ),
        either(
            r,
            "Nếu chọn hộp II, xác suất lấy được bi đỏ là $@$.",
            tex(second),
            tex(1 - second),
            f"Hộp II có {c} bi đỏ trong {c + d} viên.",
        ),
        either(
            r,
            "Xác suất lấy được bi đỏ là $@$.",
            tex(either_box),
            tex(Fraction(a + c, a + b + c + d)),
            f"Công thức xác suất toàn phần: ${tex(either_box)}$.",
        ),
        either(
            r,
            "Biết lấy được bi đỏ, xác suất bi đó thuộc hộp I là $@$.",
            tex(back),
            tex(second / (first + second)),
            f"Công thức Bayes: ${tex(back)}$.",
        ),
    ]
    if Fraction(a + c, a + b + c + d) == either_box:
        return None
    return cluster(
        f"Hộp I có {a} bi đỏ, {b} bi xanh; hộp II có {c} bi đỏ, {d} bi xanh. Chọn ngẫu nhiên một hộp rồi lấy ngẫu nhiên một viên bi. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )
