# ruff: noqa: E501
"""Khoa học tự nhiên: measuring, forces, sound, light and electricity."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Shelf,
    numbers,
    short,
)
from quizbank.demo.questions.writing import Number, plain, quantity

SHELF = Shelf()

MEASURE = "khoa-hoc-tu-nhien.l06.mo-dau.cac-phep-do"
SPRING = "khoa-hoc-tu-nhien.l06.nang-luong.ma-sat-khoi-luong-va-trong-luong-bien-dang-cua-lo-xo"
SPEED = "khoa-hoc-tu-nhien.l07.nang-luong.toc-do-chuyen-dong-do-thi-quang-duong-thoi-gian"
SOUND = "khoa-hoc-tu-nhien.l07.nang-luong.am-thanh-song-am-do-to-do-cao-phan-xa-am"
LIGHT = "khoa-hoc-tu-nhien.l07.nang-luong.anh-sang-tia-sang-su-phan-xa-anh-qua-guong-phang"
DENSITY = "khoa-hoc-tu-nhien.l08.nang-luong.khoi-luong-rieng"
PRESSURE = "khoa-hoc-tu-nhien.l08.nang-luong.ap-suat-trong-chat-long-chat-khi-luc-day-archimedes"
LEVER = "khoa-hoc-tu-nhien.l08.nang-luong.tac-dung-lam-quay-cua-luc-don-bay"
WORK = "khoa-hoc-tu-nhien.l09.nang-luong.dong-nang-the-nang-co-nang-cong-va-cong-suat"
OHM = "khoa-hoc-tu-nhien.l09.nang-luong.dien-tro-dinh-luat-ohm-doan-mach-noi-tiep-song-song-cong"

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
