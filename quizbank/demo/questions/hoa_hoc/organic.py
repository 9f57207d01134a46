# ruff: noqa: E501
"""Hoá học: organic chemistry."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    choice,
    numbers,
    short,
)
from quizbank.demo.questions.writing import Number, plain, quantity

SHELF = Shelf()

ORGANIC = "hoa-hoc.l11.hoa-huu-co.dai-cuong-ve-hoa-hoc-huu-co"
HYDROCARBON = "hoa-hoc.l11.hoa-huu-co.hydrocarbon"
ALCOHOL = "hoa-hoc.l11.hoa-huu-co.dan-xuat-halogen-alcohol-phenol"
ACIDS = "hoa-hoc.l11.hoa-huu-co.hop-chat-carbonyl-aldehyde-ketone-carboxylic-acid"
ESTER = "hoa-hoc.l12.hoa-huu-co.ester-lipid-xa-phong-va-chat-giat-rua"
CARBOHYDRATE = "hoa-hoc.l12.hoa-huu-co.carbohydrate"
AMINES = "hoa-hoc.l12.hoa-huu-co.hop-chat-chua-nitrogen"
POLYMER = "hoa-hoc.l12.hoa-huu-co.polymer"

FAMILIES = (
    ("alkane", 2, 2, "hydrocarbon no, mạch hở"),
    ("alkene", 2, 0, "một liên kết đôi"),
    ("alkyne", 2, -2, "một liên kết ba"),
)


def hydrocarbon(carbons: int, shift: int) -> str:
    hydrogens = 2 * carbons + shift
    return f"$\\mathrm{{C_{{{carbons}}}H_{{{hydrogens}}}}}$"


@SHELF.add(HYDROCARBON, HIEU, 90)
def family_formula(r: Random) -> Draft:
    name, _, shift, why = r.choice(FAMILIES)
    carbons = r.randint(3, 14)
    wrongs = [
        (hydrocarbon(carbons, other), f"nhầm với dãy đồng đẳng {family}")
        for family, _, other, _ in FAMILIES
        if other != shift
    ]
    wrongs.append((hydrocarbon(carbons, -6), "nhầm với dãy đồng đẳng của benzene"))
    wrongs.append((hydrocarbon(carbons, 4), "thừa hydrogen"))
    stem = f"Hydrocarbon nào sau đây thuộc dãy đồng đẳng {name} và có {carbons} nguyên tử carbon trong phân tử?"
    general = {2: "C_nH_{2n+2}", 0: "C_nH_{2n}", -2: "C_nH_{2n-2}"}[shift]
    return choice(
        r, stem, hydrocarbon(carbons, shift), wrongs, f"Dãy {name} ({why}) có công thức chung $\\mathrm{{{general}}}$."
    )


@SHELF.add(HYDROCARBON, VAN_DUNG)
def burn_alkane(r: Random) -> Draft:
    name, shift = r.choice((("alkane", 2), ("alkene", 0), ("alkyne", -2)))
    carbons, amount = r.randint(2, 8), r.choice([Fraction(n, 20) for n in range(1, 41)])
    oxygen = amount * (carbons + Fraction(2 * carbons + shift, 4))
    stem = f"Đốt cháy hoàn toàn {plain(amount)} mol {name} có {carbons} nguyên tử carbon trong phân tử. Số mol khí oxygen đã phản ứng là bao nhiêu?"
    because = f"Công thức {hydrocarbon(carbons, shift)}: mỗi mol cần {carbons} + {plain(Fraction(2 * carbons + shift, 4))} mol oxygen, vậy cần {plain(oxygen, 3)} mol."
    return short(stem, oxygen, because)


@SHELF.add(ORGANIC, VAN_DUNG)
def simplest_formula(r: Random) -> Draft:
    carbons, hydrogens, oxygens = r.randint(1, 6), r.randint(2, 12), r.randint(1, 4)
    if hydrogens % 2 or hydrogens > 2 * carbons + 2:
        return None
    mass = 12 * carbons + hydrogens + 16 * oxygens
    share = Fraction(1200 * carbons, mass)
    wrongs = [
        (Fraction(100 * carbons, carbons + hydrogens + oxygens), "tính phần trăm số nguyên tử thay vì khối lượng"),
        (Fraction(1600 * oxygens, mass), "nhầm với phần trăm oxygen"),
        (Fraction(100 * hydrogens, mass), "nhầm với phần trăm hydrogen"),
        (100 - share, "tính phần trăm các nguyên tố còn lại"),
    ]
    formula = f"$\\mathrm{{C_{{{carbons}}}H_{{{hydrogens}}}O_{{{oxygens}}}}}$".replace("_{1}", "")
    stem = f"Phần trăm khối lượng của carbon trong hợp chất có công thức phân tử {formula} xấp xỉ"
    return numbers(
        r,
        stem,
        share,
        wrongs,
        f"$\\%C = \\frac{{12\\cdot {carbons}}}{{{mass}}}\\cdot 100\\% \\approx$ {plain(share, 1)}%.",
        lambda x: f"{plain(x, 1)}%",
    )


@SHELF.add(ALCOHOL, VAN_DUNG)
def alcohol_strength(r: Random) -> Draft:
    volume, degree = r.choice(range(100, 1001, 20)), r.choice((5, 12, 20, 25, 30, 40, 45, 46, 70, 90))
    pure = Fraction(volume * degree, 100)
    wrongs = [
        (volume - pure, "tính thể tích nước"),
        (pure * Fraction(8, 10), "tính khối lượng thay vì thể tích"),
        (Fraction(volume * 100, degree), "chia cho độ cồn"),
        (pure / 10, "đổi sai phần trăm"),
    ]
    stem = f"Thể tích ethanol nguyên chất có trong {volume} mL cồn {degree}° là"
    return numbers(
        r,
        stem,
        pure,
        wrongs,
        f"$V = {volume}\\cdot\\frac{{{degree}}}{{100}}$ = {plain(pure, 1)} mL.",
        lambda x: f"{plain(x, 1)} mL",
    )


@SHELF.add(ACIDS, VAN_DUNG)
def vinegar(r: Random) -> Draft:
    volume, base, acid = (
        r.choice((5, 10, 20, 25)),
        r.choice((Fraction(1, 10), Fraction(2, 10), Fraction(1, 2))),
        r.choice([Fraction(n, 20) for n in range(2, 21)]),
    )
    used = acid * volume / base
    stem = f"Chuẩn độ {volume} mL dung dịch acetic acid {plain(acid)} M bằng dung dịch NaOH {plain(base)} M. Thể tích dung dịch NaOH cần dùng là bao nhiêu mL?"
    return short(stem, used, f"$C_aV_a = C_bV_b$ nên $V_b$ = {plain(acid)}·{volume}/{plain(base)} = {plain(used)} mL.")


@SHELF.add(ESTER, VAN_DUNG)
def saponify(r: Random) -> Draft:
    name, formula, mass, salt, salt_mass = r.choice(
        (
            ("methyl acetate", "CH_3COOCH_3", 74, "CH_3COONa", 82),
            ("ethyl acetate", "CH_3COOC_2H_5", 88, "CH_3COONa", 82),
            ("methyl formate", "HCOOCH_3", 60, "HCOONa", 68),
            ("ethyl formate", "HCOOC_2H_5", 74, "HCOONa", 68),
            ("methyl propionate", "C_2H_5COOCH_3", 88, "C_2H_5COONa", 96),
        )
    )
    amount = r.choice([Fraction(n, 20) for n in range(1, 31)])
    wrongs = [
        (amount * mass, "cho rằng khối lượng muối bằng khối lượng ester"),
        (amount * (mass + 40), "cộng khối lượng ester và NaOH, quên alcohol"),
        (amount * 40, "tính khối lượng NaOH phản ứng"),
        (amount * salt_mass * 2, "tính gấp đôi số mol"),
    ]
    stem = f"Thuỷ phân hoàn toàn {plain(amount * mass)} g {name} $\\mathrm{{{formula}}}$ trong dung dịch NaOH dư, đun nóng. Khối lượng muối thu được là"
    because = f"$n$ = {plain(amount)} mol; muối $\\mathrm{{{salt}}}$ có $M$ = {salt_mass} nên $m$ = {plain(amount * salt_mass)} g."
    return numbers(r, stem, amount * salt_mass, wrongs, because, lambda x: quantity(x, "g"))


@SHELF.add(CARBOHYDRATE, VAN_DUNG)
def fermentation(r: Random) -> Draft:
    mass, yield_ = r.choice(range(18, 901, 18)), r.choice((50, 60, 70, 75, 80, 90, 100))
    ethanol = Fraction(mass, 180) * 2 * 46 * yield_ / 100
    wrongs = [
        (ethanol / 2, "quên hệ số 2 của ethanol"),
        (ethanol * 10000 / (yield_ * yield_) if yield_ != 100 else ethanol * 2, "chia thay vì nhân hiệu suất"),
        (Fraction(mass, 180) * 2 * 44 * yield_ / 100, "tính khối lượng carbon dioxide"),
        (Fraction(mass * yield_, 100), "coi khối lượng ethanol bằng khối lượng glucose"),
    ]
    stem = f"Lên men {mass} g glucose với hiệu suất {yield_}%. Khối lượng ethanol thu được là"
    return numbers(
        r,
        stem,
        ethanol,
        wrongs,
        f"$\\mathrm{{C_6H_{{12}}O_6}} \\rightarrow 2\\mathrm{{C_2H_5OH}} + 2\\mathrm{{CO_2}}$; $m$ = {plain(ethanol, 2)} g.",
        lambda x: f"{plain(x, 2)} g",
    )


@SHELF.add(CARBOHYDRATE, VAN_DUNG)
def silver_mirror(r: Random) -> Draft:
    amount = r.choice([Fraction(n, 200) for n in range(2, 101)])
    silver = amount * 2 * 108
    stem = f"Cho {plain(amount * 180)} g glucose phản ứng hoàn toàn với lượng dư dung dịch $\\mathrm{{AgNO_3}}$ trong ammonia. Khối lượng bạc thu được là bao nhiêu gam?"
    return short(stem, silver, f"1 mol glucose cho 2 mol Ag: $m$ = {plain(amount)}·2·108 = {plain(silver, 3)} g.")


@SHELF.add(AMINES, VAN_DUNG)
def amino_acid_salt(r: Random) -> Draft:
    name, mass = r.choice((("glycine", 75), ("alanine", 89), ("valine", 117)))
    amount = r.choice([Fraction(n, 20) for n in range(1, 41)])
    hydrochloride = r.random() < 0.5
    change = Fraction(73, 2) if hydrochloride else Fraction(22)
    key = amount * (mass + change)
    reagent = "HCl" if hydrochloride else "NaOH"
    wrongs = [
        (amount * (mass + (22 if hydrochloride else Fraction(73, 2))), "nhầm phản ứng với acid và với base"),
        (amount * (mass + (Fraction(73, 2) if hydrochloride else 40)), "quên khối lượng nước tạo thành"),
        (amount * mass, "coi khối lượng muối bằng khối lượng amino acid"),
        (key * 2, "tính gấp đôi số mol"),
    ]
    stem = f"Cho {plain(amount * mass)} g {name} phản ứng hoàn toàn với dung dịch {reagent} vừa đủ. Khối lượng muối thu được là"
    because = f"$n$ = {plain(amount)} mol; mỗi mol amino acid chuyển thành muối tăng {plain(change)} g, vậy $m$ = {plain(key)} g."
    return numbers(r, stem, key, wrongs, because, lambda x: quantity(x, "g"))


@SHELF.add(POLYMER, HIEU)
def degree(r: Random) -> Draft:
    name, unit = r.choice(
        (
            ("polyethylene", 28),
            ("poly(vinyl chloride)", Fraction(125, 2)),
            ("polystyrene", 104),
            ("polypropylene", 42),
            ("polybuta-1,3-diene", 54),
        )
    )
    count = r.choice(range(200, 3001, 50))
    mass = unit * count
    wrongs: list[tuple[Number, str]] = [
        (count * 2, "lấy khối lượng nửa mắt xích"),
        (Fraction(count, 2), "lấy khối lượng gấp đôi mắt xích"),
        (Fraction(mass, 100), "chia cho 100 thay vì khối lượng mắt xích"),
        (Fraction(count + 100), "tính sai phép chia"),
    ]
    stem = f"Một loại {name} có phân tử khối trung bình {plain(mass)}. Hệ số polymer hoá (số mắt xích trung bình) là"
    return numbers(
        r,
        stem,
        count,
        wrongs,
        f"Mỗi mắt xích có khối lượng {plain(unit)} nên $n$ = {plain(mass)} : {plain(unit)} = {count}.",
        lambda x: plain(x, 0),
    )


MOLECULES = {
    CARBOHYDRATE: (("glucose", 6, 12, 6), ("fructose", 6, 12, 6), ("saccharose", 12, 22, 11), ("maltose", 12, 22, 11)),
    AMINES: (
        ("methylamine", 1, 5, 0),
        ("ethylamine", 2, 7, 0),
        ("aniline", 6, 7, 0),
        ("glycine", 2, 5, 2),
        ("alanine", 3, 7, 2),
        ("valine", 5, 11, 2),
        ("lysine", 6, 14, 2),
    ),
    ESTER: (
        ("methyl formate", 2, 4, 2),
        ("ethyl acetate", 4, 8, 2),
        ("vinyl acetate", 4, 6, 2),
        ("methyl acrylate", 4, 6, 2),
        ("phenyl acetate", 8, 8, 2),
        ("tristearin", 57, 110, 6),
        ("triolein", 57, 104, 6),
        ("tripalmitin", 51, 98, 6),
    ),
}
"""Carbon, hydrogen and oxygen atoms in a molecule."""


def count_atoms(r: Random, topic: str) -> Draft:
    name, carbons, hydrogens, oxygens = r.choice(MOLECULES[topic])
    element, key = r.choice((("carbon", carbons), ("hydrogen", hydrogens)))
    wrongs = [
        (hydrogens if element == "carbon" else carbons, "nhầm giữa carbon và hydrogen"),
        (oxygens, "nhầm với số nguyên tử oxygen"),
        (key + 2, "đếm thừa hai nguyên tử"),
        (key - 1, "đếm thiếu một nguyên tử"),
        (key + 1, "đếm thừa một nguyên tử"),
    ]
    stem = f"Số nguyên tử {element} trong một phân tử {name} là"
    return numbers(
        r, stem, key, wrongs, f"Phân tử {name} có {carbons} nguyên tử carbon và {hydrogens} nguyên tử hydrogen."
    )


@SHELF.add(CARBOHYDRATE, BIET, 24)
def sugar_atoms(r: Random) -> Draft:
    return count_atoms(r, CARBOHYDRATE)


@SHELF.add(AMINES, BIET, 36)
def amine_atoms(r: Random) -> Draft:
    return count_atoms(r, AMINES)


@SHELF.add(ESTER, BIET, 40)
def ester_atoms(r: Random) -> Draft:
    return count_atoms(r, ESTER)
