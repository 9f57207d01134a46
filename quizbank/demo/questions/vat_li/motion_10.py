# ruff: noqa: E501
"""Vật lí 10: motion and forces."""

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
