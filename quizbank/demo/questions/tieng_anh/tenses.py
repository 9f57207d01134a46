# ruff: noqa: E501
"""Tiếng Anh: tenses and voices."""

from random import Random

from quizbank.demo.questions.templates import BIET, HIEU, VAN_DUNG, Draft, Shelf, choice
from quizbank.demo.questions.tieng_anh.common import HE, PEOPLE, SHE, VERBS, begin, gap
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType

SHELF = Shelf()

TENSES = "tieng-anh.l{:02}.ngu-phap.thi-va-the-cua-dong-tu-cau-bi-dong"

IRREGULAR = tuple(verb for verb in VERBS if not verb.past.endswith("ed"))


GROUPS = ("they", "we", "my parents", "the students", "my friends", "Lan and Mai", "our neighbours", "the volunteers")


@SHELF.add(TENSES.format(6), BIET)
def present_simple(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE), r.choice(VERBS)
    when = r.choice(("every week", "every day", "on Sundays", "twice a month"))
    wrongs = [
        (verb.base, "quên thêm -s/-es với chủ ngữ ngôi thứ ba số ít"),
        (f"is {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
        (verb.gerund, "thiếu trợ động từ"),
        (f"are {verb.base}", "dùng be với động từ nguyên mẫu"),
    ]
    because = f'"{begin(when)}" chỉ thói quen nên dùng thì hiện tại đơn; chủ ngữ "{who}" là ngôi thứ ba số ít nên động từ là "{verb.third}".'
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), verb.third, wrongs, because)


@SHELF.add(TENSES.format(6), HIEU)
def present_continuous(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE), r.choice(VERBS)
    when = r.choice(("at the moment", "right now", "now"))
    wrongs = [
        (verb.third, "nhầm với thì hiện tại đơn"),
        (f"are {verb.gerund}", "chia be sai với chủ ngữ số ít"),
        (verb.past, "nhầm với thì quá khứ đơn"),
        (verb.gerund, "thiếu trợ động từ be"),
    ]
    because = f'"{begin(when)}" là dấu hiệu của thì hiện tại tiếp diễn: is/am/are + V-ing.'
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), f"is {verb.gerund}", wrongs, because)


@SHELF.add(TENSES.format(7), BIET)
def past_simple(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE + GROUPS), r.choice(IRREGULAR)
    when = r.choice(("yesterday", "last week", "two days ago", "last Sunday", "last month"))
    if verb.base == verb.past:
        return None
    wrongs = [
        (f"{verb.base}ed", "thêm -ed vào động từ bất quy tắc"),
        (f"was {verb.gerund}", "nhầm với thì quá khứ tiếp diễn"),
        (f"will {verb.base}", "nhầm với thì tương lai đơn"),
    ]
    if verb.base.endswith("e"):
        wrongs[0] = (f"{verb.base}d", "thêm -ed vào động từ bất quy tắc")
    wrongs[1] = (f"has {verb.participle}", "nhầm với thì hiện tại hoàn thành")
    because = (
        f'"{begin(when)}" chỉ thời điểm đã kết thúc trong quá khứ nên dùng thì quá khứ đơn; {verb.base} – {verb.past}.'
    )
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), verb.past, wrongs, because)


@SHELF.add(TENSES.format(8), HIEU)
def past_continuous(r: Random) -> Draft:
    who, verb = r.choice(GROUPS), r.choice(VERBS)
    event = r.choice(("when the phone rang", "when it started to rain", "when I arrived", "at this time yesterday"))
    wrongs = [
        (f"was {verb.gerund}", "chia be sai với chủ ngữ số nhiều"),
        (f"are {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
        (f"have {verb.participle}", "nhầm với thì hiện tại hoàn thành"),
        (f"will {verb.base}", "nhầm với thì tương lai đơn"),
    ]
    because = "Hành động đang diễn ra tại một thời điểm trong quá khứ: was/were + V-ing; chủ ngữ số nhiều dùng were."
    return choice(r, gap(f"{who} ____ {verb.rest} {event}."), f"were {verb.gerund}", wrongs, because)


@SHELF.add(TENSES.format(9), HIEU)
def present_perfect(r: Random) -> Draft:
    who, verb = r.choice(GROUPS), r.choice([verb for verb in VERBS if verb.base not in {"read"}])
    when = r.choice(("several times so far", "many times since last year", "three times since Monday"))
    wrongs = [
        (f"has {verb.participle}", "chia have sai với chủ ngữ số nhiều"),
        (f"are {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
        (f"had {verb.base}", "dùng had với động từ nguyên mẫu"),
        (verb.third, "chia động từ theo ngôi thứ ba số ít"),
    ]
    because = (
        f'"{begin(when)}" là dấu hiệu của thì hiện tại hoàn thành: have/has + V3; {verb.base} – {verb.participle}.'
    )
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), f"have {verb.participle}", wrongs, because)


@SHELF.add(TENSES.format(10), VAN_DUNG)
def past_perfect(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE), r.choice([verb for verb in VERBS if verb.base not in {"read", "speak"}])
    event = r.choice(("the guests arrived", "the lesson began", "we came", "the bell rang"))
    wrongs = [
        (f"has {verb.participle}", "nhầm với thì hiện tại hoàn thành"),
        (f"have {verb.participle}", "chia have sai và nhầm thì"),
        (f"will {verb.base}", "nhầm với thì tương lai đơn"),
        (f"is {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
    ]
    because = "Hành động hoàn thành trước một hành động khác trong quá khứ dùng thì quá khứ hoàn thành: had + V3."
    return choice(r, gap(f"by the time {event}, {who} ____ {verb.rest}."), f"had {verb.participle}", wrongs, because)


@SHELF.add(TENSES.format(12), VAN_DUNG)
def future_perfect(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE + GROUPS), r.choice([verb for verb in VERBS if verb.base not in {"read", "speak"}])
    when = r.choice(("by the end of this month", "by next Friday", "by this time next week", "by 5 p.m. tomorrow"))
    wrongs = [
        (f"have {verb.past}", "dùng sai dạng V3 và thiếu will"),
        (f"will have {verb.gerund}", "dùng V-ing thay cho V3"),
        (f"had {verb.participle}", "nhầm với thì quá khứ hoàn thành"),
        (f"was {verb.gerund}", "nhầm với thì quá khứ tiếp diễn"),
    ]
    because = f'"{begin(when)}" chỉ hành động hoàn thành trước một thời điểm trong tương lai: will have + V3.'
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), f"will have {verb.participle}", wrongs, because)


@SHELF.add(TENSES.format(9), VAN_DUNG, 120)
def irregular_form(r: Random) -> Draft:
    """A typed answer: the form of an irregular verb."""
    verb = r.choice(IRREGULAR)
    name, form = r.choice((("past simple", verb.past), ("past participle", verb.participle)))
    who = r.choice(PEOPLE)
    frame = f"{who} ____ {verb.rest} yesterday." if name == "past simple" else f"{who} has already ____ {verb.rest}."
    stem = f'Write the correct form of the verb "{verb.base}": {begin(frame)}'
    because = f"Cần dùng dạng {name}: {verb.base} – {verb.past} – {verb.participle}."
    return QuestionContent(QuestionType.SHORT_ANSWER, stem, (Part(form, is_true=True),), because, AnswerKind.TEXT)


PASSIVES = tuple(
    tuple(row.split("|"))
    for row in (
        "the school library|build|built",
        "this song|write|written",
        "the old bridge|repair|repaired",
        "the classroom|clean|cleaned",
        "the letters|send|sent",
        "a new park|open|opened",
        "the trees|plant|planted",
        "the picture|draw|drawn",
        "the window|break|broken",
        "the tickets|sell|sold",
        "the meal|cook|cooked",
        "the story|tell|told",
        "the photos|take|taken",
        "the prize|give to the best student|given to the best student",
        "the road|close for repairs|closed for repairs",
        "the results|announce|announced",
    )
)


@SHELF.add(TENSES.format(9), HIEU)
def passive_past(r: Random) -> Draft:
    thing, base, participle = r.choice(PASSIVES)
    when = r.choice(("yesterday", "last week", "three days ago", "last year", "last month"))
    plural = thing in {"the letters", "the trees", "the tickets", "the photos", "the results"}
    was, is_ = ("were", "are") if plural else ("was", "is")
    wrongs = [
        (f"{'was' if plural else 'were'} {participle}", "chia be sai với chủ ngữ"),
        (f"{is_} {participle}", "dùng sai thì"),
        (f"has {base}", "dùng thể chủ động và sai dạng động từ"),
        (f"{was} {base}", "dùng nguyên mẫu thay cho V3"),
    ]
    because = f"Chủ ngữ chịu tác động nên dùng thể bị động ở quá khứ: {was} + V3."
    return choice(r, gap(f"{thing} ____ {when}."), f"{was} {participle}", wrongs, because)


@SHELF.add(TENSES.format(11), VAN_DUNG)
def passive_modal(r: Random) -> Draft:
    thing, base, participle = r.choice(PASSIVES)
    modal = r.choice(("must", "should", "can", "will", "may"))
    when = r.choice(("before Friday", "this afternoon", "as soon as possible", "next week"))
    wrongs = [
        (f"{modal} {base}", "dùng thể chủ động"),
        (f"{modal} be {base}", "dùng nguyên mẫu thay cho V3"),
        (f"{modal} been {participle}", "dùng been ngay sau động từ khuyết thiếu"),
        (f"{modal} to be {participle}", "thêm to sau động từ khuyết thiếu"),
    ]
    wrongs = [row for row in wrongs if row[0] != f"{modal} be {participle}"]
    because = f"Bị động với động từ khuyết thiếu: {modal} + be + V3."
    return choice(r, gap(f"{thing} ____ {when}."), f"{modal} be {participle}", wrongs, because)


TAGS = (
    ("{} is a hard-working person", "isn't {}", "is {}"),
    ("{} can swim very well", "can't {}", "can {}"),
    ("{} lives near the market", "doesn't {}", "isn't {}"),
    ("{} went to Da Lat last summer", "didn't {}", "wasn't {}"),
    ("{} will join the club", "won't {}", "will {}"),
    ("{} has finished the report", "hasn't {}", "doesn't {}"),
    ("{} doesn't like coffee", "does {}", "doesn't {}"),
    ("{} wasn't at school yesterday", "was {}", "wasn't {}"),
    ("{} should take more exercise", "shouldn't {}", "should {}"),
)


@SHELF.add(TENSES.format(8), VAN_DUNG)
def question_tag(r: Random) -> Draft:
    sentence, right, wrong = r.choice(TAGS)
    who = r.choice(sorted(SHE | HE))
    pronoun, other = ("she", "he") if who in SHE else ("he", "she")
    wrongs = [
        (wrong.format(pronoun), "dùng sai trợ động từ hoặc sai thể của câu hỏi đuôi"),
        (right.format(other), "dùng sai đại từ"),
        (right.format("they"), "dùng đại từ số nhiều cho chủ ngữ số ít"),
        (wrong.format(other), "sai cả trợ động từ và đại từ"),
    ]
    because = "Câu hỏi đuôi dùng trợ động từ của mệnh đề chính ở thể ngược lại và đại từ thay cho chủ ngữ."
    return choice(r, gap(f"{sentence.format(who)}, ____?"), right.format(pronoun), wrongs, because)
