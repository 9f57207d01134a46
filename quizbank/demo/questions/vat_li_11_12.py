# ruff: noqa: E501
"""Vật lí 11 and 12: waves, fields, circuits, heat, gases, nuclei."""

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
from quizbank.demo.questions.writing import comma, plain, quantity, rounded

SHELF = Shelf()

HARMONIC = "vat-li.l11.dao-dong.dao-dong-dieu-hoa"
DAMPED = "vat-li.l11.dao-dong.dao-dong-tat-dan-dao-dong-cuong-buc-hien-tuong-cong"
WAVES = "vat-li.l11.song.mo-ta-song"
LONGITUDINAL = "vat-li.l11.song.song-doc-va-song-ngang"
EM_WAVES = "vat-li.l11.song.song-dien-tu"
INTERFERENCE = "vat-li.l11.song.giao-thoa-song"
STANDING = "vat-li.l11.song.song-dung"
COULOMB = "vat-li.l11.truong-dien.luc-dien-tuong-tac-giua-cac-dien-tich"
FIELD = "vat-li.l11.truong-dien.khai-niem-dien-truong"
UNIFORM = "vat-li.l11.truong-dien.dien-truong-deu"
POTENTIAL = "vat-li.l11.truong-dien.dien-the-va-the-nang-dien"
CAPACITOR = "vat-li.l11.truong-dien.tu-dien-va-dien-dung"
CURRENT = "vat-li.l11.dong-dien.cuong-do-dong-dien"
CIRCUIT = "vat-li.l11.dong-dien.mach-dien-va-dien-tro"
ELECTRIC_POWER = "vat-li.l11.dong-dien.nang-luong-dien-cong-suat-dien"
STATES = "vat-li.l12.vat-li-nhiet.su-chuyen-the"
FIRST_LAW = "vat-li.l12.vat-li-nhiet.noi-nang-dinh-luat-1-cua-nhiet-dong-luc-hoc"
SCALES = "vat-li.l12.vat-li-nhiet.thang-nhiet-do-nhiet-ke"
HEAT = "vat-li.l12.vat-li-nhiet.nhiet-dung-rieng-nhiet-nong-chay-rieng-nhiet-hoa-hoi"
MOLECULES = "vat-li.l12.khi-li-tuong.mo-hinh-dong-hoc-phan-tu-chat-khi"
GAS = "vat-li.l12.khi-li-tuong.phuong-trinh-trang-thai"
MAGNETISM = "vat-li.l12.truong-tu.khai-niem-tu-truong"
MAGNETIC_FORCE = "vat-li.l12.truong-tu.luc-tu-tac-dung-len-doan-day-dan-mang-dong-dien-cam-ung"
INDUCTION = "vat-li.l12.truong-tu.tu-thong-cam-ung-dien-tu"
NUCLEUS = "vat-li.l12.hat-nhan.cau-truc-hat-nhan"
BINDING = "vat-li.l12.hat-nhan.do-hut-khoi-va-nang-luong-lien-ket-hat-nhan"
DECAY = "vat-li.l12.hat-nhan.su-phong-xa-va-chu-ki-ban-ra"

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
law(
    SHELF,
    Law(
        "heating",
        HEAT,
        r"nhiệt lượng cần cung cấp cho vật khối lượng $m$, nhiệt dung riêng $c$ tăng nhiệt độ $\Delta t$",
        Quantity("Q", "nhiệt lượng", "kJ"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(2, 60, 2)), 1),
            (Quantity("c", "nhiệt dung riêng", "J/(kg·K)", (4200, 880, 460, 380, 2500, 130)), 1),
            (Quantity(r"\Delta t", "độ tăng nhiệt độ", "K", steps(5, 90, 5)), 1),
        ),
        {
            "Q": r"Một vật có khối lượng <m>, nhiệt dung riêng <c>. Nhiệt lượng cần cung cấp để nhiệt độ của vật tăng thêm <\Delta t> là",
            r"\Delta t": "Cung cấp nhiệt lượng <Q> cho vật khối lượng <m>, nhiệt dung riêng <c>. Nhiệt độ của vật tăng thêm",
        },
        scale=Fraction(1, 1000),
    ),
)
law(
    SHELF,
    Law(
        "melting",
        HEAT,
        r"nhiệt lượng làm nóng chảy hoàn toàn vật khối lượng $m$ ở nhiệt độ nóng chảy, nhiệt nóng chảy riêng $\lambda$",
        Quantity("Q", "nhiệt lượng", "kJ"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(1, 80)), 1),
            (Quantity(r"\lambda", "nhiệt nóng chảy riêng", "kJ/kg", (334, 25, 277, 105, 396, 59)), 1),
        ),
        {
            "Q": r"Một chất có nhiệt nóng chảy riêng <\lambda>. Nhiệt lượng cần để làm nóng chảy hoàn toàn <m> chất đó ở nhiệt độ nóng chảy là",
            "m": r"Một chất có nhiệt nóng chảy riêng <\lambda>. Với nhiệt lượng <Q>, khối lượng chất đó ở nhiệt độ nóng chảy được làm nóng chảy là",
        },
    ),
)
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


@SHELF.add(SCALES, BIET)
def kelvin(r: Random) -> Draft:
    celsius = r.randint(-150, 400)
    wrongs = [
        (celsius - 273, "trừ thay vì cộng 273"),
        (273 - celsius, "đảo dấu nhiệt độ"),
        (celsius + 373, "nhầm với mốc nước sôi"),
        (celsius + 237, "viết nhầm 273 thành 237"),
    ]
    stem = f"Nhiệt độ {celsius} °C ứng với bao nhiêu kelvin? (Làm tròn độ lệch hai thang là 273.)"
    return numbers(r, stem, celsius + 273, wrongs, f"$T = t + 273$ = {celsius + 273} K.", lambda x: quantity(x, "K"))


@SHELF.add(SCALES, VAN_DUNG)
def own_scale(r: Random) -> Draft:
    low, high, reading = r.choice((5, 10, 20, -10)), r.choice((85, 110, 130, 170)), r.randint(15, 80)
    key = Fraction(100 * (reading - low), high - low)
    stem = f"Một nhiệt kế hỏng chỉ {low}° khi nhúng vào nước đá đang tan và chỉ {high}° khi nhúng vào hơi nước đang sôi ở áp suất tiêu chuẩn. Khi nhiệt kế này chỉ {reading}°, nhiệt độ thực là bao nhiêu độ C?"
    return short(stem, key, f"$t = \\frac{{{reading} - ({low})}}{{{high} - ({low})}}\\cdot 100$ = {plain(key, 3)} °C.")


@SHELF.add(FIRST_LAW, HIEU)
def internal_energy(r: Random) -> Draft:
    heat, work = r.randint(10, 200), r.randint(5, 150)
    takes, done_on = r.random() < 0.5, r.random() < 0.5
    key = (heat if takes else -heat) + (work if done_on else -work)
    story = (
        "nhận nhiệt lượng" if takes else "truyền ra môi trường nhiệt lượng",
        "nhận công" if done_on else "thực hiện công",
    )
    wrongs = [
        (-key, "sai quy ước dấu của cả hai đại lượng"),
        ((heat if takes else -heat) - (work if done_on else -work), "sai quy ước dấu của công"),
        (-(heat if takes else -heat) + (work if done_on else -work), "sai quy ước dấu của nhiệt lượng"),
        (heat if takes else -heat, "bỏ qua công"),
    ]
    stem = f"Một khối khí {story[0]} {heat} J và {story[1]} {work} J. Độ biến thiên nội năng của khối khí là"
    return numbers(
        r,
        stem,
        key,
        wrongs,
        f"$\\Delta U = Q + A$ = {key} J (nhận: dương, truyền ra hoặc thực hiện: âm).",
        lambda x: quantity(x, "J"),
    )


@SHELF.add(FIRST_LAW, VAN_DUNG)
def gas_energy(r: Random) -> Draft:
    heat, work = r.randint(20, 300), r.randint(5, 200)
    stem = f"Người ta truyền cho khối khí trong xi lanh nhiệt lượng {heat} J, khí dãn nở đẩy pít-tông và thực hiện công {work} J. Nội năng của khối khí biến thiên bao nhiêu jun?"
    return short(stem, heat - work, f"$\\Delta U = Q + A = {heat} + (-{work})$ = {heat - work} J.")


@SHELF.add(GAS, HIEU)
def boyle(r: Random) -> Draft:
    pressure, volume, after = r.choice([Fraction(n, 2) for n in range(2, 13)]), r.randint(2, 24), r.randint(1, 30)
    key = pressure * volume / after
    if after == volume:
        return None
    wrongs = [
        (pressure * after / volume, "nhầm tỉ lệ nghịch với tỉ lệ thuận"),
        (pressure * volume, "quên chia cho thể tích sau"),
        (pressure, "cho rằng áp suất không đổi"),
        (abs(pressure + (volume - after)), "cộng độ thay đổi thể tích vào áp suất"),
    ]
    stem = f"Một lượng khí lí tưởng có thể tích {volume} lít ở áp suất {plain(pressure)} atm. Giữ nhiệt độ không đổi, thay đổi thể tích đến {after} lít thì áp suất của khí là"
    return numbers(
        r, stem, key, wrongs, f"$p_1V_1 = p_2V_2$ nên $p_2$ = {plain(key, 2)} atm.", lambda x: f"{plain(x, 2)} atm"
    )


@SHELF.add(GAS, VAN_DUNG)
def charles(r: Random) -> Draft:
    start, rise, volume = r.choice((27, 7, 47, 77, 127)), r.choice(range(20, 301, 10)), r.randint(2, 30)
    key = Fraction(volume * (start + rise + 273), start + 273)
    stem = f"Một lượng khí lí tưởng ở {start} °C có thể tích {volume} lít. Nung nóng đẳng áp đến {start + rise} °C thì thể tích của khí là bao nhiêu lít? (Lấy T = t + 273; làm tròn kết quả đến hàng phần mười.)"
    return short(
        stem,
        key,
        f"$V_2 = V_1\\frac{{T_2}}{{T_1}} = {volume}\\cdot\\frac{{{start + rise + 273}}}{{{start + 273}}} \\approx$ {plain(key, 1)} lít.",
        1,
    )


@SHELF.add(GAS, VAN_DUNG)
def gas_cluster(r: Random) -> Draft:
    pressure, volume, kelvin, twice = (
        r.randint(1, 6),
        r.randint(2, 20),
        r.choice((300, 280, 320, 350, 400)),
        r.choice((2, 3, 4)),
    )
    statements = [
        either(
            r,
            f"Nếu nén đẳng nhiệt để thể tích giảm {twice} lần thì áp suất khí là @ atm.",
            str(pressure * twice),
            plain(Fraction(pressure, twice), 2),
            "Đẳng nhiệt: $p$ tỉ lệ nghịch với $V$.",
        ),
        either(
            r,
            f"Nếu nung nóng đẳng tích đến {kelvin * 2} K thì áp suất khí là @ atm.",
            str(pressure * 2),
            plain(Fraction(pressure, 2)),
            "Đẳng tích: $p$ tỉ lệ thuận với $T$.",
        ),
        either(
            r,
            f"Nếu dãn đẳng áp đến thể tích {volume * 2} lít thì nhiệt độ khí là @ K.",
            str(kelvin * 2),
            plain(Fraction(kelvin, 2)),
            "Đẳng áp: $V$ tỉ lệ thuận với $T$.",
        ),
        either(
            r,
            "Trong quá trình đẳng nhiệt, động năng trung bình của phân tử khí @.",
            "không đổi",
            "tăng",
            "Động năng trung bình của phân tử chỉ phụ thuộc nhiệt độ.",
        ),
    ]
    return cluster(
        f"Một lượng khí lí tưởng ở áp suất {pressure} atm, thể tích {volume} lít và nhiệt độ {kelvin} K. Mỗi phát biểu sau đúng hay sai?",
        statements,
    )


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


def facts(name: str, topic: str, level: str, about: str, *rows: tuple[str, str, str]) -> None:
    theory(SHELF, name, topic, level, about, rows)


facts(
    "damped",
    DAMPED,
    HIEU,
    "dao động tắt dần, dao động cưỡng bức và cộng hưởng",
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
)
facts(
    "longitudinal",
    LONGITUDINAL,
    BIET,
    "sóng dọc và sóng ngang",
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
)
facts(
    "em_waves",
    EM_WAVES,
    BIET,
    "sóng điện từ",
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
    ("Tia X có khả năng đâm xuyên mạnh.", "Tia hồng ngoại có khả năng đâm xuyên mạnh nhất.", "nhầm tính chất các tia"),
    (
        "Vectơ cường độ điện trường và vectơ cảm ứng từ của sóng điện từ vuông góc với nhau.",
        "Vectơ cường độ điện trường và vectơ cảm ứng từ của sóng điện từ luôn song song.",
        "nhầm phương của hai vectơ",
    ),
)
facts(
    "states",
    STATES,
    BIET,
    "cấu trúc của chất và sự chuyển thể",
    (
        "Trong quá trình nóng chảy của chất rắn kết tinh, nhiệt độ không đổi.",
        "Trong quá trình nóng chảy của chất rắn kết tinh, nhiệt độ tăng dần.",
        "cho rằng nhận nhiệt thì nhiệt độ luôn tăng",
    ),
    (
        "Khoảng cách giữa các phân tử chất khí rất lớn so với kích thước phân tử.",
        "Khoảng cách giữa các phân tử chất rắn lớn hơn ở chất khí.",
        "so sánh ngược khoảng cách phân tử",
    ),
    (
        "Chất rắn vô định hình không có nhiệt độ nóng chảy xác định.",
        "Chất rắn kết tinh không có nhiệt độ nóng chảy xác định.",
        "nhầm hai loại chất rắn",
    ),
    (
        "Sự bay hơi xảy ra ở mọi nhiệt độ trên bề mặt chất lỏng.",
        "Sự bay hơi chỉ xảy ra ở nhiệt độ sôi.",
        "nhầm bay hơi với sôi",
    ),
    (
        "Các phân tử chuyển động càng nhanh thì nhiệt độ của vật càng cao.",
        "Các phân tử chuyển động càng nhanh thì nhiệt độ của vật càng thấp.",
        "hiểu ngược quan hệ với nhiệt độ",
    ),
    (
        "Lực liên kết giữa các phân tử chất rắn mạnh hơn ở chất lỏng.",
        "Lực liên kết giữa các phân tử chất khí mạnh hơn ở chất rắn.",
        "so sánh ngược lực liên kết",
    ),
)
facts(
    "molecules",
    MOLECULES,
    BIET,
    "mô hình động học phân tử chất khí",
    (
        "Các phân tử khí chuyển động hỗn loạn, không ngừng.",
        "Các phân tử khí chuyển động theo quỹ đạo tròn cố định.",
        "hiểu sai chuyển động nhiệt",
    ),
    (
        "Phân tử khí va chạm với thành bình gây ra áp suất.",
        "Áp suất khí gây ra bởi trọng lượng của thành bình.",
        "hiểu sai nguyên nhân áp suất",
    ),
    (
        "Ở khí lí tưởng, bỏ qua tương tác giữa các phân tử khi không va chạm.",
        "Ở khí lí tưởng, lực tương tác giữa các phân tử luôn rất lớn.",
        "hiểu sai mô hình khí lí tưởng",
    ),
    (
        "Chuyển động Brown chứng tỏ các phân tử chuyển động hỗn loạn.",
        "Chuyển động Brown chứng tỏ các phân tử đứng yên.",
        "hiểu sai ý nghĩa thí nghiệm",
    ),
    (
        "Nhiệt độ càng cao, các phân tử khí chuyển động càng nhanh.",
        "Nhiệt độ càng cao, các phân tử khí chuyển động càng chậm.",
        "hiểu ngược quan hệ với nhiệt độ",
    ),
)
facts(
    "magnetism",
    MAGNETISM,
    BIET,
    "từ trường",
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
)
facts(
    "radioactivity",
    DECAY,
    BIET,
    "hiện tượng phóng xạ",
    ("Tia α là dòng các hạt nhân helium.", "Tia α là dòng các electron.", "nhầm tia α với tia β⁻"),
    ("Tia γ là sóng điện từ có bước sóng rất ngắn.", "Tia γ là dòng các hạt mang điện dương.", "nhầm tia γ với tia α"),
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
)
