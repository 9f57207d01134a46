# ruff: noqa: E501
"""Vật lí 11: oscillations and waves."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.claims import theory
from quizbank.demo.questions.laws import Law, Quantity, law, steps
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
from quizbank.demo.questions.writing import comma, plain, quantity

SHELF = Shelf()

HARMONIC = "vat-li.l11.dao-dong.dao-dong-dieu-hoa"
DAMPED = "vat-li.l11.dao-dong.dao-dong-tat-dan-dao-dong-cuong-buc-hien-tuong-cong"
WAVES = "vat-li.l11.song.mo-ta-song"
LONGITUDINAL = "vat-li.l11.song.song-doc-va-song-ngang"
EM_WAVES = "vat-li.l11.song.song-dien-tu"
INTERFERENCE = "vat-li.l11.song.giao-thoa-song"
STANDING = "vat-li.l11.song.song-dung"

law(
    SHELF,
    Law(
        "wavelength",
        WAVES,
        "bước sóng của sóng có tốc độ truyền $v$ và tần số $f$",
        Quantity(r"\lambda", "bước sóng", "m"),
        (
            (Quantity("v", "tốc độ truyền sóng", "m/s", steps(10, 400, 5)), 1),
            (Quantity("f", "tần số của sóng", "Hz", steps(2, 100, 2)), -1),
        ),
        {
            r"\lambda": "Một sóng cơ có tần số <f> truyền với tốc độ <v>. Bước sóng là",
            "v": r"Một sóng cơ có tần số <f> và bước sóng <\lambda>. Tốc độ truyền sóng là",
            "f": r"Một sóng cơ truyền với tốc độ <v>, bước sóng <\lambda>. Tần số của sóng là",
        },
    ),
)


@SHELF.add(HARMONIC, BIET)
def read_equation(r: Random) -> Draft:
    amplitude, multiple, part = r.randint(2, 15), r.randint(1, 10), r.choice((2, 3, 4, 6))
    sign = r.choice("+-")
    omega = r"\pi" if multiple == 1 else rf"{multiple}\pi"
    phase = rf"\frac{{\pi}}{{{part}}}"
    stem = f"Một vật dao động điều hoà theo phương trình $x = {amplitude}\\cos\\left({omega} t {sign} {phase}\\right)$ (x tính bằng cm, t tính bằng s). Tần số góc của dao động là"
    half = "0{,}5" if multiple == 1 else comma(Fraction(multiple, 2))
    wrongs = [
        (f"${amplitude}$ rad/s", "nhầm với biên độ"),
        (f"${sign if sign == '-' else ''}{phase}$ rad/s", "nhầm với pha ban đầu"),
        (f"${half}$ rad/s", "nhầm với tần số"),
        (f"${2 * multiple}\\pi$ rad/s", "nhân thêm 2 vào tần số góc"),
    ]
    because = "So sánh với $x = A\\cos(\\omega t + \\varphi)$: " + f"$\\omega = {omega}$ rad/s."
    return choice(r, stem, f"${omega}$ rad/s", wrongs, because)


@SHELF.add(HARMONIC, HIEU)
def oscillation_period(r: Random) -> Draft:
    amplitude, multiple = r.randint(2, 15), r.choice((1, 2, 4, 5, 8, 10, 16, 20))
    omega = r"\pi" if multiple == 1 else rf"{multiple}\pi"
    period = Fraction(2, multiple)
    stem = f"Một vật dao động điều hoà theo phương trình $x = {amplitude}\\cos({omega} t)$ cm (t tính bằng s). Chu kì dao động của vật là"
    wrongs = [
        (1 / period, "nhầm chu kì với tần số"),
        (period / 2, "lấy một nửa chu kì"),
        (period * 2, "tính thừa hệ số 2"),
        (Fraction(multiple), "nhầm với hệ số của tần số góc"),
    ]
    return numbers(
        r, stem, period, wrongs, f"$T = \\frac{{2\\pi}}{{\\omega}}$ = {plain(period)} s.", lambda x: quantity(x, "s")
    )


@SHELF.add(HARMONIC, VAN_DUNG)
def oscillation_cluster(r: Random) -> Draft:
    amplitude, omega = r.randint(2, 20), r.choice((2, 4, 5, 8, 10, 20))
    top_speed, top_acceleration = amplitude * omega, Fraction(amplitude * omega * omega, 100)
    statements = [
        either(
            r,
            "Chiều dài quỹ đạo của vật là @ cm.",
            str(2 * amplitude),
            str(amplitude),
            f"Quỹ đạo dài $2A$ = {2 * amplitude} cm.",
        ),
        either(
            r,
            "Tốc độ cực đại của vật là @ cm/s.",
            str(top_speed),
            str(top_speed * omega),
            f"$v_{{max}} = \\omega A$ = {top_speed} cm/s.",
        ),
        either(
            r,
            "Gia tốc cực đại của vật là @ m/s².",
            plain(top_acceleration),
            plain(top_acceleration / omega),
            f"$a_{{max}} = \\omega^2 A$ = {plain(top_acceleration)} m/s².",
        ),
        either(
            r,
            "Khi vật qua vị trí cân bằng, @ của vật có độ lớn cực đại.",
            "vận tốc",
            "gia tốc",
            "Ở vị trí cân bằng, tốc độ cực đại và gia tốc bằng 0.",
        ),
    ]
    return cluster(
        f"Một vật dao động điều hoà với biên độ {amplitude} cm và tần số góc {omega} rad/s. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


@SHELF.add(STANDING, HIEU)
def string_waves(r: Random) -> Draft:
    loops, length = r.randint(2, 9), r.choice(range(30, 301, 15))
    wavelength = Fraction(2 * length, loops)
    wrongs = [
        (Fraction(length, loops), "nhầm chiều dài một bó sóng với bước sóng"),
        (Fraction(4 * length, loops), "dùng công thức một phần tư bước sóng"),
        (Fraction(2 * length, loops + 1), "đếm nhầm số bó sóng"),
        (Fraction(length), "coi chiều dài dây là bước sóng"),
    ]
    stem = f"Trên sợi dây đàn hồi dài {length} cm, hai đầu cố định, có sóng dừng với {loops} bó sóng. Bước sóng trên dây là"
    because = f"$l = k\\frac{{\\lambda}}{{2}}$ với $k$ = {loops} nên $\\lambda$ = {plain(wavelength, 2)} cm."
    return numbers(r, stem, wavelength, wrongs, because, lambda x: f"{plain(x, 2)} cm")


@SHELF.add(STANDING, VAN_DUNG)
def string_speed(r: Random) -> Draft:
    loops, length, frequency = r.randint(2, 8), r.choice(range(40, 241, 10)), r.choice(range(10, 121, 5))
    speed = Fraction(2 * length * frequency, loops * 100)
    stem = f"Trên sợi dây dài {length} cm với hai đầu cố định có sóng dừng gồm {loops} bụng sóng, tần số {frequency} Hz. Tốc độ truyền sóng trên dây là bao nhiêu m/s?"
    return short(stem, speed, f"$\\lambda = \\frac{{2l}}{{k}}$, $v = \\lambda f$ = {plain(speed, 3)} m/s.")


@SHELF.add(INTERFERENCE, HIEU)
def fringe_width(r: Random) -> Draft:
    wavelength, distance, gap = (
        r.choice((400, 450, 480, 500, 540, 550, 600, 640, 660, 700)),
        r.choice([Fraction(n, 10) for n in range(8, 26, 2)]),
        r.choice([Fraction(n, 10) for n in range(4, 21, 2)]),
    )
    fringe = Fraction(wavelength, 1000) * distance / gap
    wrongs = [
        (Fraction(wavelength, 1000) * gap / distance, "đảo D và a"),
        (fringe / 2, "nhầm với khoảng cách từ vân sáng đến vân tối liền kề"),
        (fringe * 2, "tính khoảng cách giữa ba vân sáng liên tiếp"),
        (fringe * 10, "đổi sai đơn vị"),
    ]
    stem = f"Trong thí nghiệm Young về giao thoa ánh sáng, hai khe cách nhau {plain(gap)} mm, màn cách hai khe {plain(distance)} m, ánh sáng có bước sóng {wavelength} nm. Khoảng vân trên màn là"
    return numbers(
        r,
        stem,
        fringe,
        wrongs,
        f"$i = \\frac{{\\lambda D}}{{a}}$ = {plain(fringe, 2)} mm.",
        lambda x: f"{plain(x, 2)} mm",
    )


@SHELF.add(INTERFERENCE, VAN_DUNG)
def fringe_place(r: Random) -> Draft:
    fringe, order = r.choice([Fraction(n, 10) for n in range(4, 31)]), r.randint(2, 9)
    bright = r.random() < 0.5
    place = fringe * order if bright else fringe * (order - Fraction(1, 2))
    kind = f"vân sáng bậc {order}" if bright else f"vân tối thứ {order} (tính từ vân sáng trung tâm)"
    stem = f"Trong thí nghiệm Young, khoảng vân đo được là {plain(fringe)} mm. Khoảng cách từ vân sáng trung tâm đến {kind} là bao nhiêu mm?"
    rule = "$x_s = ki$" if bright else r"$x_t = \left(k - \frac{1}{2}\right)i$"
    return short(stem, place, f"{rule} = {plain(place)} mm.")


theory(
    SHELF,
    "damped",
    DAMPED,
    HIEU,
    "dao động tắt dần, dao động cưỡng bức và cộng hưởng",
    [
        (
            "Dao động tắt dần có biên độ giảm dần theo thời gian.",
            "Dao động tắt dần có tần số luôn tăng dần theo thời gian.",
            "nhầm đại lượng giảm dần",
        ),
        (
            "Dao động cưỡng bức có tần số bằng tần số của ngoại lực tuần hoàn.",
            "Dao động cưỡng bức luôn có tần số bằng tần số riêng của hệ.",
            "nhầm với điều kiện cộng hưởng",
        ),
        (
            "Cộng hưởng xảy ra khi tần số ngoại lực bằng tần số riêng của hệ.",
            "Cộng hưởng xảy ra khi tần số ngoại lực rất lớn so với tần số riêng.",
            "không nắm điều kiện cộng hưởng",
        ),
        (
            "Nguyên nhân của dao động tắt dần là lực cản của môi trường.",
            "Nguyên nhân của dao động tắt dần là trọng lực của vật.",
            "nhầm nguyên nhân tắt dần",
        ),
        (
            "Bộ giảm xóc của xe ứng dụng dao động tắt dần.",
            "Bộ giảm xóc của xe ứng dụng hiện tượng cộng hưởng.",
            "nhầm ứng dụng",
        ),
        (
            "Lực cản càng lớn thì dao động tắt dần càng nhanh.",
            "Lực cản càng lớn thì dao động tắt dần càng chậm.",
            "hiểu ngược vai trò của lực cản",
        ),
    ],
)


theory(
    SHELF,
    "longitudinal",
    LONGITUDINAL,
    BIET,
    "sóng dọc và sóng ngang",
    [
        (
            "Sóng ngang có phương dao động của phần tử môi trường vuông góc với phương truyền sóng.",
            "Sóng ngang có phương dao động của phần tử môi trường trùng với phương truyền sóng.",
            "nhầm sóng ngang với sóng dọc",
        ),
        ("Sóng âm trong không khí là sóng dọc.", "Sóng âm trong không khí là sóng ngang.", "nhầm loại sóng"),
        (
            "Khi sóng truyền đi, phần tử môi trường chỉ dao động quanh vị trí cân bằng.",
            "Khi sóng truyền đi, phần tử môi trường chuyển động theo sóng.",
            "cho rằng vật chất truyền theo sóng",
        ),
        (
            "Sóng cơ không truyền được trong chân không.",
            "Sóng cơ truyền nhanh nhất trong chân không.",
            "nhầm với sóng điện từ",
        ),
        (
            "Sóng truyền trên sợi dây khi rung đầu dây theo phương vuông góc là sóng ngang.",
            "Sóng truyền trên sợi dây khi rung đầu dây theo phương vuông góc là sóng dọc.",
            "nhầm loại sóng",
        ),
        (
            "Hai điểm gần nhau nhất trên cùng phương truyền sóng dao động cùng pha cách nhau một bước sóng.",
            "Hai điểm gần nhau nhất trên cùng phương truyền sóng dao động cùng pha cách nhau nửa bước sóng.",
            "nhầm với hai điểm ngược pha",
        ),
    ],
)


theory(
    SHELF,
    "em_waves",
    EM_WAVES,
    BIET,
    "sóng điện từ",
    [
        ("Sóng điện từ là sóng ngang.", "Sóng điện từ là sóng dọc.", "nhầm loại sóng"),
        (
            "Sóng điện từ truyền được trong chân không.",
            "Sóng điện từ chỉ truyền được trong môi trường vật chất.",
            "nhầm với sóng cơ",
        ),
        (
            "Trong chân không, mọi sóng điện từ truyền với tốc độ bằng tốc độ ánh sáng.",
            "Trong chân không, sóng vô tuyến truyền chậm hơn ánh sáng.",
            "cho rằng tốc độ phụ thuộc loại sóng",
        ),
        (
            "Tia tử ngoại có bước sóng nhỏ hơn ánh sáng tím.",
            "Tia tử ngoại có bước sóng lớn hơn ánh sáng đỏ.",
            "nhầm với tia hồng ngoại",
        ),
        ("Tia hồng ngoại có tác dụng nhiệt mạnh.", "Tia hồng ngoại được dùng để chụp X-quang xương.", "nhầm với tia X"),
        (
            "Tia X có khả năng đâm xuyên mạnh.",
            "Tia hồng ngoại có khả năng đâm xuyên mạnh nhất.",
            "nhầm tính chất các tia",
        ),
        (
            "Vectơ cường độ điện trường và vectơ cảm ứng từ của sóng điện từ vuông góc với nhau.",
            "Vectơ cường độ điện trường và vectơ cảm ứng từ của sóng điện từ luôn song song.",
            "nhầm phương của hai vectơ",
        ),
    ],
)
