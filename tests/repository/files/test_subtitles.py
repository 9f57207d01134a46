from repository.files.packages.subtitles import cues_of, stretches_of

SUBTITLES = """WEBVTT

STYLE
::cue { color: red }

NOTE người dịch: Bình

1
00:00.000 --> 00:04.000
<v Cô giáo>Chào các em &amp; chúc <b>buổi sáng</b>

00:12.500 --> 00:18.000 align:start
Hôm nay ta học nguyên hàm.

01:02:05.000 --> 01:02:09.000
Hẹn gặp lại.
"""


def test_only_what_is_shown_is_read() -> None:
    assert list(cues_of(SUBTITLES)) == [
        (0, "Chào các em & chúc buổi sáng"),
        (12, "Hôm nay ta học nguyên hàm."),
        (3725, "Hẹn gặp lại."),
    ]


def test_cues_are_joined_for_some_seconds() -> None:
    assert list(stretches_of(SUBTITLES)) == [
        (1, "Chào các em & chúc buổi sáng Hôm nay ta học nguyên hàm."),
        (3725, "Hẹn gặp lại."),
    ]


def test_windows_line_ends_are_read() -> None:
    assert list(stretches_of(SUBTITLES.replace("\n", "\r\n"))) == list(stretches_of(SUBTITLES))


def test_nonsense_says_nothing() -> None:
    assert list(stretches_of("khong --> phai\n\n\x00")) == []
