"""Formulas that the question editor offers, in groups: what teachers would else look up among LaTeX commands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """One button: ``tex`` goes into the text, ``□`` where the cursor will stand; ``shown`` is what it looks like."""

    name: str
    tex: str
    shown: str


NAMES: dict[str, str] = {
    "structure": "Cấu trúc",
    "relation": "Quan hệ",
    "function": "Hàm và giải tích",
    "geometry": "Hình học",
    "set": "Tập hợp",
    "greek": "Chữ Hi Lạp",
    "science": "Vật lí, Hoá học",
}
"""Group -> what it is called."""

PALETTE: dict[str, tuple[Formula, ...]] = {
    "structure": (
        Formula("Phân số", r"\frac{□}{}", r"\frac{a}{b}"),
        Formula("Luỹ thừa", r"^{□}", "x^{n}"),
        Formula("Chỉ số dưới", r"_{□}", "x_{n}"),
        Formula("Căn bậc hai", r"\sqrt{□}", r"\sqrt{x}"),
        Formula("Căn bậc n", r"\sqrt[□]{}", r"\sqrt[n]{x}"),
        Formula("Ngoặc tự dãn", r"\left(□\right)", r"\left(\frac{a}{b}\right)"),
        Formula("Giá trị tuyệt đối", r"\left|□\right|", r"\left|x\right|"),
        Formula("Hệ phương trình", r"\begin{cases} □ \\  \end{cases}", r"\begin{cases}x\\y\end{cases}"),
        Formula("Ma trận", r"\begin{pmatrix} □ &  \\  &  \end{pmatrix}", r"\begin{pmatrix}a&b\\c&d\end{pmatrix}"),
    ),
    "relation": (
        Formula("Dấu nhân", r"\cdot ", r"\cdot"),
        Formula("Nhân chéo", r"\times ", r"\times"),
        Formula("Cộng trừ", r"\pm ", r"\pm"),
        Formula("Nhỏ hơn hoặc bằng", r"\le ", r"\le"),
        Formula("Lớn hơn hoặc bằng", r"\ge ", r"\ge"),
        Formula("Không bằng", r"\ne ", r"\ne"),
        Formula("Xấp xỉ", r"\approx ", r"\approx"),
        Formula("Suy ra", r"\Rightarrow ", r"\Rightarrow"),
        Formula("Tương đương", r"\Leftrightarrow ", r"\Leftrightarrow"),
        Formula("Vô cực", r"\infty ", r"\infty"),
    ),
    "function": (
        Formula("Nguyên hàm", r"\int □\,dx", r"\int f"),
        Formula("Tích phân", r"\int_{□}^{} \,dx", r"\int_{a}^{b}"),
        Formula("Giới hạn", r"\lim_{x\to □}", r"\lim_{x\to a}"),
        Formula("Tổng xích-ma", r"\sum_{□}^{}", r"\sum_{k=1}^{n}"),
        Formula("Lôgarit", r"\log_{□}", r"\log_{a}"),
        Formula("Lôgarit tự nhiên", r"\ln ", r"\ln"),
        Formula("Sin", r"\sin ", r"\sin"),
        Formula("Côsin", r"\cos ", r"\cos"),
        Formula("Tang", r"\tan ", r"\tan"),
        Formula("Số tổ hợp", r"C_{□}^{}", r"C_{n}^{k}"),
    ),
    "geometry": (
        Formula("Vectơ", r"\overrightarrow{□}", r"\overrightarrow{AB}"),
        Formula("Góc có mũ", r"\widehat{□}", r"\widehat{ABC}"),
        Formula("Độ của góc", r"^\circ ", r"90^\circ"),
        Formula("Tam giác", r"\triangle ", r"\triangle"),
        Formula("Vuông góc", r"\perp ", r"\perp"),
        Formula("Song song", r"\parallel ", r"\parallel"),
        Formula("Cung tròn", r"\overset{\frown}{□}", r"\overset{\frown}{AB}"),
        Formula("Đồng dạng", r"\sim ", r"\sim"),
    ),
    "set": (
        Formula("Phần tử thuộc", r"\in ", r"\in"),
        Formula("Phần tử không thuộc", r"\notin ", r"\notin"),
        Formula("Tập con", r"\subset ", r"\subset"),
        Formula("Hợp của hai tập hợp", r"\cup ", r"\cup"),
        Formula("Giao của hai tập hợp", r"\cap ", r"\cap"),
        Formula("Hiệu hai tập hợp", r"\setminus ", r"\setminus"),
        Formula("Tập rỗng", r"\varnothing ", r"\varnothing"),
        Formula("Số tự nhiên", r"\mathbb{N}", r"\mathbb{N}"),
        Formula("Số nguyên", r"\mathbb{Z}", r"\mathbb{Z}"),
        Formula("Số thực", r"\mathbb{R}", r"\mathbb{R}"),
    ),
    "greek": (
        Formula("anpha", r"\alpha ", r"\alpha"),
        Formula("bêta", r"\beta ", r"\beta"),
        Formula("gamma", r"\gamma ", r"\gamma"),
        Formula("denta", r"\Delta ", r"\Delta"),
        Formula("lamđa", r"\lambda ", r"\lambda"),
        Formula("mu", r"\mu ", r"\mu"),
        Formula("pi", r"\pi ", r"\pi"),
        Formula("rô", r"\rho ", r"\rho"),
        Formula("phi", r"\varphi ", r"\varphi"),
        Formula("ômêga", r"\omega ", r"\omega"),
    ),
    "science": (
        Formula("Công thức hoá học", r"\ce{□}", r"\ce{H2SO4}"),
        Formula("Phương trình hoá học", r"\ce{□ -> }", r"\ce{A -> B}"),
        Formula("Phản ứng thuận nghịch", r"\ce{□ <=> }", r"\ce{A <=> B}"),
        Formula("Mũi tên có điều kiện", r"\ce{□ ->[t^o] }", r"\ce{A ->[t^o] B}"),
        Formula("Hạt nhân", r"{}_{□}^{}\mathrm{}", r"{}_{92}^{235}\mathrm{U}"),
        Formula("Đơn vị đo", r"\mathrm{□}", r"\mathrm{m/s}"),
        Formula("Luỹ thừa của mười", r"\cdot 10^{□}", r"\cdot 10^{n}"),
    ),
}
"""Group -> its formulas, the commonest first."""
