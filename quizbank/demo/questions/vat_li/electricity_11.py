# ruff: noqa: E501
"""Vật lí 11: fields and circuits."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
from quizbank.demo.questions.templates import (
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    cluster,
    either,
    numbers,
    short,
)
from quizbank.demo.questions.writing import plain

SHELF = Shelf()

COULOMB = "vat-li.l11.truong-dien.luc-dien-tuong-tac-giua-cac-dien-tich"
FIELD = "vat-li.l11.truong-dien.khai-niem-dien-truong"
UNIFORM = "vat-li.l11.truong-dien.dien-truong-deu"
POTENTIAL = "vat-li.l11.truong-dien.dien-the-va-the-nang-dien"
CAPACITOR = "vat-li.l11.truong-dien.tu-dien-va-dien-dung"
CURRENT = "vat-li.l11.dong-dien.cuong-do-dong-dien"
CIRCUIT = "vat-li.l11.dong-dien.mach-dien-va-dien-tro"
ELECTRIC_POWER = "vat-li.l11.dong-dien.nang-luong-dien-cong-suat-dien"

law(
    SHELF,
    Law(
        "field_strength",
        FIELD,
        "cường độ điện trường tại điểm mà điện tích thử $q$ chịu lực điện $F$",
        Quantity("E", "cường độ điện trường", "V/m"),
        (
            (Quantity("F", "độ lớn lực điện", "mN", tenths(2, 90)), 1),
            (Quantity("q", "độ lớn điện tích thử", "μC", steps(1, 20)), -1),
        ),
        {
            "E": "Một điện tích thử có độ lớn <q> đặt trong điện trường chịu lực điện có độ lớn <F>. Cường độ điện trường tại điểm đó là",
            "F": "Một điện tích thử có độ lớn <q> đặt tại điểm có cường độ điện trường <E>. Lực điện tác dụng lên điện tích có độ lớn là",
        },
        scale=Fraction(1000),
    ),
)


law(
    SHELF,
    Law(
        "uniform_field",
        UNIFORM,
        "cường độ điện trường đều giữa hai bản phẳng song song có hiệu điện thế $U$, cách nhau $d$",
        Quantity("E", "cường độ điện trường", "V/m"),
        (
            (Quantity("U", "hiệu điện thế giữa hai bản", "V", steps(6, 600, 6)), 1),
            (Quantity("d", "khoảng cách giữa hai bản", "cm", tenths(5, 100, 5)), -1),
        ),
        {
            "E": "Hai bản phẳng song song cách nhau <d>, hiệu điện thế giữa hai bản là <U>. Cường độ điện trường giữa hai bản là",
            "U": "Điện trường đều giữa hai bản phẳng song song cách nhau <d> có cường độ <E>. Hiệu điện thế giữa hai bản là",
            "d": "Hiệu điện thế giữa hai bản phẳng song song là <U>, cường độ điện trường giữa hai bản là <E>. Khoảng cách giữa hai bản là",
        },
        scale=Fraction(100),
    ),
)


law(
    SHELF,
    Law(
        "electric_work",
        POTENTIAL,
        "công của lực điện khi điện tích $q$ dịch chuyển giữa hai điểm có hiệu điện thế $U$",
        Quantity("A", "công của lực điện", "mJ"),
        (
            (Quantity("q", "điện tích", "μC", steps(2, 60, 2)), 1),
            (Quantity("U", "hiệu điện thế", "V", steps(50, 900, 50)), 1),
        ),
        {
            "A": "Một điện tích dương <q> dịch chuyển từ điểm M đến điểm N, hiệu điện thế giữa M và N là <U>. Công của lực điện là",
            "U": "Lực điện thực hiện công <A> khi điện tích dương <q> dịch chuyển từ M đến N. Hiệu điện thế giữa M và N là",
            "q": "Lực điện thực hiện công <A> khi một điện tích dương dịch chuyển giữa hai điểm có hiệu điện thế <U>. Giá trị của điện tích là",
        },
        scale=Fraction(1, 1000),
    ),
)


law(
    SHELF,
    Law(
        "capacitor_charge",
        CAPACITOR,
        "điện tích của tụ điện có điện dung $C$ được nạp đến hiệu điện thế $U$",
        Quantity("Q", "điện tích của tụ điện", "μC"),
        (
            (Quantity("C", "điện dung của tụ điện", "μF", tenths(5, 300, 5)), 1),
            (Quantity("U", "hiệu điện thế giữa hai bản tụ", "V", steps(3, 240, 3)), 1),
        ),
        {
            "Q": "Một tụ điện có điện dung <C> được nạp đến hiệu điện thế <U>. Điện tích của tụ điện là",
            "U": "Một tụ điện có điện dung <C> tích điện <Q>. Hiệu điện thế giữa hai bản tụ là",
            "C": "Một tụ điện được nạp đến hiệu điện thế <U> thì tích điện <Q>. Điện dung của tụ điện là",
        },
    ),
)


law(
    SHELF,
    Law(
        "capacitor_energy",
        CAPACITOR,
        "năng lượng của tụ điện có điện dung $C$ ở hiệu điện thế $U$",
        Quantity("W", "năng lượng của tụ điện", "mJ"),
        (
            (Quantity("C", "điện dung của tụ điện", "μF", steps(2, 100, 2)), 1),
            (Quantity("U", "hiệu điện thế giữa hai bản tụ", "V", steps(10, 200, 10)), 2),
        ),
        {
            "W": "Một tụ điện có điện dung <C> được nạp đến hiệu điện thế <U>. Năng lượng của tụ điện là",
            "U": "Một tụ điện có điện dung <C> dự trữ năng lượng <W>. Hiệu điện thế giữa hai bản tụ là",
        },
        coefficient=Fraction(1, 2),
        scale=Fraction(1, 1000),
        written=r"\frac{1}{2}",
    ),
)


law(
    SHELF,
    Law(
        "current",
        CURRENT,
        r"cường độ dòng điện không đổi khi điện lượng $q$ chuyển qua tiết diện thẳng của dây trong thời gian $t$",
        Quantity("I", "cường độ dòng điện", "A"),
        (
            (Quantity("q", "điện lượng chuyển qua tiết diện dây", "C", steps(2, 240, 2)), 1),
            (Quantity("t", "thời gian", "s", steps(2, 60, 2)), -1),
        ),
        {
            "I": "Trong <t>, điện lượng chuyển qua tiết diện thẳng của dây dẫn là <q>. Cường độ dòng điện không đổi qua dây là",
            "q": "Dòng điện không đổi có cường độ <I> chạy qua dây dẫn. Điện lượng chuyển qua tiết diện thẳng của dây trong <t> là",
            "t": "Dòng điện không đổi có cường độ <I>. Thời gian để điện lượng <q> chuyển qua tiết diện thẳng của dây dẫn là",
        },
    ),
)


law(
    SHELF,
    Law(
        "ohm",
        CIRCUIT,
        "cường độ dòng điện qua điện trở $R$ có hiệu điện thế hai đầu $U$",
        Quantity("I", "cường độ dòng điện", "A"),
        (
            (Quantity("U", "hiệu điện thế hai đầu điện trở", "V", tenths(15, 360, 15)), 1),
            (Quantity("R", "điện trở", "Ω", steps(2, 80, 2)), -1),
        ),
        {
            "I": "Đặt hiệu điện thế <U> vào hai đầu điện trở <R>. Cường độ dòng điện qua điện trở là",
            "U": "Dòng điện có cường độ <I> chạy qua điện trở <R>. Hiệu điện thế hai đầu điện trở là",
            "R": "Đặt hiệu điện thế <U> vào hai đầu một điện trở thì dòng điện qua nó có cường độ <I>. Giá trị điện trở là",
        },
    ),
)


law(
    SHELF,
    Law(
        "heat_power",
        ELECTRIC_POWER,
        "công suất toả nhiệt của điện trở $R$ có dòng điện $I$ chạy qua",
        Quantity(r"\mathcal{P}", "công suất toả nhiệt", "W"),
        (
            (Quantity("R", "điện trở", "Ω", steps(2, 100, 2)), 1),
            (Quantity("I", "cường độ dòng điện", "A", tenths(5, 60, 5)), 2),
        ),
        {
            r"\mathcal{P}": "Dòng điện có cường độ <I> chạy qua điện trở <R>. Công suất toả nhiệt trên điện trở là",
            "I": r"Công suất toả nhiệt trên điện trở <R> là <\mathcal{P}>. Cường độ dòng điện qua điện trở là",
            "R": r"Dòng điện có cường độ <I> chạy qua một điện trở, công suất toả nhiệt là <\mathcal{P}>. Giá trị điện trở là",
        },
    ),
)


@SHELF.add(CIRCUIT, VAN_DUNG)
def series_parallel(r: Random) -> Draft:
    one, two = r.choice((2, 3, 4, 6, 8, 10, 12, 15, 20, 30, 40, 60)), r.choice((3, 4, 6, 8, 12, 20, 24, 30, 60))
    parallel = Fraction(one * two, one + two)
    wrongs = [
        (Fraction(one + two), "tính như mạch nối tiếp"),
        (1 / parallel, "quên nghịch đảo kết quả"),
        (Fraction(one + two, 2), "lấy trung bình cộng"),
        (Fraction(one * two), "lấy tích hai điện trở"),
    ]
    stem = f"Hai điện trở {one} Ω và {two} Ω mắc song song. Điện trở tương đương của đoạn mạch là"
    because = f"$R = \\frac{{R_1R_2}}{{R_1+R_2}}$ = {plain(parallel, 2)} Ω."
    return numbers(r, stem, parallel, wrongs, because, lambda x: f"{plain(x, 2)} Ω")


@SHELF.add(CIRCUIT, VAN_DUNG)
def source_circuit(r: Random) -> Draft:
    inner, outer, current = (
        r.choice([Fraction(n, 2) for n in range(1, 7)]),
        r.randint(2, 20),
        r.choice([Fraction(n, 2) for n in range(1, 9)]),
    )
    emf = current * (inner + outer)
    useful, lost = current * current * outer, current * current * inner
    statements = [
        either(
            r,
            "Cường độ dòng điện trong mạch là @ A.",
            plain(current),
            plain(emf / outer, 2),
            f"$I = \\frac{{\\mathcal{{E}}}}{{R+r}}$ = {plain(current)} A.",
        ),
        either(
            r,
            "Hiệu điện thế giữa hai cực của nguồn là @ V.",
            plain(current * outer),
            plain(emf),
            f"$U = IR$ = {plain(current * outer)} V.",
        ),
        either(
            r,
            "Công suất tiêu thụ của mạch ngoài là @ W.",
            plain(useful),
            plain(useful + lost),
            f"$P = I^2R$ = {plain(useful)} W.",
        ),
        either(r, "Công suất hao phí trong nguồn là @ W.", plain(lost), plain(useful), f"$I^2r$ = {plain(lost)} W."),
    ]
    stem = f"Một nguồn điện có suất điện động {plain(emf)} V, điện trở trong {plain(inner)} Ω được nối với điện trở mạch ngoài {outer} Ω. Mỗi phát biểu sau đúng hay sai?"
    return cluster(stem, statements)


@SHELF.add(COULOMB, HIEU)
def coulomb_change(r: Random) -> Draft:
    near, charge = r.choice((2, 3, 4)), r.choice((2, 3))
    apart = r.random() < 0.5
    force = r.choice((12, 18, 24, 36, 48, 72, 144))
    factor = Fraction(charge, near * near) if apart else Fraction(charge * near * near)
    key = force * factor
    verb = f"tăng khoảng cách giữa chúng lên {near} lần" if apart else f"giảm khoảng cách giữa chúng đi {near} lần"
    wrongs = [
        (force * (Fraction(charge, near) if apart else Fraction(charge * near)), "quên bình phương khoảng cách"),
        (force * (Fraction(1, near * near) if apart else Fraction(near * near)), "quên sự thay đổi của điện tích"),
        (force * Fraction(charge), "quên sự thay đổi của khoảng cách"),
        (force / factor, "nhầm tỉ lệ thuận với tỉ lệ nghịch"),
    ]
    stem = f"Hai điện tích điểm đặt trong chân không hút nhau bằng lực {force} mN. Nếu độ lớn một điện tích tăng {charge} lần và {verb} thì lực hút giữa chúng là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$F$ tỉ lệ với $|q_1q_2|$ và tỉ lệ nghịch với $r^2$ nên $F'$ = {plain(key, 2)} mN.",
        lambda x: f"{plain(x, 2)} mN",
    )


@SHELF.add(COULOMB, VAN_DUNG)
def coulomb_value(r: Random) -> Draft:
    one, two, distance = r.randint(1, 9), r.randint(1, 9), r.choice((3, 6, 10, 15, 20, 30))
    force = Fraction(9 * one * two, distance * distance) * 10
    stem = f"Hai điện tích điểm có độ lớn {one} μC và {two} μC đặt cách nhau {distance} cm trong chân không. Lấy $k = 9\\cdot10^9$ N·m²/C². Lực điện giữa chúng có độ lớn bao nhiêu niutơn?"
    return short(stem, force, f"$F = k\\frac{{|q_1q_2|}}{{r^2}}$ = {plain(force, 3)} N.")
