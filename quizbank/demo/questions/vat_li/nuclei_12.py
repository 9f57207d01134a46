# ruff: noqa: E501
"""Vật lí 12: magnetism and nuclei."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.claims import theory
from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
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
from quizbank.demo.questions.writing import plain, rounded

SHELF = Shelf()

MAGNETISM = "vat-li.l12.truong-tu.khai-niem-tu-truong"
MAGNETIC_FORCE = "vat-li.l12.truong-tu.luc-tu-tac-dung-len-doan-day-dan-mang-dong-dien-cam-ung"
INDUCTION = "vat-li.l12.truong-tu.tu-thong-cam-ung-dien-tu"
NUCLEUS = "vat-li.l12.hat-nhan.cau-truc-hat-nhan"
BINDING = "vat-li.l12.hat-nhan.do-hut-khoi-va-nang-luong-lien-ket-hat-nhan"
DECAY = "vat-li.l12.hat-nhan.su-phong-xa-va-chu-ki-ban-ra"

law(
    SHELF,
    Law(
        "magnetic_force",
        MAGNETIC_FORCE,
        "độ lớn lực từ tác dụng lên đoạn dây dài $L$ mang dòng điện $I$ đặt vuông góc với cảm ứng từ $B$",
        Quantity("F", "độ lớn lực từ", "N"),
        (
            (Quantity("B", "độ lớn cảm ứng từ", "T", tuple(Fraction(n, 20) for n in range(1, 31))), 1),
            (Quantity("I", "cường độ dòng điện", "A", tenths(5, 120, 5)), 1),
            (Quantity("L", "chiều dài đoạn dây", "m", tenths(1, 20)), 1),
        ),
        {
            "F": "Một đoạn dây dài <L> mang dòng điện <I> đặt vuông góc với các đường sức từ của từ trường đều có cảm ứng từ <B>. Lực từ tác dụng lên đoạn dây có độ lớn là",
            "B": "Một đoạn dây dài <L> mang dòng điện <I> đặt vuông góc với các đường sức của từ trường đều chịu lực từ có độ lớn <F>. Cảm ứng từ có độ lớn là",
            "I": "Một đoạn dây dài <L> đặt vuông góc với các đường sức của từ trường đều có cảm ứng từ <B> chịu lực từ có độ lớn <F>. Cường độ dòng điện qua dây là",
        },
    ),
)


law(
    SHELF,
    Law(
        "flux",
        INDUCTION,
        "từ thông qua diện tích $S$ đặt vuông góc với các đường sức của từ trường đều có cảm ứng từ $B$",
        Quantity(r"\Phi", "từ thông", "mWb"),
        (
            (Quantity("B", "độ lớn cảm ứng từ", "T", tuple(Fraction(n, 50) for n in range(1, 61))), 1),
            (Quantity("S", "diện tích", "cm²", steps(10, 500, 10)), 1),
        ),
        {
            r"\Phi": "Một khung dây phẳng diện tích <S> đặt vuông góc với các đường sức của từ trường đều có cảm ứng từ <B>. Từ thông qua khung dây có độ lớn là",
            "B": r"Một khung dây phẳng diện tích <S> đặt vuông góc với các đường sức của từ trường đều, từ thông qua khung có độ lớn <\Phi>. Cảm ứng từ có độ lớn là",
        },
        scale=Fraction(1, 10),
    ),
)


law(
    SHELF,
    Law(
        "induced_emf", INDUCTION, r"độ lớn suất điện động cảm ứng trung bình khi từ thông qua vòng dây biến thiên $\Delta\Phi$ trong thời gian $\Delta t$",
        Quantity("e", "độ lớn suất điện động cảm ứng", "V"),
        ((Quantity(r"\Delta\Phi", "độ biến thiên từ thông", "Wb", tuple(Fraction(n, 50) for n in range(1, 76))), 1), (Quantity(r"\Delta t", "khoảng thời gian biến thiên", "s", tuple(Fraction(n, 20) for n in range(1, 21))), -1)),
        {
            "e": r"Từ thông qua một vòng dây kín biến thiên đều một lượng <\Delta\Phi> trong <\Delta t>. Suất điện động cảm ứng trong vòng dây có độ lớn là",
            r"\Delta\Phi": r"Trong <\Delta t>, suất điện động cảm ứng trong một vòng dây kín có độ lớn không đổi <e>. Độ biến thiên từ thông qua vòng dây có độ lớn là",
        },
    ),
)  # fmt: skip


NUCLIDES = (
    ("He", 2, 4),
    ("Li", 3, 7),
    ("Be", 4, 9),
    ("C", 6, 12),
    ("C", 6, 14),
    ("N", 7, 14),
    ("O", 8, 16),
    ("Na", 11, 23),
    ("Al", 13, 27),
    ("P", 15, 30),
    ("Cl", 17, 37),
    ("Fe", 26, 56),
    ("Co", 27, 60),
    ("Sr", 38, 90),
    ("Ag", 47, 107),
    ("I", 53, 131),
    ("Cs", 55, 137),
    ("Po", 84, 210),
    ("Ra", 88, 226),
    ("Th", 90, 232),
    ("U", 92, 235),
    ("U", 92, 238),
)


def nuclide(name: str, charge: int, mass: int) -> str:
    return f"${{}}^{{{mass}}}_{{{charge}}}\\mathrm{{{name}}}$"


@SHELF.add(NUCLEUS, BIET, 60)
def neutrons(r: Random) -> Draft:
    name, charge, mass = r.choice(NUCLIDES)
    wrongs = [
        (mass, "nhầm với số nucleon"),
        (charge, "nhầm với số proton"),
        (mass + charge, "cộng thay vì trừ"),
        (mass - charge + 1, "tính nhầm một đơn vị"),
        (mass - charge - 1, "tính thiếu một đơn vị"),
    ]
    return numbers(
        r,
        f"Số neutron trong hạt nhân {nuclide(name, charge, mass)} là",
        mass - charge,
        wrongs,
        f"$N = A - Z = {mass} - {charge} = {mass - charge}$.",
    )


@SHELF.add(NUCLEUS, HIEU, 40)
def nucleus_cluster(r: Random) -> Draft:
    name, charge, mass = r.choice(NUCLIDES)
    statements = [
        either(r, "Hạt nhân có @ proton.", str(charge), str(mass - charge + 1), f"Số proton là $Z = {charge}$."),
        either(
            r,
            "Hạt nhân có @ neutron.",
            str(mass - charge),
            str(mass + charge),
            f"Số neutron là $A - Z = {mass - charge}$.",
        ),
        either(r, "Số nucleon của hạt nhân là @.", str(mass), str(mass + charge), f"Số nucleon là $A = {mass}$."),
        either(
            r,
            "Nguyên tử trung hoà tương ứng có @ electron.",
            str(charge),
            str(mass),
            f"Số electron bằng số proton: {charge}.",
        ),
    ]
    return cluster(f"Xét hạt nhân {nuclide(name, charge, mass)}. Mỗi phát biểu sau đúng hay sai?", statements)


BINDING_ENERGIES = (
    ("He", 2, 4, "28.30"),
    ("Li", 3, 7, "39.25"),
    ("Be", 4, 9, "58.16"),
    ("B", 5, 11, "76.20"),
    ("C", 6, 12, "92.16"),
    ("N", 7, 14, "104.66"),
    ("O", 8, 16, "127.62"),
    ("Ne", 10, 20, "160.64"),
    ("Na", 11, 23, "186.56"),
    ("Mg", 12, 24, "198.26"),
    ("Al", 13, 27, "224.95"),
    ("Ca", 20, 40, "342.05"),
    ("Fe", 26, 56, "492.26"),
    ("Co", 27, 60, "524.80"),
    ("Pb", 82, 208, "1636.43"),
    ("U", 92, 235, "1783.87"),
    ("U", 92, 238, "1801.69"),
)
"""Measured binding energies in MeV."""


@SHELF.add(BINDING, HIEU, 60)
def binding_per_nucleon(r: Random) -> Draft:
    name, charge, mass, measured = r.choice(BINDING_ENERGIES)
    energy = Fraction(measured)
    each = energy / mass
    wrongs = [
        (energy / charge, "chia cho số proton thay vì số nucleon"),
        (energy / (mass - charge), "chia cho số neutron thay vì số nucleon"),
        (energy / (mass + charge), "chia cho tổng A + Z"),
    ]
    stem = f"Hạt nhân {nuclide(name, charge, mass)} có năng lượng liên kết {plain(energy)} MeV. Năng lượng liên kết riêng của hạt nhân xấp xỉ"
    because = f"$\\varepsilon = \\frac{{W_{{lk}}}}{{A}} \\approx$ {plain(each, 2)} MeV/nucleon."
    return numbers(r, stem, each, wrongs, because, lambda x: f"{plain(x, 2)} MeV/nucleon")


@SHELF.add(BINDING, VAN_DUNG, 60)
def binding_from_defect(r: Random) -> Draft:
    name, charge, mass, measured = r.choice(BINDING_ENERGIES)
    defect = rounded(Fraction(measured) / Fraction(9315, 10), 4)
    each = defect * Fraction(9315, 10) / mass
    stem = f"Hạt nhân {nuclide(name, charge, mass)} có độ hụt khối {plain(defect)} amu. Lấy 1 amu = 931,5 MeV/c². Năng lượng liên kết riêng của hạt nhân là bao nhiêu MeV/nucleon? (Làm tròn kết quả đến hàng phần trăm.)"
    return short(stem, each, f"$\\varepsilon = \\frac{{\\Delta m c^2}}{{A}} \\approx$ {plain(each, 2)} MeV/nucleon.", 2)


@SHELF.add(BINDING, VAN_DUNG, 120)
def compare_stability(r: Random) -> Draft:
    rows = r.sample(BINDING_ENERGIES, 4)
    ranked = sorted(rows, key=lambda row: Fraction(row[3]) / row[2], reverse=True)
    best, others = ranked[0], ranked[1:]
    given = "; ".join(f"{nuclide(*row[:3])}: {plain(Fraction(row[3]))} MeV" for row in rows)
    wrongs = [
        (nuclide(*row[:3]), f"năng lượng liên kết riêng chỉ khoảng {plain(Fraction(row[3]) / row[2], 2)} MeV/nucleon")
        for row in others
    ]
    because = f"Hạt nhân có năng lượng liên kết riêng lớn nhất thì bền vững nhất: {plain(Fraction(best[3]) / best[2], 2)} MeV/nucleon."
    return choice(
        r,
        f"Cho năng lượng liên kết của các hạt nhân: {given}. Hạt nhân bền vững nhất là",
        nuclide(*best[:3]),
        wrongs,
        because,
    )


@SHELF.add(DECAY, HIEU)
def half_life(r: Random) -> Draft:
    periods, half, start = (
        r.randint(2, 6),
        r.randint(2, 30),
        r.choice((64, 80, 96, 128, 160, 200, 240, 320, 400, 640, 800)),
    )
    left = Fraction(start, 2**periods)
    wrongs = [
        (start - left, "tính phần đã phân rã"),
        (Fraction(start, 2 * periods), "chia cho 2n thay vì lũy thừa của 2"),
        (Fraction(start, periods), "chia cho số chu kì"),
        (left * 2, "đếm thiếu một chu kì"),
    ]
    stem = f"Một chất phóng xạ có chu kì bán rã {half} ngày, khối lượng ban đầu {start} g. Sau {half * periods} ngày, khối lượng chất phóng xạ còn lại là"
    return numbers(
        r,
        stem,
        left,
        wrongs,
        f"$m = m_0\\cdot 2^{{-t/T}} = {start}\\cdot 2^{{-{periods}}}$ = {plain(left, 3)} g.",
        lambda x: f"{plain(x, 3)} g",
    )


@SHELF.add(DECAY, VAN_DUNG)
def decay_time(r: Random) -> Draft:
    periods, half = r.randint(2, 7), r.choice([Fraction(n, 2) for n in range(3, 80)])
    part = 2**periods
    stem = f"Một mẫu chất phóng xạ có chu kì bán rã {plain(half)} ngày. Sau bao nhiêu ngày thì số hạt nhân còn lại bằng $\\frac{{1}}{{{part}}}$ số hạt nhân ban đầu?"
    return short(
        stem,
        half * periods,
        f"$\\frac{{1}}{{{part}}} = 2^{{-{periods}}}$ nên $t = {periods}T$ = {plain(half * periods)} ngày.",
    )


theory(
    SHELF,
    "magnetism",
    MAGNETISM,
    BIET,
    "từ trường",
    [
        (
            "Từ trường tồn tại xung quanh nam châm và dòng điện.",
            "Từ trường chỉ tồn tại xung quanh điện tích đứng yên.",
            "nhầm với điện trường",
        ),
        (
            "Đường sức từ của nam châm đi ra từ cực bắc và đi vào cực nam ở bên ngoài nam châm.",
            "Đường sức từ của nam châm đi ra từ cực nam và đi vào cực bắc ở bên ngoài nam châm.",
            "nhầm chiều đường sức",
        ),
        (
            "Các đường sức từ không cắt nhau.",
            "Hai đường sức từ có thể cắt nhau tại một điểm.",
            "quên tính duy nhất của hướng từ trường",
        ),
        (
            "Đường sức từ của dòng điện thẳng dài là các đường tròn đồng tâm.",
            "Đường sức từ của dòng điện thẳng dài là các đường thẳng song song với dây.",
            "nhầm hình dạng đường sức",
        ),
        (
            "Nơi từ trường mạnh, các đường sức từ vẽ dày hơn.",
            "Nơi từ trường mạnh, các đường sức từ vẽ thưa hơn.",
            "hiểu ngược mật độ đường sức",
        ),
        (
            "Hai dây dẫn song song mang dòng điện cùng chiều hút nhau.",
            "Hai dây dẫn song song mang dòng điện cùng chiều đẩy nhau.",
            "nhầm tương tác giữa hai dòng điện",
        ),
    ],
)


theory(
    SHELF,
    "radioactivity",
    DECAY,
    BIET,
    "hiện tượng phóng xạ",
    [
        ("Tia α là dòng các hạt nhân helium.", "Tia α là dòng các electron.", "nhầm tia α với tia β⁻"),
        (
            "Tia γ là sóng điện từ có bước sóng rất ngắn.",
            "Tia γ là dòng các hạt mang điện dương.",
            "nhầm tia γ với tia α",
        ),
        (
            "Phóng xạ là quá trình tự phát, không phụ thuộc nhiệt độ và áp suất.",
            "Tăng nhiệt độ làm chu kì bán rã của chất phóng xạ giảm.",
            "cho rằng phụ thuộc điều kiện ngoài",
        ),
        (
            "Sau một chu kì bán rã, một nửa số hạt nhân ban đầu đã phân rã.",
            "Sau hai chu kì bán rã, toàn bộ hạt nhân đã phân rã.",
            "hiểu sai quy luật hàm mũ",
        ),
        ("Tia α bị lệch trong điện trường.", "Tia γ bị lệch trong điện trường.", "quên rằng tia γ không mang điện"),
        (
            "Tia γ có khả năng đâm xuyên mạnh nhất trong ba loại tia α, β, γ.",
            "Tia α có khả năng đâm xuyên mạnh nhất trong ba loại tia α, β, γ.",
            "so sánh ngược khả năng đâm xuyên",
        ),
    ],
)
