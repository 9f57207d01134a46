# ruff: noqa: E501
"""Vật lí 10: circular motion and springs."""

from fractions import Fraction
from random import Random

from quizbank.demo.questions.claims import theory
from quizbank.demo.questions.laws import Law, Quantity, law, steps, tenths
from quizbank.demo.questions.templates import BIET, HIEU, Draft, Shelf, numbers
from quizbank.demo.questions.writing import plain, quantity

SHELF = Shelf()

CIRCLE = "vat-li.l10.chuyen-dong-tron.dong-hoc-cua-chuyen-dong-tron-deu"
CENTRIPETAL = "vat-li.l10.chuyen-dong-tron.gia-toc-huong-tam-va-luc-huong-tam"
HOOKE = "vat-li.l10.bien-dang.dinh-luat-hooke"
SPRING = "vat-li.l10.bien-dang.bien-dang-keo-va-bien-dang-nen-dac-tinh-cua-lo-xo"

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
