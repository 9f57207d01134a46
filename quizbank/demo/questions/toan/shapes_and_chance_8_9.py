# ruff: noqa: E501
"""Toán 8 and 9: geometry, data and chance."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.templates import (
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    choice,
    numbers,
    short,
)
from quizbank.demo.questions.writing import (
    comma,
    maths,
    plain,
    root,
    tex,
)

SHELF = Shelf()

PYTHAGORAS = "toan.l08.hinh-hoc-do-luong.dinh-li-pythagore"
THALES = "toan.l08.hinh-hoc-do-luong.dinh-li-thales-trong-tam-giac-duong-trung-binh-tinh-chat"
CHANCE_8 = "toan.l08.thong-ke-xac-suat.mo-ta-xac-suat-cua-bien-co-bang-ti-so-xac-suat-thuc"
SOLIDS = "toan.l09.hinh-hoc-do-luong.hinh-tru-hinh-non-hinh-cau"
TRIGONOMETRY = "toan.l09.hinh-hoc-do-luong.ti-so-luong-giac-cua-goc-nhon-he-thuc-ve-canh-va-goc"
ARCS = "toan.l09.hinh-hoc-do-luong.do-dai-cung-tron-hinh-quat-tron-hinh-vanh-khuyen"
FREQUENCY = "toan.l09.thong-ke-xac-suat.bang-tan-so-tan-so-tuong-doi-bieu-do-tan-so"

TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41), (12, 35, 37))


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
