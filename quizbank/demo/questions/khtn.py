# ruff: noqa: E501, E731
"""Khoa học tự nhiên 6-9: what can be computed."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

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
from quizbank.demo.questions.writing import Number, plain, quantity

SHELF = Shelf()

MEASURE = "khoa-hoc-tu-nhien.l06.mo-dau.cac-phep-do"
SPRING = "khoa-hoc-tu-nhien.l06.nang-luong.ma-sat-khoi-luong-va-trong-luong-bien-dang-cua-lo-xo"
ATOMS = "khoa-hoc-tu-nhien.l07.chat.nguyen-tu-nguyen-to-hoa-hoc"
FORMULA = "khoa-hoc-tu-nhien.l07.chat.hoa-tri-cong-thuc-hoa-hoc"
SPEED = "khoa-hoc-tu-nhien.l07.nang-luong.toc-do-chuyen-dong-do-thi-quang-duong-thoi-gian"
SOUND = "khoa-hoc-tu-nhien.l07.nang-luong.am-thanh-song-am-do-to-do-cao-phan-xa-am"
LIGHT = "khoa-hoc-tu-nhien.l07.nang-luong.anh-sang-tia-sang-su-phan-xa-anh-qua-guong-phang"
MOLE = "khoa-hoc-tu-nhien.l08.chat.mol-va-ti-khoi-chat-khi"
SOLUTION = "khoa-hoc-tu-nhien.l08.chat.dung-dich-va-nong-do"
CONSERVATION = "khoa-hoc-tu-nhien.l08.chat.dinh-luat-bao-toan-khoi-luong-va-phuong-trinh-hoa-hoc"
EQUATIONS = "khoa-hoc-tu-nhien.l08.chat.tinh-theo-phuong-trinh-hoa-hoc"
DENSITY = "khoa-hoc-tu-nhien.l08.nang-luong.khoi-luong-rieng"
PRESSURE = "khoa-hoc-tu-nhien.l08.nang-luong.ap-suat-trong-chat-long-chat-khi-luc-day-archimedes"
LEVER = "khoa-hoc-tu-nhien.l08.nang-luong.tac-dung-lam-quay-cua-luc-don-bay"
WORK = "khoa-hoc-tu-nhien.l09.nang-luong.dong-nang-the-nang-co-nang-cong-va-cong-suat"
OHM = "khoa-hoc-tu-nhien.l09.nang-luong.dien-tro-dinh-luat-ohm-doan-mach-noi-tiep-song-song-cong"
MENDEL = "khoa-hoc-tu-nhien.l09.vat-song.hien-tuong-di-truyen-mendel-va-khai-niem-nhan-to-di"
CHROMOSOMES = "khoa-hoc-tu-nhien.l09.vat-song.nhiem-sac-the-nguyen-phan-giam-phan-dot-bien-nhiem-sac"

law(
    SHELF,
    Law(
        "speed",
        SPEED,
        "tốc độ của vật đi được quãng đường $s$ trong thời gian $t$",
        Quantity("v", "tốc độ", "m/s"),
        (
            (Quantity("s", "quãng đường", "m", steps(10, 900, 10)), 1),
            (Quantity("t", "thời gian", "s", steps(4, 120, 2)), -1),
        ),
        {
            "v": "Một học sinh đi bộ được quãng đường <s> trong <t>. Tốc độ của học sinh là",
            "s": "Một vật chuyển động với tốc độ <v> trong <t>. Quãng đường vật đi được là",
            "t": "Một vật chuyển động với tốc độ <v> trên quãng đường <s>. Thời gian chuyển động là",
        },
    ),
)
law(
    SHELF,
    Law(
        "moles",
        MOLE,
        "số mol của chất có khối lượng $m$ và khối lượng mol $M$",
        Quantity("n", "số mol", "mol"),
        (
            (Quantity("m", "khối lượng chất", "g", tenths(2, 1600, 2)), 1),
            (Quantity("M", "khối lượng mol", "g/mol", (2, 18, 28, 32, 40, 44, 56, 64, 16, 80, 100)), -1),
        ),
        {
            "n": "Một chất có khối lượng mol <M>. Số mol có trong <m> chất đó là",
            "m": "Một chất có khối lượng mol <M>. Khối lượng của <n> chất đó là",
        },
    ),
)
law(
    SHELF,
    Law(
        "gas_volume",
        MOLE,
        "thể tích của $n$ mol khí ở 25 °C và 1 bar, thể tích mol $V_m$",
        Quantity("V", "thể tích khí", "L"),
        (
            (Quantity("n", "số mol khí", "mol", tuple(Fraction(k, 20) for k in range(1, 101))), 1),
            (Quantity("V_m", "thể tích mol", "L/mol", (Fraction(2479, 100),)), 1),
        ),
        {
            "V": "Ở 25 °C và 1 bar, thể tích mol của chất khí là <V_m>. Thể tích của <n> khí ở điều kiện đó là",
            "n": "Ở 25 °C và 1 bar, thể tích mol của chất khí là <V_m>. Số mol của <V> khí ở điều kiện đó là",
        },
    ),
)
law(
    SHELF,
    Law(
        "percent_solution",
        SOLUTION,
        "khối lượng chất tan trong dung dịch khối lượng $m$, nồng độ phần trăm $C$",
        Quantity("m_{ct}", "khối lượng chất tan", "g"),
        (
            (Quantity("C", "nồng độ phần trăm", "%", steps(2, 40)), 1),
            (Quantity("m", "khối lượng dung dịch", "g", steps(20, 800, 20)), 1),
        ),
        {
            "m_{ct}": "Khối lượng chất tan có trong <m> dung dịch nồng độ <C> là",
            "m": "Dung dịch nồng độ <C> chứa <m_{ct}> chất tan. Khối lượng dung dịch là",
            "C": "Hoà tan <m_{ct}> chất tan thu được <m> dung dịch. Nồng độ phần trăm của dung dịch là",
        },
        scale=Fraction(1, 100),
    ),
)
law(
    SHELF,
    Law(
        "density",
        DENSITY,
        "khối lượng riêng của vật có khối lượng $m$ và thể tích $V$",
        Quantity("D", "khối lượng riêng", "g/cm³"),
        (
            (Quantity("m", "khối lượng của vật", "g", steps(10, 900, 10)), 1),
            (Quantity("V", "thể tích của vật", "cm³", steps(10, 250, 5)), -1),
        ),
        {
            "D": "Một vật có khối lượng <m> và thể tích <V>. Khối lượng riêng của chất làm vật là",
            "m": "Một vật làm bằng chất có khối lượng riêng <D>, thể tích <V>. Khối lượng của vật là",
        },
    ),
)
law(
    SHELF,
    Law(
        "pressure",
        PRESSURE,
        "áp suất do áp lực $F$ tác dụng lên mặt bị ép diện tích $S$",
        Quantity("p", "áp suất", "Pa"),
        (
            (Quantity("F", "áp lực", "N", steps(10, 900, 10)), 1),
            (
                Quantity(
                    "S",
                    "diện tích mặt bị ép",
                    "m²",
                    tuple(Fraction(k, 100) for k in (1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 80, 100)),
                ),
                -1,
            ),
        ),
        {
            "p": "Một vật tác dụng áp lực <F> lên mặt bị ép có diện tích <S>. Áp suất lên mặt bị ép là",
            "F": "Áp suất lên mặt bị ép có diện tích <S> là <p>. Áp lực tác dụng lên mặt bị ép là",
        },
    ),
)
law(
    SHELF,
    Law(
        "archimedes",
        PRESSURE,
        "lực đẩy Archimedes lên vật chiếm chỗ thể tích $V$ trong chất lỏng có trọng lượng riêng $d$",
        Quantity("F_A", "lực đẩy Archimedes", "N"),
        (
            (Quantity("d", "trọng lượng riêng của chất lỏng", "N/m³", (10000, 8000, 10300, 9000, 12000)), 1),
            (Quantity("V", "thể tích phần chất lỏng bị chiếm chỗ", "dm³", tenths(1, 80)), 1),
        ),
        {
            "F_A": "Một vật nhúng chìm trong chất lỏng có trọng lượng riêng <d>, phần thể tích chất lỏng bị vật chiếm chỗ là <V>. Lực đẩy Archimedes tác dụng lên vật là",
            "V": "Một vật nhúng trong chất lỏng có trọng lượng riêng <d> chịu lực đẩy Archimedes <F_A>. Thể tích phần chất lỏng bị vật chiếm chỗ là",
        },
        scale=Fraction(1, 1000),
    ),
)
law(
    SHELF,
    Law(
        "work",
        WORK,
        "công của lực $F$ làm vật dịch chuyển quãng đường $s$ theo hướng của lực",
        Quantity("A", "công", "J"),
        (
            (Quantity("F", "lực tác dụng", "N", steps(5, 300, 5)), 1),
            (Quantity("s", "quãng đường", "m", tenths(5, 300, 5)), 1),
        ),
        {
            "A": "Một người đẩy xe hàng bằng lực <F> theo phương ngang làm xe dịch chuyển <s> cùng hướng với lực. Công của lực đẩy là",
            "s": "Lực <F> cùng hướng chuyển động thực hiện công <A>. Quãng đường vật dịch chuyển là",
        },
    ),
)
law(
    SHELF,
    Law(
        "kinetic",
        WORK,
        "động năng của vật khối lượng $m$ chuyển động với tốc độ $v$",
        Quantity(r"W_{\text{đ}}", "động năng", "J"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(1, 100)), 1),
            (Quantity("v", "tốc độ của vật", "m/s", steps(1, 20)), 2),
        ),
        {
            r"W_{\text{đ}}": "Một vật khối lượng <m> chuyển động với tốc độ <v>. Động năng của vật là",
            "m": r"Một vật chuyển động với tốc độ <v>, động năng <W_{\text{đ}}>. Khối lượng của vật là",
        },
        coefficient=Fraction(1, 2),
        written=r"\frac{1}{2}",
    ),
)
law(
    SHELF,
    Law(
        "ohm",
        OHM,
        "cường độ dòng điện chạy qua điện trở $R$ khi hiệu điện thế hai đầu là $U$",
        Quantity("I", "cường độ dòng điện", "A"),
        (
            (Quantity("U", "hiệu điện thế", "V", tenths(15, 240, 15)), 1),
            (Quantity("R", "điện trở", "Ω", steps(2, 60, 2)), -1),
        ),
        {
            "I": "Mắc điện trở <R> vào hiệu điện thế <U>. Cường độ dòng điện qua điện trở là",
            "U": "Dòng điện <I> chạy qua điện trở <R>. Hiệu điện thế giữa hai đầu điện trở là",
            "R": "Khi hiệu điện thế giữa hai đầu dây dẫn là <U>, dòng điện qua dây là <I>. Điện trở của dây là",
        },
    ),
)
law(SHELF, Law(
    "power", OHM, "công suất điện của đoạn mạch có hiệu điện thế $U$ và dòng điện $I$", Quantity(r"\mathcal{P}", "công suất điện", "W"),
    ((Quantity("U", "hiệu điện thế", "V", (6, 9, 12, 24, 36, 110, 220)), 1), (Quantity("I", "cường độ dòng điện", "A", tenths(1, 80)), 1)),
    {r"\mathcal{P}": "Một dụng cụ điện hoạt động ở hiệu điện thế <U>, dòng điện chạy qua là <I>. Công suất điện của dụng cụ là", "I": r"Một dụng cụ điện công suất <\mathcal{P}> hoạt động ở hiệu điện thế <U>. Cường độ dòng điện qua dụng cụ là"},
))  # fmt: skip


@SHELF.add(MEASURE, HIEU)
def stone_volume(r: Random) -> Draft:
    before, stone = r.choice(range(40, 161, 2)), r.choice(range(6, 91))
    after = before + stone
    wrongs: list[tuple[Number, str]] = [
        (after, "lấy mực nước sau"),
        (before, "lấy mực nước đầu"),
        (after + before, "cộng hai mực nước"),
        (Fraction(stone, 2), "chia đôi"),
    ]
    return numbers(
        r,
        f"Một bình chia độ chứa {before} cm³ nước. Thả hòn đá chìm hoàn toàn vào bình, mực nước dâng lên đến vạch {after} cm³. Thể tích hòn đá là",
        stone,
        wrongs,
        f"{after} - {before} = {stone} cm³.",
        lambda x: quantity(x, "cm³"),
    )


@SHELF.add(MEASURE, VAN_DUNG)
def one_sheet(r: Random) -> Draft:
    sheets, each = r.choice((50, 100, 200, 250, 500)), r.choice([Fraction(n, 100) for n in range(6, 26)])
    return short(
        f"Một tập giấy gồm {sheets} tờ giống nhau dày {plain(each * sheets)} mm. Mỗi tờ giấy dày bao nhiêu mi-li-mét?",
        each,
        f"{plain(each * sheets)} : {sheets} = {plain(each)} mm.",
    )


@SHELF.add(SPRING, VAN_DUNG)
def spring_extension(r: Random) -> Draft:
    mass, stretch, times = (
        r.choice((20, 25, 40, 50, 100)),
        r.choice([Fraction(n, 10) for n in range(4, 31)]),
        r.randint(2, 6),
    )
    return short(
        f"Treo vật {mass} g vào một lò xo thì lò xo dãn {plain(stretch)} cm. Treo vật {mass * times} g vào lò xo đó (vẫn trong giới hạn đàn hồi) thì lò xo dãn bao nhiêu xăng-ti-mét?",
        stretch * times,
        f"Độ dãn tỉ lệ thuận với khối lượng vật treo: {plain(stretch)}·{times} = {plain(stretch * times)} cm.",
    )


@SHELF.add(SPRING, BIET)
def weight_of_mass(r: Random) -> Draft:
    mass = r.choice([Fraction(n, 10) for n in range(1, 301)])
    wrongs = [
        (mass, "coi trọng lượng bằng khối lượng"),
        (mass * 100, "nhân với 100"),
        (mass / 10, "chia cho 10"),
        (mass * 5, "nhân với 5"),
    ]
    return numbers(
        r,
        f"Một vật trên mặt đất có khối lượng {plain(mass)} kg thì có trọng lượng gần bằng",
        mass * 10,
        wrongs,
        f"Trọng lượng của vật 1 kg gần bằng 10 N: $P \\approx$ {plain(mass * 10)} N.",
        lambda x: quantity(x, "N"),
    )


@SHELF.add(ATOMS, VAN_DUNG)
def particles(r: Random) -> Draft:
    protons = r.randint(3, 40)
    neutrons = protons + r.randint(0, protons // 4 + 1)
    whole = 2 * protons + neutrons
    return short(
        f"Một nguyên tử có tổng số hạt proton, neutron và electron là {whole}, trong đó số hạt mang điện nhiều hơn số hạt không mang điện là {2 * protons - neutrons}. Số proton của nguyên tử là bao nhiêu?",
        protons,
        f"$2p + n = {whole}$, $2p - n = {2 * protons - neutrons}$ nên $p = {protons}$.",
    )


@SHELF.add(ATOMS, HIEU)
def charge_cluster(r: Random) -> Draft:
    protons = r.randint(3, 30)
    neutrons = protons + r.randint(0, 6)
    statements = [
        either(
            r, "Nguyên tử có @ electron.", str(protons), str(neutrons + 1), f"Số electron bằng số proton: {protons}."
        ),
        either(
            r,
            "Điện tích hạt nhân của nguyên tử là @.",
            f"+{protons}",
            f"+{protons + neutrons}",
            f"Hạt nhân có {protons} proton.",
        ),
        either(
            r,
            "Khối lượng nguyên tử xấp xỉ @ amu.",
            str(protons + neutrons),
            str(2 * protons + neutrons),
            f"Khối lượng xấp xỉ tổng số proton và neutron: {protons + neutrons} amu.",
        ),
        either(
            r,
            "Nguyên tử này @.",
            "trung hoà về điện",
            "mang điện tích dương",
            "Số proton bằng số electron nên nguyên tử trung hoà.",
        ),
    ]
    return cluster(
        f"Một nguyên tử có {protons} proton và {neutrons} neutron trong hạt nhân. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


METALS = (("Na", 1), ("K", 1), ("Mg", 2), ("Ca", 2), ("Ba", 2), ("Zn", 2), ("Al", 3), ("Cu", 2), ("Ag", 1))
GROUPS = (
    ("Cl", 1, ""),
    ("O", 2, ""),
    ("NO_3", 1, "g"),
    ("SO_4", 2, "g"),
    ("PO_4", 3, "g"),
    ("OH", 1, "g"),
    ("CO_3", 2, "g"),
    ("S", 2, ""),
)


def compound(metal: str, count: int, group: str, times: int, grouped: str) -> str:
    part = f"({group})_{times}" if times > 1 and grouped else (f"{group}_{times}" if times > 1 else group)
    return f"$\\mathrm{{{metal}{f'_{count}' if count > 1 else ''}{part}}}$"


@SHELF.add(FORMULA, VAN_DUNG, 120)
def write_formula(r: Random) -> Draft:
    (metal, a), (group, b, grouped) = r.choice(METALS), r.choice(GROUPS)
    common = 2 if a % 2 == 0 and b % 2 == 0 else (3 if a == b == 3 else 1)
    count, times = b // common, a // common
    wrongs = [
        (compound(metal, m, group, n, grouped), "không áp dụng đúng quy tắc hoá trị")
        for m, n in ((times, count), (1, 1), (2, 1), (1, 2), (1, 3), (3, 1), (3, 2), (2, 3))
        if (m, n) != (count, times)
    ]
    roman = ("I", "II", "III")
    stem = f"Biết {metal} có hoá trị {roman[a - 1]}, nhóm (nguyên tử) $\\mathrm{{{group}}}$ có hoá trị {roman[b - 1]}. Công thức hoá học của hợp chất tạo bởi {metal} và $\\mathrm{{{group}}}$ là"
    return choice(
        r,
        stem,
        compound(metal, count, group, times, grouped),
        wrongs,
        f"Quy tắc hoá trị: ${roman[a - 1]}\\cdot x = {roman[b - 1]}\\cdot y$ nên $x : y = {count} : {times}$.",
    )


MASSES = {
    "CO_2": (12, 32),
    "SO_2": (32, 32),
    "H_2O": (2, 16),
    "CaO": (40, 16),
    "Fe_2O_3": (112, 48),
    "MgO": (24, 16),
    "CuO": (64, 16),
    "Al_2O_3": (54, 48),
    "ZnO": (65, 16),
    "Na_2O": (46, 16),
    "K_2O": (78, 16),
    "NO_2": (14, 32),
}


@SHELF.add(FORMULA, HIEU, 48)
def oxygen_share(r: Random) -> Draft:
    formula, (other, oxygen) = r.choice(sorted(MASSES.items()))
    key = Fraction(100 * oxygen, other + oxygen)
    wrongs = [
        (100 - key, "tính phần trăm nguyên tố còn lại"),
        (Fraction(100 * oxygen, other), "chia cho khối lượng nguyên tố còn lại"),
        (Fraction(1600, other + oxygen) if oxygen != 16 else Fraction(50), "quên chỉ số của oxygen"),
        (Fraction(100, 3), "lấy tỉ lệ số nguyên tử"),
    ]
    return numbers(
        r,
        f"Phần trăm khối lượng của oxygen trong $\\mathrm{{{formula}}}$ xấp xỉ",
        key,
        wrongs,
        f"$\\%O = \\frac{{{oxygen}}}{{{other + oxygen}}}\\cdot 100\\% \\approx$ {plain(key, 1)}%.",
        lambda x: f"{plain(x, 1)}%",
    )


@SHELF.add(SOUND, VAN_DUNG)
def echo(r: Random) -> Draft:
    time, place = r.choice([Fraction(n, 10) for n in range(2, 81)]), r.choice((("không khí", 340), ("nước biển", 1500)))
    distance = place[1] * time / 2
    return short(
        f"Một tín hiệu âm phát ra trong {place[0]} gặp vật cản phản xạ trở lại sau {plain(time)} s. Biết tốc độ truyền âm là {place[1]} m/s. Khoảng cách từ nguồn âm đến vật cản là bao nhiêu mét?",
        distance,
        f"$d = \\frac{{vt}}{{2}}$ = {plain(distance)} m.",
    )


@SHELF.add(SOUND, HIEU)
def frequency(r: Random) -> Draft:
    count, time = r.choice(range(60, 6001, 30)), r.choice((2, 3, 4, 5, 6, 10, 12, 15, 20, 30))
    key = Fraction(count, time)
    wrongs = [
        (Fraction(time, count), "đảo phép chia"),
        (Fraction(count * time), "nhân thay vì chia"),
        (Fraction(count), "lấy số dao động"),
        (key * 60, "tính số dao động trong một phút"),
    ]
    return numbers(
        r,
        f"Một vật thực hiện {plain(count)} dao động trong {time} giây. Tần số dao động của vật là",
        key,
        wrongs,
        f"$f$ = {plain(count)} : {time} = {plain(key, 2)} Hz.",
        lambda x: f"{plain(x, 3)} Hz",
    )


@SHELF.add(LIGHT, VAN_DUNG)
def mirror_angle(r: Random) -> Draft:
    angle = r.randint(10, 80)
    wrongs = [
        (angle, "nhầm góc với mặt gương và góc với pháp tuyến"),
        (180 - 2 * angle if angle != 60 else 40, "tính góc giữa hai tia"),
        (2 * angle, "nhân đôi góc"),
        (180 - angle, "lấy góc bù"),
        (45, "cho rằng góc luôn bằng 45°"),
    ]
    return numbers(
        r,
        f"Một tia sáng chiếu tới gương phẳng, tia tới hợp với mặt gương một góc {angle}°. Góc phản xạ bằng",
        90 - angle,
        wrongs,
        f"Góc tới bằng 90° - {angle}° = {90 - angle}°; góc phản xạ bằng góc tới.",
        lambda x: f"{x}°",
    )


@SHELF.add(LIGHT, BIET)
def mirror_distance(r: Random) -> Draft:
    distance = r.choice([Fraction(n, 2) for n in range(3, 241)])
    wrongs = [
        (distance, "lấy khoảng cách từ vật đến gương"),
        (distance / 2, "chia đôi"),
        (distance * 3, "nhân ba"),
        (distance * 4, "nhân bốn"),
    ]
    return numbers(
        r,
        f"Một vật đặt trước gương phẳng, cách gương {plain(distance)} cm. Khoảng cách từ vật đến ảnh của nó là",
        distance * 2,
        wrongs,
        f"Ảnh cách gương {plain(distance)} cm nên vật cách ảnh {plain(distance * 2)} cm.",
        lambda x: quantity(x, "cm"),
    )


@SHELF.add(CONSERVATION, HIEU)
def mass_conserved(r: Random) -> Draft:
    a, b = r.choice([Fraction(n, 10) for n in range(11, 400)]), r.choice([Fraction(n, 10) for n in range(5, 300)])
    reaction = r.choice(
        (
            ("magnesium", "oxygen", "magnesium oxide"),
            ("hydrogen", "oxygen", "nước"),
            ("sắt", "chlorine", "iron(III) chloride"),
            ("calcium oxide", "nước", "calcium hydroxide"),
            ("kẽm", "sulfur", "zinc sulfide"),
        )
    )
    wrongs = [
        (a + b + b, "cộng thừa khối lượng chất phản ứng"),
        (a, "cho rằng khối lượng không đổi"),
        ((a + b) / 2, "lấy trung bình"),
        (b + a + a, "cộng thừa khối lượng sản phẩm"),
    ]
    return numbers(
        r,
        f"Cho {reaction[0]} phản ứng hoàn toàn với {plain(b)} g {reaction[1]} tạo thành {plain(a + b)} g {reaction[2]} (sản phẩm duy nhất). Khối lượng {reaction[0]} đã phản ứng là",
        a,
        [(value if value != a else a * 2, slip) for value, slip in wrongs],
        f"Bảo toàn khối lượng: {plain(a + b)} - {plain(b)} = {plain(a)} g.",
        lambda x: quantity(x, "g"),
    )


BALANCED = (
    ("4Al + 3O_2 \\rightarrow 2Al_2O_3", (4, 3, 2)),
    ("2H_2 + O_2 \\rightarrow 2H_2O", (2, 1, 2)),
    ("N_2 + 3H_2 \\rightarrow 2NH_3", (1, 3, 2)),
    ("4P + 5O_2 \\rightarrow 2P_2O_5", (4, 5, 2)),
    ("2Fe + 3Cl_2 \\rightarrow 2FeCl_3", (2, 3, 2)),
    ("3Fe + 2O_2 \\rightarrow Fe_3O_4", (3, 2, 1)),
    ("2Na + Cl_2 \\rightarrow 2NaCl", (2, 1, 2)),
    ("2Mg + O_2 \\rightarrow 2MgO", (2, 1, 2)),
    ("4Na + O_2 \\rightarrow 2Na_2O", (4, 1, 2)),
    ("2CO + O_2 \\rightarrow 2CO_2", (2, 1, 2)),
)


@SHELF.add(CONSERVATION, VAN_DUNG, 10)
def balance(r: Random) -> Draft:
    equation, numbers_ = r.choice(BALANCED)
    bare = " ".join(part.lstrip("123456789") for part in equation.split(" "))
    return short(
        f"Lập phương trình hoá học của phản ứng $\\mathrm{{{bare}}}$ với các hệ số nguyên tối giản. Tổng các hệ số của phương trình là bao nhiêu?",
        sum(numbers_),
        f"$\\mathrm{{{equation}}}$; tổng các hệ số là {sum(numbers_)}.",
    )


@SHELF.add(EQUATIONS, VAN_DUNG)
def product_moles(r: Random) -> Draft:
    equation, (a, _, c) = r.choice(BALANCED)
    left, right = equation.split(" \\rightarrow ")
    first, second = left.split(" + ")
    name: Callable[..., Any] = lambda text: f"$\\mathrm{{{text.lstrip('123456789')}}}$"
    amount = r.choice([Fraction(n, 20) for n in range(1, 61)])
    key = amount * c / a
    return short(
        f"Cho phản ứng $\\mathrm{{{equation}}}$. Nếu {plain(amount)} mol {name(first)} phản ứng hết với lượng dư {name(second)} thì thu được bao nhiêu mol {name(right)}?",
        key,
        f"Theo phương trình, số mol sản phẩm bằng {plain(amount)}·{c}/{a} = {plain(key, 3)} mol.",
    )


@SHELF.add(EQUATIONS, HIEU)
def needed_moles(r: Random) -> Draft:
    equation, (a, b, _) = r.choice(BALANCED)
    first, second = equation.split(" \\rightarrow ")[0].split(" + ")
    name: Callable[..., Any] = lambda text: f"$\\mathrm{{{text.lstrip('123456789')}}}$"
    amount = r.choice([Fraction(n, 20) for n in range(1, 81)]) * a
    key = amount * b / a
    wrongs = [
        (amount * a / b, "đảo tỉ lệ hệ số"),
        (amount, "cho rằng số mol bằng nhau"),
        (amount * b, "quên chia cho hệ số"),
        (key / 2, "chia đôi"),
        (key * 3, "nhân ba"),
    ]
    return numbers(
        r,
        f"Theo phương trình hoá học $\\mathrm{{{equation}}}$, để phản ứng hết {plain(amount)} mol {name(first)} cần số mol {name(second)} là",
        key,
        wrongs,
        f"Tỉ lệ {a} : {b} nên cần {plain(key)} mol.",
        lambda x: f"{plain(x, 3)} mol",
    )


@SHELF.add(LEVER, VAN_DUNG)
def lever(r: Random) -> Draft:
    load, arm, long_arm = (
        r.choice(range(50, 901, 10)),
        r.choice((10, 15, 20, 25, 30, 40)),
        r.choice((50, 60, 75, 80, 100, 120, 150)),
    )
    key = Fraction(load * arm, long_arm)
    return short(
        f"Dùng đòn bẩy nâng vật có trọng lượng {load} N. Khoảng cách từ điểm tựa đến giá của trọng lực là {arm} cm, đến giá của lực nâng là {long_arm} cm (các lực vuông góc với đòn). Bỏ qua khối lượng của đòn, lực nâng tối thiểu là bao nhiêu niutơn?",
        key,
        f"$F_1d_1 = F_2d_2$ nên $F$ = {load}·{arm}/{long_arm} = {plain(key)} N.",
    )


@SHELF.add(LEVER, HIEU)
def seesaw(r: Random) -> Draft:
    one, two, arm = (
        r.choice(range(20, 61, 2)),
        r.choice(range(20, 61, 2)),
        r.choice([Fraction(n, 10) for n in range(8, 25)]),
    )
    key = one * arm / two
    if one == two:
        return None
    wrongs = [
        (two * arm / one, "đảo tỉ số khối lượng"),
        (arm, "cho rằng hai khoảng cách bằng nhau"),
        (arm + Fraction(one - two, 100), "cộng chênh lệch khối lượng"),
        (key * 2, "nhân đôi"),
    ]
    return numbers(
        r,
        f"Trên bập bênh, bạn An ({one} kg) ngồi cách trục quay {plain(arm)} m. Để bập bênh cân bằng, bạn Bình ({two} kg) phải ngồi ở phía bên kia, cách trục quay khoảng",
        key,
        wrongs,
        f"{one}·{plain(arm)} = {two}·d nên d ≈ {plain(key, 2)} m.",
        lambda x: f"{plain(x, 2)} m",
    )


@SHELF.add(MENDEL, HIEU, 60)
def monohybrid(r: Random) -> Draft:
    trait, dominant, recessive = r.choice(
        (
            ("màu hạt đậu", "hạt vàng", "hạt xanh"),
            ("hình dạng hạt đậu", "hạt trơn", "hạt nhăn"),
            ("chiều cao cây đậu", "thân cao", "thân thấp"),
            ("màu hoa đậu", "hoa tím", "hoa trắng"),
        )
    )
    cross, answer = r.choice(
        (
            ("Aa × Aa", f"3 {dominant} : 1 {recessive}"),
            ("Aa × aa", f"1 {dominant} : 1 {recessive}"),
            ("AA × aa", f"100% {dominant}"),
            ("AA × Aa", f"100% {dominant}"),
            ("aa × aa", f"100% {recessive}"),
        )
    )
    options = (
        (f"3 {dominant} : 1 {recessive}", "nhầm với phép lai Aa × Aa"),
        (f"1 {dominant} : 1 {recessive}", "nhầm với phép lai phân tích"),
        (f"100% {dominant}", "cho rằng đời con đồng tính trội"),
        (f"100% {recessive}", "cho rằng đời con đồng tính lặn"),
        (f"1 {dominant} : 3 {recessive}", "đảo tỉ lệ trội, lặn"),
    )
    wrongs = [(text, slip) for text, slip in options if text != answer]
    r.shuffle(wrongs)
    return choice(
        r,
        f"Xét {trait}: allele A quy định {dominant} trội hoàn toàn so với allele a quy định {recessive}. Phép lai {cross} cho tỉ lệ kiểu hình ở đời con là",
        answer,
        wrongs,
        f"Phép lai {cross} cho {answer}.",
    )


@SHELF.add(MENDEL, VAN_DUNG)
def expected_count(r: Random) -> Draft:
    whole, (cross, share) = 4 * r.randint(30, 450), r.choice((("Aa × Aa", Fraction(1, 4)), ("Aa × aa", Fraction(1, 2))))
    return short(
        f"Ở đậu Hà Lan, A quy định hạt vàng trội hoàn toàn so với a quy định hạt xanh. Phép lai {cross} thu được {plain(whole)} hạt. Theo lí thuyết có bao nhiêu hạt xanh?",
        whole * share,
        f"Tỉ lệ hạt xanh là {share.numerator}/{share.denominator}: {plain(whole * share)} hạt.",
    )


@SHELF.add(CHROMOSOMES, VAN_DUNG)
def divided_cells(r: Random) -> Draft:
    start, times = r.randint(1, 12), r.randint(2, 7)
    return short(
        f"Có {start} tế bào cùng nguyên phân liên tiếp {times} lần. Tổng số tế bào con được tạo thành là bao nhiêu?",
        start * 2**times,
        f"${start}\\cdot 2^{times} = {start * 2**times}$.",
    )


@SHELF.add(CHROMOSOMES, BIET, 60)
def gamete_number(r: Random) -> Draft:
    name, diploid = r.choice(
        (
            ("ruồi giấm", 8),
            ("đậu Hà Lan", 14),
            ("ngô", 20),
            ("lúa nước", 24),
            ("người", 46),
            ("hành tây", 16),
            ("gà", 78),
            ("củ cải", 18),
        )
    )
    wrongs = [
        (diploid, "lấy bộ nhiễm sắc thể lưỡng bội"),
        (2 * diploid, "nhân đôi bộ nhiễm sắc thể"),
        (diploid // 2 + 1, "thừa một nhiễm sắc thể"),
        (diploid - 2, "bớt một cặp nhiễm sắc thể"),
        (4 * diploid, "nhân bốn"),
    ]
    return numbers(
        r,
        f"Loài {name} có bộ nhiễm sắc thể 2n = {diploid}. Số nhiễm sắc thể trong giao tử bình thường của loài là",
        diploid // 2,
        wrongs,
        f"Giao tử có n = {diploid // 2} nhiễm sắc thể.",
        str,
    )
