# ruff: noqa: E501, E731
"""Toán 11: trigonometry, sequences."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    choice,
    cluster,
    either,
    numbers,
    short,
)
from quizbank.demo.questions.toan.intervals import interval
from quizbank.demo.questions.writing import (
    comma,
    listed,
    maths,
    plain,
    polynomial,
    tex,
    total,
)

SHELF = Shelf()

ANGLES = "toan.l11.dai-so-giai-tich.goc-luong-giac-gia-tri-luong-giac-cong-thuc-luong-giac"
WAVES = "toan.l11.dai-so-giai-tich.ham-so-luong-giac-va-do-thi"
TRIG_EQUATION = "toan.l11.dai-so-giai-tich.phuong-trinh-luong-giac-co-ban"
SEQUENCE = "toan.l11.dai-so-giai-tich.day-so"
ARITHMETIC = "toan.l11.dai-so-giai-tich.cap-so-cong"
GEOMETRIC = "toan.l11.dai-so-giai-tich.cap-so-nhan"


@SHELF.add(ANGLES, BIET)
def radians(r: Random) -> Draft:
    degrees = r.choice(range(10, 351, 5))
    key = Fraction(degrees, 180)
    show: Callable[..., Any] = lambda v: (
        f"${tex(Fraction(v).numerator) if abs(Fraction(v).numerator) != 1 else ''}\\pi$"
        if Fraction(v).denominator == 1
        else f"$\\frac{{{'' if Fraction(v).numerator == 1 else Fraction(v).numerator}\\pi}}{{{Fraction(v).denominator}}}$"
    )
    wrongs = [
        (key * 2, "dùng 90° ứng với π"),
        (key / 2, "dùng 360° ứng với π"),
        (1 / key, "đảo tỉ số"),
        (key + Fraction(1, 2), "cộng thêm góc vuông"),
    ]
    return numbers(
        r,
        f"Đổi số đo góc {degrees}° sang rađian, ta được",
        key,
        wrongs,
        f"${degrees}° = {degrees}\\cdot\\frac{{\\pi}}{{180}}$ rad.",
        show,
    )


@SHELF.add(ANGLES, HIEU)
def find_cosine(r: Random) -> Draft:
    a, b, c = r.choice(
        ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (4, 3, 5), (12, 5, 13), (15, 8, 17), (20, 21, 29))
    )
    quarter = r.choice((1, 2))
    given = Fraction(a, c)
    key = Fraction(b, c) if quarter == 1 else Fraction(-b, c)
    span = r"0 < \alpha < \frac{\pi}{2}" if quarter == 1 else r"\frac{\pi}{2} < \alpha < \pi"
    wrongs = [
        (-key, "sai dấu theo góc phần tư"),
        (1 - given, "dùng sin + cos = 1"),
        (Fraction(b * b, c * c), "quên lấy căn bậc hai"),
        (Fraction(a, b), "nhầm với tang"),
    ]
    return numbers(
        r,
        f"Cho $\\sin\\alpha = {tex(given)}$ với ${span}$. Giá trị của $\\cos\\alpha$ là",
        key,
        wrongs,
        f"$\\cos^2\\alpha = 1 - \\sin^2\\alpha$ và xét dấu trên khoảng đã cho: ${tex(key)}$.",
        lambda v: maths(tex(v)),
    )


@SHELF.add(ANGLES, VAN_DUNG)
def double_angle(r: Random) -> Draft:
    bottom = r.choice((2, 4, 5, 10, 8))
    top = r.randint(1, bottom - 1)
    value = Fraction(top, bottom) * r.choice((1, -1))
    key = 1 - 2 * value * value
    return short(
        f"Cho $\\sin\\alpha = {comma(value)}$. Giá trị của $\\cos 2\\alpha$ bằng bao nhiêu? (Làm tròn kết quả đến hàng phần trăm.)",
        key,
        f"$\\cos 2\\alpha = 1 - 2\\sin^2\\alpha$ = {plain(key)}.",
        2,
    )


@SHELF.add(WAVES, HIEU)
def sine_range(r: Random) -> Draft:
    a, b, k = r.choice([n for n in range(-9, 10) if n]), r.randint(-12, 12), r.choice(("", "2", "3", "4", "5"))
    low, high = b - abs(a), b + abs(a)
    function = r.choice((r"\sin", r"\cos"))
    wrongs = [
        (interval(str(-abs(a)), str(abs(a)), (True, True)), "quên hạng tử tự do"),
        (interval(str(b - 1), str(b + 1), (True, True)), "quên hệ số của hàm lượng giác"),
        (interval(str(low), str(high)), "nhầm đoạn với khoảng"),
        (interval("-1", "1", (True, True)), "lấy tập giá trị của hàm cơ bản"),
    ]
    return choice(
        r,
        f"Tập giá trị của hàm số $y = {total((a, f'{function} {k}x'), (b, ''))}$ là",
        interval(str(low), str(high), (True, True)),
        wrongs,
        f"Vì $-1 \\le {function} {k}x \\le 1$ nên ${low} \\le y \\le {high}$.",
    )


@SHELF.add(WAVES, VAN_DUNG)
def tide(r: Random) -> Draft:
    mean, amplitude = r.randint(5, 18), r.choice([Fraction(n, 2) for n in range(2, 9)])
    return short(
        f"Mực nước (mét) của một con kênh tại thời điểm $t$ (giờ) được cho bởi $h(t) = {comma(amplitude)}\\cos\\left(\\frac{{\\pi t}}{{6}} + \\frac{{\\pi}}{{3}}\\right) + {mean}$. Mực nước cao nhất là bao nhiêu mét?",
        mean + amplitude,
        f"$\\cos$ lớn nhất bằng 1 nên mực nước cao nhất là {plain(mean + amplitude)} m.",
    )


@SHELF.add(TRIG_EQUATION, BIET)
def solvable(r: Random) -> Draft:
    functions = (r"\sin x", r"\cos x", r"\sin 2x", r"\cos 3x")
    rows = []
    for _ in range(4):
        value = r.choice(
            [
                Fraction(n, d)
                for n, d in ((1, 2), (3, 2), (-1, 3), (5, 4), (-7, 5), (2, 3), (-3, 4), (9, 8), (0, 1), (2, 1), (-2, 1))
            ]
        )
        rows.append(
            (
                f"Phương trình ${r.choice(functions)} = {tex(value)}$ có nghiệm.",
                abs(value) <= 1,
                f"Phương trình có nghiệm khi và chỉ khi vế phải thuộc đoạn [-1; 1]; ở đây vế phải bằng ${tex(value)}$.",
            )
        )
    return cluster("Xét sự có nghiệm của các phương trình lượng giác. Mỗi phát biểu sau đúng hay sai?", rows)


@SHELF.add(TRIG_EQUATION, VAN_DUNG)
def count_roots(r: Random) -> Draft:
    turns, function, value = (
        r.randint(1, 12),
        r.choice((r"\sin x", r"\cos x")),
        r.choice([Fraction(n, 10) for n in range(1, 10)]),
    )
    return short(
        f"Phương trình ${function} = {comma(value)}$ có bao nhiêu nghiệm thuộc khoảng $(0;\\ {2 * turns}\\pi)$?",
        2 * turns,
        f"Mỗi chu kì $2\\pi$ có hai nghiệm, khoảng đã cho gồm {turns} chu kì nên có {2 * turns} nghiệm.",
    )


@SHELF.add(SEQUENCE, BIET)
def sequence_term(r: Random) -> Draft:
    a, b, n = r.choice((2, 3, 4, 5, -2, -3)), r.randint(-9, 9), r.randint(3, 12)
    key = a * n * n + b
    wrongs = [
        (a * 2 * n + b, "hiểu bình phương là nhân đôi"),
        ((a * n) ** 2 + b, "bình phương cả hệ số"),
        (a * (n - 1) ** 2 + b, "tính số hạng liền trước"),
        (a * (n + 1) ** 2 + b, "tính số hạng liền sau"),
    ]
    return numbers(
        r,
        f"Cho dãy số $(u_n)$ với $u_n = {polynomial(a, 0, b, variable='n')}$. Số hạng $u_{{{n}}}$ bằng",
        key,
        wrongs,
        f"Thay $n = {n}$: ${key}$.",
    )


@SHELF.add(SEQUENCE, HIEU)
def recursive_term(r: Random) -> Draft:
    first, factor, shift = r.randint(1, 6), r.choice((2, 3)), r.choice((-2, -1, 1, 2, 3))
    values = [first]
    for _ in range(4):
        values.append(values[-1] * factor + shift)
    place = r.choice((3, 4))
    wrongs = [
        (values[place - 2], "tính thiếu một bước"),
        (values[place], "tính thừa một bước"),
        (first * factor ** (place - 1), "quên cộng hằng số"),
        (first + (place - 1) * shift, "coi là cấp số cộng"),
    ]
    return numbers(
        r,
        f"Cho dãy số $(u_n)$ với $u_1 = {first}$ và $u_{{n+1}} = {total((factor, 'u_n'), (shift, ''))}$. Số hạng $u_{place}$ bằng",
        values[place - 1],
        wrongs,
        f"Tính lần lượt: {listed(values[:place])}.",
    )


@SHELF.add(ARITHMETIC, BIET)
def arithmetic_term(r: Random) -> Draft:
    first, step, n = r.randint(-20, 30), r.choice([k for k in range(-9, 10) if k]), r.randint(5, 30)
    wrongs = [
        (first + n * step, "dùng n thay cho n - 1"),
        (first * step ** min(2, n), "nhầm với cấp số nhân"),
        (first + (n - 2) * step, "đếm thiếu một bước"),
        (n * first + step, "nhân nhầm số hạng đầu"),
    ]
    return numbers(
        r,
        f"Cấp số cộng $(u_n)$ có $u_1 = {first}$ và công sai $d = {step}$. Số hạng $u_{{{n}}}$ bằng",
        first + (n - 1) * step,
        wrongs,
        f"$u_{{{n}}} = u_1 + {n - 1}d = {first + (n - 1) * step}$.",
    )


@SHELF.add(ARITHMETIC, HIEU)
def arithmetic_cluster(r: Random) -> Draft:
    first, step, n = r.randint(-15, 20), r.choice([k for k in range(-7, 8) if k]), r.randint(8, 20)
    last, sum_ = first + (n - 1) * step, Fraction(n * (2 * first + (n - 1) * step), 2)
    statements = [
        either(r, "Công sai của cấp số cộng là @.", str(step), str(-step), f"$d = u_2 - u_1 = {step}$."),
        either(r, f"Số hạng $u_{{{n}}}$ bằng @.", str(last), str(last + step), f"$u_{{{n}}} = {last}$."),
        either(
            r,
            f"Tổng {n} số hạng đầu bằng @.",
            plain(sum_),
            plain(2 * sum_ if sum_ else 1),
            f"$S_{{{n}}}$ = {plain(sum_)}.",
        ),
        either(
            r,
            "Dãy số đã cho là dãy số @.",
            "tăng" if step > 0 else "giảm",
            "giảm" if step > 0 else "tăng",
            f"Công sai bằng {step}.",
        ),
    ]
    return cluster(
        f"Cho cấp số cộng $(u_n)$ có $u_1 = {first}$, $u_2 = {first + step}$. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(ARITHMETIC, VAN_DUNG)
def theatre(r: Random) -> Draft:
    first, step, rows = r.randint(10, 30), r.randint(1, 4), r.randint(8, 25)
    key = rows * (2 * first + (rows - 1) * step) // 2
    return short(
        f"Một nhà hát có {rows} hàng ghế. Hàng đầu có {first} ghế, mỗi hàng sau nhiều hơn hàng liền trước {step} ghế. Nhà hát có tất cả bao nhiêu ghế?",
        key,
        f"$S_{{{rows}}} = \\frac{{{rows}(2\\cdot {first} + {rows - 1}\\cdot {step})}}{{2}} = {key}$.",
    )


@SHELF.add(GEOMETRIC, BIET)
def geometric_term(r: Random) -> Draft:
    first, ratio, n = r.choice([k for k in range(-6, 10) if k]), r.choice((-3, -2, 2, 3, 4)), r.randint(3, 7)
    wrongs = [
        (first * ratio**n, "dùng n thay cho n - 1"),
        (first + (n - 1) * ratio, "nhầm với cấp số cộng"),
        (first * ratio * (n - 1), "nhân thay vì luỹ thừa"),
        (-first * ratio ** (n - 1), "sai dấu"),
    ]
    return numbers(
        r,
        f"Cấp số nhân $(u_n)$ có $u_1 = {first}$ và công bội $q = {ratio}$. Số hạng $u_{n}$ bằng",
        first * ratio ** (n - 1),
        wrongs,
        f"$u_{n} = u_1q^{n - 1} = {first * ratio ** (n - 1)}$.",
    )


@SHELF.add(GEOMETRIC, VAN_DUNG)
def bouncing(r: Random) -> Draft:
    height, ratio, times = (
        r.choice((16, 32, 48, 64, 80, 81, 100, 125, 128, 160, 200, 243, 250, 256, 320, 400, 500)),
        r.choice(
            (
                Fraction(1, 2),
                Fraction(3, 5),
                Fraction(4, 5),
                Fraction(2, 5),
                Fraction(3, 4),
                Fraction(1, 4),
                Fraction(1, 5),
            )
        ),
        r.randint(2, 4),
    )
    key = height * ratio**times
    return short(
        f"Một quả bóng rơi từ độ cao {height} cm, sau mỗi lần chạm đất nó nảy lên độ cao bằng {plain(ratio)} lần độ cao ngay trước đó. Sau lần chạm đất thứ {times}, quả bóng nảy lên độ cao bao nhiêu xăng-ti-mét? (Làm tròn kết quả đến hàng phần mười.)",
        key,
        f"${height}\\cdot {comma(ratio)}^{times}$ ≈ {plain(key, 1)} cm.",
        1,
    )


@SHELF.add(GEOMETRIC, HIEU)
def infinite_sum(r: Random) -> Draft:
    first, ratio = r.randint(1, 30), Fraction(r.choice((-1, 1)) * r.randint(1, 4), r.randint(5, 9))
    key = first / (1 - ratio)
    wrongs = [
        (first / (1 + ratio), "sai dấu ở mẫu"),
        (Fraction(first) / ratio, "chia cho công bội"),
        (first * ratio, "nhân với công bội"),
        (first * (1 - ratio), "nhân thay vì chia"),
    ]
    return numbers(
        r,
        f"Tổng của cấp số nhân lùi vô hạn có $u_1 = {first}$, $q = {tex(ratio)}$ là",
        key,
        wrongs,
        f"$S = \\frac{{u_1}}{{1-q}} = {tex(key)}$.",
        lambda v: maths(tex(v)),
    )
