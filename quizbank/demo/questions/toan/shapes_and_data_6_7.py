# ruff: noqa: E501
"""Toán 6 and 7: ratios, polynomials, shapes and data."""

from fractions import Fraction
from random import Random

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
from quizbank.demo.questions.writing import (
    Number,
    comma,
    listed,
    maths,
    plain,
    polynomial,
    quantity,
    tex,
)

SHELF = Shelf()

SEGMENTS = "toan.l06.hinh-hoc-do-luong.doan-thang-do-dai-doan-thang-trung-diem"
EXPERIMENT = "toan.l06.thong-ke-xac-suat.xac-suat-thuc-nghiem"
RATIOS = "toan.l07.so-dai-so.ti-le-thuc-va-day-ti-so-bang-nhau"
PROPORTION = "toan.l07.so-dai-so.dai-luong-ti-le-thuan-dai-luong-ti-le-nghich"
POLYNOMIALS = "toan.l07.so-dai-so.da-thuc-mot-bien"
BOXES = "toan.l07.hinh-hoc-do-luong.hinh-hop-chu-nhat-va-hinh-lap-phuong"
TRIANGLES = "toan.l07.hinh-hoc-do-luong.tam-giac-tam-giac-bang-nhau-tam-giac-can"
MEANS = "toan.l07.thong-ke-xac-suat.phan-tich-va-xu-li-du-lieu-tu-bang-bieu-do"


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
