# ruff: noqa: E501, E731
"""Toán 6-9."""

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm
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
    several,
    short,
)
from quizbank.demo.questions.writing import (
    Number,
    comma,
    listed,
    maths,
    plain,
    point,
    polynomial,
    quantity,
    root,
    signed,
    tex,
    total,
)

SHELF = Shelf()

POWERS = "toan.l06.so-dai-so.cac-phep-tinh-voi-so-tu-nhien-luy-thua-voi-so-mu-tu"
DIVISIBILITY = "toan.l06.so-dai-so.tinh-chia-het-trong-tap-hop-cac-so-tu-nhien-so-nguyen-to"
INTEGERS = "toan.l06.so-dai-so.so-nguyen-va-cac-phep-tinh-voi-so-nguyen"
FRACTIONS = "toan.l06.so-dai-so.phan-so-va-cac-phep-tinh-voi-phan-so"
DECIMALS = "toan.l06.so-dai-so.so-thap-phan-cac-phep-tinh-voi-so-thap-phan-ti-so-va-ti"
SEGMENTS = "toan.l06.hinh-hoc-do-luong.doan-thang-do-dai-doan-thang-trung-diem"
EXPERIMENT = "toan.l06.thong-ke-xac-suat.xac-suat-thuc-nghiem"
RATIONALS = "toan.l07.so-dai-so.cac-phep-tinh-voi-so-huu-ti"
SQUARE_ROOT = "toan.l07.so-dai-so.can-bac-hai-so-hoc"
RATIOS = "toan.l07.so-dai-so.ti-le-thuc-va-day-ti-so-bang-nhau"
PROPORTION = "toan.l07.so-dai-so.dai-luong-ti-le-thuan-dai-luong-ti-le-nghich"
POLYNOMIALS = "toan.l07.so-dai-so.da-thuc-mot-bien"
BOXES = "toan.l07.hinh-hoc-do-luong.hinh-hop-chu-nhat-va-hinh-lap-phuong"
TRIANGLES = "toan.l07.hinh-hoc-do-luong.tam-giac-tam-giac-bang-nhau-tam-giac-can"
IDENTITIES = "toan.l08.so-dai-so.hang-dang-thuc-dang-nho-phan-tich-da-thuc-thanh-nhan-tu"
LINEAR = "toan.l08.so-dai-so.ham-so-bac-nhat-y-ax-b-a-0-he-so-goc"
EQUATION = "toan.l08.so-dai-so.phuong-trinh-bac-nhat-mot-an"
PYTHAGORAS = "toan.l08.hinh-hoc-do-luong.dinh-li-pythagore"
THALES = "toan.l08.hinh-hoc-do-luong.dinh-li-thales-trong-tam-giac-duong-trung-binh-tinh-chat"
CHANCE_8 = "toan.l08.thong-ke-xac-suat.mo-ta-xac-suat-cua-bien-co-bang-ti-so-xac-suat-thuc"
ROOTS_9 = "toan.l09.so-dai-so.can-bac-hai-va-can-bac-ba-cua-so-thuc"
SYSTEMS = "toan.l09.so-dai-so.phuong-trinh-va-he-hai-phuong-trinh-bac-nhat-hai-an"
VIETE = "toan.l09.so-dai-so.phuong-trinh-bac-hai-mot-an-dinh-li-viete"
INEQUALITY = "toan.l09.so-dai-so.bat-dang-thuc-bat-phuong-trinh-bac-nhat-mot-an"
SOLIDS = "toan.l09.hinh-hoc-do-luong.hinh-tru-hinh-non-hinh-cau"
TRIGONOMETRY = "toan.l09.hinh-hoc-do-luong.ti-so-luong-giac-cua-goc-nhon-he-thuc-ve-canh-va-goc"
ARCS = "toan.l09.hinh-hoc-do-luong.do-dai-cung-tron-hinh-quat-tron-hinh-vanh-khuyen"
FREQUENCY = "toan.l09.thong-ke-xac-suat.bang-tan-so-tan-so-tuong-doi-bieu-do-tan-so"
PARABOLA = "toan.l09.so-dai-so.ham-so-y-ax2-a-0-va-do-thi"

TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41), (12, 35, 37))


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


@SHELF.add(SEGMENTS, HIEU)
def midpoint_length(r: Random) -> Draft:
    whole = r.choice(range(6, 61, 2))
    part = r.randint(1, whole // 2 - 1)
    key = whole // 2 - part
    stem = f"Cho đoạn thẳng AB dài {whole} cm, M là trung điểm của AB. Điểm C nằm giữa A và M sao cho AC = {part} cm. Độ dài đoạn thẳng CM là bao nhiêu xăng-ti-mét?"
    return short(stem, key, f"AM = {whole} : 2 = {whole // 2} cm nên CM = AM - AC = {key} cm.")


@SHELF.add(EXPERIMENT, HIEU)
def experimental(r: Random) -> Draft:
    total_tosses = r.choice((20, 25, 40, 50, 80, 100, 200))
    heads = r.randint(total_tosses // 4, 3 * total_tosses // 4)
    key = Fraction(total_tosses - heads, total_tosses)
    wrongs = [
        (Fraction(heads, total_tosses), "nhầm với xác suất mặt ngửa"),
        (Fraction(1, 2), "dùng xác suất lí thuyết"),
        (Fraction(total_tosses - heads, heads), "lấy tỉ số hai mặt"),
        (Fraction(heads, total_tosses - heads), "đảo tỉ số hai mặt"),
    ]
    stem = f"Tung một đồng xu {total_tosses} lần thì có {heads} lần xuất hiện mặt ngửa. Xác suất thực nghiệm của sự kiện xuất hiện mặt sấp là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"Số lần mặt sấp là {total_tosses - heads}; xác suất thực nghiệm là {maths(tex(key))}.",
        lambda x: maths(tex(x)),
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


@SHELF.add(RATIOS, VAN_DUNG)
def divide_in_ratio(r: Random) -> Draft:
    a, b, c = r.sample(range(2, 9), 3)
    unit = r.randint(3, 40)
    whole, key = (a + b + c) * unit, max(a, b, c) * unit
    stem = f"Ba lớp 7A, 7B, 7C trồng được tất cả {whole} cây. Số cây trồng được của ba lớp lần lượt tỉ lệ với {a}; {b}; {c}. Lớp trồng được nhiều cây nhất trồng bao nhiêu cây?"
    return short(
        stem,
        key,
        f"Theo tính chất dãy tỉ số bằng nhau, mỗi phần là {whole} : {a + b + c} = {unit} cây; nhiều nhất là {unit}·{max(a, b, c)} = {key} cây.",
    )


@SHELF.add(RATIOS, BIET)
def fourth_term(r: Random) -> Draft:
    a, b, factor = r.randint(2, 12), r.randint(2, 12), r.choice([Fraction(n, 2) for n in range(2, 13)])
    if a == b:
        return None
    c, key = a * factor, b * factor
    wrongs = [
        (Fraction(a * c, b), "nhân chéo sai"),
        (Fraction(c * b), "quên chia"),
        (b + c - a, "cộng hiệu thay vì nhân tỉ số"),
        (Fraction(a * b) / c, "đảo tỉ số"),
    ]
    stem = f"Tìm $x$ biết $\\frac{{{a}}}{{{b}}} = \\frac{{{comma(c)}}}{{x}}$."
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$x = \\frac{{{b}\\cdot {comma(c)}}}{{{a}}}$ = {plain(key)}.",
        lambda x: f"$x = {comma(x, 2)}$",
    )


@SHELF.add(PROPORTION, VAN_DUNG)
def workers(r: Random) -> Draft:
    people, days = (
        r.choice((4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24)),
        r.choice((6, 8, 9, 10, 12, 14, 15, 18, 20, 24, 30)),
    )
    other = r.choice((3, 5, 6, 8, 9, 10, 12, 15, 18, 20, 24, 30, 36))
    key = Fraction(people * days, other)
    if other == people or key.denominator != 1:
        return None
    wrongs = [
        (Fraction(days * other, people), "nhầm tỉ lệ nghịch với tỉ lệ thuận"),
        (Fraction(days), "cho rằng thời gian không đổi"),
        (abs(Fraction(days + people - other)), "cộng trừ số người vào số ngày"),
        (Fraction(people * days), "quên chia cho số người mới"),
    ]
    stem = f"{people} công nhân hoàn thành một công việc trong {days} ngày. Với năng suất như nhau, {other} công nhân hoàn thành công việc đó trong"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"Số công nhân và số ngày tỉ lệ nghịch: {people}·{days} : {other} = {plain(key)} ngày.",
        lambda x: f"{plain(x, 1)} ngày",
    )


@SHELF.add(PROPORTION, HIEU)
def direct_proportion(r: Random) -> Draft:
    k, x = r.choice([Fraction(n, 2) for n in range(-9, 13) if n]), r.randint(2, 12)
    y, other = k * x, r.randint(13, 30)
    key = k * other
    wrongs = [
        (Fraction(x) * y / other, "nhầm với tỉ lệ nghịch"),
        (y + other - x, "cộng thêm phần chênh lệch"),
        (Fraction(other) / k, "chia cho hệ số tỉ lệ"),
        (-key, "sai dấu"),
    ]
    stem = f"Đại lượng $y$ tỉ lệ thuận với đại lượng $x$; khi $x = {x}$ thì $y = {comma(y)}$. Khi $x = {other}$ thì giá trị của $y$ là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"Hệ số tỉ lệ là {plain(k)} nên $y$ = {plain(k)}·{other} = {plain(key)}.",
        lambda v: maths(comma(v, 2)),
    )


@SHELF.add(POLYNOMIALS, HIEU)
def polynomial_value(r: Random) -> Draft:
    a, b, c, x = r.choice((1, 2, 3, -1, -2)), r.randint(-6, 6), r.randint(-9, 9), r.choice((-3, -2, -1, 2, 3))
    key = a * x * x + b * x + c
    wrongs = [
        (-a * x * x + b * x + c, "sai dấu khi bình phương số âm"),
        (a * 2 * x + b * x + c, "hiểu bình phương là nhân đôi"),
        (a * x * x - b * x + c, "sai dấu hạng tử bậc nhất"),
        (a * x * x + b * x - c, "sai dấu hệ số tự do"),
        ((a * x) ** 2 + b * x + c, "bình phương cả hệ số"),
    ]
    stem = f"Giá trị của đa thức $P(x) = {polynomial(a, b, c)}$ tại $x = {x}$ là"
    return numbers(r, stem, key, wrongs, f"Thay $x = {x}$ vào đa thức được {key}.")


@SHELF.add(POLYNOMIALS, BIET)
def degree_and_sum(r: Random) -> Draft:
    p, q = [r.randint(-7, 7) for _ in range(3)], [r.randint(-7, 7) for _ in range(3)]
    if p[0] == 0 or q[0] == 0:
        return None
    right = polynomial(*(x + y for x, y in zip(p, q, strict=True)))
    wrongs = [
        (maths(polynomial(*(x - y for x, y in zip(p, q, strict=True)))), "trừ thay vì cộng"),
        (maths(polynomial(p[0] + q[0], p[1] - q[1], p[2] + q[2])), "sai dấu hạng tử bậc nhất"),
        (maths(polynomial(p[0] + q[0], p[1] + q[1], p[2] - q[2])), "sai dấu hệ số tự do"),
        (maths(polynomial(p[0] + q[0], 0, p[1] + q[1], p[2] + q[2])), "cộng cả số mũ"),
    ]
    stem = f"Cho hai đa thức $A = {polynomial(*p)}$ và $B = {polynomial(*q)}$. Tổng $A + B$ là"
    return choice(r, stem, maths(right), wrongs, f"Cộng các hệ số của hạng tử cùng bậc: ${right}$.")


@SHELF.add(BOXES, HIEU)
def box(r: Random) -> Draft:
    a, b, c = r.randint(3, 20), r.randint(2, 15), r.randint(2, 12)
    volume, side = a * b * c, 2 * (a + b) * c
    statements = [
        either(
            r, "Thể tích của hình hộp chữ nhật là @ cm³.", str(volume), str(a * b + c), f"$V = abc = {volume}$ cm³."
        ),
        either(
            r,
            "Diện tích xung quanh của hình hộp chữ nhật là @ cm².",
            str(side),
            str((a + b) * c),
            f"$S_{{xq}} = 2(a+b)c = {side}$ cm².",
        ),
        either(
            r,
            "Diện tích toàn phần của hình hộp chữ nhật là @ cm².",
            str(side + 2 * a * b),
            str(side + a * b),
            f"$S_{{tp}} = S_{{xq}} + 2ab = {side + 2 * a * b}$ cm².",
        ),
        either(r, "Hình hộp chữ nhật có @ cạnh.", "12", "8", "Hình hộp chữ nhật có 6 mặt, 8 đỉnh, 12 cạnh."),
    ]
    return cluster(
        f"Một hình hộp chữ nhật có chiều dài {a} cm, chiều rộng {b} cm, chiều cao {c} cm. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(TRIANGLES, HIEU)
def isosceles_angle(r: Random) -> Draft:
    top = r.choice(range(20, 161, 2))
    base = (180 - top) // 2
    given_top = r.random() < 0.5
    name, other, key = ("đỉnh A", "góc B", base) if given_top else ("đáy B", "góc A", top)
    given = top if given_top else base
    wrongs: list[tuple[Number, str]] = [
        (180 - given, "quên chia đôi hoặc quên một góc đáy"),
        (Fraction(180 - given, 2) if not given_top else Fraction(top), "nhầm góc ở đỉnh với góc ở đáy"),
        (abs(90 - given), "dùng tổng hai góc nhọn của tam giác vuông"),
        (given, "cho rằng các góc bằng nhau"),
        (abs(180 - given * 2) + 10, "tính nhầm"),
    ]
    return numbers(
        r,
        f"Tam giác ABC cân tại A có góc ở {name} bằng {given}°. Số đo {other} là",
        key,
        wrongs,
        f"Tổng ba góc bằng 180° và hai góc ở đáy bằng nhau nên {other} bằng {key}°.",
        lambda x: f"{plain(x)}°",
    )


@SHELF.add(IDENTITIES, BIET)
def square_of_sum(r: Random) -> Draft:
    a, b = r.randint(1, 6), r.choice([n for n in range(-12, 13) if n])
    inside = polynomial(a, b)
    right = polynomial(a * a, 2 * a * b, b * b)
    wrongs = [
        (maths(polynomial(a * a, 0, b * b)), "quên hạng tử $2ab$"),
        (maths(polynomial(a * a, a * b, b * b)), "quên hệ số 2 của hạng tử giữa"),
        (maths(polynomial(a * a, -2 * a * b, b * b)), "sai dấu hạng tử giữa"),
        (maths(polynomial(a * a, 2 * a * b, -b * b)), "sai dấu bình phương"),
    ]
    return choice(
        r,
        f"Khai triển $({inside})^2$ được kết quả là",
        maths(right),
        wrongs,
        f"Áp dụng hằng đẳng thức bình phương của một tổng hoặc hiệu: ${right}$.",
    )


@SHELF.add(IDENTITIES, HIEU)
def difference_of_squares(r: Random) -> Draft:
    a, b = r.randint(1, 9), r.randint(2, 15)
    if gcd(a, b) != 1:
        return None
    stem = f"Phân tích đa thức ${polynomial(a * a, 0, -b * b)}$ thành nhân tử, ta được"
    wrongs = [
        (maths(f"({polynomial(a, -b)})^2"), "nhầm với bình phương của một hiệu"),
        (maths(f"({polynomial(a, b)})^2"), "nhầm với bình phương của một tổng"),
        (
            maths(f"({polynomial(a * a, -b)})({polynomial(a * a, b)})")
            if a > 1
            else maths(f"(x - {b * b})(x + {b * b})"),
            "quên lấy căn các hạng tử",
        ),
    ]
    return choice(r, stem, maths(f"({polynomial(a, -b)})({polynomial(a, b)})"), wrongs, "$A^2 - B^2 = (A-B)(A+B)$.")


@SHELF.add(IDENTITIES, VAN_DUNG)
def quick_product(r: Random) -> Draft:
    middle, gap = r.choice((20, 30, 40, 50, 60, 70, 80, 90)), r.randint(1, 9)
    stem = f"Dùng hằng đẳng thức, tính nhẩm giá trị của ${middle - gap}\\cdot {middle + gap}$."
    return short(
        stem,
        middle**2 - gap**2,
        f"$({middle} - {gap})({middle} + {gap}) = {middle}^2 - {gap}^2 = {middle**2 - gap**2}$.",
    )


@SHELF.add(LINEAR, BIET)
def slope(r: Random) -> Draft:
    a, b = r.choice([n for n in range(-9, 10) if n]), r.choice([n for n in range(-12, 13) if n])
    wrongs = [
        (b, "nhầm với hệ số tự do"),
        (-a, "sai dấu hệ số góc"),
        (a + b, "cộng hai hệ số"),
        (-b, "nhầm và sai dấu"),
    ]
    return numbers(
        r,
        f"Hệ số góc của đường thẳng $y = {total((b, ''), (a, 'x'))}$ là",
        a,
        wrongs,
        f"Hệ số góc là hệ số của $x$: {a}.",
    )


@SHELF.add(LINEAR, VAN_DUNG)
def line_through_points(r: Random) -> Draft:
    a, b = r.choice([n for n in range(-6, 7) if n]), r.randint(-9, 9)
    x1, x2 = r.sample(range(-5, 6), 2)
    stem = f"Đường thẳng $y = ax + b$ đi qua hai điểm $A{point(x1, a * x1 + b)}$ và $B{point(x2, a * x2 + b)}$. Giá trị của $a + b$ là bao nhiêu?"
    return short(stem, a + b, f"$a = \\frac{{y_B - y_A}}{{x_B - x_A}} = {a}$, $b = {b}$ nên $a + b = {a + b}$.")


@SHELF.add(EQUATION, HIEU)
def linear_equation(r: Random) -> Draft:
    a, c = r.sample([n for n in range(-9, 10) if n], 2)
    x, b = r.randint(-12, 12), r.randint(-20, 20)
    d = (a - c) * x + b
    wrongs: list[tuple[Number, str]] = [
        (-x, "sai dấu nghiệm"),
        (Fraction(d - b, a + c) if a + c else Fraction(x + 1), "chuyển vế không đổi dấu"),
        (Fraction(d + b, a - c), "chuyển vế hệ số tự do không đổi dấu"),
        (x + 1, "tính nhầm"),
    ]
    stem = f"Nghiệm của phương trình ${polynomial(a, b)} = {polynomial(c, d)}$ là"
    return numbers(
        r, stem, x, wrongs, f"Chuyển vế: ${total((a - c, 'x'))} = {d - b}$ nên $x = {x}$.", lambda v: f"$x = {tex(v)}$"
    )


@SHELF.add(EQUATION, VAN_DUNG)
def ages(r: Random) -> Draft:
    factor, child, later = r.randint(2, 4), r.randint(6, 16), r.randint(2, 12)
    parent = factor * (child + later) - later
    if not child + 20 <= parent <= child + 40:
        return None
    stem = f"Năm nay mẹ hơn con {parent - child} tuổi. Biết rằng sau {later} năm nữa, tuổi mẹ gấp {factor} lần tuổi con. Hỏi năm nay con bao nhiêu tuổi?"
    return short(
        stem,
        child,
        f"Gọi tuổi con là $x$: $x + {parent - child} + {later} = {factor}(x + {later})$, suy ra $x = {child}$.",
    )


@SHELF.add(PYTHAGORAS, HIEU)
def hypotenuse(r: Random) -> Draft:
    a, b = r.randint(2, 15), r.randint(2, 15)
    wrongs = [
        (f"${a + b}$ cm", "cộng hai cạnh góc vuông"),
        (f"${root(abs(a * a - b * b))}$ cm" if a != b else f"${a}$ cm", "lấy hiệu hai bình phương"),
        (f"${a * a + b * b}$ cm", "quên lấy căn bậc hai"),
        (f"${root(a + b)}$ cm", "quên bình phương các cạnh"),
    ]
    stem = f"Tam giác vuông có hai cạnh góc vuông dài {a} cm và {b} cm. Độ dài cạnh huyền là"
    return choice(
        r, stem, f"${root(a * a + b * b)}$ cm", wrongs, f"$\\sqrt{{{a}^2 + {b}^2}} = {root(a * a + b * b)}$ (cm)."
    )


@SHELF.add(PYTHAGORAS, VAN_DUNG)
def ladder(r: Random) -> Draft:
    a, b, c = r.choice(TRIPLES)
    scale = r.choice([Fraction(n, 10) for n in range(2, 11)])
    foot, wall, length = (a * scale, b * scale, c * scale) if r.random() < 0.5 else (b * scale, a * scale, c * scale)
    stem = r.choice((
        f"Một chiếc thang dài {plain(length)} m dựa vào tường, chân thang cách chân tường {plain(foot)} m. Đầu thang chạm tường ở độ cao bao nhiêu mét so với mặt đất?",
        f"Một sợi dây cáp dài {plain(length)} m được căng từ đỉnh một cột thẳng đứng xuống mặt đất, điểm neo cách chân cột {plain(foot)} m. Cột cao bao nhiêu mét?",
    ))  # fmt: skip
    return short(
        stem,
        wall,
        f"Theo định lí Pythagore, độ cao bằng $\\sqrt{{{comma(length)}^2 - {comma(foot)}^2}}$ = {plain(wall)} m.",
    )


@SHELF.add(THALES, VAN_DUNG)
def shadow(r: Random) -> Draft:
    stick, stick_shadow, tree = (
        r.choice((1, Fraction(3, 2), 2, Fraction(6, 5))),
        r.choice([Fraction(n, 10) for n in range(5, 31)]),
        r.choice([Fraction(n, 2) for n in range(6, 61)]),
    )
    key = stick * tree / stick_shadow
    stem = f"Cùng một thời điểm, một cọc cao {plain(stick)} m cắm thẳng đứng có bóng dài {plain(stick_shadow)} m, một cây có bóng dài {plain(tree)} m trên mặt đất. Cây cao bao nhiêu mét?"
    return short(
        stem,
        key,
        f"Hai tam giác đồng dạng: $h$ = {plain(stick)}·{plain(tree)} : {plain(stick_shadow)} = {plain(key, 3)} m.",
    )


@SHELF.add(THALES, HIEU)
def thales_segment(r: Random) -> Draft:
    ad, db, ae = r.randint(2, 12), r.randint(2, 12), r.randint(2, 15)
    key = Fraction(ae * db, ad)
    wrongs = [
        (Fraction(ae * ad, db), "đảo tỉ số"),
        (Fraction(ae + abs(db - ad)), "cộng phần chênh lệch"),
        (Fraction(ae * (ad + db), ad), "tính cả đoạn AC"),
        (Fraction(ae * db), "quên chia"),
    ]
    stem = f"Tam giác ABC có D thuộc cạnh AB, E thuộc cạnh AC, DE song song với BC. Biết AD = {ad} cm, DB = {db} cm, AE = {ae} cm. Độ dài EC là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$\\frac{{AD}}{{DB}} = \\frac{{AE}}{{EC}}$ nên EC = {plain(key, 2)} cm.",
        lambda x: f"{plain(x, 2)} cm",
    )


@SHELF.add(CHANCE_8, HIEU)
def ball_chance(r: Random) -> Draft:
    red, blue, yellow = r.randint(2, 12), r.randint(2, 12), r.randint(1, 10)
    whole = red + blue + yellow
    key = Fraction(red, whole)
    wrongs = [
        (Fraction(red, blue + yellow), "lấy số bi đỏ chia cho số bi còn lại"),
        (Fraction(1, 3), "cho rằng ba màu có khả năng như nhau"),
        (1 - key, "tính xác suất của biến cố đối"),
        (Fraction(blue, whole), "nhầm màu bi"),
    ]
    stem = f"Một hộp chứa {red} viên bi đỏ, {blue} viên bi xanh và {yellow} viên bi vàng cùng kích thước. Lấy ngẫu nhiên một viên bi. Xác suất lấy được bi đỏ là"
    return numbers(
        r, stem, key, wrongs, f"$P = \\frac{{{red}}}{{{whole}}}$ = {maths(tex(key))}.", lambda x: maths(tex(x))
    )


@SHELF.add(CHANCE_8, VAN_DUNG)
def numbered_cards(r: Random) -> Draft:
    last, divisor = r.choice((20, 25, 40, 50, 100)), r.choice((2, 3, 4, 5, 6, 7, 8, 9, 10))
    remainder = r.randrange(divisor)
    hits = len([n for n in range(1, last + 1) if n % divisor == remainder])
    condition = f"chia hết cho {divisor}" if remainder == 0 else f"chia cho {divisor} dư {remainder}"
    stem = f"Rút ngẫu nhiên một thẻ từ hộp có {last} thẻ ghi các số từ 1 đến {last}. Xác suất rút được thẻ ghi số {condition} là bao nhiêu? (Viết dưới dạng số thập phân.)"
    return short(stem, Fraction(hits, last), f"Có {hits} thẻ thoả mãn nên xác suất là {hits}/{last}.")


@SHELF.add(ROOTS_9, BIET)
def root_domain(r: Random) -> Draft:
    a, b = r.choice((1, 2, 3, 4, 5, -1, -2, -3)), r.choice([n for n in range(-15, 16) if n])
    bound = Fraction(-b, a)
    sign, opposite = (r"\ge", r"\le") if a > 0 else (r"\le", r"\ge")
    wrongs = [
        (f"$x {opposite} {tex(bound)}$", "sai chiều bất đẳng thức"),
        (f"$x {sign} {tex(-bound)}$", "sai dấu khi chuyển vế"),
        (f"$x \\ne {tex(bound)}$", "nhầm với điều kiện của mẫu số"),
        (f"$x {opposite} {tex(-bound)}$", "sai cả dấu và chiều"),
    ]
    return choice(
        r,
        f"Điều kiện xác định của biểu thức $\\sqrt{{{polynomial(a, b)}}}$ là",
        f"$x {sign} {tex(bound)}$",
        wrongs,
        f"Cần ${polynomial(a, b)} \\ge 0$, suy ra $x {sign} {tex(bound)}$.",
    )


@SHELF.add(ROOTS_9, HIEU)
def simplify_root(r: Random) -> Draft:
    outside, inside = r.randint(2, 12), r.choice((2, 3, 5, 6, 7, 10, 11, 13))
    square = outside * outside * inside
    wrongs = [
        (f"${outside * outside}\\sqrt{{{inside}}}$", "quên lấy căn thừa số đưa ra ngoài"),
        (f"${inside}\\sqrt{{{outside}}}$", "đổi chỗ thừa số"),
        (f"${outside * inside}$", "bỏ mất dấu căn"),
        (f"${outside}\\sqrt{{{inside * outside}}}$", "đưa ra ngoài thừa một lần"),
    ]
    return choice(
        r,
        f"Rút gọn $\\sqrt{{{square}}}$ được kết quả là",
        f"${outside}\\sqrt{{{inside}}}$",
        wrongs,
        f"$\\sqrt{{{square}}} = \\sqrt{{{outside}^2\\cdot {inside}}} = {outside}\\sqrt{{{inside}}}$.",
    )


@SHELF.add(SYSTEMS, HIEU)
def solve_system(r: Random) -> Draft:
    x, y = r.randint(-6, 6), r.randint(-6, 6)
    a, b, c, d = (r.choice([n for n in range(-5, 6) if n]) for _ in range(4))
    if a * d == b * c or x == y:
        return None
    first, second = total((a, "x"), (b, "y")), total((c, "x"), (d, "y"))
    stem = f"Nghiệm $(x;\\ y)$ của hệ phương trình $\\begin{{cases}} {first} = {a * x + b * y} \\\\ {second} = {c * x + d * y} \\end{{cases}}$ là"
    wrongs = [
        (maths(point(y, x)), "đổi chỗ hai ẩn"),
        (maths(point(-x, y)), "sai dấu của $x$"),
        (maths(point(x, -y)), "sai dấu của $y$"),
        (maths(point(x + 1, y - 1)), "tính nhầm"),
        (maths(point(-x, -y)), "sai dấu cả hai ẩn"),
    ]
    return choice(
        r, stem, maths(point(x, y)), wrongs, f"Thay $x = {x}$, $y = {y}$ vào thấy thoả mãn cả hai phương trình."
    )


@SHELF.add(SYSTEMS, VAN_DUNG)
def tickets(r: Random) -> Draft:
    adult, child, a, b = r.choice(range(40, 121, 10)), r.choice(range(15, 61, 5)), r.randint(5, 60), r.randint(5, 60)
    if adult <= child:
        return None
    stem = f"Một nhóm {a + b} người mua vé vào công viên: vé người lớn {adult} nghìn đồng, vé trẻ em {child} nghìn đồng, tổng số tiền là {plain(a * adult + b * child)} nghìn đồng. Nhóm đó có bao nhiêu trẻ em?"
    return short(stem, b, f"Giải hệ $x + y = {a + b}$, ${adult}x + {child}y = {a * adult + b * child}$ được $y = {b}$.")


@SHELF.add(VIETE, HIEU)
def viete(r: Random) -> Draft:
    x1, x2, a = r.randint(-9, 9), r.randint(-9, 9), r.choice((1, 1, 2, 3))
    if x1 == x2 or x1 * x2 == 0:
        return None
    b, c = -a * (x1 + x2), a * x1 * x2
    statements = [
        either(
            r,
            "Tổng hai nghiệm của phương trình là @.",
            str(x1 + x2),
            str(-(x1 + x2)),
            "$x_1 + x_2 = -\\frac{b}{a}$" + f" $= {x1 + x2}$.",
        ),
        either(
            r,
            "Tích hai nghiệm của phương trình là @.",
            str(x1 * x2),
            str(-x1 * x2),
            "$x_1x_2 = \\frac{c}{a}$" + f" $= {x1 * x2}$.",
        ),
        either(
            r,
            "Biệt thức $\\Delta$ của phương trình bằng @.",
            str(b * b - 4 * a * c),
            str(b * b + 4 * a * c),
            f"$\\Delta = b^2 - 4ac = {b * b - 4 * a * c}$.",
        ),
        either(
            r,
            "Giá trị $x_1^2 + x_2^2$ bằng @.",
            str(x1 * x1 + x2 * x2),
            str((x1 + x2) ** 2),
            f"$x_1^2 + x_2^2 = (x_1+x_2)^2 - 2x_1x_2 = {x1 * x1 + x2 * x2}$.",
        ),
    ]
    return cluster(
        f"Cho phương trình ${polynomial(a, b, c)} = 0$ có hai nghiệm $x_1, x_2$. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(VIETE, BIET)
def quadratic_roots(r: Random) -> Draft:
    x1, x2 = sorted(r.sample([n for n in range(-9, 10) if n], 2))
    if x1 == -x2:
        return None
    pair: Callable[..., Any] = lambda m, n: f"${min(m, n)}$ và ${max(m, n)}$"
    wrongs = [
        (pair(-x1, -x2), "sai dấu hai nghiệm"),
        (pair(x1, -x2), "sai dấu một nghiệm"),
        (pair(-x1, x2), "sai dấu một nghiệm"),
    ]
    stem = f"Hai nghiệm của phương trình ${polynomial(1, -(x1 + x2), x1 * x2)} = 0$ là"
    return choice(r, stem, pair(x1, x2), wrongs, f"Phân tích: $(x {signed(-x1)})(x {signed(-x2)}) = 0$.")


@SHELF.add(VIETE, VAN_DUNG)
def rectangle_sides(r: Random) -> Draft:
    width, extra = r.randint(4, 30), r.randint(2, 20)
    stem = f"Một mảnh vườn hình chữ nhật có chiều dài hơn chiều rộng {extra} m và diện tích {width * (width + extra)} m². Chu vi mảnh vườn là bao nhiêu mét?"
    return short(
        stem,
        2 * (2 * width + extra),
        f"Gọi chiều rộng là $x$: $x(x + {extra}) = {width * (width + extra)}$, $x = {width}$; chu vi là {2 * (2 * width + extra)} m.",
    )


@SHELF.add(INEQUALITY, HIEU)
def linear_inequality(r: Random) -> Draft:
    a, b = r.choice((-9, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7)), r.randint(-30, 30)
    bound = Fraction(-b, a)
    if b == 0:
        return None
    sign, opposite = (">", "<") if a > 0 else ("<", ">")
    wrongs = [
        (f"$x {opposite} {tex(bound)}$", "quên đổi chiều khi chia cho số âm hoặc đổi chiều sai"),
        (f"$x {sign} {tex(-bound)}$", "sai dấu khi chuyển vế"),
        (f"$x {opposite} {tex(-bound)}$", "sai cả dấu và chiều"),
    ]
    return choice(
        r,
        f"Nghiệm của bất phương trình ${polynomial(a, b)} > 0$ là",
        f"$x {sign} {tex(bound)}$",
        wrongs,
        f"${total((a, 'x'))} > {-b}$ nên $x {sign} {tex(bound)}$.",
    )


@SHELF.add(SOLIDS, HIEU)
def solid_volume(r: Random) -> Draft:
    radius, height, kind = r.randint(2, 15), r.randint(2, 20), r.choice(("trụ", "nón", "cầu"))
    base = radius * radius * height
    if kind == "trụ":
        key, wrongs = (
            Fraction(base),
            [
                (Fraction(base, 3), "nhầm với thể tích hình nón"),
                (Fraction(2 * radius * height), "nhầm với diện tích xung quanh"),
                (Fraction(radius * height), "quên bình phương bán kính"),
                (Fraction(4 * base), "dùng đường kính thay bán kính"),
            ],
        )
        stem = f"Thể tích của hình trụ có bán kính đáy {radius} cm và chiều cao {height} cm là"
    elif kind == "nón":
        key, wrongs = (
            Fraction(base, 3),
            [
                (Fraction(base), "quên hệ số một phần ba"),
                (Fraction(radius * height, 3), "quên bình phương bán kính"),
                (Fraction(2 * base, 3), "tính thừa hệ số 2"),
                (Fraction(4 * base, 3), "dùng đường kính thay bán kính"),
            ],
        )
        stem = f"Thể tích của hình nón có bán kính đáy {radius} cm và chiều cao {height} cm là"
    else:
        key, wrongs = (
            Fraction(4 * radius**3, 3),
            [
                (Fraction(4 * radius**2), "nhầm với diện tích mặt cầu"),
                (Fraction(4 * radius**3), "quên chia cho 3"),
                (Fraction(radius**3, 3), "quên hệ số 4"),
                (Fraction(32 * radius**3, 3), "dùng đường kính thay bán kính"),
            ],
        )
        stem = f"Thể tích của hình cầu có bán kính {radius} cm là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"Áp dụng công thức thể tích hình {kind}: ${tex(key)}\\pi$ cm³.",
        lambda x: f"${tex(x)}\\pi$ cm³".replace("$1\\pi", "$\\pi"),
    )


@SHELF.add(TRIGONOMETRY, HIEU)
def sine_of_angle(r: Random) -> Draft:
    a, b, c = r.choice(TRIPLES)
    scale = r.randint(1, 6)
    function = r.choice(("sin", "cos", "tan", "cot"))
    value = {"sin": Fraction(a, c), "cos": Fraction(b, c), "tan": Fraction(a, b), "cot": Fraction(b, a)}
    names = {"sin": "nhầm với sin", "cos": "nhầm với côsin", "tan": "nhầm với tang", "cot": "nhầm với côtang"}
    wrongs = [(value[other], names[other]) for other in value if other != function]
    stem = f"Tam giác ABC vuông tại A có AC = {a * scale} cm, AB = {b * scale} cm, BC = {c * scale} cm. Giá trị của $\\{function} B$ là"
    return numbers(
        r,
        stem,
        value[function],
        wrongs,
        f"Góc B có cạnh đối AC, cạnh kề AB: $\\{function} B = {tex(value[function])}$.",
        lambda x: maths(tex(x)),
    )


@SHELF.add(TRIGONOMETRY, VAN_DUNG)
def tower_height(r: Random) -> Draft:
    distance, angle = r.randint(10, 90), r.choice((30, 45, 60))
    tangent = {30: Fraction(57735, 100000), 45: Fraction(1), 60: Fraction(173205, 100000)}[angle]
    stem = f"Từ một điểm trên mặt đất cách chân tháp {distance} m, người ta nhìn thấy đỉnh tháp dưới góc nâng {angle}°. Bỏ qua chiều cao người quan sát, tháp cao bao nhiêu mét? (Làm tròn kết quả đến hàng phần mười.)"
    return short(
        stem, distance * tangent, f"$h = {distance}\\tan {angle}° \\approx$ {plain(distance * tangent, 1)} m.", 1
    )


@SHELF.add(ARCS, HIEU)
def arc_length(r: Random) -> Draft:
    radius, angle = r.randint(3, 36), r.choice((20, 30, 36, 40, 45, 60, 72, 80, 90, 108, 120, 135, 150))
    key = Fraction(radius * angle, 180)
    wrongs = [
        (Fraction(radius * angle, 360), "quên hệ số 2 của chu vi"),
        (Fraction(radius * radius * angle, 360), "nhầm với diện tích hình quạt"),
        (Fraction(radius * angle, 90), "dùng đường kính thay bán kính"),
        (2 * Fraction(radius), "lấy chu vi cả đường tròn"),
    ]
    stem = f"Độ dài cung tròn {angle}° của đường tròn bán kính {radius} cm là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$l = \\frac{{n}}{{180}}\\pi R = {tex(key)}\\pi$ cm.",
        lambda x: f"${tex(x)}\\pi$ cm".replace("$1\\pi", "$\\pi"),
    )


@SHELF.add(FREQUENCY, HIEU)
def relative_frequency(r: Random) -> Draft:
    counts = [r.randint(2, 14) for _ in range(4)]
    whole = sum(counts)
    place = r.randrange(4)
    key = Fraction(100 * counts[place], whole)
    rows = "; ".join(f"{6 + mark} điểm: {count} học sinh" for mark, count in enumerate(counts))
    wrongs = [
        (Fraction(counts[place]), "lấy tần số làm tần số tương đối"),
        (Fraction(100 * counts[place], whole - counts[place]), "chia cho số học sinh còn lại"),
        (100 - key, "tính phần còn lại"),
        (Fraction(100 * counts[(place + 1) % 4], whole), "nhầm nhóm điểm"),
    ]
    stem = f"Thống kê điểm kiểm tra của một lớp: {rows}. Tần số tương đối của nhóm {6 + place} điểm xấp xỉ"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$f = \\frac{{{counts[place]}}}{{{whole}}}\\cdot 100\\% \\approx$ {plain(key, 1)}%.",
        lambda x: f"{plain(x, 1)}%",
    )


@SHELF.add(PARABOLA, BIET)
def point_on_parabola(r: Random) -> Draft:
    a, x = (
        r.choice([Fraction(n, 2) for n in range(-8, 9) if n]),
        r.choice([n for n in range(-5, 6) if n and abs(n) != 1]),
    )
    y = a * x * x
    wrongs = [
        (maths(point(x, -y)), "sai dấu của tung độ"),
        (maths(point(x, a * 2 * x)), "hiểu bình phương là nhân đôi"),
        (maths(point(y, x)), "đảo hoành độ và tung độ"),
        (maths(point(x, a * a * x * x)), "bình phương cả hệ số"),
    ]
    return choice(
        r,
        f"Điểm nào sau đây thuộc đồ thị hàm số $y = {total((a, 'x^2'))}$?",
        maths(point(x, y)),
        wrongs,
        f"Thay $x = {x}$ được $y = {tex(y)}$.",
    )


@SHELF.add(PARABOLA, VAN_DUNG)
def parabola_coefficient(r: Random) -> Draft:
    a, x = r.choice([Fraction(n, 4) for n in range(-16, 17) if n]), r.choice((2, -2, 4, -4, 6, -6, 3, -3))
    stem = f"Đồ thị hàm số $y = ax^2$ đi qua điểm $M{point(x, a * x * x)}$. Giá trị của $a$ là bao nhiêu?"
    return short(stem, a, f"$a = \\frac{{y}}{{x^2}}$ = {plain(a)}.")


MEANS = "toan.l07.thong-ke-xac-suat.phan-tich-va-xu-li-du-lieu-tu-bang-bieu-do"


@SHELF.add(MEANS, VAN_DUNG)
def pie_share(r: Random) -> Draft:
    first, second, third = r.choice(range(10, 41, 5)), r.choice(range(10, 36, 5)), r.choice(range(5, 26, 5))
    rest, whole = 100 - first - second - third, r.choice((200, 300, 400, 500, 600, 800))
    if rest <= 0:
        return None
    stem = f"Biểu đồ hình quạt tròn thể hiện tỉ lệ học sinh tham gia các môn thể thao của một trường có {whole} học sinh: bóng đá {first}%, cầu lông {second}%, bơi {third}%, còn lại là cờ vua. Số học sinh chơi cờ vua là bao nhiêu?"
    return short(
        stem,
        Fraction(whole * rest, 100),
        f"Cờ vua chiếm {rest}%: {whole}·{rest}% = {plain(Fraction(whole * rest, 100))} học sinh.",
    )


@SHELF.add(MEANS, HIEU)
def mean_of_list(r: Random) -> Draft:
    values = [r.randint(2, 40) for _ in range(5)]
    key = Fraction(sum(values), 5)
    wrongs = [
        (Fraction(sum(values), 4), "chia sai số lượng"),
        (Fraction(sorted(values)[2]), "nhầm với số ở giữa"),
        (Fraction(min(values) + max(values), 2), "lấy trung bình của số lớn nhất và nhỏ nhất"),
        (Fraction(sum(values)), "quên chia"),
    ]
    return numbers(
        r,
        f"Số sách năm tổ quyên góp được lần lượt là {listed(values)}. Trung bình mỗi tổ quyên góp được",
        key,
        wrongs,
        f"Tổng {sum(values)} quyển chia cho 5 tổ được {plain(key)} quyển.",
        lambda x: quantity(x, "quyển"),
    )
