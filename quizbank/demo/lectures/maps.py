"""Maps for teaching as GeoJSON: a few places and simplified lines; all show Hoàng Sa and Trường Sa."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

Position = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A point, or a line with several positions; each is (longitude, latitude) in degrees."""

    name: str
    positions: tuple[Position, ...]
    note: str = ""

    @property
    def feature(self) -> dict[str, object]:
        is_point = len(self.positions) == 1
        coordinates: object = self.positions[0] if is_point else self.positions
        geometry = {"type": "Point" if is_point else "LineString", "coordinates": coordinates}
        return {"type": "Feature", "properties": {"name": self.name, "description": self.note}, "geometry": geometry}


def point(name: str, longitude: float, latitude: float, note: str = "") -> Place:
    return Place(name, ((longitude, latitude),), note)


HOANG_SA = point("Quần đảo Hoàng Sa (Việt Nam)", 112.0, 16.5, "Đặc khu Hoàng Sa, thành phố Đà Nẵng")
TRUONG_SA = point("Quần đảo Trường Sa (Việt Nam)", 114.3, 9.6, "Đặc khu Trường Sa, tỉnh Khánh Hoà")

MAPS: dict[str, tuple[Place, ...]] = {
    "cities": (
        point("Hà Nội", 105.85, 21.03, "Thủ đô"),
        point("Hải Phòng", 106.68, 20.86, "Thành phố cảng"),
        point("Huế", 107.59, 16.46, "Cố đô, thành phố trực thuộc Trung ương từ 1/1/2025"),
        point("Đà Nẵng", 108.21, 16.06, "Đô thị lớn miền Trung"),
        point("Thành phố Hồ Chí Minh", 106.70, 10.78, "Đô thị đông dân nhất"),
        point("Cần Thơ", 105.78, 10.04, "Trung tâm Đồng bằng sông Cửu Long"),
    ),
    "islands": (
        point("Đảo Cát Bà", 107.03, 20.78, "Đặc khu Cát Hải, thành phố Hải Phòng"),
        point("Đảo Bạch Long Vĩ", 107.73, 20.13, "Đặc khu Bạch Long Vĩ, thành phố Hải Phòng"),
        point("Đảo Cô Tô", 107.77, 20.98, "Đặc khu Cô Tô, tỉnh Quảng Ninh"),
        point("Đảo Cồn Cỏ", 107.34, 17.16, "Đặc khu Cồn Cỏ, tỉnh Quảng Trị"),
        point("Đảo Lý Sơn", 109.12, 15.38, "Đặc khu Lý Sơn, tỉnh Quảng Ngãi"),
        point("Đảo Phú Quý", 108.94, 10.53, "Đặc khu Phú Quý, tỉnh Lâm Đồng"),
        point("Côn Đảo", 106.61, 8.69, "Đặc khu Côn Đảo, Thành phố Hồ Chí Minh"),
        point("Đảo Phú Quốc", 103.98, 10.23, "Đặc khu Phú Quốc, tỉnh An Giang"),
        point("Đảo Thổ Chu", 103.48, 9.31, "Đặc khu Thổ Châu, tỉnh An Giang"),
    ),
    "rivers": (
        Place(
            "Sông Hồng",
            ((103.96, 22.50), (104.87, 21.70), (105.40, 21.32), (105.86, 21.04), (106.03, 20.65), (106.58, 20.25)),
            "Qua Lào Cai, Phú Thọ, Hà Nội, ra cửa Ba Lạt",
        ),
        Place(
            "Sông Đà",
            ((102.80, 22.45), (103.17, 22.05), (103.98, 21.50), (104.60, 21.15), (105.33, 20.81), (105.35, 21.25)),
            "Phụ lưu lớn của sông Hồng",
        ),
        Place(
            "Sông Mã",
            ((103.30, 21.10), (104.35, 20.55), (105.10, 20.35), (105.65, 19.95), (105.92, 19.78)),
            "Ra cửa Hới",
        ),
        Place("Sông Cả", ((104.10, 19.40), (104.80, 18.98), (105.35, 18.75), (105.76, 18.76)), "Ra cửa Hội"),
        Place("Sông Thu Bồn", ((107.98, 15.35), (108.05, 15.70), (108.22, 15.85), (108.39, 15.87)), "Ra cửa Đại"),
        Place(
            "Sông Ba",
            ((108.35, 14.35), (108.55, 13.75), (108.75, 13.25), (109.32, 13.08)),
            "Còn gọi là sông Đà Rằng ở hạ lưu",
        ),
        Place(
            "Sông Đồng Nai",
            ((108.45, 12.10), (107.50, 11.55), (107.00, 11.10), (106.82, 10.95), (106.77, 10.60)),
            "Hệ thống sông lớn của Đông Nam Bộ",
        ),
        Place(
            "Sông Tiền",
            ((105.20, 10.85), (105.63, 10.46), (105.98, 10.26), (106.36, 10.34), (106.75, 10.20)),
            "Nhánh bắc của sông Cửu Long",
        ),
        Place(
            "Sông Hậu",
            ((105.12, 10.71), (105.43, 10.38), (105.79, 10.03), (106.20, 9.55)),
            "Nhánh nam của sông Cửu Long",
        ),
    ),
    "hydropower": (
        point("Thuỷ điện Sơn La", 103.99, 21.50, "Sông Đà, 2 400 MW"),
        point("Thuỷ điện Hoà Bình", 105.32, 20.81, "Sông Đà, ban đầu 1 920 MW"),
        point("Thuỷ điện Lai Châu", 102.99, 22.14, "Sông Đà, 1 200 MW"),
        point("Thuỷ điện Ialy", 107.83, 14.23, "Sông Sê San, 720 MW ban đầu"),
        point("Thuỷ điện Trị An", 107.04, 11.10, "Sông Đồng Nai, 400 MW"),
        point("Thuỷ điện Thác Bà", 105.02, 21.74, "Sông Chảy, nhà máy lớn đầu tiên của miền Bắc"),
    ),
    "history": (
        point("Pác Bó", 106.05, 22.98, "1941: Nguyễn Ái Quốc về nước trực tiếp lãnh đạo cách mạng"),
        point("Tân Trào", 105.45, 21.77, "8/1945: Quốc dân Đại hội"),
        point("Quảng trường Ba Đình", 105.834, 21.037, "2/9/1945: Tuyên ngôn Độc lập"),
        point("Điện Biên Phủ", 103.02, 21.39, "7/5/1954: chiến thắng Điện Biên Phủ"),
        point("Thành cổ Quảng Trị", 107.19, 16.75, "1972: 81 ngày đêm"),
        point("Dinh Độc Lập", 106.695, 10.777, "30/4/1975: chiến dịch Hồ Chí Minh toàn thắng"),
        point("Nhà tù Côn Đảo", 106.61, 8.69, "Nơi giam giữ nhiều chiến sĩ cách mạng"),
    ),
    "regions": (
        point(
            "Trung du và miền núi phía Bắc",
            104.5,
            22.0,
            "Khoáng sản, thuỷ điện, cây công nghiệp, chăn nuôi gia súc lớn",
        ),
        point("Đồng bằng sông Hồng", 106.1, 20.8, "Mật độ dân số cao nhất, công nghiệp, dịch vụ"),
        point("Bắc Trung Bộ", 105.6, 18.7, "Nông – lâm – thuỷ sản, du lịch, cảng biển"),
        point(
            "Duyên hải Nam Trung Bộ và Tây Nguyên", 108.5, 13.6, "Kinh tế biển, cây công nghiệp lâu năm, điện tái tạo"
        ),
        point("Đông Nam Bộ", 106.8, 11.1, "Công nghiệp và dịch vụ phát triển nhất"),
        point("Đồng bằng sông Cửu Long", 105.6, 10.0, "Lúa gạo, thuỷ sản, trái cây"),
    ),
    "heritage": (
        point("Vịnh Hạ Long – quần đảo Cát Bà", 107.05, 20.88, "Thiên nhiên"),
        point("Hoàng thành Thăng Long", 105.84, 21.035, "Văn hoá, 2010"),
        point("Quần thể danh thắng Tràng An", 105.89, 20.25, "Hỗn hợp, 2014"),
        point("Thành nhà Hồ", 105.605, 20.078, "Văn hoá, 2011"),
        point("Phong Nha – Kẻ Bàng", 106.15, 17.54, "Thiên nhiên, 2003"),
        point("Quần thể di tích Cố đô Huế", 107.578, 16.469, "Văn hoá, 1993"),
        point("Phố cổ Hội An", 108.327, 15.877, "Văn hoá, 1999"),
        point("Khu đền tháp Mỹ Sơn", 108.124, 15.764, "Văn hoá, 1999"),
    ),
}


def geojson(name: str) -> bytes:
    return feature_collection((*MAPS[name], HOANG_SA, TRUONG_SA))


def feature_collection(places: Iterable[Place]) -> bytes:
    collection = {"type": "FeatureCollection", "features": [place.feature for place in places]}
    return json.dumps(collection, ensure_ascii=False).encode()
