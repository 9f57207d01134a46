# ruff: noqa: E501
"""Vật lí 10: work, energy, momentum."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.claims import theory
from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
from quizbank.demo.questions.templates import HIEU, VAN_DUNG, Draft, Shelf, cluster, either, numbers, short
from quizbank.demo.questions.writing import plain

SHELF = Shelf()

WORK = "vat-li.l10.cong-nang-luong.cong-va-nang-luong"
ENERGY = "vat-li.l10.cong-nang-luong.dong-nang-va-the-nang-bao-toan-co-nang"
POWER = "vat-li.l10.cong-nang-luong.cong-suat-va-hieu-suat"
MOMENTUM = "vat-li.l10.dong-luong.dinh-nghia-dong-luong"
CONSERVED = "vat-li.l10.dong-luong.bao-toan-dong-luong"
COLLISION = "vat-li.l10.dong-luong.dong-luong-va-va-cham"

law(
    SHELF,
    Law(
        "work",
        WORK,
        "công của lực không đổi $F$ cùng hướng với độ dịch chuyển $d$",
        Quantity("A", "công của lực", "J"),
        (
            (Quantity("F", "độ lớn của lực", "N", steps(5, 250, 5)), 1),
            (Quantity("d", "độ dịch chuyển", "m", tenths(5, 400, 5)), 1),
        ),
        {
            "A": "Một lực không đổi có độ lớn <F> kéo vật dịch chuyển <d> theo hướng của lực. Công của lực là",
            "F": "Một lực không đổi kéo vật dịch chuyển <d> theo hướng của lực và thực hiện công <A>. Độ lớn của lực là",
            "d": "Một lực không đổi có độ lớn <F>, cùng hướng chuyển động, thực hiện công <A>. Độ dịch chuyển của vật là",
        },
    ),
)


law(
    SHELF,
    Law(
        "kinetic_energy",
        ENERGY,
        "động năng của vật khối lượng $m$ chuyển động với tốc độ $v$",
        Quantity(r"W_{\text{đ}}", "động năng", "J"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(2, 200, 2)), 1),
            (Quantity("v", "tốc độ của vật", "m/s", steps(2, 30)), 2),
        ),
        {
            r"W_{\text{đ}}": "Một vật khối lượng <m> chuyển động với tốc độ <v>. Động năng của vật là",
            "v": r"Một vật khối lượng <m> có động năng <W_{\text{đ}}>. Tốc độ của vật là",
            "m": r"Một vật chuyển động với tốc độ <v> và có động năng <W_{\text{đ}}>. Khối lượng của vật là",
        },
        coefficient=Fraction(1, 2),
        written=r"\frac{1}{2}",
    ),
)


law(
    SHELF,
    Law(
        "potential_energy",
        ENERGY,
        "thế năng trọng trường của vật khối lượng $m$ ở độ cao $h$ so với mốc thế năng",
        Quantity(r"W_{\text{t}}", "thế năng", "J"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(2, 100, 2)), 1),
            (Quantity("g", "gia tốc rơi tự do", "m/s²", (Fraction(49, 5), Fraction(10))), 1),
            (Quantity("h", "độ cao của vật", "m", tenths(5, 300, 5)), 1),
        ),
        {
            r"W_{\text{t}}": "Một vật khối lượng <m> ở độ cao <h> so với mặt đất. Lấy g = <g>, mốc thế năng ở mặt đất. Thế năng của vật là",
            "h": r"Một vật khối lượng <m> có thế năng <W_{\text{t}}> so với mặt đất. Lấy g = <g>. Độ cao của vật so với mặt đất là",
        },
    ),
)


law(
    SHELF,
    Law(
        "power",
        POWER,
        "công suất của máy thực hiện công $A$ trong thời gian $t$",
        Quantity(r"\mathcal{P}", "công suất", "W"),
        (
            (Quantity("A", "công thực hiện", "J", steps(120, 9000, 60)), 1),
            (Quantity("t", "thời gian", "s", steps(2, 120, 2)), -1),
        ),
        {
            r"\mathcal{P}": "Một máy kéo thực hiện công <A> trong <t>. Công suất trung bình của máy là",
            "A": r"Một động cơ có công suất <\mathcal{P}> hoạt động trong <t>. Công mà động cơ thực hiện là",
            "t": r"Một cần cẩu có công suất <\mathcal{P}> thực hiện công <A>. Thời gian cần dùng là",
        },
    ),
)


law(
    SHELF,
    Law(
        "momentum",
        MOMENTUM,
        "độ lớn động lượng của vật khối lượng $m$ chuyển động với tốc độ $v$",
        Quantity("p", "độ lớn động lượng", "kg·m/s"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(2, 200, 2)), 1),
            (Quantity("v", "tốc độ của vật", "m/s", steps(2, 40)), 1),
        ),
        {
            "p": "Một vật khối lượng <m> chuyển động với tốc độ <v>. Động lượng của vật có độ lớn là",
            "v": "Một vật khối lượng <m> có động lượng <p>. Tốc độ của vật là",
            "m": "Một vật chuyển động với tốc độ <v> có động lượng <p>. Khối lượng của vật là",
        },
    ),
)


@SHELF.add(COLLISION, VAN_DUNG)
def sticking_collision(r: Random) -> Draft:
    m1, m2, v1 = r.randint(1, 9), r.randint(1, 9), r.randint(2, 12)
    key = Fraction(m1 * v1, m1 + m2)
    stem = (
        f"Trên mặt phẳng ngang nhẵn, xe khối lượng {m1} kg đang chạy với tốc độ {v1} m/s đến va chạm mềm với xe khối lượng "
        f"{m2} kg đang đứng yên. Sau va chạm, hai xe dính vào nhau và cùng chuyển động với tốc độ bao nhiêu m/s?"
    )
    return short(
        stem, key, f"Bảo toàn động lượng: $m_1v_1 = (m_1+m_2)v$, suy ra $v$ = {m1}·{v1}/{m1 + m2} = {plain(key)} m/s."
    )


@SHELF.add(COLLISION, HIEU)
def sticking_speed(r: Random) -> Draft:
    m1, m2, v1 = r.randint(1, 9), r.randint(1, 9), r.randint(2, 20)
    key = Fraction(m1 * v1, m1 + m2)
    stem = f"Vật khối lượng {m1} kg chuyển động với tốc độ {v1} m/s đến va chạm mềm với vật khối lượng {m2} kg đang đứng yên. Tốc độ chung của hai vật sau va chạm xấp xỉ"
    wrongs = [
        (Fraction(m2 * v1, m1 + m2), "lấy nhầm khối lượng của vật đứng yên"),
        (Fraction(m1 * v1, m2), "quên khối lượng của vật thứ nhất sau va chạm"),
        (Fraction(v1, 2), "chia đôi tốc độ"),
        (Fraction(v1), "cho rằng tốc độ không đổi"),
    ]
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$v = \\frac{{m_1v_1}}{{m_1+m_2}} \\approx$ {plain(key, 2)} m/s.",
        lambda x: f"{plain(x, 2)} m/s",
    )


@SHELF.add(CONSERVED, VAN_DUNG)
def recoil(r: Random) -> Draft:
    bullet, gun, v = r.choice([10, 20, 25, 40, 50]), r.choice([2, 4, 5, 8, 10]), r.choice(range(200, 801, 50))
    key = Fraction(bullet * v, 1000 * gun)
    stem = (
        f"Một khẩu súng khối lượng {gun} kg đang đứng yên, bắn viên đạn khối lượng {bullet} g theo phương ngang với tốc độ {v} m/s. "
        "Bỏ qua mọi lực cản theo phương ngang. Tốc độ giật lùi của súng là bao nhiêu m/s?"
    )
    return short(
        stem,
        key,
        f"Bảo toàn động lượng: $MV = mv$, suy ra $V$ = {plain(Fraction(bullet, 1000))}·{v}/{gun} = {plain(key)} m/s.",
    )


@SHELF.add(POWER, VAN_DUNG)
def efficiency(r: Random) -> Draft:
    percent, total = r.choice(range(40, 96, 5)), r.choice(range(200, 6001, 100))
    useful = Fraction(total * percent, 100)
    wrongs = [
        (total - useful, "tính phần năng lượng hao phí"),
        (Fraction(total * 100, percent), "chia cho hiệu suất thay vì nhân"),
        (Fraction(total * (100 - percent), percent), "nhầm hiệu suất với tỉ số hao phí"),
        (useful / 10, "đổi sai phần trăm"),
    ]
    stem = f"Một động cơ có hiệu suất {percent}% tiêu thụ năng lượng {total} J. Năng lượng có ích mà động cơ tạo ra là"
    because = f"$H = \\frac{{W_{{ci}}}}{{W_{{tp}}}}$ nên $W_{{ci}}$ = {percent}%·{total} = {plain(useful)} J."
    return numbers(r, stem, useful, wrongs, because, lambda x: f"{plain(x, 1)} J")


@SHELF.add(ENERGY, VAN_DUNG)
def falling_energy(r: Random) -> Draft:
    m, h = r.choice([Fraction(n, 10) for n in range(2, 51, 2)]), r.randint(5, 45)
    z = r.randint(1, h - 2)
    whole, low, moving = m * 10 * h, m * 10 * z, m * 10 * (h - z)
    statements = [
        either(
            r,
            "Cơ năng của vật là @ J.",
            plain(whole),
            plain(m * h),
            f"Cơ năng bằng thế năng lúc thả: $mgh$ = {plain(whole)} J.",
        ),
        either(r, f"Ở độ cao {z} m, thế năng của vật là @ J.", plain(low), plain(moving), f"$mgz$ = {plain(low)} J."),
        either(
            r,
            f"Ở độ cao {z} m, động năng của vật là @ J.",
            plain(moving),
            plain(whole),
            f"Động năng bằng cơ năng trừ thế năng: {plain(moving)} J.",
        ),
        either(
            r,
            "Trong quá trình rơi, cơ năng của vật @.",
            "không đổi",
            "giảm dần",
            "Khi chỉ có trọng lực sinh công, cơ năng được bảo toàn.",
        ),
    ]
    stem = f"Một vật khối lượng {plain(m)} kg được thả rơi từ độ cao {h} m so với mặt đất. Lấy g = 10 m/s², mốc thế năng ở mặt đất, bỏ qua sức cản không khí. Mỗi phát biểu sau đúng hay sai?"
    return cluster(stem, statements)


theory(
    SHELF,
    "momentum_facts",
    CONSERVED,
    HIEU,
    "động lượng và định luật bảo toàn động lượng",
    [
        (
            "Động lượng là đại lượng vectơ cùng hướng với vận tốc.",
            "Động lượng là đại lượng vô hướng luôn dương.",
            "nhầm với động năng",
        ),
        (
            "Động lượng của hệ kín được bảo toàn.",
            "Động lượng của mỗi vật trong hệ kín luôn được bảo toàn.",
            "nhầm động lượng của hệ với của từng vật",
        ),
        (
            "Trong va chạm mềm, động năng của hệ không được bảo toàn.",
            "Trong va chạm mềm, động năng của hệ được bảo toàn.",
            "nhầm với va chạm đàn hồi",
        ),
        (
            "Xung lượng của lực bằng độ biến thiên động lượng của vật.",
            "Xung lượng của lực bằng độ biến thiên động năng của vật.",
            "nhầm với định lí động năng",
        ),
        (
            "Tên lửa chuyển động được nhờ phụt khí về phía sau.",
            "Tên lửa chuyển động được nhờ đẩy vào không khí phía sau nên không bay được trong chân không.",
            "cho rằng cần môi trường để đẩy",
        ),
        ("Đơn vị của động lượng là kg·m/s.", "Đơn vị của động lượng là kg·m/s².", "nhầm với đơn vị của lực"),
    ],
)
