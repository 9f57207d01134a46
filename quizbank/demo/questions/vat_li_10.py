# ruff: noqa: E501
"""Vật lí 10: mechanics."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.claims import theory
from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
from quizbank.demo.questions.templates import BIET, HIEU, VAN_DUNG, Draft, Shelf, cluster, either, numbers, short
from quizbank.demo.questions.writing import plain, quantity

SHELF = Shelf()

METHOD = "vat-li.l10.mo-dau.doi-tuong-muc-tieu-phuong-phap-nghien-cuu-cua-vat-li-an"
MOTION = "vat-li.l10.dong-hoc.mo-ta-chuyen-dong"
ACCELERATED = "vat-li.l10.dong-hoc.chuyen-dong-bien-doi"
NEWTON = "vat-li.l10.dong-luc-hoc.ba-dinh-luat-newton-ve-chuyen-dong"
FORCES = "vat-li.l10.dong-luc-hoc.mot-so-luc-trong-thuc-tien"
MOMENT = "vat-li.l10.dong-luc-hoc.can-bang-luc-moment-luc"
DENSITY = "vat-li.l10.dong-luc-hoc.khoi-luong-rieng-ap-suat-chat-long"
WORK = "vat-li.l10.cong-nang-luong.cong-va-nang-luong"
ENERGY = "vat-li.l10.cong-nang-luong.dong-nang-va-the-nang-bao-toan-co-nang"
POWER = "vat-li.l10.cong-nang-luong.cong-suat-va-hieu-suat"
MOMENTUM = "vat-li.l10.dong-luong.dinh-nghia-dong-luong"
CONSERVED = "vat-li.l10.dong-luong.bao-toan-dong-luong"
COLLISION = "vat-li.l10.dong-luong.dong-luong-va-va-cham"
CIRCLE = "vat-li.l10.chuyen-dong-tron.dong-hoc-cua-chuyen-dong-tron-deu"
CENTRIPETAL = "vat-li.l10.chuyen-dong-tron.gia-toc-huong-tam-va-luc-huong-tam"
HOOKE = "vat-li.l10.bien-dang.dinh-luat-hooke"
SPRING = "vat-li.l10.bien-dang.bien-dang-keo-va-bien-dang-nen-dac-tinh-cua-lo-xo"

law(
    SHELF,
    Law(
        "average_speed",
        MOTION,
        "tốc độ trung bình của vật đi được quãng đường $s$ trong thời gian $t$",
        Quantity("v", "tốc độ trung bình", "km/h"),
        (
            (Quantity("s", "quãng đường", "km", steps(6, 240, 3)), 1),
            (Quantity("t", "thời gian", "h", tenths(5, 60, 5)), -1),
        ),
        {
            "v": "Một ô tô đi được quãng đường <s> trong thời gian <t>. Tốc độ trung bình của ô tô là",
            "s": "Một tàu hoả chạy với tốc độ trung bình <v> trong <t>. Quãng đường tàu đi được là",
            "t": "Một xe máy đi quãng đường <s> với tốc độ trung bình <v>. Thời gian chuyển động của xe là",
        },
    ),
)
law(
    SHELF,
    Law(
        "acceleration",
        ACCELERATED,
        r"gia tốc của vật có vận tốc biến thiên $\Delta v$ trong thời gian $t$",
        Quantity("a", "gia tốc", "m/s²"),
        (
            (Quantity(r"\Delta v", "độ biến thiên vận tốc", "m/s", steps(2, 40)), 1),
            (Quantity("t", "thời gian", "s", steps(2, 20)), -1),
        ),
        {
            "a": r"Một vật chuyển động thẳng nhanh dần đều, sau <t> thì vận tốc tăng thêm <\Delta v>. Gia tốc của vật có độ lớn là",
            r"\Delta v": "Một vật chuyển động thẳng nhanh dần đều với gia tốc <a>. Sau <t>, vận tốc của vật tăng thêm một lượng là",
            "t": r"Một vật chuyển động thẳng nhanh dần đều với gia tốc <a>. Để vận tốc tăng thêm <\Delta v> thì cần thời gian là",
        },
    ),
)
law(
    SHELF,
    Law(
        "second_newton",
        NEWTON,
        "độ lớn hợp lực tác dụng lên vật khối lượng $m$ chuyển động với gia tốc $a$",
        Quantity("F", "độ lớn hợp lực", "N"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(5, 200, 5)), 1),
            (Quantity("a", "gia tốc của vật", "m/s²", tenths(2, 60, 2)), 1),
        ),
        {
            "F": "Một vật khối lượng <m> chuyển động với gia tốc <a>. Hợp lực tác dụng lên vật có độ lớn là",
            "a": "Một vật khối lượng <m> chịu tác dụng của hợp lực có độ lớn <F>. Gia tốc của vật có độ lớn là",
            "m": "Dưới tác dụng của hợp lực có độ lớn <F>, một vật thu được gia tốc <a>. Khối lượng của vật là",
        },
    ),
)
law(
    SHELF,
    Law(
        "friction",
        FORCES,
        r"độ lớn lực ma sát trượt theo hệ số ma sát trượt $\mu$ và độ lớn áp lực $N$",
        Quantity("F_{ms}", "độ lớn lực ma sát trượt", "N"),
        (
            (Quantity(r"\mu", "hệ số ma sát trượt", "", tuple(Fraction(n, 20) for n in range(1, 13))), 1),
            (Quantity("N", "độ lớn áp lực", "N", steps(10, 400, 10)), 1),
        ),
        {
            "F_{ms}": r"Một vật trượt trên mặt sàn, hệ số ma sát trượt là <\mu>, áp lực của vật lên mặt sàn là <N>. Lực ma sát trượt có độ lớn là",
            r"\mu": "Một vật trượt trên mặt sàn với áp lực <N>, lực ma sát trượt có độ lớn <F_{ms}>. Hệ số ma sát trượt giữa vật và mặt sàn là",
            "N": r"Lực ma sát trượt giữa vật và mặt sàn có độ lớn <F_{ms}>, hệ số ma sát trượt là <\mu>. Áp lực của vật lên mặt sàn là",
        },
    ),
)
law(
    SHELF,
    Law(
        "weight",
        FORCES,
        "độ lớn trọng lực tác dụng lên vật khối lượng $m$ tại nơi có gia tốc rơi tự do $g$",
        Quantity("P", "trọng lượng của vật", "N"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(2, 120, 2)), 1),
            (
                Quantity(
                    "g", "gia tốc rơi tự do", "m/s²", (Fraction(49, 5), Fraction(10), Fraction(8, 5), Fraction(37, 10))
                ),
                1,
            ),
        ),
        {
            "P": "Một vật có khối lượng <m> đặt tại nơi có gia tốc rơi tự do <g>. Trọng lượng của vật là",
            "m": "Tại nơi có gia tốc rơi tự do <g>, một vật có trọng lượng <P>. Khối lượng của vật là",
        },
    ),
)
law(
    SHELF,
    Law(
        "moment",
        MOMENT,
        "moment của lực $F$ đối với trục quay, cánh tay đòn $d$",
        Quantity("M", "moment lực", "N·m"),
        (
            (Quantity("F", "độ lớn của lực", "N", steps(2, 150, 2)), 1),
            (Quantity("d", "cánh tay đòn của lực", "m", tuple(Fraction(n, 20) for n in range(1, 31))), 1),
        ),
        {
            "M": "Một lực có độ lớn <F> tác dụng lên vật có trục quay cố định, cánh tay đòn của lực là <d>. Moment của lực đối với trục quay là",
            "F": "Một lực có cánh tay đòn <d> gây ra moment <M> đối với trục quay. Độ lớn của lực là",
            "d": "Một lực có độ lớn <F> gây ra moment <M> đối với trục quay. Cánh tay đòn của lực là",
        },
    ),
)
law(
    SHELF,
    Law(
        "density",
        DENSITY,
        r"khối lượng riêng của chất cấu tạo nên vật khối lượng $m$, thể tích $V$",
        Quantity(r"\rho", "khối lượng riêng", "kg/m³"),
        (
            (Quantity("m", "khối lượng của vật", "kg", steps(2, 400, 2)), 1),
            (Quantity("V", "thể tích của vật", "m³", tuple(Fraction(n, 100) for n in range(1, 41))), -1),
        ),
        {
            r"\rho": "Một khối chất có khối lượng <m> và thể tích <V>. Khối lượng riêng của chất đó là",
            "m": r"Một khối chất có khối lượng riêng <\rho> và thể tích <V>. Khối lượng của khối chất là",
        },
    ),
)
law(
    SHELF,
    Law(
        "liquid_pressure",
        DENSITY,
        r"độ chênh lệch áp suất giữa hai điểm cách nhau độ cao $\Delta h$ trong chất lỏng khối lượng riêng $\rho$",
        Quantity(r"\Delta p", "độ chênh lệch áp suất", "Pa"),
        (
            (Quantity(r"\rho", "khối lượng riêng của chất lỏng", "kg/m³", (800, 900, 1000, 1030, 1200, 13600)), 1),
            (Quantity("g", "gia tốc trọng trường", "m/s²", (Fraction(49, 5), Fraction(10))), 1),
            (Quantity(r"\Delta h", "độ chênh lệch độ cao", "m", tenths(1, 60)), 1),
        ),
        {
            r"\Delta p": r"Trong một chất lỏng có khối lượng riêng <\rho>, lấy g = <g>. Độ chênh lệch áp suất giữa hai điểm có độ sâu chênh nhau <\Delta h> là",
            r"\Delta h": r"Trong một chất lỏng có khối lượng riêng <\rho>, lấy g = <g>, hai điểm có áp suất chênh lệch <\Delta p>. Hai điểm đó có độ sâu chênh nhau là",
        },
    ),
)
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
law(
    SHELF,
    Law(
        "arc_speed",
        CIRCLE,
        r"tốc độ của vật chuyển động tròn đều bán kính $r$ với tốc độ góc $\omega$",
        Quantity("v", "tốc độ của vật", "m/s"),
        (
            (Quantity("r", "bán kính quỹ đạo", "m", tenths(1, 60)), 1),
            (Quantity(r"\omega", "tốc độ góc", "rad/s", tenths(5, 200, 5)), 1),
        ),
        {
            "v": r"Một vật chuyển động tròn đều trên quỹ đạo bán kính <r> với tốc độ góc <\omega>. Tốc độ của vật là",
            r"\omega": "Một vật chuyển động tròn đều trên quỹ đạo bán kính <r> với tốc độ <v>. Tốc độ góc của vật là",
            "r": r"Một vật chuyển động tròn đều với tốc độ <v> và tốc độ góc <\omega>. Bán kính quỹ đạo là",
        },
    ),
)
law(
    SHELF,
    Law(
        "centripetal_force",
        CENTRIPETAL,
        "độ lớn lực hướng tâm tác dụng lên vật khối lượng $m$ chuyển động tròn đều với tốc độ $v$ trên quỹ đạo bán kính $r$",
        Quantity("F_{ht}", "độ lớn lực hướng tâm", "N"),
        (
            (Quantity("m", "khối lượng của vật", "kg", tenths(1, 60)), 1),
            (Quantity("v", "tốc độ của vật", "m/s", steps(2, 20)), 2),
            (Quantity("r", "bán kính quỹ đạo", "m", tenths(5, 500, 5)), -1),
        ),
        {
            "F_{ht}": "Một vật khối lượng <m> chuyển động tròn đều với tốc độ <v> trên quỹ đạo bán kính <r>. Lực hướng tâm có độ lớn là",
            "v": "Một vật khối lượng <m> chuyển động tròn đều trên quỹ đạo bán kính <r> dưới tác dụng của lực hướng tâm <F_{ht}>. Tốc độ của vật là",
        },
    ),
)
law(
    SHELF,
    Law(
        "hooke",
        HOOKE,
        r"độ lớn lực đàn hồi của lò xo độ cứng $k$ khi biến dạng $\Delta l$",
        Quantity(r"F_{\text{đh}}", "độ lớn lực đàn hồi", "N"),
        (
            (Quantity("k", "độ cứng của lò xo", "N/m", steps(20, 400, 10)), 1),
            (Quantity(r"\Delta l", "độ biến dạng của lò xo", "cm", tenths(5, 120, 5)), 1),
        ),
        {
            r"F_{\text{đh}}": r"Một lò xo có độ cứng <k> bị dãn <\Delta l>, còn trong giới hạn đàn hồi. Lực đàn hồi của lò xo có độ lớn là",
            r"\Delta l": r"Một lò xo có độ cứng <k> chịu lực kéo <F_{\text{đh}}>, còn trong giới hạn đàn hồi. Độ dãn của lò xo là",
            "k": r"Một lò xo dãn <\Delta l> khi chịu lực kéo <F_{\text{đh}}>, còn trong giới hạn đàn hồi. Độ cứng của lò xo là",
        },
        scale=Fraction(1, 100),
    ),
)


@SHELF.add(ACCELERATED, VAN_DUNG)
def braking_distance(r: Random) -> Draft:
    v, a = r.randint(4, 30), r.choice([Fraction(n, 2) for n in range(1, 13)])
    stem = (
        f"Một ô tô đang chạy với tốc độ {v} m/s thì hãm phanh, chuyển động thẳng chậm dần đều với gia tốc có độ lớn "
        f"{plain(a)} m/s². Quãng đường ô tô đi được từ lúc hãm phanh đến khi dừng hẳn là bao nhiêu mét?"
    )
    because = f"Từ $v^2 - v_0^2 = 2as$ với $v = 0$, suy ra $s = \\frac{{v_0^2}}{{2|a|}}$ = {plain(Fraction(v * v) / (2 * a))} m."
    return short(stem, Fraction(v * v) / (2 * a), because)


@SHELF.add(ACCELERATED, HIEU)
def speed_after(r: Random) -> Draft:
    v, a, t = r.randint(2, 15), r.choice([Fraction(n, 2) for n in range(1, 9)]), r.randint(3, 15)
    key = v + a * t
    stem = f"Một xe đang chạy với tốc độ {v} m/s thì tăng tốc đều với gia tốc {plain(a)} m/s². Sau {t} s kể từ lúc tăng tốc, tốc độ của xe là"
    wrongs = [
        (a * t, "quên vận tốc ban đầu"),
        (abs(v - a * t), "nhầm dấu của gia tốc"),
        (v + a * t * t / 2, "nhầm với công thức độ dịch chuyển"),
        ((v + a) * t, "nhân cả vận tốc ban đầu với thời gian"),
    ]
    return numbers(
        r, stem, key, wrongs, f"$v = v_0 + at$ = {v} + {plain(a)}·{t} = {plain(key)} m/s.", lambda x: quantity(x, "m/s")
    )


@SHELF.add(ACCELERATED, VAN_DUNG)
def free_fall(r: Random) -> Draft:
    t = r.choice([Fraction(n, 10) for n in range(10, 61)])
    height, last = 5 * t * t, 5 * t * t - 5 * (t - 1) ** 2
    statements = [
        either(
            r,
            "Độ cao thả vật so với mặt đất là @ m.",
            plain(height),
            plain(10 * t * t),
            f"$h = \\frac{{1}}{{2}}gt^2$ = {plain(height)} m.",
        ),
        either(
            r,
            "Tốc độ của vật ngay trước khi chạm đất là @ m/s.",
            plain(10 * t),
            plain(5 * t),
            f"$v = gt$ = {plain(10 * t)} m/s.",
        ),
        either(
            r,
            "Quãng đường vật rơi trong giây cuối cùng là @ m.",
            plain(last),
            plain(height / t),
            f"$s = h - \\frac{{1}}{{2}}g(t-1)^2$ = {plain(last)} m.",
        ),
        either(
            r,
            "Gia tốc của vật trong quá trình rơi @.",
            "không đổi",
            "tăng dần theo thời gian",
            "Vật rơi tự do có gia tốc không đổi, bằng $g$.",
        ),
    ]
    stem = f"Một vật được thả rơi tự do từ trạng thái nghỉ và chạm đất sau {plain(t)} s. Lấy g = 10 m/s², bỏ qua sức cản không khí. Mỗi phát biểu sau đúng hay sai?"
    return cluster(stem, statements)


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


@SHELF.add(SPRING, HIEU)
def spring_length(r: Random) -> Draft:
    rest, k, mass = r.randint(12, 40), r.choice([20, 25, 40, 50, 80, 100, 200]), r.choice(range(50, 1001, 50))
    stretch = Fraction(mass * 10, 10 * k)
    key = rest + stretch
    stem = f"Một lò xo có chiều dài tự nhiên {rest} cm, độ cứng {k} N/m, treo thẳng đứng. Móc vào đầu dưới vật khối lượng {mass} g, lấy g = 10 m/s². Khi vật cân bằng, lò xo dài"
    wrongs = [
        (rest - stretch, "lấy hiệu như khi lò xo bị nén"),
        (stretch, "chỉ tính độ dãn"),
        (rest + stretch * 10, "đổi sai đơn vị độ dãn"),
        (rest + stretch / 10, "tính nhầm trọng lượng của vật"),
    ]
    wrongs = [(value, slip) for value, slip in wrongs if value > 0]
    because = (
        f"Độ dãn $\\Delta l = \\frac{{mg}}{{k}}$ = {plain(stretch)} cm nên $l = l_0 + \\Delta l$ = {plain(key)} cm."
    )
    return numbers(r, stem, key, wrongs, because, lambda x: quantity(x, "cm"))


theory(
    SHELF,
    "spring_facts",
    SPRING,
    BIET,
    "biến dạng và đặc tính của lò xo",
    [
        (
            "Biến dạng kéo làm chiều dài của lò xo tăng so với chiều dài tự nhiên.",
            "Biến dạng kéo làm chiều dài của lò xo giảm so với chiều dài tự nhiên.",
            "nhầm biến dạng kéo với biến dạng nén",
        ),
        (
            "Trong giới hạn đàn hồi, độ biến dạng của lò xo tỉ lệ thuận với lực tác dụng.",
            "Trong giới hạn đàn hồi, độ biến dạng của lò xo tỉ lệ nghịch với lực tác dụng.",
            "nhầm tỉ lệ thuận với tỉ lệ nghịch",
        ),
        (
            "Lực đàn hồi có chiều ngược với chiều biến dạng của lò xo.",
            "Lực đàn hồi luôn cùng chiều với chiều biến dạng của lò xo.",
            "nhầm chiều của lực đàn hồi",
        ),
        (
            "Vượt quá giới hạn đàn hồi, lò xo không trở lại hình dạng ban đầu khi ngừng tác dụng lực.",
            "Vượt quá giới hạn đàn hồi, lò xo vẫn trở lại hình dạng ban đầu khi ngừng tác dụng lực.",
            "không chú ý giới hạn đàn hồi",
        ),
        (
            "Lò xo càng cứng thì độ cứng k càng lớn.",
            "Lò xo càng cứng thì độ cứng k càng nhỏ.",
            "hiểu ngược ý nghĩa của độ cứng",
        ),
        ("Đơn vị của độ cứng lò xo là N/m.", "Đơn vị của độ cứng lò xo là N·m.", "nhầm với đơn vị của moment lực"),
    ],
)
theory(
    SHELF,
    "motion_facts",
    MOTION,
    HIEU,
    "độ dịch chuyển, tốc độ và vận tốc",
    [
        (
            "Độ dịch chuyển là đại lượng vectơ.",
            "Độ dịch chuyển là đại lượng vô hướng.",
            "nhầm độ dịch chuyển với quãng đường",
        ),
        (
            "Tốc độ trung bình bằng quãng đường đi được chia cho thời gian đi quãng đường đó.",
            "Tốc độ trung bình bằng độ dịch chuyển chia cho thời gian dịch chuyển.",
            "nhầm tốc độ với vận tốc",
        ),
        (
            "Khi vật chuyển động thẳng không đổi chiều, độ lớn độ dịch chuyển bằng quãng đường đi được.",
            "Khi vật chuyển động thẳng và đổi chiều, độ lớn độ dịch chuyển bằng quãng đường đi được.",
            "không chú ý điều kiện không đổi chiều",
        ),
        (
            "Vận tốc cho biết cả độ nhanh chậm và hướng chuyển động.",
            "Vận tốc chỉ cho biết độ nhanh chậm, không cho biết hướng chuyển động.",
            "nhầm vận tốc với tốc độ",
        ),
        (
            "Khi vật trở về vị trí xuất phát, độ dịch chuyển của vật bằng 0.",
            "Khi vật trở về vị trí xuất phát, quãng đường vật đi được bằng 0.",
            "nhầm quãng đường với độ dịch chuyển",
        ),
        (
            "Độ dốc của đồ thị độ dịch chuyển – thời gian cho biết vận tốc của vật.",
            "Độ dốc của đồ thị độ dịch chuyển – thời gian cho biết gia tốc của vật.",
            "nhầm với đồ thị vận tốc – thời gian",
        ),
    ],
)
theory(
    SHELF,
    "newton_facts",
    NEWTON,
    BIET,
    "ba định luật Newton",
    [
        (
            "Lực và phản lực luôn xuất hiện và mất đi đồng thời.",
            "Lực tác dụng luôn xuất hiện trước phản lực.",
            "cho rằng phản lực xuất hiện sau",
        ),
        (
            "Lực và phản lực đặt vào hai vật khác nhau.",
            "Lực và phản lực đặt vào cùng một vật nên cân bằng nhau.",
            "nhầm với hai lực cân bằng",
        ),
        (
            "Vật có khối lượng càng lớn thì mức quán tính càng lớn.",
            "Vật có khối lượng càng lớn thì mức quán tính càng nhỏ.",
            "hiểu ngược về quán tính",
        ),
        (
            "Khi hợp lực bằng 0, vật đang chuyển động sẽ tiếp tục chuyển động thẳng đều.",
            "Khi hợp lực bằng 0, vật đang chuyển động sẽ dừng lại ngay.",
            "cho rằng phải có lực mới có chuyển động",
        ),
        (
            "Gia tốc của vật cùng hướng với hợp lực tác dụng lên vật.",
            "Gia tốc của vật luôn cùng hướng với vận tốc của vật.",
            "nhầm hướng gia tốc với hướng vận tốc",
        ),
        (
            "Lực và phản lực có cùng độ lớn và cùng giá.",
            "Vật nặng hơn tác dụng lực lớn hơn so với phản lực của vật nhẹ.",
            "cho rằng vật nặng hơn tác dụng lực mạnh hơn",
        ),
    ],
)
theory(
    SHELF,
    "method_facts",
    METHOD,
    BIET,
    "phương pháp nghiên cứu vật lí, an toàn và sai số",
    [
        (
            "Đối tượng nghiên cứu của Vật lí là các dạng vận động của vật chất và năng lượng.",
            "Đối tượng nghiên cứu của Vật lí là sự trao đổi chất của cơ thể sống.",
            "nhầm với đối tượng của Sinh học",
        ),
        (
            "Sai số hệ thống có thể giảm bằng cách hiệu chỉnh dụng cụ đo.",
            "Sai số hệ thống luôn bị loại bỏ khi đo nhiều lần.",
            "nhầm với sai số ngẫu nhiên",
        ),
        (
            "Đo nhiều lần rồi lấy giá trị trung bình làm giảm ảnh hưởng của sai số ngẫu nhiên.",
            "Đo nhiều lần rồi lấy giá trị trung bình làm tăng sai số ngẫu nhiên.",
            "hiểu sai vai trò của phép lặp",
        ),
        (
            "Phải ngắt nguồn điện trước khi thay đổi mạch điện thí nghiệm.",
            "Có thể thay đổi mạch điện thí nghiệm khi nguồn điện đang đóng.",
            "bỏ qua quy tắc an toàn điện",
        ),
        (
            "Sai số tỉ đối bằng tỉ số giữa sai số tuyệt đối và giá trị trung bình của đại lượng đo.",
            "Sai số tỉ đối bằng tích của sai số tuyệt đối và giá trị trung bình của đại lượng đo.",
            "nhầm tỉ số với tích",
        ),
        (
            "Trong phương pháp thực nghiệm, giả thuyết được kiểm tra bằng thí nghiệm.",
            "Trong phương pháp thực nghiệm, giả thuyết được thừa nhận mà không cần kiểm tra.",
            "bỏ bước kiểm chứng",
        ),
    ],
)
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
theory(
    SHELF,
    "circular_facts",
    CENTRIPETAL,
    BIET,
    "chuyển động tròn đều",
    [
        (
            "Gia tốc trong chuyển động tròn đều luôn hướng vào tâm quỹ đạo.",
            "Gia tốc trong chuyển động tròn đều luôn hướng ra xa tâm quỹ đạo.",
            "nhầm chiều của gia tốc hướng tâm",
        ),
        (
            "Vận tốc của vật chuyển động tròn đều có độ lớn không đổi nhưng hướng thay đổi.",
            "Vận tốc của vật chuyển động tròn đều không đổi cả về độ lớn và hướng.",
            "quên rằng hướng vận tốc thay đổi",
        ),
        (
            "Lực hướng tâm là hợp lực của các lực tác dụng lên vật.",
            "Lực hướng tâm là một loại lực mới xuất hiện thêm bên cạnh các lực khác.",
            "coi lực hướng tâm là lực riêng",
        ),
        (
            "Chu kì là thời gian vật đi hết một vòng.",
            "Chu kì là số vòng vật đi được trong một giây.",
            "nhầm chu kì với tần số",
        ),
        (
            "Vectơ vận tốc có phương tiếp tuyến với quỹ đạo.",
            "Vectơ vận tốc có phương trùng với bán kính quỹ đạo.",
            "nhầm phương của vận tốc với phương của gia tốc",
        ),
        (
            "Tốc độ góc không đổi trong chuyển động tròn đều.",
            "Tốc độ góc tăng dần trong chuyển động tròn đều.",
            "nhầm với chuyển động tròn nhanh dần",
        ),
    ],
)
