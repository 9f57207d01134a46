# ruff: noqa: E501
"""Toán 6 and 7: numbers."""

from fractions import Fraction
from math import gcd, lcm
from random import Random

from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    choice,
    numbers,
    several,
    short,
)
from quizbank.demo.questions.writing import (
    maths,
    plain,
    quantity,
    tex,
)

SHELF = Shelf()

POWERS = "toan.l06.so-dai-so.cac-phep-tinh-voi-so-tu-nhien-luy-thua-voi-so-mu-tu"
DIVISIBILITY = "toan.l06.so-dai-so.tinh-chia-het-trong-tap-hop-cac-so-tu-nhien-so-nguyen-to"
INTEGERS = "toan.l06.so-dai-so.so-nguyen-va-cac-phep-tinh-voi-so-nguyen"
FRACTIONS = "toan.l06.so-dai-so.phan-so-va-cac-phep-tinh-voi-phan-so"
DECIMALS = "toan.l06.so-dai-so.so-thap-phan-cac-phep-tinh-voi-so-thap-phan-ti-so-va-ti"
RATIONALS = "toan.l07.so-dai-so.cac-phep-tinh-voi-so-huu-ti"
SQUARE_ROOT = "toan.l07.so-dai-so.can-bac-hai-so-hoc"


@SHELF.add(POWERS, BIET)
def product_of_powers(r: Random) -> Draft:
    base, m, n = r.choice((2, 3, 5, 7, 10, 11, 13)), r.randint(2, 15), r.randint(2, 15)
    wrongs = [
        (f"${base}^{{{m * n}}}$", "nhân hai số mũ"),
        (f"${base * base}^{{{m + n}}}$", "nhân hai cơ số"),
        (f"${base}^{{{abs(m - n)}}}$", "trừ hai số mũ"),
        (f"${2 * base}^{{{m + n}}}$", "cộng hai cơ số"),
    ]
    return choice(
        r,
        f"Viết tích ${base}^{{{m}}}\\cdot {base}^{{{n}}}$ dưới dạng một luỹ thừa, ta được",
        f"${base}^{{{m + n}}}$",
        wrongs,
        f"Nhân hai luỹ thừa cùng cơ số thì cộng số mũ: ${m} + {n} = {m + n}$.",
    )


@SHELF.add(POWERS, HIEU)
def order_of_operations(r: Random) -> Draft:
    a, b, c = r.randint(2, 60), r.randint(2, 12), r.randint(2, 9)
    key = a + b * c * c
    wrongs = [
        ((a + b) * c * c, "cộng trước khi nhân"),
        (a + b * c * 2, "hiểu bình phương là nhân đôi"),
        (a + (b * c) ** 2, "bình phương cả tích"),
        (a + b * c, "quên bình phương"),
    ]
    return numbers(
        r,
        f"Giá trị của biểu thức ${a} + {b}\\cdot {c}^2$ là",
        key,
        wrongs,
        f"Tính luỹ thừa trước, rồi nhân, rồi cộng: ${a} + {b}\\cdot {c * c} = {key}$.",
    )


@SHELF.add(DIVISIBILITY, HIEU)
def greatest_divisor(r: Random) -> Draft:
    common = r.randint(2, 24)
    a, b = common * r.randint(2, 9), common * r.randint(2, 9)
    if a == b:
        return None
    key = gcd(a, b)
    wrongs = [
        (lcm(a, b), "nhầm với bội chung nhỏ nhất"),
        (abs(a - b), "lấy hiệu hai số"),
        (min(a, b), "lấy số nhỏ hơn"),
        (a * b, "lấy tích hai số"),
        (1, "cho rằng hai số nguyên tố cùng nhau"),
    ]
    return numbers(r, f"Ước chung lớn nhất của {a} và {b} là", key, wrongs, f"ƯCLN({a}, {b}) = {key}.")


@SHELF.add(DIVISIBILITY, VAN_DUNG)
def least_multiple(r: Random) -> Draft:
    a, b = r.choice((6, 8, 9, 10, 12, 14, 15, 16, 18, 20, 24)), r.choice((4, 5, 6, 7, 9, 10, 12, 15, 16, 18, 21))
    if a == b:
        return None
    story = r.choice((
        f"Hai bạn An và Bình cùng trực nhật hôm nay. An cứ {a} ngày trực một lần, Bình cứ {b} ngày trực một lần. Sau ít nhất bao nhiêu ngày nữa hai bạn lại cùng trực nhật?",
        f"Hai xe buýt cùng rời bến lúc 6 giờ. Xe thứ nhất cứ {a} phút rời bến một chuyến, xe thứ hai cứ {b} phút rời bến một chuyến. Sau ít nhất bao nhiêu phút hai xe lại cùng rời bến?",
        f"Một số sách nếu xếp thành từng bó {a} quyển hoặc {b} quyển đều vừa đủ. Số sách ít nhất có thể là bao nhiêu quyển?",
    ))  # fmt: skip
    return short(story, lcm(a, b), f"Số cần tìm là BCNN({a}, {b}) = {lcm(a, b)}.")


@SHELF.add(DIVISIBILITY, BIET)
def divisible_numbers(r: Random) -> Draft:
    divisor = r.choice((2, 3, 5, 9))
    values = r.sample(range(101, 9999), 5)
    options = [(str(value), value % divisor == 0) for value in values]
    rule = {
        2: "chữ số tận cùng là chữ số chẵn",
        3: "tổng các chữ số chia hết cho 3",
        5: "chữ số tận cùng là 0 hoặc 5",
        9: "tổng các chữ số chia hết cho 9",
    }[divisor]
    return several(
        r, f"Chọn tất cả các số chia hết cho {divisor}.", options, f"Dấu hiệu chia hết cho {divisor}: {rule}."
    )


@SHELF.add(INTEGERS, BIET)
def add_integers(r: Random) -> Draft:
    a, b = r.randint(-60, -2), r.randint(2, 60)
    key = a + b
    wrongs = [
        (-key, "sai dấu của kết quả"),
        (abs(a) + b, "cộng hai giá trị tuyệt đối"),
        (a - b, "trừ thay vì cộng"),
        (key + 10, "tính nhầm hàng chục"),
    ]
    return numbers(
        r,
        f"Kết quả của phép tính $({a}) + {b}$ là",
        key,
        wrongs,
        f"Hai số trái dấu: lấy giá trị tuyệt đối lớn trừ nhỏ, giữ dấu của số có giá trị tuyệt đối lớn hơn: {key}.",
    )


@SHELF.add(INTEGERS, VAN_DUNG)
def temperature_change(r: Random) -> Draft:
    start, drop, rise = r.randint(-8, 15), r.randint(3, 18), r.randint(2, 12)
    stem = f"Lúc 6 giờ nhiệt độ ở một vùng núi là {start} °C, đến 12 giờ tăng thêm {rise} °C, đến 22 giờ lại giảm {drop} °C. Nhiệt độ lúc 22 giờ là bao nhiêu độ C?"
    return short(stem, start + rise - drop, f"${start} + {rise} - {drop} = {start + rise - drop}$ (°C).")


@SHELF.add(FRACTIONS, HIEU)
def add_fractions(r: Random) -> Draft:
    b, d = r.sample((2, 3, 4, 5, 6, 8, 9, 10, 12), 2)
    a, c = r.randint(1, b - 1), r.randint(1, d - 1)
    key = Fraction(a, b) + Fraction(c, d)
    wrongs = [
        (Fraction(a + c, b + d), "cộng tử với tử, mẫu với mẫu"),
        (Fraction(a * c, b * d), "nhân thay vì cộng"),
        (Fraction(a + c, b * d), "quên nhân tử khi quy đồng"),
        (abs(Fraction(a, b) - Fraction(c, d)), "trừ thay vì cộng"),
    ]
    stem = f"Kết quả của phép tính $\\frac{{{a}}}{{{b}}} + \\frac{{{c}}}{{{d}}}$ là"
    return numbers(r, stem, key, wrongs, f"Quy đồng mẫu số rồi cộng: {maths(tex(key))}.", lambda x: maths(tex(x)))


@SHELF.add(FRACTIONS, VAN_DUNG)
def fraction_of_class(r: Random) -> Draft:
    part = Fraction(r.randint(1, 7), r.choice((3, 4, 5, 6, 8, 9)))
    if part >= 1:
        return None
    students = part.denominator * r.randint(4, 9)
    stem = f"Một lớp có {students} học sinh, trong đó ${tex(part)}$ số học sinh tham gia câu lạc bộ đọc sách. Số học sinh không tham gia câu lạc bộ là bao nhiêu?"
    key = students * (1 - part)
    return short(
        stem, key, f"Số học sinh không tham gia chiếm ${tex(1 - part)}$ số học sinh cả lớp: {plain(key)} học sinh."
    )


@SHELF.add(DECIMALS, HIEU)
def discount(r: Random) -> Draft:
    price, percent = r.choice(range(40, 901, 10)), r.choice((5, 10, 15, 20, 25, 30, 40))
    key = Fraction(price * (100 - percent), 100)
    thing = r.choice(("chiếc áo", "quyển từ điển", "chiếc cặp", "đôi giày", "chiếc quạt", "bộ đồ chơi"))
    wrongs = [
        (Fraction(price * percent, 100), "lấy số tiền được giảm làm giá bán"),
        (Fraction(price * (100 + percent), 100), "cộng thêm thay vì giảm"),
        (Fraction(price - percent), "trừ trực tiếp số phần trăm"),
        (key * Fraction(9, 10), "giảm thêm một lần 10%"),
    ]
    stem = f"Một {thing} giá {price} nghìn đồng được giảm {percent}%. Giá sau khi giảm là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"Giá bán bằng {100 - percent}% giá ban đầu: {plain(key)} nghìn đồng.",
        lambda x: quantity(x, "nghìn đồng"),
    )


@SHELF.add(RATIONALS, HIEU)
def rational_power(r: Random) -> Draft:
    top, bottom, power = r.choice((-1, 1)) * r.randint(1, 5), r.randint(2, 7), r.choice((2, 3))
    base = Fraction(top, bottom)
    if base.denominator == 1:
        return None
    key = base**power
    wrongs = [
        (base * power, "nhân cơ số với số mũ"),
        (-key, "sai dấu của luỹ thừa"),
        (Fraction(base.numerator**power, base.denominator), "chỉ luỹ thừa tử số"),
        (Fraction(base.numerator, base.denominator**power), "chỉ luỹ thừa mẫu số"),
    ]
    return numbers(
        r,
        f"Giá trị của $\\left({tex(base)}\\right)^{power}$ là",
        key,
        wrongs,
        f"Luỹ thừa cả tử và mẫu: {maths(tex(key))}.",
        lambda x: maths(tex(x)),
    )


@SHELF.add(SQUARE_ROOT, BIET)
def arithmetic_root(r: Random) -> Draft:
    value = r.choice([Fraction(n, 10) for n in range(2, 161)])
    square = value * value
    wrongs = [
        (-value, "lấy căn bậc hai âm"),
        (square / 2, "chia đôi thay vì lấy căn"),
        (value * 10, "đặt sai dấu phẩy"),
        (square * 2, "nhân đôi"),
        (value / 10, "đặt sai dấu phẩy"),
    ]
    return numbers(
        r,
        f"Căn bậc hai số học của {plain(square)} là",
        value,
        wrongs,
        f"Vì {plain(value)} > 0 và {plain(value)}² = {plain(square)}.",
    )
