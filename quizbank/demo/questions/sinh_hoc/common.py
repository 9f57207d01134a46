"""What the other modules of this folder share."""

SPECIES = (
    ("ruồi giấm", 8),
    ("đậu Hà Lan", 14),
    ("ngô", 20),
    ("lúa nước", 24),
    ("cà chua", 24),
    ("hành tây", 16),
    ("người", 46),
    ("tinh tinh", 48),
    ("củ cải", 18),
    ("đậu tương", 40),
    ("trâu đầm lầy", 48),
    ("gà", 78),
    ("chó", 78),
)
